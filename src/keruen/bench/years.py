"""Years of traffic into a node's store: two small stories, played once and copied to every day since.

One story has come to its end; of the other, which happens now, most is still on the way.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from keruen.bench.copy import Copy
from keruen.bench.copying import Originals, copied
from keruen.bench.crossing import crossing
from keruen.clock import Clock
from keruen.evidence import Frontier
from keruen.exchange import EXPECTED
from keruen.store import Role
from keruen.store.bulk import Bulk, bulk

YEARS = timedelta(days=3 * 365)
ORIGINALS = 400
"""Consignments of one story; fewer where few are wanted."""
COUNTRY = "tj"
"""Whose store is filled: more is announced to it than by it."""
UNDER_WAY = 0.45
"""Share of its time after which the second story is left as it stands."""
READABLE = 12
"""Copies of the first story whose messages can be read."""
FULL_BOARD = 500
APART = timedelta(minutes=7)
"""By so much the copies of the second story differ."""
BEFORE = timedelta(minutes=3)
"""Ids of copies are older than those of whatever happens next."""
PRESENT = 100_000
"""Numbers of copies of the second story."""
WIDEST, MARKS = 10, 500
CORRIDOR, MARKED = "KZ-TJ", ("acknowledgement", "told")

Tell = Callable[[int], None]


class Filled(msgspec.Struct, frozen=True):
    """What a store was filled with.

    Attributes:
        post: the busiest, and how many consignments it expects.
        old, present: ids of consignments whose messages can be read.
        old_marks, present_marks: declared marks of them by kind.
        rows: by table.
        widest: the ids of those with the most events.
    """

    consignments: int
    post: str
    expected: int
    old: tuple[str, ...]
    present: tuple[str, ...]
    old_marks: dict[str, tuple[str, ...]]
    present_marks: dict[str, tuple[str, ...]]
    rows: dict[str, int]
    widest: tuple[str, ...]


@dataclass(slots=True)
class _Filling:
    """A store being filled."""

    bulk: Bulk
    tell: Tell
    frontier: Frontier
    rows: Counter[str]

    def add(self, originals: Originals, copy: Copy) -> None:
        """Add one copy."""
        for table, rows, leaves in copied(originals, copy, self.frontier.size):
            self.bulk.add(table, rows)
            self.rows[table] += len(rows)
            if leaves:
                places = range(self.frontier.size, self.frontier.size + len(leaves))
                self.bulk.add("evidence_leaf", list(zip(places, leaves, strict=True)))
                self.frontier = self.frontier.extend(leaves)
        self.tell(self.rows["consignment"])

    def looked_at(self, wall: datetime) -> None:
        """Say that the deadlines of all of it were looked at, as they are while a node runs."""
        names = self.bulk.columns("deadline_mark")
        said = {"stored": int(wall.timestamp() * 1_000_000), "message_id": ""}
        self.bulk.add(
            "deadline_mark",
            [
                tuple((said | {"corridor": CORRIDOR, "code": code})[name] for name in names)
                for code in MARKED
            ],
        )


def fill(root: Path, url: str | None, *, consignments: int, tell: Tell) -> Filled:
    """Make a node directory whose store has so many consignments.

    Args:
        root: gets two directories, of which one is the node's.
        url: of an empty database; None for SQLite in the node's directory.
        tell: how many there are, while they come.
    """
    count = max(20, min(ORIGINALS, consignments // 10))
    database = root / COUNTRY / "keruen.db"
    done = _story(root / "done", count, 7, 1.0)
    now = _story(root / "now", count, 11, UNDER_WAY)
    shutil.move(root / "done" / COUNTRY, root / COUNTRY)
    database.unlink()
    if url is not None:
        _point(root / COUNTRY / "node.toml", url)
    with bulk(url or f"sqlite:///{database}") as into:
        filling = _Filling(into, tell, Frontier(), Counter())
        with into.without_indexes():
            filled = _all(filling, done, now, consignments)
        into.put_head(filling.frontier)
        into.analyze()
    return filled


def _point(settings: Path, url: str) -> None:
    """Let a node use another database."""
    text = settings.read_text(encoding="utf-8")
    told = re.sub(r"(?m)^url = .*$", f"url = {json.dumps(url)}", text)
    settings.write_text(told, encoding="utf-8")


def _story(root: Path, count: int, seed: int, until: float) -> Originals:
    end = crossing(root, consignments=count, seed=seed, until=until)
    with bulk(f"sqlite:///{root / COUNTRY / 'keruen.db'}") as found:
        return Originals.read(found, end)


def _all(filling: _Filling, done: Originals, now: Originals, consignments: int) -> Filled:
    wall = Clock.wall()
    post, awaited = _busiest(now)
    some = -(-min(FULL_BOARD, consignments // 4) // awaited)
    present = list(_present(now, some, wall))
    past = list(_past(done, consignments - some * len(now.rows["consignment"]), wall))
    for copy in past:
        filling.add(done, copy)
    for copy in present:
        filling.add(now, copy)
    filling.looked_at(wall)
    readable = [copy for copy in past if copy.whole]
    return Filled(
        consignments=filling.rows["consignment"],
        post=post,
        expected=awaited * some,
        old=tuple(_ids(done, readable)),
        present=tuple(_ids(now, present)),
        old_marks=_marks(done, readable),
        present_marks=_marks(now, present),
        rows=dict(filling.rows),
        widest=tuple(_widest(done, readable)),
    )


def _past(done: Originals, wanted: int, wall: datetime) -> Iterator[Copy]:
    """Copies over three years, the oldest first; the last one ends now."""
    count = max(1, -(-wanted // len(done.rows["consignment"])))
    for number in range(count):
        end = wall - YEARS * (count - 1 - number) / count
        whole = number % max(1, count // READABLE) == 0 or number == count - 1
        yield Copy.of(number, done.end, end, end - BEFORE, whole=whole)


def _present(now: Originals, count: int, wall: datetime) -> Iterator[Copy]:
    """Copies that are about where the story stopped."""
    for number in range(count):
        end, made = wall + APART * (number - count // 2), wall - APART * (count - number)
        yield Copy.of(PRESENT + number, now.end, end, made, whole=True)


def _busiest(now: Originals) -> tuple[str, int]:
    """The post that expects most, and how many."""
    posts = (one["post"] for one in now.named("consignment") if _is_expected(one))
    return Counter(post for post in posts if post).most_common(1)[0]


def _is_expected(one: Mapping[str, Any]) -> bool:
    return one["role"] == Role.RECEIVER and one["state"] in EXPECTED


def _ids(originals: Originals, copies: Iterable[Copy]) -> Iterator[str]:
    for copy in copies:
        for one in originals.named("consignment"):
            yield copy.prefix + one["consignment_id"][8:]


def _widest(originals: Originals, copies: Iterable[Copy]) -> Iterator[str]:
    """Those with the most events: trains in parts, questions, corrections."""
    events = Counter(one["consignment_id"] for one in originals.named("event"))
    for copy in copies:
        yield from (copy.prefix + found[8:] for found, _ in events.most_common(WIDEST))


def _marks(originals: Originals, copies: Iterable[Copy]) -> dict[str, tuple[str, ...]]:
    """Some declared marks of copies, by kind."""
    found: dict[str, list[str]] = defaultdict(list)
    for copy in copies:
        for of_one in originals.marks.values():
            for kind, declared in of_one:
                if len(found[kind]) < MARKS:
                    found[kind].append(copy.mark(kind, declared))
    return {kind: tuple(some) for kind, some in found.items()}
