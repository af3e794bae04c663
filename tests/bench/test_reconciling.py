"""The benchmark of reconciliation counts what it says, and says what is not reached."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from keruen.bench.reconciling import Plan, alert, measure_reconcile, shortfalls


@pytest.mark.parametrize(
    ("told", "absent", "precision"),
    [
        ([(1.0, True), (0.9, True)], 2, 1.0),
        ([(1.0, True), (0.9, False), (0.8, True)], 2, 0.6667),
        ([(1.0, True), (0.9, False)], 1, 1.0),
        ([(0.9, True), (0.9, False)], 1, 0.5),
        ([(1.0, True)], 2, 0.0),
    ],
)
def test_an_alert_is_as_precise_as_where_it_tells_nearly_all(
    told: list[tuple[float, bool]], absent: int, precision: float
) -> None:
    assert alert(told, absent) == precision


def run(**changes: Any) -> dict[str, Any]:
    ours = {"precision": 1.0, "recall": 1.0, "alert": 1.0, "orphans": 1.0, "seconds": 90.0}
    return {
        "profile": "medium",
        "consignments": 20_000,
        "seed": 101,
        "keruen": {**ours, "gigabytes": 1.0, **changes},
    }


def test_what_is_not_reached_is_said() -> None:
    assert shortfalls({"runs": [run()]}) == []
    assert len(shortfalls({"runs": [run(alert=0.9), run(precision=0.99, recall=0.99)]})) == 3
    assert len(shortfalls({"runs": [{**run(), "consignments": 1_000_000}]})) == 1


@pytest.mark.slow
def test_a_small_run_is_measured(tmp_path: Path) -> None:
    plan = Plan(2000, ["medium"], [101], tmp_path, peer=False, tell=lambda _: None)
    (measured,) = measure_reconcile(plan)["runs"]
    assert measured["keruen"]["recall"] > 0.95
    assert measured["keruen"]["gigabytes"] > 0
