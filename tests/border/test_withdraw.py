"""An arrival that was registered by mistake is taken back: told, recorded, and nothing is deleted."""

from __future__ import annotations

import pytest
from tests.border.world import CORRIDOR, DAY, HOUR, World, export, imported, truck, wagon

from keruen import border
from keruen.customs import Finding
from keruen.messages import ArrivalInformation


def take_back(world: World, message_id: str | None) -> ArrivalInformation | Finding:
    return world.store.write_now(
        lambda tx: border.withdraw_arrival(
            tx, world.context, CORRIDOR, message_id or "", cause="officer"
        )
    )


def test_what_was_taken_back_is_awaited_again_and_differs_in_nothing(world: World) -> None:
    one = world.announce()
    (come,) = world.arrive(weighbridge=19_000)
    assert world.codes(one) == ["gross-mass-differs"]
    told = take_back(world, come.message_id)
    assert isinstance(told, ArrivalInformation)
    assert (told.withdrawn, told.arrival_id) == (True, come.arrival_id)
    assert told.header.refers_to == come.message_id
    assert (told.weighbridge, told.discrepancies) == (None, ())
    assert (world.state(one), world.codes(one)) == ("under-way", [])
    assert world.consignment(one).arrived is None
    assert [one.reference for one in world.expected()] == [world.consignment(one).reference]
    names = [event.name for event in world.events(one)]
    assert names[-2:] == ["arrived", "arrival-withdrawn"]


def test_it_is_registered_anew_with_what_is_right(world: World) -> None:
    one = world.announce()
    (come,) = world.arrive(weighbridge=19_000)
    take_back(world, come.message_id)
    (again,) = world.arrive(weighbridge=20_200)
    assert again.consignment_id == one
    assert again.arrival_id != come.arrival_id
    assert (world.state(one), world.codes(one)) == ("arrived", [])
    before = world.books()
    world.rebuild()
    assert world.books() == before


def test_of_several_parts_the_others_stay(world: World) -> None:
    one = world.announce(export(transport_means=(wagon("52345676"), wagon("52345684"))))
    world.arrive(vehicle=None, wagons=["52345676"])
    (second,) = world.arrive(vehicle=None, wagons=["52345684"], arrived=world.clock.at)
    assert world.state(one) == "arrived"
    take_back(world, second.message_id)
    assert world.state(one) == "partly-arrived"
    (again,) = world.arrive(vehicle=None, wagons=["52345684"], arrived=world.clock.at)
    assert (again.consignment_id, world.state(one)) == (one, "arrived")


def test_an_unannounced_arrival_is_taken_back_too(world: World) -> None:
    (come,) = world.arrive(vehicle="777 ZZZ 05")
    take_back(world, come.message_id)
    assert world.state(come.arrival_id or "") == "annulled"
    late = world.announce(export(transport_means=(truck("777 ZZZ 05"),)))
    assert world.state(late) == "accepted"


@pytest.mark.parametrize("code", ["arrival-unknown", "arrival-taken-back", "correction-too-late"])
def test_the_rule_says_why_not(plain_world: World, code: str) -> None:
    plain_world.announce()
    (come,) = plain_world.arrive()
    if code == "arrival-taken-back":
        take_back(plain_world, come.message_id)
    if code == "correction-too-late":
        plain_world.clock.at += HOUR + HOUR / 60
    message_id = "no such message" if code == "arrival-unknown" else come.message_id
    books = plain_world.books()
    refused = take_back(plain_world, message_id)
    assert isinstance(refused, Finding)
    assert refused.code == code
    assert plain_world.books() == books


def test_what_an_import_declaration_rests_on_is_not_taken_back(plain_world: World) -> None:
    plain_world.announce()
    (come,) = plain_world.arrive()
    plain_world.submit(imported())
    refused = take_back(plain_world, come.message_id)
    assert isinstance(refused, Finding)
    assert refused.code == "formalities-begun"


def test_what_does_not_come_after_all_is_missing_after_all(plain_world: World) -> None:
    one = plain_world.announce()
    (come,) = plain_world.arrive()
    take_back(plain_world, come.message_id)
    plain_world.pass_time(3 * DAY)
    assert (plain_world.state(one), plain_world.codes(one)) == ("overdue", ["not-arrived"])
