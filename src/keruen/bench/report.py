"""The benchmark of AS4 as one report; every figure of two nodes is a median of runs, each with its limit."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keruen.bench.pair import AT_ONCE, pair
from keruen.bench.peers import peers
from keruen.bench.protocol import protocol

WARM_UP = 300
"""Messages before the first that counts."""
PER_MESSAGE = (1, 10, 100)
"""Declarations in one message."""
FEW = 1000


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured.

    Attributes:
        runs: of each figure of two nodes; the median counts.
        messages: of one run.
        stored: messages in the store when it is full.
        tell: what is being done, for a person who waits.
    """

    runs: int
    messages: int
    stored: int
    tell: Callable[[str], None]


def measure_as4(plan: Plan) -> dict[str, Any]:
    """Everything that `keruen bench as4` reports."""
    plan.tell("protocol only")
    alone = protocol()
    plan.tell("beside other software")
    with tempfile.TemporaryDirectory(prefix="keruen-bench-") as folder:
        others = peers(Path(folder) / "beside", runs=plan.runs, messages=plan.messages)
        between = between_nodes(Path(folder), plan)
        growth = growth_of(Path(folder) / "full", plan)
    return {"protocol": alone, **between, "peers": others, "growth": growth}


def between_nodes(root: Path, plan: Plan) -> dict[str, Any]:
    """Two fresh nodes, by the number of declarations a message."""
    with pair(root / "fresh") as nodes:
        nodes.measure(messages=WARM_UP)
        found = {}
        for count in PER_MESSAGE:
            plan.tell(f"node to node, {count} declarations a message")
            messages = max(AT_ONCE * 4, plan.messages // count)
            found[count] = _median(
                [nodes.measure(messages=messages, count=count) for _ in range(plan.runs)]
            )
    first = found[1]
    return {**first, "declarations": {str(count): _brief(one) for count, one in found.items()}}


def growth_of(root: Path, plan: Plan) -> dict[str, float]:
    """CPU of both nodes per message, µs, with few and with many stored: two pairs, measured in turn."""
    with pair(root / "few") as few, pair(root / "many") as many:
        plan.tell(f"filling two stores with {plan.stored} messages")
        few.fill(FEW)
        many.fill(plan.stored)
        for nodes in (few, many):
            nodes.measure(messages=WARM_UP)
        plan.tell("cost per message with few and with many stored")
        runs = [
            tuple(nodes.measure(messages=plan.messages)["cpu_us"] for nodes in (few, many))
            for _ in range(plan.runs)
        ]
    small, large = (statistics.median(one) for one in zip(*runs, strict=True))
    ratio = statistics.median(after / before for before, after in runs)
    return {
        f"{FEW:.0e}".replace("+0", ""): round(small, 1),
        f"{plan.stored:.0e}".replace("+0", ""): round(large, 1),
        "ratio": round(ratio, 3),
    }


def _median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The median of every figure; that of a share is of the shares, not of its parts."""
    return {
        name: _median([run[name] for run in runs])
        if isinstance(runs[0][name], dict)
        else round(statistics.median(run[name] for run in runs), 4)
        for name in runs[0]
    }


def _brief(one: dict[str, Any]) -> dict[str, Any]:
    names = (
        "delivered_per_second",
        "declarations_per_second",
        "p50_ms",
        "p99_ms",
        "bytes",
        "cpu_us",
    )
    return {name: one[name] for name in names}


def shortfalls(report: dict[str, Any]) -> list[str]:
    """What is aimed at and was not reached, in words."""
    ten = report["declarations"]["10"]["declarations_per_second"]
    peer = report["peers"]["as4"].get("ratio")
    aims = [
        ("share of the limit", report["share"], 0.18),
        ("share of the limit by CPU time", report["cpu_share"], 0.18),
        ("ms under 150 at the 99th percentile", 150 - report["p99_ms"], 0),
        ("declarations a second with ten in a message", ten, 5000),
        ("times PyPI as4", peer, 4),
        ("times phase4", report["peers"]["phase4"].get("ratio"), 3),
        ("below 1.2 times the cost when full", 1.2 - report["growth"]["ratio"], 0),
    ]
    return [
        f"{name}: {found if found is None else round(found, 3)}, aimed at {least}"
        for name, found, least in aims
        if found is None or found < least
    ]
