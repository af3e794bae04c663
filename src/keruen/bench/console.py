"""The benchmark of the console as one report: pages of a node with years in its store, and an event.

The node runs in a process of its own with all its workers, as `keruen run` starts it; an officer's browser
asks it one page after the other, languages in turn.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import msgspec

from keruen.bench import questions
from keruen.bench.moment import OpenBoard, event_milliseconds
from keruen.bench.visitor import Visitor, officer, running
from keruen.bench.weight import first_visit
from keruen.bench.years import COUNTRY, Filled, fill
from keruen.exchange import EXPECTED
from keruen.node import Node

PAGES: dict[str, Callable[[Filled], Iterator[str]]] = {
    "board": questions.boards,
    "search": questions.searches,
    "consignment": questions.consignments,
    "start": questions.starts,
}
"""What is asked for, by its name in the report."""
AIM_MS, AIM_EVENT_MS, AIM_OCTETS = 100, 1000, 150_000
COLD = 20
"""Requests of each kind of page that find nothing in the machine's memory."""
FILLED = "filled.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured.

    Attributes:
        consignments: in the store.
        requests: of each kind of page with warm caches; `cold`: with cold ones.
        events: that are waited for.
        url: of an empty PostgreSQL database; None for SQLite.
        folder: where the store is kept, and taken from if it is there; None for a temporary one.
        tell: what is being done; `grown`: how many consignments there are, of how many.
    """

    consignments: int
    requests: int
    cold: int
    events: int
    url: str | None
    folder: Path | None
    tell: Callable[[str], None]
    grown: Callable[[int], None]


def measure_console(plan: Plan) -> dict[str, Any]:
    """Everything that `keruen bench console` reports."""
    with ExitStack() as stack:
        folder = plan.folder or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="keruen-bench-"))
        )
        filled = _filled(folder, plan)
        root = folder / COUNTRY
        node = Node.open(root)
        stack.callback(node.close)
        cookie = officer(node)
        _forget(root)
        plan.tell("pages from cold caches, then from warm ones, and events")
        with running(root) as port, closing(Visitor.of(port, cookie)) as visitor:
            cold = {
                name: _times(visitor, asked(filled), plan.cold) for name, asked in PAGES.items()
            }
            warm = {
                name: _times(visitor, asked(filled), plan.requests) for name, asked in PAGES.items()
            }
            events = _events(node, visitor, filled, plan.events)
            weight = first_visit(visitor, [next(asked(filled)) for asked in PAGES.values()])
    return {
        **{f"{name}_p95_ms": _at(95, times) for name, times in warm.items()},
        "event_ms": _at(95, events),
        "consignments": filled.consignments,
        "expected": filled.expected,
        "database": "postgresql" if plan.url else "sqlite",
        "pages": {name: _figures(times) for name, times in warm.items()},
        "cold": {name: _figures(times) for name, times in cold.items()},
        "events": _figures(events),
        "first_visit": weight,
        "rows": filled.rows,
        "load": [round(one, 2) for one in os.getloadavg()],
        "cores": os.cpu_count(),
    }


def _filled(folder: Path, plan: Plan) -> Filled:
    """The store of an earlier run, or a new one."""
    known = folder / FILLED
    if known.exists():
        return msgspec.json.decode(known.read_bytes(), type=Filled)
    plan.tell(f"filling a store with {plan.consignments} consignments")
    folder.mkdir(parents=True, exist_ok=True)
    filled = fill(folder, plan.url, consignments=plan.consignments, tell=plan.grown)
    known.write_bytes(msgspec.json.encode(filled))
    return filled


def _forget(root: Path) -> None:
    """Let the machine forget what it has read of the database, as far as it is a file here."""
    if not hasattr(os, "posix_fadvise"):
        return
    for path in root.glob("keruen.db*"):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _times(visitor: Visitor, asked: Iterator[str], count: int) -> list[float]:
    languages = cycle(questions.LANGUAGES)
    return [visitor.fetch(path, next(languages)).milliseconds for path in islice(asked, count)]


def _events(node: Node, visitor: Visitor, filled: Filled, count: int) -> list[float]:
    """Times from commits to boards, ms."""
    awaited = node.store.read(
        lambda reader: reader.consignments_expected(
            filled.post, EXPECTED, eta_from=node.context.clock.now(), limit=count
        )
    )
    with closing(OpenBoard.of(visitor, next(questions.boards(filled)))) as board:
        return [event_milliseconds(node, board, one) for one in awaited]


def _figures(times: list[float]) -> dict[str, float]:
    return {
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": _at(95, times),
        "most_ms": round(max(times), 1),
        "count": len(times),
    }


def _at(percent: int, times: list[float]) -> float:
    """The time within which so many percent came, ms."""
    place = -(-percent * len(times) // 100) - 1
    return round(sorted(times)[place], 1)


def shortfalls(report: dict[str, Any]) -> list[str]:
    """What is aimed at and was not reached, in words."""
    aims = {f"{name}_p95_ms": AIM_MS for name in PAGES} | {"event_ms": AIM_EVENT_MS}
    missed = [
        f"{name}: {report[name]}, aimed at under {aim}"
        for name, aim in aims.items()
        if report[name] >= aim
    ]
    heavy = {path: one["wire"] for path, one in report["first_visit"].items()}
    return missed + [
        f"{path}: {octets} octets, aimed at under {AIM_OCTETS}"
        for path, octets in heavy.items()
        if octets >= AIM_OCTETS
    ]
