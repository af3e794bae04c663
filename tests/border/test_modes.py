"""Data of the test phase and live vehicles never meet."""

from __future__ import annotations

from typing import Any

import pytest
from tests.border.world import World, export, with_phases

from keruen.agreement import PhaseState
from keruen.exchange import Context
from keruen.messages import Mode, Stage
from keruen.store import Store

OFF, TEST, LIVE = PhaseState
EXPORT_IS = {phase: with_phases(export=phase, transit=PhaseState.OFF) for phase in PhaseState}


def switched(world: World, phase: PhaseState) -> None:
    world.context = Context(country="TJ", agreements=(EXPORT_IS[phase],), clock=world.clock)


def test_in_the_test_phase_all_is_marked_as_test(store: Store) -> None:
    world = World(store, EXPORT_IS[TEST])
    consignment_id = world.announce(mode=Mode.TEST)
    assert [one.mode for one in world.expected()] == ["test"]
    world.arrive()
    world.submit()
    world.arrive(vehicle="9999 XX 01")
    assert {message.header.mode for message in world.sent()} == {Mode.TEST}
    assert world.state(consignment_id) == "formalities"


@pytest.mark.parametrize("facts", [{}, {"number": "55302/221126/0012345"}])
def test_a_live_vehicle_does_not_meet_test_data(store: Store, facts: dict[str, Any]) -> None:
    world = World(store, EXPORT_IS[TEST])
    consignment_id = world.announce(mode=Mode.TEST)
    switched(world, LIVE)
    (one,) = world.arrive(**facts)
    assert one.unannounced
    assert world.submit().result == "unmatched"
    assert world.state(consignment_id) == "accepted"
    assert world.expected() == []


def test_a_live_announcement_does_not_meet_a_test_arrival(store: Store) -> None:
    world = World(store, EXPORT_IS[TEST])
    world.arrive()
    switched(world, LIVE)
    assert world.state(world.announce()) == "accepted"


def test_while_nothing_is_exchanged_an_arrival_is_refused(store: Store) -> None:
    world = World(store, EXPORT_IS[OFF])
    before = world.books()
    (one,) = world.arrive()
    assert [finding.code for finding in one.findings] == ["phase-off"]
    assert world.books() == before


def test_phases_are_apart(store: Store) -> None:
    """Transit is still in test while export is live."""
    world = World(store, with_phases(export=LIVE, transit=TEST))
    transit = world.announce(export(number="551"), stage=Stage.TRANSIT, mode=Mode.TEST)
    live = world.announce()
    assert {one.consignment_id for one in world.expected()} == {transit, live}
