"""By the clock: who has set out, who is late, each by the deadline of its mode of transport."""

from __future__ import annotations

import dataclasses
import sys

import pytest
from msgspec.structs import replace
from tests.exchange.papers import declaration, number, paper
from tests.exchange.world import Pair

from keruen.customs import Declaration, TransportKind, TransportMeans
from keruen.exchange import State, sweep


def by_rail() -> Declaration:
    wagon = TransportMeans(identity="52345676", kind=TransportKind.WAGON, mode="2")
    return replace(number(2), transport_means=(wagon,))


async def announced(pair: Pair, *declarations: Declaration) -> list[str]:
    results = pair.kz.submit(*(paper(one) for one in declarations))
    await pair.settle()
    return [one.consignment_id or "" for one in results]


async def test_rail_may_be_later_than_road(pair: Pair) -> None:
    road, rail = await announced(pair, declaration(), by_rail())
    pair.clock.advance(hours=40 + 25)
    pair.tj.sweep()
    pair.tj.sweep()
    assert pair.tj.state(road) is State.OVERDUE
    assert pair.tj.state(rail) is State.UNDER_WAY
    pair.clock.advance(hours=24)
    pair.tj.sweep()
    assert pair.tj.state(rail) is State.OVERDUE


async def test_many_that_may_still_come_do_not_hide_one_that_is_overdue(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["keruen.exchange.sweep"], "BATCH", 1)
    _, road = await announced(pair, by_rail(), declaration())
    pair.clock.advance(hours=40 + 25)
    while pair.tj.sweep():
        pass
    assert pair.tj.state(road) is State.OVERDUE


async def test_what_has_no_agreement_any_more_is_left_alone(pair: Pair) -> None:
    (consignment,) = await announced(pair, declaration())
    pair.tj.sweep()
    pair.clock.advance(days=9)
    without = dataclasses.replace(pair.tj.context, agreements=())
    assert pair.tj.store.write_now(lambda tx: sweep(tx, without)) == 0
    assert pair.tj.state(consignment) is State.UNDER_WAY


async def test_each_is_marked_once(pair: Pair) -> None:
    (consignment,) = await announced(pair, declaration())
    pair.clock.advance(days=9)
    for _ in range(3):
        pair.tj.sweep()
    assert pair.tj.happened(consignment) == ["announced", "accepted", "departed", "overdue"]
