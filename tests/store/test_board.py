"""A board counts everything and lists what is asked for, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.store import samples
from tests.store.samples import MINUTE, NOON

from keruen.store import IdentifierKind, Role, Store, Transaction

HERE, THERE = "KZ55101", "KZ55102"
STATES = ("expected", "overdue")


@pytest.fixture
def board(store: Store) -> Store:
    """Four awaited here, one without ETA, one elsewhere, one nowhere; one gone, one of ours."""
    given: tuple[dict[str, Any], ...] = (
        {"eta": NOON - MINUTE, "state": "overdue"},
        {"eta": NOON},
        {"eta": NOON + MINUTE},
        {"eta": NOON + 2 * MINUTE, "late": True},
        {"eta": None},
        {"eta": NOON, "post": THERE},
        {"eta": NOON, "post": None},
        {"eta": NOON, "state": "arrived", "arrived": NOON},
        {"eta": NOON, "role": Role.SENDER, "arrived": NOON},
    )
    usual = {"role": Role.RECEIVER, "post": HERE, "state": "expected"}
    rows = [samples.consignment(number, **(usual | one)) for number, one in enumerate(given)]
    samples.keep(store, Transaction.put_consignment, rows)
    return store


def test_expected_consignments_are_counted_by_post_and_time(board: Store) -> None:
    until = {"noon": NOON, "soon": NOON + 2 * MINUTE}
    counts = board.read(lambda r: r.expected_counts(STATES, until))
    assert counts == {
        HERE: {"all": 5, "timed": 4, "late": 1, "noon": 1, "soon": 3},
        THERE: {"all": 1, "timed": 1, "late": 0, "noon": 0, "soon": 1},
        None: {"all": 1, "timed": 1, "late": 0, "noon": 0, "soon": 1},
    }


def test_expected_consignments_are_listed_between_two_times(board: Store) -> None:
    end = NOON + 2 * MINUTE
    found = board.read(lambda r: r.expected([HERE], STATES, eta_from=NOON, eta_before=end))
    assert [one.eta for one in found] == [NOON, NOON + MINUTE]
    last = board.read(
        lambda r: r.expected([HERE], STATES, eta_before=NOON + MINUTE, last_first=True, limit=1)
    )
    assert [one.eta for one in last] == [NOON]
    assert [o.eta for o in board.read(lambda r: r.expected([HERE], STATES))] == [None]
    elsewhere = board.read(lambda r: r.expected([THERE, None], STATES, eta_from=NOON))
    assert {one.post for one in elsewhere} == {THERE, None}


def test_what_has_arrived_since_a_time(board: Store) -> None:
    assert board.read(lambda r: r.arrived_counts(NOON)) == {HERE: 1}
    assert board.read(lambda r: r.arrived_counts(NOON + MINUTE)) == {}
    assert [one.arrived for one in board.read(lambda r: r.arrived(HERE, NOON))] == [NOON]
    assert board.read(lambda r: r.arrived(THERE, NOON)) == []


def test_the_latest_discrepancies_come_first(store: Store) -> None:
    rows = [
        samples.discrepancy(source=f"message-{number}", stated=NOON + timedelta(minutes=number))
        for number in range(3)
    ]
    store.write_now(lambda tx: tx.add_discrepancies(rows))
    assert store.read(lambda r: r.latest_discrepancies(2)) == [rows[2], rows[1]]


def test_the_beginning_of_a_mark_will_do(store: Store) -> None:
    rows = [
        samples.identifier(kind=IdentifierKind.VEHICLE, declared=mark, folded=mark, skeleton=mark)
        for mark in ("123ABC02", "123XYZ02", "12", "124ABC02", "0123")
    ]
    store.write_now(lambda tx: tx.put_identifiers(rows[0].corridor, rows[0].consignment_id, rows))
    found = store.read(lambda r: r.identifiers_beginning("123"))
    assert [one.folded for one in found] == ["123ABC02", "123XYZ02"]
