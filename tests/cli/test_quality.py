"""keruen quality: scores of both sides by month and office, as a table with bars and as JSON."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import keruen

from keruen.cli.quality import BAR, bar
from keruen.node import Node
from keruen.store import Direction, Transaction
from keruen.store.supplied import Place

WELL = {"declarations": 4, "clean": 4, "announced": 4, "in_time": 4}
BADLY = {"declarations": 4, "clean": 1, "warned": 2, "announced": 4, "in_time": 1}


@pytest.fixture
def counted(kz: Path) -> Path:
    """A node that has counted two offices of TJ and one of its own."""
    node = Node.open(kz)
    (agreement,) = node.context.agreements
    place = {"corridor": agreement.corridor, "month": "2026-11"}
    for office, direction, counts in (
        ("TJ-DUS", Direction.IN, WELL),
        ("TJ-KHU", Direction.IN, BADLY),
        ("39855302", Direction.OUT, WELL),
    ):
        where = Place(office=office, direction=direction, **place)
        node.store.write_now(partial(Transaction.count_supplied, place=where, more=counts))
    node.close()
    return kz


def test_both_sides_are_scored_by_month_and_office(counted: Path) -> None:
    found = keruen("quality", counted, "--json").json
    assert [(one["supplier"], one["office"]) for one in found] == [
        ("TJ", None),
        ("TJ", "TJ-DUS"),
        ("TJ", "TJ-KHU"),
        ("KZ", None),
    ]
    every, best, worst, ours = (one["quality"]["score"] for one in found)
    assert best == ours == 100
    assert worst < every < best
    assert found[2]["quality"]["parts"]["timeliness"] == 0.25


def test_one_office_and_one_month_are_chosen(counted: Path) -> None:
    found = keruen("quality", counted, "--office", "TJ-KHU", "--month", "2026-11", "--json").json
    assert [one["office"] for one in found] == ["TJ-KHU"]
    assert keruen("quality", counted, "--month", "2026-10", "--json").json == []


def test_a_table_shows_scores_as_bars(counted: Path) -> None:
    shown = keruen("quality", counted, "--partner", "tj").out
    assert "TJ to KZ" in shown
    assert "KZ to TJ" in shown
    assert "█" * BAR in shown


def test_a_table_is_whole_in_80_columns(counted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = keruen("quality", counted).out
    assert "…" not in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_a_node_that_has_exchanged_nothing_says_so(kz: Path) -> None:
    ended = keruen("quality", kz)
    assert ended.code == 0
    assert "nothing to score" in ended.out


@pytest.mark.parametrize(
    ("option", "code"),
    [(("--partner", "UZ"), "partner-unknown"), (("--month", "11-2026"), "month-invalid")],
)
def test_what_cannot_be_chosen_is_refused(kz: Path, option: tuple[str, str], code: str) -> None:
    ended = keruen("quality", kz, *option)
    assert ended.code == 2
    assert code in ended.err


def test_a_bar_is_as_long_as_the_score() -> None:
    assert [bar(score).count("█") for score in (None, 0, 50, 100)] == [0, 0, BAR // 2, BAR]
