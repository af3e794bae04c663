"""The list on the officer's table: what is on the way to a post, the next one first."""

from __future__ import annotations

from datetime import timedelta

from tests.border.world import (
    CONTAINER,
    DAY,
    HOUR,
    NOON,
    RAIL_POST,
    REFERENCE,
    World,
    containers,
    export,
    stop,
    wagon,
)

from keruen.customs import EtaBasis


def test_one_line_says_what_an_officer_looks_for(world: World) -> None:
    consignment_id = world.announce(
        export(
            containers=containers(CONTAINER),
            itinerary=(stop(eta=NOON + 90 * timedelta(minutes=1), basis=EtaBasis.ESTIMATED),),
        )
    )
    (one,) = world.expected()
    assert (one.consignment_id, one.reference, one.partner) == (consignment_id, REFERENCE, "KZ")
    assert (one.vehicle, one.containers) == ("123 ABC 02 + 45 XYZ 02", (CONTAINER,))
    assert (one.title, one.gross_mass) == ("Мука пшеничная", "20200")
    assert (one.minutes, one.eta_basis, one.overdue) == (90, "estimated", False)
    assert (one.state, one.mode) == ("accepted", "live")


def test_the_next_one_first_and_what_has_no_time_last(world: World) -> None:
    never, last, first = (
        world.announce(export(number=f"55302/1/{n}", itinerary=(stop(eta=eta, basis=None),)))
        for n, eta in ((1, None), (2, NOON + 2 * HOUR), (3, NOON + HOUR))
    )
    assert [one.consignment_id for one in world.expected()] == [first, last, never]
    assert [one.minutes for one in world.expected()] == [60, 120, None]
    assert [one.consignment_id for one in world.expected(limit=1)] == [first]


def test_each_post_has_its_own(world: World) -> None:
    world.announce()
    by_rail = export(
        number="551", transport_means=(wagon("28012343"),), itinerary=(stop(RAIL_POST),)
    )
    world.announce(by_rail)
    assert [one.reference for one in world.expected(RAIL_POST)] == ["551"]
    assert [one.reference for one in world.expected()] == [REFERENCE]
    assert world.expected("TJ-GUL") == []


def test_what_has_come_or_was_rejected_is_not_expected(world: World) -> None:
    world.announce(export(items=()))
    world.announce()
    world.arrive()
    assert world.expected() == []


def test_the_rest_of_what_came_in_part_is_expected_and_can_be_overdue(world: World) -> None:
    world.announce()
    world.arrive(partial=True)
    assert [(one.state, one.overdue) for one in world.expected()] == [("partly-arrived", False)]
    world.clock.at = NOON + DAY + timedelta(seconds=1)
    assert [(one.state, one.overdue) for one in world.expected()] == [("partly-arrived", True)]


def test_what_is_overdue_stays_on_the_list_for_a_while(world: World) -> None:
    world.announce()
    world.pass_time(2 * DAY)
    world.pass_time(timedelta())
    soon = export(number="551", itinerary=(stop(eta=NOON + 3 * DAY),))
    world.announce(soon)
    assert [one.state for one in world.expected()] == ["overdue", "accepted"]
    assert [one.minutes for one in world.expected()] == [-2 * 24 * 60, 24 * 60]
    world.clock.at = NOON + 46 * DAY
    assert [one.reference for one in world.expected()] == ["551"]
