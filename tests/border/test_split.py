"""A consignment on several vehicles: each part is known, the split is told once, the sum is compared."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.border.world import (
    CONTAINER,
    HOUR,
    NOON,
    World,
    agreement,
    came,
    containers,
    export,
    item,
    preliminary,
)

from keruen.border.arrival import InspectedItem
from keruen.border.compare import compare_whole
from keruen.border.split import balances, together
from keruen.messages import ArrivalInformation

Parts = list[dict[str, Any]]
"""What each part was, beside the plate of its own; the announced whole is 20 200 kg in 400 bags."""


def bags(count: int | str, **values: Any) -> dict[str, Any]:
    return {"items": [{"item": 1, "packages": count, **values}]}


TABLE: dict[str, tuple[Parts, list[str], str]] = {
    "the last one is said to be the last": (
        [{"partial": True}, {}], [], "arrived",
    ),
    "weights that balance": (
        [{"partial": True, "weighbridge": 9_000}, {"weighbridge": 11_200}], [], "arrived",
    ),
    "weights that balance complete it, whatever the officer says": (
        [{"partial": True, "weighbridge": 9_000}, {"partial": True, "weighbridge": 11_150}],
        [], "arrived",
    ),
    "weights that do not balance yet": (
        [{"partial": True, "weighbridge": 9_000}, {"partial": True, "weighbridge": 5_000}],
        [], "partly-arrived",
    ),
    "a short weight of the whole": (
        [{"partial": True, "weighbridge": 9_000}, {"weighbridge": 10_000}],
        ["gross-mass-differs"], "arrived",
    ),
    "too much": (
        [{"partial": True, "weighbridge": 15_000}, {"weighbridge": 15_000}],
        ["gross-mass-differs"], "arrived",
    ),
    "one part was not weighed, so nothing is known of the whole": (
        [{"partial": True, "weighbridge": 9_000}, {}], [], "arrived",
    ),
    "quantities that balance": (
        [{"partial": True, **bags(150)}, {"partial": True, **bags(250)}], [], "arrived",
    ),
    "quantities in three parts": (
        [{"partial": True, **bags(150)}, {"partial": True, **bags(100)}, bags(150)], [], "arrived",
    ),
    "a bag or two are missing": (
        [{"partial": True, **bags(150)}, bags(248)], ["quantity-short"], "arrived",
    ),
    "more bags in a part than in the whole": (
        [{"partial": True, **bags(450)}], ["quantity-over"], "partly-arrived",
    ),
    "weight says all, quantity says not yet": (
        [
            {"partial": True, "weighbridge": 9_000, **bags(150)},
            {"partial": True, "weighbridge": 11_200, **bags(150)},
        ],
        [], "partly-arrived",
    ),
    "other goods are told with their part": (
        [{"partial": True, **bags(150, hs="870323")}, {}], ["other-goods"], "arrived",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_a_consignment_on_several_trucks(plain_world: World, name: str) -> None:
    parts, found, state = TABLE[name]
    assert in_parts(plain_world, parts) == (sorted([*found, "split-shipment"]), state)


def test_parts_are_kept_alike_by_every_database(world: World) -> None:
    parts, found, state = TABLE["a short weight of the whole"]
    assert in_parts(world, parts) == (sorted([*found, "split-shipment"]), state)
    (consignment,) = world.store.read(lambda r: r.consignments())
    before = (consignment, world.differences(consignment.consignment_id))
    world.rebuild()
    (again,) = world.store.read(lambda r: r.consignments())
    assert (again, world.differences(again.consignment_id)) == before


def in_parts(world: World, parts: Parts) -> tuple[list[str], str]:
    """Codes and state after the parts have come, each known by the number that the driver shows."""
    consignment = world.announce()
    for number, facts in enumerate(parts):
        world.clock.at = NOON + number * HOUR
        (one,) = world.arrive(number=consignment, arrived=world.clock.at, **facts)
        assert one.consignment_id == consignment, "each part is known"
    return world.codes(consignment), world.state(consignment)


def test_containers_that_are_awaited_make_it_partial_though_the_weight_is_there(
    plain_world: World,
) -> None:
    world = plain_world
    consignment = world.announce(export(containers=containers(CONTAINER, "KRNU7204510")))
    (first,) = world.arrive(containers=[CONTAINER], weighbridge=20_200)
    assert first.partial
    assert [one.code for one in first.discrepancies] == ["split-shipment"]
    world.clock.at = NOON + HOUR
    (rest,) = world.arrive(vehicle="999 XYZ 02", containers=["KRNU7204510"], arrived=world.clock.at)
    assert (rest.consignment_id, rest.partial) == (consignment, False)


def test_an_arrival_of_several_consignments_names_each(plain_world: World) -> None:
    """Groupage: the truck is everybody's; what an inspection found is one's, and a person says whose."""
    world = plain_world
    ours = {world.announce(export(number=f"55302/221126/000000{n}")) for n in range(3)}
    (refusal,) = world.arrive(**bags(400))
    assert refusal.arrival_id is None
    (finding,) = refusal.findings
    assert all(f"55302/221126/000000{n}" in finding.text for n in range(3))
    registered = world.arrive()
    assert {one.consignment_id for one in registered} == ours
    assert {world.state(one) for one in ours} == {"arrived"}


@given(st.lists(st.integers(1, 5_000), min_size=1, max_size=8))
def test_however_the_whole_is_split_its_sum_balances_and_less_does_not(
    weights: list[int],
) -> None:
    total = sum(weights)
    whole = export(items=(item(gross_mass=Decimal(total)),), gross_mass=Decimal(total))
    *before, last = weights
    earlier = [arrived(weight) for weight in before]
    summed = together(came(weighbridge=last), earlier)
    assert summed.weighbridge == total
    assert balances(whole, summed, agreement())
    assert compare_whole(whole, summed, agreement()) == ()
    short = total * 10
    declared = export(items=(item(gross_mass=Decimal(short)),), gross_mass=Decimal(short))
    far_less = short - total > max(20, short * 0.02)
    assert balances(declared, summed, agreement()) is not far_less


def arrived(weight: int) -> ArrivalInformation:
    """An earlier part as it was told."""
    return ArrivalInformation(
        header=preliminary(export()).header,
        arrival_id="11111111-1111-1111-1111-111111111111",
        post="TJ-FOT",
        arrived=NOON,
        registered=NOON,
        partial=True,
        weighbridge=Decimal(weight),
        items=(InspectedItem(item=1, packages=Decimal(1)),),
    )
