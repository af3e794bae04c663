"""A new file is there whole or not at all, whoever else writes it and whoever was killed while writing it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from keruen.config.hooks import secret_of
from keruen.config.newfile import new_file


def test_a_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "list"
    for said in (b"one", b"two"):
        with new_file(path) as file:
            file.write(said)
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_halfway_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"one")
    with pytest.raises(ValueError, match="closed"), new_file(path) as file:
        file.close()
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_is_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / "list"
    (tmp_path / f".list.{os.getpid()}").write_bytes(b"half")
    with new_file(path) as file:
        file.write(b"one")
    assert path.read_bytes() == b"one"


def test_the_first_of_two_writers_is_right(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    with new_file(path, 0o600, first=True) as early:
        early.write(b"one")
        with new_file(path, 0o600, first=True) as other:
            other.write(b"other")
        assert path.read_bytes() == b"other"
        with pytest.raises(FileExistsError), new_file(path, 0o600, first=True) as late:
            late.write(b"late")
        path.unlink()
    assert path.read_bytes() == b"one"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_processes_that_need_a_secret_at_once_agree_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keys").mkdir()
    first = secret_of(tmp_path, "national")
    monkeypatch.setattr(Path, "exists", lambda _: False)
    assert secret_of(tmp_path, "national") == first
