"""The record that both sides print: made of the messages alone, the same on both, true to what happened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from decimal import Decimal

import pytest
from tests.exchange.papers import arrive, declaration, imported, item, paper
from tests.exchange.world import Node, Pair

from keruen.exchange.joining import joint_record
from keruen.exchange.joint import JointRecord
from keruen.exchange.lifecycle import State


def record_of(node: Node, consignment: str) -> JointRecord:
    return node.store.read(lambda r: joint_record(r, node.consignment(consignment)))


def same(pair: Pair, consignment: str) -> JointRecord:
    """The record, once both sides are seen to have the same one."""
    ours, theirs = (record_of(node, consignment) for node in (pair.kz, pair.tj))
    assert ours == theirs
    return ours


async def announced(pair: Pair) -> str:
    (result,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    return result.consignment_id or ""


async def corrected(pair: Pair, consignment: str) -> None:
    pair.kz.submit(paper(declaration(items=(item(gross_mass=Decimal(20300)),))))


async def annulled(pair: Pair, consignment: str) -> None:
    said = f'{{"kind": "annulment", "number": "{consignment}", "reason": "sold"}}'
    pair.kz.submit(said.encode())


async def came(pair: Pair, consignment: str) -> None:
    arrive(pair.tj, seals=("KZ9999999",), weighbridge=19000)


async def came_in_part(pair: Pair, consignment: str) -> None:
    arrive(pair.tj, partial=True)


async def cleared(pair: Pair, consignment: str) -> None:
    pair.tj.submit(paper(imported()))


STEPS: dict[str, Callable[[Pair, str], Awaitable[None]]] = {
    "corrected": corrected,
    "annulled": annulled,
    "came": came,
    "came in part": came_in_part,
    "cleared": cleared,
}


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([], State.ACCEPTED),
        (["corrected"], State.ACCEPTED),
        (["annulled"], State.ANNULLED),
        (["came"], State.ARRIVED),
        (["came in part"], State.PARTLY_ARRIVED),
        (["corrected", "came", "cleared"], State.CLOSED),
        (["came in part", "cleared"], State.CLOSED),
        (["cleared", "came"], State.CLOSED),
    ],
)
async def test_both_sides_have_one_record_after_every_step(
    pair: Pair, steps: list[str], state: State
) -> None:
    consignment = await announced(pair)
    pair.clock.advance(hours=40)
    for step in steps:
        before = same(pair, consignment).digest
        await STEPS[step](pair, consignment)
        await pair.settle()
        assert same(pair, consignment).digest != before, step
    assert same(pair, consignment).state is state
    for node in (pair.kz, pair.tj):
        assert node.state(consignment) is state


async def test_the_record_is_the_same_from_two_kinds_of_database(mixed_pair: Pair) -> None:
    pair = mixed_pair
    consignment = await announced(pair)
    pair.clock.advance(hours=40)
    for step in ("corrected", "came", "cleared"):
        await STEPS[step](pair, consignment)
        await pair.settle()
    record = same(pair, consignment)
    assert [(one.ordinal, one.validity) for one in record.versions] == [
        (1, "replaced"), (2, "holds"),
    ]  # fmt: skip
    assert ("items[0].gross_mass", "20100", "20300") in [
        (one.path, one.before, one.after) for one in record.versions[1].changed
    ]
    assert [one.discrepancy.code for one in record.discrepancies][:2] == [
        "other-seal", "gross-mass-differs",
    ]  # fmt: skip
    assert record.registration_number == pair.tj.consignment(consignment).registration_number
    assert (record.sender, record.receiver) == ("KZ", "TJ")
    assert [one.declaration_number for one in record.imports] == ["TJ-IM-1"]


async def test_while_something_is_on_the_way_the_digests_tell(pair: Pair) -> None:
    consignment = await announced(pair)
    pair.clock.advance(hours=40)
    arrive(pair.tj)
    ours, theirs = (record_of(node, consignment) for node in (pair.kz, pair.tj))
    assert ours.digest != theirs.digest
    assert theirs.arrivals
    assert not ours.arrivals
    await pair.settle()
    same(pair, consignment)


async def test_what_one_node_knows_alone_is_not_in_it(pair: Pair) -> None:
    """Overdue is a matter of either side's clock."""
    consignment = await announced(pair)
    before = same(pair, consignment)
    pair.clock.advance(hours=70)
    pair.tj.sweep()
    assert pair.tj.state(consignment) is State.OVERDUE
    assert same(pair, consignment) == before


async def test_information_that_came_too_late_before_the_crossing_is_marked(pair: Pair) -> None:
    pair.clock.advance(hours=39)
    consignment = await announced(pair)
    assert same(pair, consignment).late
