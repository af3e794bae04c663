"""Figures are summed over a stretch of days by any aspect, and lead to what they are made of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.store import samples
from tests.store.samples import NOON

from keruen.store import Role, Store, Transaction
from keruen.store.figured import Aspect, FigureRow, Sums
from keruen.store.figures import Wanted, Which
from keruen.store.pages import Narrowed

DAY = timedelta(days=1)
WANTED = Wanted(since="2026-11-01", until="2026-11-30")
GIVEN: tuple[dict[str, Any], ...] = (
    {"arrived": 1, "timed": 1, "on_time": 1, "delay": -10, "office": "A", "codes": ("other-seal",)},
    {"arrived": 1, "timed": 1, "delay": 900, "office": "A", "day": "2026-11-03"},
    {"due": NOON - 5 * DAY, "office": "B", "post": "TJ-NAU"},
    {"due": NOON + DAY, "office": "B", "partner": "UZ", "role": Role.SENDER},
    {"announced": 0, "arrived": 1, "office": ""},
    {"office": "A", "day": "2026-12-01"},
)


@pytest.fixture
def counted(store: Store) -> Store:
    """Two that came, one missing, one awaited, one unannounced; one of another month."""
    rows = [samples.consignment(number) for number in range(len(GIVEN))]
    samples.keep(store, Transaction.put_consignment, rows)
    for one, given in zip(rows, GIVEN, strict=True):
        store.write_now(lambda tx, o=one, g=given: _count(tx, o, g))  # type: ignore[misc]
    return store


def _count(tx: Transaction, one: Any, given: dict[str, Any]) -> None:
    usual: dict[str, Any] = {
        "day": "2026-11-02",
        "role": Role.RECEIVER,
        "partner": "KZ",
        "announced": 1,
    }
    values = usual | {
        name: value for name, value in given.items() if name not in ("office", "codes")
    }
    keys = [(Aspect.ALL, ""), (Aspect.OFFICE, given["office"])]
    keys += [(Aspect.CODE, code) for code in given.get("codes", ())]
    place = {"corridor": one.corridor, "consignment_id": one.consignment_id}
    rows = [FigureRow(aspect=aspect, key=key, **place, **values) for aspect, key in keys]
    tx.put_figures(one.corridor, one.consignment_id, rows)


def sums(
    store: Store, wanted: Wanted = WANTED, aspect: Aspect = Aspect.ALL, **more: Any
) -> list[Sums]:
    found = store.read(lambda r: r.figures(wanted, aspect, NOON, **more))
    return sorted(found, key=lambda one: one.key)


def test_a_stretch_of_days_is_summed(counted: Store) -> None:
    assert sums(counted) == [
        Sums(key="", announced=4, arrived=3, timed=2, on_time=1, missing=1, unannounced=1)
    ]
    assert sums(counted, Wanted(since="2027-01-01", until="2027-01-31")) == []


def test_and_by_aspect_and_by_day(counted: Store) -> None:
    offices = sums(counted, aspect=Aspect.OFFICE)
    assert [(one.key, one.announced, one.missing) for one in offices] == [
        ("", 0, 0),
        ("A", 2, 0),
        ("B", 2, 1),
    ]
    assert [one.key for one in sums(counted, aspect=Aspect.CODE)] == ["other-seal"]
    days = sums(counted, by_day=True)
    assert [(one.key, one.announced) for one in days] == [("2026-11-02", 3), ("2026-11-03", 1)]


@pytest.mark.parametrize(
    ("narrow", "announced"),
    [
        ({"partner": "UZ"}, 1),
        ({"role": Role.RECEIVER}, 3),
        ({"post": "TJ-NAU"}, 1),
        ({"narrowed": Narrowed(partners=frozenset({"UZ"}))}, 1),
        ({"narrowed": Narrowed(posts=frozenset({"TJ-NAU", "TJ-FOT"}))}, 1),
        ({"narrowed": Narrowed(posts=frozenset())}, 0),
    ],
)
def test_a_scope_narrows_what_is_summed(
    counted: Store, narrow: dict[str, Any], announced: int
) -> None:
    found = sums(counted, Wanted(since=WANTED.since, until=WANTED.until, **narrow))
    assert sum(one.announced for one in found) == announced


def test_delays_are_counted_from_the_earliest(counted: Store) -> None:
    assert counted.read(lambda r: r.figure_delays(WANTED)) == [(-10, 1), (900, 1)]


def test_what_is_missing_is_counted_by_how_long(counted: Store) -> None:
    before = (NOON, NOON - 3 * DAY, NOON - 7 * DAY)
    assert counted.read(lambda r: r.figures_missing_since(WANTED, NOON, before)) == [1, 1, 0]
    nothing = Wanted(since="2027-01-01", until="2027-01-31")
    assert counted.read(lambda r: r.figures_missing_since(nothing, NOON, before)) == [0, 0, 0]
    found = counted.read(lambda r: r.figures_missing(WANTED, NOON))
    assert [one.consignment for one in found] == [samples.consignment(2)]


@pytest.mark.parametrize(
    ("which", "numbers"),
    [
        (None, [1, 4, 3, 2, 0]),
        (Which.ANNOUNCED, [1, 3, 2, 0]),
        (Which.ON_TIME, [0]),
        (Which.LATE, [1]),
        (Which.MISSING, [2]),
        (Which.UNANNOUNCED, [4]),
    ],
)
def test_each_sum_leads_to_its_consignments(
    counted: Store, which: Which | None, numbers: list[int]
) -> None:
    found = counted.read(lambda r: r.figure_page(WANTED, NOON, which=which))
    wanted = {samples.consignment(number) for number in numbers}
    assert {one.consignment for one in found} == wanted
    assert [one.day for one in found] == sorted((one.day for one in found), reverse=True)


def test_pages_together_are_the_whole(counted: Store) -> None:
    whole = counted.read(lambda r: r.figure_page(WANTED, NOON, aspect=Aspect.OFFICE, key="A"))
    first = counted.read(
        lambda r: r.figure_page(WANTED, NOON, aspect=Aspect.OFFICE, key="A", limit=1)
    )
    place = first[0].day, first[0].consignment.consignment_id
    rest = counted.read(
        lambda r: r.figure_page(WANTED, NOON, aspect=Aspect.OFFICE, key="A", after=place)
    )
    assert [*first, *rest] == whole
    assert len(whole) == 2
