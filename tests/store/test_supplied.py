"""Counts of what was supplied add up over transactions; answers are awaited until they come."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from msgspec.structs import replace
from tests.store.samples import CORRIDOR, NOON

from keruen.store import Direction, Store, Transaction
from keruen.store.supplied import AnswerDue, Place, Supplied

NOVEMBER = Place(corridor=CORRIDOR, direction=Direction.IN, office="39855302", month="2026-11")
OURS = replace(NOVEMBER, direction=Direction.OUT, office="")
AWAITED = AnswerDue(
    corridor=CORRIDOR,
    key="m1",
    answer="acknowledgement",
    direction=Direction.OUT,
    office="",
    month="2026-11",
    due=NOON,
)


def test_counts_of_several_transactions_add_up_by_place(store: Store) -> None:
    for _ in range(2):
        store.write_now(lambda tx: tx.count_supplied(NOVEMBER, {"declarations": 2, "errors": 0}))
    store.write_now(lambda tx: tx.count_supplied(OURS, {"announced": 1}))
    assert store.read(lambda r: r.supplied(NOON)) == {
        NOVEMBER: Supplied(declarations=4),
        OURS: Supplied(announced=1),
    }
    assert store.read(lambda r: r.supplied(NOON, direction=Direction.OUT)).keys() == {OURS}
    assert len(store.read(lambda r: r.supplied(NOON, since="2026-11"))) == 2
    assert store.read(lambda r: r.supplied(NOON, since="2026-12")) == {}
    assert store.read(lambda r: r.supplied(NOON, office="39855302", month="2026-11")).keys() == {
        NOVEMBER
    }


def test_an_operation_that_fails_counts_nothing(store: Store) -> None:
    async def both() -> None:
        def fails(tx: Transaction) -> None:
            tx.count_supplied(NOVEMBER, {"declarations": 1})
            raise ZeroDivisionError

        good = store.write(lambda tx: tx.count_supplied(OURS, {"declarations": 1}))
        await asyncio.gather(good, store.write(fails), return_exceptions=True)

    asyncio.run(both())
    assert store.read(lambda r: r.supplied(NOON)) == {OURS: Supplied(declarations=1)}


def test_an_answer_is_missing_from_when_it_is_due_until_it_comes(store: Store) -> None:
    assert store.write_now(lambda tx: tx.await_answer(AWAITED))
    assert not store.write_now(lambda tx: tx.await_answer(AWAITED))
    later = NOON + timedelta(seconds=1)
    assert store.read(lambda r: r.supplied(NOON)) == {}
    assert store.read(lambda r: r.supplied(later)) == {OURS: Supplied(acknowledgement_missing=1)}
    assert store.read(lambda r: r.supplied(later, month="2026-10")) == {}
    key = (CORRIDOR, "m1", "acknowledgement")
    assert store.write_now(lambda tx: tx.awaited_answer(*key)) == AWAITED
    assert store.write_now(lambda tx: tx.awaited_answer(*key)) is None
    assert store.read(lambda r: r.supplied(later)) == {}
