"""Whatever is handed in: one clear message with a code, no stack trace, and an untouched store."""

from __future__ import annotations

import gzip
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import EXAMPLES, keruen, rows

GOOD = (EXAMPLES / "transit-kz.xml").read_bytes()
LATE = 1
"""Exit code where it is taken with a warning: its vehicle was due in the past."""
LAUGHS = b"<!DOCTYPE a [<!ENTITY b 'ha'>" + b"".join(
    b"<!ENTITY b%d '%s'>" % (n, b"&b%d;" % (n - 1) * 10 if n else b"&b;" * 10) for n in range(9)
)

BAD: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "empty": (b"", "input-empty"),
    "blank": (b" \n\t ", "input-empty"),
    "truncated": (GOOD[: len(GOOD) // 2], "input-truncated"),
    "cp1251 that says it is utf-8": (GOOD.decode().encode("cp1251", "replace"), "encoding-wrong"),
    "latin text": (b"Dear colleagues, attached please find", "format-unknown"),
    "entities": (LAUGHS + b"]><ESADout_CU>&b8;</ESADout_CU>", "xml-dtd"),
    "outside entity": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "xml-dtd",
    ),
    "doctype": (b'<!DOCTYPE ESADout_CU SYSTEM "http://127.0.0.1:9/x.dtd"><ESADout_CU/>', "xml-dtd"),
    "50 MB": (lambda: b"<a>" + b" " * 50_000_000 + b"</a>", "input-too-large"),
    "deep": (b"<a>" * 50_000, ""),
    "deep json": (b"[" * 50_000, ""),
    "another format": (b"<?xml version='1.0'?><Invoice xmlns='urn:x'/>", "format-unknown"),
    "another json": (b'{"hello": "world"}', "format-unknown"),
    "json of wrong types": (b'{"kind": "export", "items": 5}', ""),
    "broken json": (b'{"kind": "export", ', ""),
    "junk": (random.Random(1).randbytes(4096), ""),
    "junk in angle brackets": (b"<" + random.Random(2).randbytes(4096), ""),
    "zeros": (b"\0" * 4096, "input-empty"),
    "gzip": (gzip.compress(GOOD), "format-unknown"),
    "wrong country": (
        GOOD.replace(b"TJ", b"UZ").replace(b">762<", b">860<"),
        "country-not-covered",
    ),
    "no country": (GOOD.replace(b"TJ", b"OO"), "country-unknown"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_a_code_and_leaves_nothing(
    kz: Path, tmp_path: Path, name: str
) -> None:
    content, code = BAD[name]
    file = tmp_path / "in.xml"
    file.write_bytes(content() if callable(content) else content)
    before = rows(kz)

    answer = keruen("submit", kz, file)

    assert answer.code == 3
    assert "in.xml: refused" in answer.out
    assert code in answer.out
    assert len(answer.out) < 20_000
    assert rows(kz) == before

    plain = keruen("submit", kz, file, "--json")
    assert plain.code == 3
    assert code in {one["code"] for one in plain.json[0]["findings"]} | {""}


@pytest.mark.parametrize("name", [name for name in BAD if "country" not in name])
def test_bad_input_is_not_converted(tmp_path: Path, name: str) -> None:
    content, code = BAD[name]
    file = tmp_path / "in.xml"
    file.write_bytes(content() if callable(content) else content)
    answer = keruen("convert", file)
    assert answer.code == 3
    assert answer.out == ""
    assert "in.xml" in answer.err
    assert code in answer.err
    assert len(answer.err.splitlines()) == 1


@pytest.mark.parametrize("command", ["submit", "convert"])
def test_a_place_that_is_no_file_is_wrong_use(kz: Path, tmp_path: Path, command: str) -> None:
    where = [kz] if command == "submit" else []
    before = rows(kz)
    for place, said in ((tmp_path, "is a directory"), (tmp_path / "absent.xml", "does not exist")):
        answer = keruen(command, *where, EXAMPLES / "transit-kz.xml", place)
        assert answer.code == 2
        assert said in answer.err
    assert keruen(command, *where).code == 2
    assert rows(kz) == before


def test_a_file_that_may_not_be_read_or_has_vanished_keeps_nothing_from_the_others(
    kz: Path, tmp_path: Path, transit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone.xml"
    gone.write_bytes(b"x")
    opened = Path.open

    def vanishing(path: Path, mode: str = "r", **more: Any) -> Any:
        if path == gone:
            gone.unlink(missing_ok=True)
        return opened(path, mode, **more)

    monkeypatch.setattr(Path, "open", vanishing)
    answer = keruen("submit", kz, gone, transit, "--json")
    assert answer.code == 3
    assert [one["result"] for one in answer.json] == ["refused", "queued"]
    assert answer.json[0]["findings"][0]["code"] == "file-unreadable"

    gone.write_bytes(b"x")
    answer = keruen("convert", gone, transit)
    assert answer.code == 3
    assert "gone.xml: file-unreadable" in answer.err
    assert answer.json["kind"] == "transit"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_belongs_to_somebody_else_is_wrong_use(kz: Path, tmp_path: Path) -> None:
    file = tmp_path / "theirs.xml"
    file.write_bytes(GOOD)
    file.chmod(0)
    assert keruen("submit", kz, file).code == 2


def test_standard_input_is_a_file_too(kz: Path) -> None:
    answer = keruen("submit", kz, "-", given=GOOD)
    assert answer.code == LATE
    assert answer.out.startswith("-: queued for TJ")
    answer = keruen("submit", kz, "-", given=b"")
    assert answer.code == 3
    assert "input-empty" in answer.out
    assert keruen("convert", "-", given=GOOD).json["kind"] == "transit"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_an_encoding_that_is_told_by_its_mark_is_read(kz: Path, encoding: str) -> None:
    text = GOOD.decode().replace("encoding='utf-8'", "")
    assert keruen("submit", kz, "-", given=text.encode(encoding)).code == LATE


def test_a_very_long_list_of_files_is_taken_in_its_order(kz: Path, tmp_path: Path) -> None:
    files = []
    for number in range(220):
        file = tmp_path / f"{number}.xml"
        file.write_bytes(GOOD.replace(b"0025546", b"%07d" % number) if number % 11 else b"junk")
        files.append(file)
    answer = keruen("submit", kz, *files, "--json")
    assert answer.code == 3
    assert [Path(one["name"]) for one in answer.json] == files
    assert [one["result"] for one in answer.json] == [
        "queued" if number % 11 else "refused" for number in range(220)
    ]
    assert rows(kz)["outbox"] == 200


def test_the_same_file_again_does_nothing_again(kz: Path, transit: Path) -> None:
    keruen("submit", kz, transit)
    before = rows(kz)
    answer = keruen("submit", kz, transit, transit)
    assert answer.code == 1
    assert answer.out.count("known, nothing done again") == 2
    assert rows(kz) == before
