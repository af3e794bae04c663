"""The watched folder: each file is taken once, moved when it was, and refused beside its findings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from structlog.testing import capture_logs
from tests.exchange.papers import declaration, paper
from tests.exchange.world import Pair

from keruen.exchange import Submitted
from keruen.net import WatchedFolder
from keruen.net.watched import SECONDS

DAY = "2026-11-23"


@dataclass
class Watch:
    """A folder of KZ's national system, looked at by hand."""

    pair: Pair
    folder: Path
    at: float = 0.0
    limit: int = 1 << 20
    taken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """As a node that was just started."""
        self.watched = WatchedFolder(
            self.folder, self.submit, self.limit, 2.0, lambda: date(2026, 11, 23), lambda: self.at
        )

    def submit(self, documents: Sequence[tuple[str, bytes]]) -> list[Submitted]:
        self.taken += [name for name, _ in documents]
        answers = self.pair.kz.submit(*(data for _, data in documents))
        pairs = zip(answers, documents, strict=True)
        return [msgspec.structs.replace(one, name=name) for one, (name, _) in pairs]

    def look(self, times: int = 8) -> int:
        """Looks at its own pace; gives how many files were moved."""
        moved = 0
        for _ in range(times):
            moved += self.watched.round()
            self.at += SECONDS
        return moved

    def put(self, name: str, data: bytes | None = None) -> Path:
        self.folder.mkdir(exist_ok=True)
        path = self.folder / name
        path.write_bytes(paper(declaration()) if data is None else data)
        return path

    def result(self, kind: str, name: str) -> dict[str, Any]:
        found: dict[str, Any] = msgspec.json.decode(
            (self.folder / kind / DAY / f"{name}.result.json").read_bytes()
        )
        return found


@pytest.fixture
def watch(pair: Pair, tmp_path: Path) -> Watch:
    return Watch(pair, tmp_path / "in")


def test_a_file_is_taken_and_moved_beside_what_became_of_it(watch: Watch) -> None:
    data = paper(declaration())
    watch.put("a.json", data)
    assert watch.look() == 1
    result = watch.result("taken", "a.json")
    assert result["result"] == "queued"
    assert watch.pair.kz.state(result["consignment_id"]) == "released"
    assert (watch.folder / "taken" / DAY / "a.json").read_bytes() == data
    assert not (watch.folder / "a.json").exists()


def test_a_refused_file_lies_beside_its_findings(watch: Watch) -> None:
    watch.put("broken.xml", b"<a><b></a>")
    assert watch.look() == 1
    (finding,) = watch.result("refused", "broken.xml")["findings"]
    assert finding["code"] == "xml-malformed"
    assert not watch.pair.kz.messages()


def test_a_file_that_somebody_still_writes_is_left_alone(watch: Watch) -> None:
    whole = paper(declaration())
    for end in range(100, len(whole), 100):
        watch.put("slow.json", whole[:end])
        watch.look(3)
    assert not watch.taken
    watch.put("slow.json", whole)
    assert watch.look() == 1
    assert watch.taken == ["slow.json"]


@pytest.mark.parametrize("name", [".hidden.json", "a.json.tmp", "a.json.part"])
def test_a_name_that_says_so_is_still_being_written(watch: Watch, name: str) -> None:
    path = watch.put(name)
    assert watch.look() == 0
    path.rename(watch.folder / "ready.json")
    assert watch.look() == 1


def test_a_node_that_was_killed_before_it_moved_a_file_takes_it_once(watch: Watch) -> None:
    path = watch.put("a.json")
    watch.submit([("a.json", path.read_bytes())])  # committed, and then the kill
    watch.start()
    assert watch.look() == 1
    assert watch.result("taken", "a.json")["result"] == "known"
    assert len(watch.pair.kz.messages()) == 1


def test_the_same_name_again_replaces_nothing(watch: Watch) -> None:
    for number in (1, 2, 3):
        watch.put("daily.json", paper(declaration(number=f"55301/231126/000000{number}")))
        assert watch.look() == 1
    names = {one.name for one in (watch.folder / "taken" / DAY).iterdir()}
    files = {"daily.json", "daily-2.json", "daily-3.json"}
    assert names == files | {f"{name}.result.json" for name in files}


def test_what_is_too_large_is_refused_unread(watch: Watch) -> None:
    watch.limit = 1000
    watch.start()
    watch.put("large.json", b" " * 1001)
    watch.look()
    assert watch.result("refused", "large.json")["findings"][0]["code"] == "input-too-large"
    assert not watch.taken


def test_links_and_folders_are_not_followed(watch: Watch, tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_bytes(paper(declaration()))
    watch.folder.mkdir()
    (watch.folder / "link.json").symlink_to(secret)
    os.mkfifo(watch.folder / "pipe")
    (watch.folder / "folder.json").mkdir()
    assert watch.look() == 0
    assert secret.exists()


def test_a_file_that_cannot_be_moved_is_said_once_and_holds_up_nobody(watch: Watch) -> None:
    watch.folder.mkdir()
    (watch.folder / "refused").write_bytes(b"in the way")
    watch.put("bad.json", b"{}")
    watch.put("good.json")
    with capture_logs() as logs:
        assert watch.look(20) == 1
    said = [one["name"] for one in logs if one["log_level"] == "error"]
    assert said == ["bad.json", "refused"], "once each, and the thing in the way is no declaration"
    assert watch.result("taken", "good.json")["result"] == "queued"


def test_many_files_are_taken_in_the_order_of_their_names(watch: Watch) -> None:
    for number in range(120, 0, -1):
        watch.put(f"{number:04}.json", paper(declaration(number=f"55301/231126/{number:07}")))
    assert watch.look(20) == 120
    assert watch.taken == sorted(watch.taken)
