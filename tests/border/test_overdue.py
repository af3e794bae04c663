"""What does not come in the agreed time is marked by the clock; what then comes takes the mark back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.border.world import DAY, HOUR, NOON, World, export, stop, wagon

from keruen.customs import Declaration

INSTANT = timedelta(milliseconds=1)
TRAIN = export(transport_means=(wagon("28012343"), wagon("28012350")), seals=())


@pytest.mark.parametrize(("declaration", "hours"), [(export(), 24), (TRAIN, 48)])
def test_not_arrived_by_the_agreed_time(world: World, declaration: Declaration, hours: int) -> None:
    consignment_id = world.announce(declaration)
    assert world.pass_time(hours * HOUR - INSTANT) == 1, "it is under way"
    assert world.state(consignment_id) == "under-way"
    assert world.pass_time(2 * INSTANT) == 1
    assert world.state(consignment_id) == "overdue"
    (row,) = world.store.read(lambda r: r.discrepancies("KZ-TJ", consignment_id))
    found = row.discrepancy
    assert (found.code, found.path, found.declared, found.found, found.tolerance) == (
        "not-arrived",
        "itinerary.eta",
        NOON.isoformat(),
        None,
        f"{hours} h",
    )
    assert world.pass_time(DAY) == 0, "once"


def test_what_comes_after_all_has_arrived_late(world: World) -> None:
    consignment_id = world.announce()
    world.pass_time(2 * DAY)
    world.pass_time(timedelta())
    assert world.codes(consignment_id) == ["not-arrived"]
    (one,) = world.arrive(arrived=world.clock.at)
    assert one.consignment_id == consignment_id
    assert world.state(consignment_id) == "arrived"
    assert world.codes(consignment_id) == ["arrived-late"]


def test_a_part_that_comes_takes_the_mark_back(world: World) -> None:
    consignment_id = world.announce(TRAIN)
    world.pass_time(3 * DAY)
    world.pass_time(timedelta())
    (one,) = world.arrive(vehicle=None, wagons=["28012343"], post="TJ-NAU", arrived=world.clock.at)
    assert one.partial
    assert "not-arrived" not in world.codes(consignment_id)


def test_nobody_misses_what_has_no_time_what_was_rejected_and_what_has_come(world: World) -> None:
    world.announce(export(itinerary=(stop(eta=None, basis=None),), released=None))
    world.announce(export(items=()))
    world.announce(export(number="55302/1/2"))
    world.arrive(number="55302/1/2")
    assert world.pass_time(100 * DAY) == 0


def test_not_arrived_can_be_rebuilt(world: World) -> None:
    world.announce()
    late = world.announce(export(number="55302/1/2"))
    world.pass_time(2 * DAY)
    world.pass_time(timedelta())
    world.arrive(number="55302/1/2", arrived=world.clock.at)
    assert world.codes(late) == ["arrived-late"]
    before = world.books()
    world.rebuild()
    assert world.books() == before
