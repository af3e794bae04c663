"""Import declarations: matched by reference, transport document and vehicle, told item by item, or kept."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from tests.border.world import (
    CONTAINER,
    CORRIDOR,
    DAY,
    HOUR,
    NOON,
    REFERENCE,
    World,
    containers,
    export,
    imported,
    item,
    preceding,
    seals,
    stop,
    truck,
    waybill,
)

from keruen.customs import Amount, CustomsOffice, Declaration, Party, Seal
from keruen.exchange import Result
from keruen.messages import ImportInformation
from keruen.store import Direction


def bare(**values: Any) -> Declaration:
    """An import declaration with nothing by which to know it but what a test gives it."""
    return imported(**{"transport_means": (), "documents": (), **values})


def rules(told: ImportInformation) -> list[str]:
    return [basis.rule for basis in told.matched_by]


def test_an_import_is_told_with_its_number_items_and_why_it_is_the_one(world: World) -> None:
    consignment_id = world.announce()
    world.arrive()
    found = world.submit(number="TJ01/I/7", items=(item(packages=(), net_mass=Decimal(19_000)),))
    assert (found.result, found.consignment_id) == (Result.MATCHED, consignment_id)
    (told,) = world.imports()
    assert (told.header.message_id, told.consignment_id) == (found.message_id, consignment_id)
    assert (told.declaration_number, told.procedure) == ("TJ01/I/7", "40")
    assert told.accepted == date(2026, 11, 23)
    assert told.header.sender.office == "TJ-DUS-1"
    (one,) = told.items
    assert (one.item, one.hs, one.net_mass) == (1, "1101001500", Decimal(19_000))
    assert rules(told) == [
        "reference", "transport-document", "vehicle", "consignee", "hs6", "gross-mass",
    ]  # fmt: skip
    (difference,) = told.discrepancies
    assert (difference.code, difference.declared, difference.found, difference.tolerance) == (
        "net-mass-differs",
        "20000 kg",
        "19000 kg",
        "max(20 kg, 2 %)",
    )
    assert world.state(consignment_id) == "formalities"
    assert world.codes(consignment_id) == ["net-mass-differs"]
    assert world.consignment(consignment_id).import_number == "TJ01/I/7"


@pytest.mark.parametrize(
    ("declaration", "rule"),
    [
        (bare(documents=(preceding("55302-221126-0012345"),)), "reference"),
        (bare(consignment_reference=REFERENCE), "reference"),
        (bare(items=(item(documents=(preceding(),)),)), "reference"),
        (bare(documents=(waybill("KZ0034512"),)), "transport-document"),
        (bare(documents=(preceding("KZ 0034512"),)), "transport-document"),
        (bare(transport_means=(truck("123 АВС 02"),)), "vehicle"),
        (bare(transport_means=(truck("I23 ABC O2"),)), "vehicle-alike"),
        (bare(transport_means=(truck("45XYZ02"),)), "trailer"),
        (bare(containers=containers(CONTAINER)), "container"),
        (bare(seals=(Seal(number="KZ 0451234"),)), "seal"),
    ],
)
def test_by_any_mark_that_the_goods_support(
    world: World, declaration: Declaration, rule: str
) -> None:
    consignment_id = world.announce(export(containers=containers(CONTAINER)))
    world.arrive()
    assert world.submit(declaration).consignment_id == consignment_id
    assert rules(world.imports()[0])[0] == rule


@pytest.mark.parametrize(
    "declaration",
    [
        bare(),
        bare(seals=seals("KZ0451234"), consignee=None, items=(item(hs="870323"),)),
        bare(
            transport_means=(truck(),),
            items=(item(hs="870323"),),
            consignee=Party(id="9", name="X"),
        ),
        bare(documents=(preceding("б/н"), waybill("1"))),
        bare(transport_means=(truck("б/н"),)),
        bare(transport_means=(truck("999 QQQ 09"),), documents=(preceding("77"),)),
        bare(transport_means=(truck(),), registered=date(2026, 11, 20), released=NOON - 3 * DAY),
    ],
    ids=["nothing", "a seal", "other goods", "no number", "no plate", "other", "before it set out"],
)
def test_what_answers_nothing_is_kept_unmatched(world: World, declaration: Declaration) -> None:
    """Customs of a third party's format name neither the other side's declaration nor the truck."""
    consignment_id = world.announce(export(documents=(waybill(), waybill("б/н"), waybill("1"))))
    world.arrive()
    found = world.submit(declaration)
    assert (found.result, found.consignment_id) == (Result.UNMATCHED, None)
    assert (found.findings[-1].code, found.findings[-1].severity) == ("import-unmatched", "warning")
    assert world.imports() == []
    assert world.state(consignment_id) == "arrived"
    (kept,) = world.store.read(lambda r: r.declarations(kind="import", unmatched=True))
    assert kept.reference == declaration.reference


def test_the_same_file_again_changes_nothing(world: World) -> None:
    world.announce()
    declaration = imported()
    first = world.submit(declaration)
    before = world.books()
    again = world.submit(declaration)
    assert (again.result, again.consignment_id) == (Result.KNOWN, first.consignment_id)
    assert world.books() == before


def test_an_import_before_the_arrival(world: World) -> None:
    consignment_id = world.announce()
    assert world.submit().consignment_id == consignment_id
    assert world.state(consignment_id) == "formalities"
    (one,) = world.arrive()
    assert one.consignment_id == consignment_id
    assert world.state(consignment_id) == "formalities", "an arrival does not put it back"
    assert world.consignment(consignment_id).complete
    assert world.pass_time(10 * DAY) == 0
    assert world.codes(consignment_id) == []


def test_an_import_before_the_announcement_waits_for_it(world: World) -> None:
    assert world.submit().result is Result.UNMATCHED
    assert world.imports() == []
    other = export(number="551", transport_means=(truck("777 KKK 01"),), documents=(), seals=())
    world.announce(other)
    assert world.imports() == []
    consignment_id = world.announce()
    (told,) = world.imports()
    assert told.consignment_id == consignment_id
    assert world.store.read(lambda r: r.declarations(kind="import", unmatched=True)) == []
    world.announce(export(number="552", documents=(), seals=()))
    world.arrive()
    assert len(world.imports()) == 1, "it is told once"


def test_an_import_and_an_arrival_before_the_announcement(world: World) -> None:
    world.arrive()
    world.submit()
    consignment_id = world.announce()
    assert [type(one).__name__ for one in world.sent()[1:]] == [
        "Acknowledgement",
        "ArrivalInformation",
        "ImportInformation",
    ]
    assert world.state(consignment_id) == "formalities"
    assert world.consignment(consignment_id).complete


def test_an_import_that_waits_is_tried_again_when_the_truck_is_here(world: World) -> None:
    """Until it had come, its next load could as well have been meant."""
    day = NOON + 44 * DAY
    first = world.announce(export(itinerary=(stop(eta=NOON - 10 * DAY),), released=NOON - 11 * DAY))
    late = bare(transport_means=(truck(),), registered=day.date(), released=day)
    world.clock.at = day
    assert world.submit(late).result is Result.UNMATCHED
    assert world.arrive(arrived=NOON)[0].consignment_id == first
    assert [told.consignment_id for told in world.imports()] == [first]


def test_of_two_that_fit_alike_nobody_is_chosen(world: World) -> None:
    ids = [world.announce(export(number=n, documents=())) for n in ("55302/1/1", "55302/1/2")]
    world.arrive()
    found = world.submit(bare(transport_means=(truck(),)))
    assert found.result is Result.UNMATCHED
    assert all(one in found.findings[0].text for one in ids)
    named = world.submit(bare(documents=(preceding("55302/1/2"),)))
    assert named.consignment_id == ids[1]
    assert world.submit(bare(transport_means=(truck(),))).consignment_id == ids[0]


def test_a_second_import_of_one_consignment_is_not_told(world: World) -> None:
    world.announce()
    world.submit()
    found = world.submit()
    assert found.result is Result.UNMATCHED
    assert "has its import declaration already" in found.findings[0].text


def test_two_journeys_of_one_truck_are_told_apart_by_their_time(world: World) -> None:
    first = world.announce(export(documents=()))
    world.arrive()
    world.clock.at = NOON + 50 * DAY
    later = {"released": NOON + 49 * DAY, "itinerary": (stop(eta=NOON + 50 * DAY),)}
    second = world.announce(export(number="55302/100127/1", documents=(), **later))
    world.arrive(arrived=world.clock.at)
    day = world.clock.at + HOUR
    now = bare(transport_means=(truck(),), registered=day.date(), released=day)
    assert world.submit(now).consignment_id == second
    by_paper = bare(documents=(preceding(),), registered=day.date(), released=day)
    assert world.submit(by_paper).consignment_id == first, "a number is meant at any time"


def test_the_window_of_an_import_ends_after_forty_five_days(world: World) -> None:
    consignment_id = world.announce()
    world.arrive()
    for days, result in ((46, Result.UNMATCHED), (45, Result.MATCHED)):
        world.clock.at = NOON + timedelta(days=days)
        found = world.submit(
            bare(
                transport_means=(truck(),),
                registered=world.clock.at.date(),
                released=world.clock.at,
            )
        )
        assert found.result is result
    assert found.consignment_id == consignment_id


def test_each_consignment_of_a_shared_truck_has_its_own_import(world: World) -> None:
    flour = world.announce()
    sugar_item = item(
        hs="170199", description="Сахар", gross_mass=Decimal(900), net_mass=Decimal(880)
    )
    sugar = world.announce(export(number="55302/1/2", documents=(), seals=(), items=(sugar_item,)))
    world.arrive()
    consignee = Party(id="030099999", name="ҶДММ Қанд")
    told = world.submit(bare(transport_means=(truck(),), items=(sugar_item,), consignee=consignee))
    assert told.consignment_id == sugar
    assert world.submit(bare(transport_means=(truck(),))).consignment_id == flour


def test_an_import_that_names_another_declaration_waits_for_that_one(world: World) -> None:
    """The same goods for two consignees in one truck, of which only one is announced so far."""
    other = Party(id="030099999", name="ҶДММ Қанд")
    flour = world.announce(export(documents=()))
    world.arrive()
    theirs = bare(transport_means=(truck(), truck("45XYZ02")), documents=(preceding("55302/1/2"),))
    assert world.submit(replace(theirs, consignee=other)).result is Result.UNMATCHED
    second = world.announce(export(number="55302/1/2", documents=(), consignee=other))
    assert [told.consignment_id for told in world.imports()] == [second]
    assert world.imports()[0].discrepancies == ()
    assert world.submit(bare(transport_means=(truck(),))).consignment_id == flour


def test_truck_and_trailer_are_one_reason(world: World) -> None:
    world.announce()
    alien = bare(
        transport_means=(truck(), truck("45XYZ02")),
        consignee=Party(id="030099999", name="ҶДММ Қанд"),
        items=(item(hs="870323"),),
    )
    assert world.submit(alien).result is Result.UNMATCHED


def test_nothing_withheld_is_on_the_wire_not_even_as_a_difference(world: World) -> None:
    world.announce()
    world.submit(
        items=(item(price=Amount(value=Decimal(77_777), currency="USD")),),
        office=CustomsOffice(code="TJ-DUS-1"),
        signed=NOON,
    )
    (stored,) = world.store.read(
        lambda r: r.messages(direction=Direction.OUT, kind="ImportInformation")
    )
    assert b"77777" not in stored.body
    assert world.imports()[0].items[0].value is None


def test_an_import_without_a_number_is_told_by_our_own_id(world: World) -> None:
    world.announce()
    world.submit(number=None)
    (match,) = world.store.read(
        lambda r: r.import_matches(CORRIDOR, world.imports()[0].consignment_id)
    )
    assert world.imports()[0].declaration_number == match.declaration_id
