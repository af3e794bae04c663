"""Registering an arrival: what came, what differs, what the other side is told; a refusal writes nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.border.world import (
    CONTAINER,
    DAY,
    HOUR,
    NOON,
    POST,
    RAIL_POST,
    REFERENCE,
    TRUCK,
    World,
    containers,
    export,
    item,
    stop,
    truck,
    wagon,
    waybill,
)

from keruen.border import Arrival
from keruen.customs import Declaration, TransportKind
from keruen.messages import decode
from keruen.store import Direction

WAGONS = ("28012343", "28012350", "28012368", "28012376")


def train(*wagons: str, kind: TransportKind = TransportKind.WAGON, **values: Any) -> Declaration:
    return export(
        transport_means=tuple(wagon(one, kind) for one in wagons),
        itinerary=(stop(RAIL_POST),),
        seals=(),
        documents=(waybill("30451234"),),
        **values,
    )


def on_rails(*wagons: str, **facts: Any) -> dict[str, Any]:
    return {"post": RAIL_POST, "vehicle": None, "wagons": wagons, **facts}


def test_a_truck_that_comes_as_announced_is_told_without_differences(world: World) -> None:
    consignment_id = world.announce()
    (one,) = world.arrive(
        trailers=["45 XYZ 02"], seals=["KZ0451234"], weighbridge=20_210, remark="Всё в порядке"
    )
    assert (one.consignment_id, one.reference, one.findings) == (consignment_id, REFERENCE, ())
    assert [basis.rule for basis in one.matched_by] == ["vehicle", "trailer", "seal"]
    (told,) = world.arrivals()
    assert (told.consignment_id, told.arrival_id) == (consignment_id, one.arrival_id)
    assert (told.post, told.arrived, told.partial) == (POST, NOON, False)
    assert [means.identity for means in told.transport_means] == [TRUCK, "45 XYZ 02"]
    assert [seal.number for seal in told.seals] == ["KZ0451234"]
    assert (told.weighbridge, told.remark) == (Decimal(20_210), "Всё в порядке")
    assert told.discrepancies == one.discrepancies == ()
    assert world.state(consignment_id) == "arrived"
    event = world.events(consignment_id)[-1]
    assert (event.name, event.cause, event.at) == ("arrived", "officer", NOON)


@pytest.mark.parametrize(
    "plate", ["123ABC02", "123-abc-02", "123 АВС 02", "I23 ABC O2", "123 A8C 02", " 123 ABC 0Z "]
)
def test_a_plate_is_known_in_either_script_and_through_a_readers_slips(
    world: World, plate: str
) -> None:
    consignment_id = world.announce()
    (one,) = world.arrive(vehicle=plate)
    assert (one.consignment_id, one.discrepancies) == (consignment_id, ())
    told = world.arrivals()[0].transport_means[0]
    assert told.identity == plate, "what was read is told as it was read"


def test_by_container_alone(world: World) -> None:
    consignment_id = world.announce(export(containers=containers(CONTAINER)))
    (one,) = world.arrive(vehicle=None, containers=["KRNU 123456-5"])
    assert one.consignment_id == consignment_id


@pytest.mark.parametrize("number", [REFERENCE, "55302 221126 0012345"])
def test_by_number_alone_and_another_truck_is_a_difference(world: World, number: str) -> None:
    consignment_id = world.announce()
    (one,) = world.arrive(vehicle="777 KKK 01", number=number)
    assert one.consignment_id == consignment_id
    (found,) = one.discrepancies
    assert (found.code, found.declared, found.found) == (
        "other-vehicle",
        "123 ABC 02 + 45 XYZ 02",
        "777 KKK 01",
    )
    assert world.codes(consignment_id) == ["other-vehicle"]


def test_by_the_consignments_id(world: World) -> None:
    consignment_id = world.announce()
    (one,) = world.arrive(vehicle=None, number=consignment_id.upper())
    assert one.consignment_id == consignment_id
    assert one.matched_by[0].rule == "consignment-id"


def test_the_same_arrival_again_is_refused_and_writes_nothing(world: World) -> None:
    world.announce()
    world.arrive()
    before = world.books()
    for again in ({}, {"arrived": NOON + HOUR}, {"number": REFERENCE}, {"vehicle": "123АВС02"}):
        world.clock.at = NOON + 2 * HOUR
        (one,) = world.arrive(**again)
        assert (one.arrival_id, [f.code for f in one.findings]) == (None, ["already-arrived"])
        assert world.books() == before


def test_two_journeys_of_one_truck_are_told_apart_by_their_time(world: World) -> None:
    second = export(
        number="55302/261126/0019999",
        released=NOON - HOUR,
        itinerary=(stop(eta=NOON + 4 * DAY),),
        documents=(waybill("KZ 0099999"),),
    )
    first_id = world.announce()
    second_id = world.announce(second)
    assert world.arrive()[0].consignment_id == first_id
    world.clock.at = NOON + 4 * DAY
    assert world.arrive(arrived=NOON + 4 * DAY)[0].consignment_id == second_id


def test_two_journeys_that_fit_alike_need_a_number(world: World) -> None:
    first_id = world.announce(export(itinerary=(stop(eta=NOON - 20 * HOUR),)))
    other = export(number="55302/221126/0018888", itinerary=(stop(eta=NOON + 20 * HOUR),))
    second_id = world.announce(other)
    before = world.books()
    (one,) = world.arrive()
    (finding,) = one.findings
    assert (finding.code, finding.path) == ("arrival-ambiguous", "number")
    assert first_id in finding.text
    assert second_id in finding.text
    assert world.books() == before
    assert world.arrive(number="55302/221126/0018888")[0].consignment_id == second_id


def test_a_misread_plate_does_not_win_over_the_announced_one(world: World) -> None:
    """Of two trucks whose plates a reader confuses, the one equal to the letter has come."""
    exact = world.announce(export(itinerary=(stop(eta=NOON + 3 * DAY),)))
    world.announce(export(number="551", transport_means=(truck("I23 A8C 02"),), documents=()))
    assert world.arrive()[0].consignment_id == exact


def test_a_number_of_last_year_does_not_hide_this_years(world: World) -> None:
    """National systems number anew each year."""
    old = world.announce(export(number="E 4567"))
    assert world.arrive()[0].consignment_id == old
    world.clock.at = NOON + 365 * DAY
    later = {"released": world.clock.at - DAY, "itinerary": (stop(eta=world.clock.at - 3 * DAY),)}
    new = world.announce(export(number="E 4567", transport_means=(truck("700 AAA 01"),), **later))
    (one,) = world.arrive(vehicle=None, number="E4567", arrived=world.clock.at)
    assert one.consignment_id == new


def test_a_truck_of_years_ago_that_never_came_is_not_meant(world: World) -> None:
    world.announce()
    world.clock.at = NOON + 60 * DAY
    (one,) = world.arrive(arrived=world.clock.at)
    assert one.unannounced
    (named,) = world.arrive(arrived=world.clock.at, number=REFERENCE)
    assert [d.code for d in named.discrepancies] == ["arrived-late"], "a person is believed"


def groupage(world: World) -> tuple[str, str]:
    other = export(
        number="55302/221126/0055555",
        seals=(),
        documents=(waybill("KZ 0034513"),),
        items=(item(hs="170199", gross_mass=Decimal(900), net_mass=Decimal(880)),),
    )
    return world.announce(), world.announce(other)


def test_all_consignments_in_one_truck_arrive_with_it(world: World) -> None:
    ids = groupage(world)
    registered = world.arrive(weighbridge=21_100, seals=["KZ0451234"])
    assert {one.consignment_id for one in registered} == set(ids)
    assert [one.discrepancies for one in registered] == [(), ()]
    told = {message.consignment_id: message for message in world.arrivals()}
    assert [told[one].weighbridge for one in ids] == [None, None], "the weight is nobody's own"
    assert [len(told[one].seals) for one in ids] == [1, 0], "nor is another one's seal"
    assert len({message.arrival_id for message in told.values()}) == 2


def test_an_inspection_in_a_shared_truck_needs_the_number(world: World) -> None:
    first, second = groupage(world)
    found = [{"item": 1, "packages": 380}]
    before = world.books()
    assert world.arrive(items=found)[0].findings[0].code == "number-needed"
    assert world.books() == before
    (one,) = world.arrive(items=found, number=REFERENCE)
    assert (one.consignment_id, [d.code for d in one.discrepancies]) == (first, ["quantity-short"])
    (warning,) = one.findings
    assert (warning.code, warning.severity) == ("more-on-vehicle", "warning")
    assert second in warning.text
    assert world.state(second) == "accepted", "a person's word is not gone beyond"
    (rest,) = world.arrive(number="55302/221126/0055555")
    assert (rest.consignment_id, rest.discrepancies, rest.findings) == (second, (), ())


def test_a_shared_truck_entered_again_is_refused(world: World) -> None:
    groupage(world)
    world.arrive()
    before = world.books()
    assert [one.findings[0].code for one in world.arrive()] == ["already-arrived"]
    assert world.books() == before


@pytest.mark.parametrize("kind", [TransportKind.WAGON, TransportKind.VEHICLE])
def test_a_train_comes_in_parts_until_all_wagons_are_here(
    world: World, kind: TransportKind
) -> None:
    """Formats that know no wagons call them vehicles of rail."""
    consignment_id = world.announce(train(*WAGONS, kind=kind))
    (first,) = world.arrive(**on_rails(*WAGONS[:2]))
    assert (first.consignment_id, first.partial) == (consignment_id, True)
    assert [(d.code, d.declared, d.found) for d in first.discrepancies] == [
        ("split-shipment", " + ".join(WAGONS), " + ".join(WAGONS[:2]))
    ]
    assert world.state(consignment_id) == "partly-arrived"
    world.clock.at = NOON + 9 * HOUR
    assert world.arrive(**on_rails(*WAGONS[:2], arrived=world.clock.at))[0].findings
    (rest,) = world.arrive(**on_rails(*WAGONS[2:], arrived=world.clock.at))
    assert (rest.partial, rest.discrepancies) == (False, ())
    assert world.state(consignment_id) == "arrived"
    assert world.consignment(consignment_id).arrived == NOON


def test_the_last_part_entered_again_is_refused_however_late_it_came(world: World) -> None:
    world.announce(train(*WAGONS))
    world.arrive(**on_rails(*WAGONS[:2]))
    world.clock.at = NOON + 30 * HOUR
    rest = on_rails(*WAGONS[2:], arrived=world.clock.at)
    world.arrive(**rest)
    before = world.books()
    assert world.arrive(**rest)[0].findings[0].code == "already-arrived"
    assert world.books() == before


def test_a_wagon_exchanged_on_the_way_is_told_and_not_awaited(world: World) -> None:
    consignment_id = world.announce(train(*WAGONS[:3]))
    (first,) = world.arrive(**on_rails(WAGONS[0], "95000004"))
    assert first.partial
    assert [(d.code, d.declared, d.found) for d in first.discrepancies] == [
        ("other-vehicle", None, "95000004"),
        ("split-shipment", " + ".join(WAGONS[:3]), f"{WAGONS[0]} + 95000004"),
    ]
    world.clock.at = NOON + HOUR
    (rest,) = world.arrive(**on_rails(WAGONS[1], arrived=world.clock.at))
    assert not rest.partial, "the third one came under another number"
    assert world.state(consignment_id) == "arrived"


@pytest.mark.parametrize("kind", [TransportKind.WAGON, TransportKind.VEHICLE])
def test_one_train_brings_wagons_of_several_consignments(world: World, kind: TransportKind) -> None:
    first = world.announce(train(*WAGONS[:2], kind=kind))
    other = train(*WAGONS[2:], kind=kind, number="55302/221126/0055555")
    second = world.announce(other)
    registered = world.arrive(**on_rails(*WAGONS))
    assert {one.consignment_id for one in registered} == {first, second}
    assert [one.discrepancies for one in registered] == [(), ()]
    wagons = {
        message.consignment_id: [means.identity for means in message.transport_means]
        for message in world.arrivals()
    }
    assert wagons == {first: list(WAGONS[:2]), second: list(WAGONS[2:])}


def test_an_officer_may_say_that_more_is_to_come(world: World) -> None:
    consignment_id = world.announce()
    (first,) = world.arrive(partial=True, weighbridge=9_000)
    assert (first.partial, [d.code for d in first.discrepancies]) == (True, ["split-shipment"])
    world.clock.at = NOON + 5 * HOUR
    (rest,) = world.arrive(arrived=world.clock.at)
    assert (rest.consignment_id, rest.partial) == (consignment_id, False)
    assert world.state(consignment_id) == "arrived"


def test_what_nobody_announced_is_an_ordinary_arrival(world: World) -> None:
    (one,) = world.arrive(vehicle="0123 AB 01", containers=[CONTAINER], nationality="UZ")
    assert (one.unannounced, one.consignment_id, one.findings) == (True, None, ())
    (told,) = world.arrivals()
    assert (told.consignment_id, told.arrival_id) == (None, one.arrival_id)
    assert told.header.receiver.country == "KZ"
    assert world.state(one.arrival_id or "") == "unannounced"


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"vehicle": None, "containers": [CONTAINER]},
        {"vehicle": None, "wagons": ["28012343"], "partial": True},
    ],
)
def test_an_unannounced_arrival_again_is_refused(world: World, facts: dict[str, Any]) -> None:
    world.arrive(**facts)
    before = world.books()
    (again,) = world.arrive(**facts)
    assert [finding.code for finding in again.findings] == ["already-arrived"]
    assert world.books() == before


def test_an_announcement_after_the_arrival_finds_it(world: World) -> None:
    """The line was down: the truck has come, and its consignment must not end as not arrived."""
    (come,) = world.arrive(seals_broken=["KZ0451234"], weighbridge=20_200)
    world.clock.at = NOON + 3 * HOUR
    consignment_id = world.announce()
    unannounced, told = world.arrivals()
    assert (told.consignment_id, told.arrival_id) == (consignment_id, come.arrival_id)
    assert told.header.refers_to == unannounced.header.message_id
    assert told.arrived == NOON
    assert [d.code for d in told.discrepancies] == ["seal-broken"]
    assert world.state(consignment_id) == "arrived"
    assert world.codes(consignment_id) == ["seal-broken"]
    assert world.pass_time(10 * DAY) == 0
    assert world.arrive()[0].findings[0].code == "already-arrived"


@pytest.mark.parametrize(
    "declaration",
    [
        export(transport_means=(truck("777 KKK 01"),)),
        export(itinerary=(stop(eta=NOON + 5 * DAY),)),
        export(released=NOON + HOUR, itinerary=(stop(eta=NOON + 20 * HOUR),)),
        export(containers=containers(CONTAINER)),
    ],
    ids=["other truck", "other time", "set out later", "other container"],
)
def test_an_announcement_of_something_else_stays_awaited(
    world: World, declaration: Declaration
) -> None:
    world.arrive(containers=["KRNU7654320"])
    world.clock.at = NOON + 3 * HOUR
    consignment_id = world.announce(declaration)
    assert world.state(consignment_id) == "accepted"
    assert len(world.arrivals()) == 1


def test_an_announcement_that_two_arrivals_fit_waits_for_a_person(world: World) -> None:
    world.arrive()
    world.clock.at = NOON + 14 * HOUR
    world.arrive(arrived=world.clock.at)
    consignment_id = world.announce()
    assert world.state(consignment_id) == "accepted"
    assert world.arrive(number=REFERENCE)[0].consignment_id == consignment_id


@pytest.mark.parametrize(
    ("facts", "code", "path"),
    [
        ({"post": "KZ-KON"}, "post-unknown", "post"),
        ({"post": "TJ-XXX"}, "post-unknown", "post"),
        ({"arrived": NOON + HOUR}, "arrival-in-future", "arrived"),
        ({"arrived": NOON - 400 * DAY}, "arrival-too-old", "arrived"),
        ({"items": [{"item": 7}]}, "item-unknown", "items[0].item"),
        ({"vehicle": None, "number": "none such"}, "number-unknown", "number"),
        ({"vehicle": "9999 XX 01", "items": [{"item": 1}]}, "item-unknown", "items[0].item"),
        ({"vehicle": "9999 XX 01", "partner": "TJ"}, "partner-unknown", "partner"),
        ({"vehicle": "9999 XX 01", "partner": "UZ"}, "partner-unknown", "partner"),
    ],
)
def test_a_refused_arrival_says_why_and_writes_nothing(
    world: World, facts: dict[str, Any], code: str, path: str
) -> None:
    world.announce()
    before = world.books()
    (one,) = world.arrive(**facts)
    assert (one.arrival_id, one.message_id) == (None, None)
    assert [(f.code, f.path) for f in one.findings] == [(code, path)]
    assert world.books() == before


def test_an_unchecked_arrival_is_refused_like_a_checked_one(plain_world: World) -> None:
    """Who makes the value in a program has passed no reader."""
    naive = NOON.replace(tzinfo=None)
    for arrival in (
        Arrival(post=POST, arrived=naive, vehicle=TRUCK),
        Arrival(post=POST, arrived=NOON),
        Arrival(post=POST, arrived=NOON, vehicle=TRUCK, weighbridge=Decimal(-1)),
        Arrival(post=POST, arrived=NOON, vehicle=TRUCK, weighbridge=Decimal("NaN")),
    ):
        (one,) = plain_world.register(arrival)
        assert {finding.code for finding in one.findings} == {"arrival-invalid"}


def test_a_wrong_number_beside_a_plate_is_a_warning(world: World) -> None:
    (one,) = world.arrive(number="none such")
    assert one.unannounced
    assert [(f.code, f.severity) for f in one.findings] == [("number-unknown", "warning")]


def test_the_truck_of_a_rejected_announcement_is_unannounced(world: World) -> None:
    rejected = world.announce(export(items=()))
    assert world.state(rejected) == "rejected"
    assert world.arrive(number=REFERENCE)[0].unannounced


def test_a_consignment_of_our_own_does_not_arrive_here(world: World) -> None:
    own = world.announce()
    assert world.consignment(own).role == "receiver"
    world.context = type(world.context)(
        country="KZ", agreements=world.context.agreements, clock=world.clock
    )
    sending = world.announce(consignment_id=None)
    assert world.consignment(sending).partner == "TJ"
    assert world.arrive(post="KZ-KON", vehicle="none", number=sending)[0].findings


def test_nothing_unlisted_is_on_the_wire(world: World) -> None:
    world.announce()
    value = {"value": "1000", "currency": "USD"}
    world.arrive(items=[{"item": 1, "packages": 400, "value": value}], partner="KZ")
    (stored,) = world.store.read(
        lambda r: r.messages(direction=Direction.OUT, kind="ArrivalInformation")
    )
    assert b"USD" not in stored.body
    assert b"partner" not in stored.body
    (told,) = world.arrivals()
    assert told.items[0].value is None
    assert decode(stored.body) == told


def test_projections_can_be_rebuilt(world: World) -> None:
    world.announce(train(*WAGONS, kind=TransportKind.VEHICLE))
    world.arrive(**on_rails(*WAGONS[:2]))
    world.arrive(vehicle="0123 AB 01", containers=[CONTAINER])
    world.announce(export(number="551", transport_means=(truck("0123 AB 01"),)))
    world.submit()
    before = world.books()
    world.rebuild()
    assert world.books() == before
