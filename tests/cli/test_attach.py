"""`keruen arrive --attach`: photographs and X-ray images go along with an arrival."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import eventually, keruen, rows, running

from keruen.config.directory import load
from keruen.store import Direction, Store

AT = ("--post", "KZ-KON", "--vehicle", "A 123 BC")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8" + bytes(range(256)) * 9000)
    return path


def test_files_are_queued_with_the_arrival(kz: Path, photo: Path) -> None:
    answer = keruen("arrive", kz, *AT, "--attach", photo, "--attach", photo, "--json")
    assert answer.code == 0
    assert answer.json[0]["attachments"] == 2
    assert rows(kz)["attachment"] == 2
    assert rows(kz)["draft"] == 0


def test_how_many_files_go_along_is_said(kz: Path, photo: Path) -> None:
    assert "1 file goes along" in keruen("arrive", kz, *AT, "--attach", photo).out
    again = "--vehicle", "B 9 CD"
    out = keruen("arrive", kz, *AT[:2], *again, "--attach", photo, "--attach", photo).out
    assert "2 files go along" in out


def test_a_refused_arrival_leaves_no_file(kz: Path, photo: Path) -> None:
    before = rows(kz)
    answer = keruen("arrive", kz, "--post", "TJ-FOT", "--vehicle", "A1", "--attach", photo)
    assert answer.code == 3
    assert rows(kz) == before


def test_what_the_agreement_does_not_allow_is_not_even_read(kz: Path, photo: Path) -> None:
    agreement = next((kz / "agreements").glob("*.toml"))
    text = agreement.read_text(encoding="utf-8")
    agreement.write_text(text.replace("files = 16", "files = 1"), encoding="utf-8")
    before = rows(kz)
    answer = keruen("arrive", kz, *AT, "--attach", photo, "--attach", photo)
    assert answer.code == 3
    assert answer.err.startswith(
        "keruen: attachments-too-many: 2 files; the agreement kz-tj allows"
    )
    assert rows(kz) == before


@pytest.mark.parametrize("options", [("--attach", "absent.jpg"), ("--attach", ".")])
def test_a_file_that_is_none_is_wrong_use(kz: Path, options: tuple[str, ...]) -> None:
    assert keruen("arrive", kz, *AT, *options).code == 2


def test_files_belong_to_one_arrival(kz: Path, photo: Path) -> None:
    answer = keruen("arrive", kz, "--from", "-", "--attach", photo, given="[]")
    assert answer.code == 2
    assert "leave out --attach" in answer.err


def test_the_other_side_gets_them(kz: Path, tj: Path, photo: Path) -> None:
    with running(kz, tj):
        assert keruen("arrive", kz, *AT, "--attach", photo).code == 0
        eventually(lambda: rows(tj)["message"], 30)
    store = Store.open(load(tj).database_url)
    try:
        (message,) = store.read(lambda r: r.messages(direction=Direction.IN))
        (one,) = store.read(lambda r: r.attachments("KZ-TJ", message.ebms_id, Direction.IN))
        assert (one.name, one.mime_type) == ("photo.jpg", "image/jpeg")
        assert b"".join(store.payload(one.payload_id)) == photo.read_bytes()
    finally:
        store.close()
    for root in (kz, tj):
        assert not (root / "quarantine").exists() or not list((root / "quarantine").iterdir())
