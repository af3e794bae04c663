"""Consignments that were put together: on one truck at the post, or in one import declaration."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from tests.border.world import (
    NOON,
    World,
    containers,
    export,
    imported,
    item,
    preceding,
    truck,
    wagon,
)

from keruen.customs import Declaration, Discrepancy
from keruen.exchange.retention import declarations_of
from keruen.messages import ImportInformation

FIRST, SECOND = "55302/221126/0000001", "55302/221126/0000002"
OTHER_TRUCK, OTHER_BOX = "777 KZ 17", "MSKU1234565"
BOX = "KRNU1234565"


def announced(number: str, *items: Any, plate: str, box: str | None = None) -> Declaration:
    """Goods on a truck, in a container where one is named."""
    return export(
        number=number,
        transport_means=(truck(plate),),
        containers=containers(box) if box else (),
        documents=(),
        seals=(),
        items=items or (item(),),
    )


def merged(world: World, consignment_id: str) -> list[tuple[str, str | None, str | None]]:
    found = (one.discrepancy for one in world.differences(consignment_id))
    return [(one.path, one.declared, one.found) for one in found if one.code == "merged-shipment"]


def test_goods_of_two_announced_trucks_that_come_on_one_were_merged(world: World) -> None:
    first = world.announce(announced(FIRST, plate="123 ABC 02", box=BOX))
    second = world.announce(announced(SECOND, plate=OTHER_TRUCK, box=OTHER_BOX))
    came = world.arrive(vehicle="123 ABC 02", containers=[BOX, OTHER_BOX])
    assert {one.consignment_id for one in came} == {first, second}
    found = f"123 ABC 02 ({FIRST}, {SECOND})"
    assert merged(world, first) == [("transport_means", "123 ABC 02", found)]
    assert merged(world, second) == [("transport_means", OTHER_TRUCK, found)]
    assert "other-vehicle" not in world.codes(first)
    assert "other-vehicle" in world.codes(second)
    assert all("merged-shipment" in codes(one.discrepancies) for one in world.arrivals())


@pytest.mark.parametrize("boxes", [(None, None), (BOX, OTHER_BOX)])
def test_goods_that_were_announced_on_one_truck_were_not_merged(
    plain_world: World, boxes: tuple[str | None, str | None]
) -> None:
    ours = [
        plain_world.announce(announced(number, plate="123 ABC 02", box=box))
        for number, box in zip((FIRST, SECOND), boxes, strict=True)
    ]
    came = plain_world.arrive(vehicle="123 ABC 02", containers=[box for box in boxes if box])
    assert {one.consignment_id for one in came} == set(ours)
    assert [merged(plain_world, one) for one in ours] == [[], []]


def test_wagons_of_one_train_were_not_merged(plain_world: World) -> None:
    ours = [
        plain_world.announce(export(number=number, transport_means=(wagon(mark),), seals=()))
        for number, mark in ((FIRST, "28012343"), (SECOND, "28012350"))
    ]
    came = plain_world.arrive(vehicle=None, wagons=["28012343", "28012350"], post="TJ-NAU")
    assert {one.consignment_id for one in came} == set(ours)
    assert [merged(plain_world, one) for one in ours] == [[], []]


SUGAR = item(
    1, hs="1701991000", description="Сахар", gross_mass=Decimal(5_100), net_mass=Decimal(5_000)
)


def both(*items: Any, **values: Any) -> Declaration:
    """One import declaration that names both announced ones."""
    papers = (preceding(FIRST), preceding(SECOND))
    return imported(documents=papers, transport_means=(), items=items, **values)


def test_goods_of_two_announced_declarations_in_one_import_declaration_were_merged(
    world: World,
) -> None:
    first = world.announce(announced(FIRST, plate="123 ABC 02"))
    second = world.announce(announced(SECOND, SUGAR, plate=OTHER_TRUCK))
    result = world.submit(
        both(item(1), item(2, hs="1701991000", gross_mass=Decimal(5_900), net_mass=Decimal(5_000)))
    )
    assert result.consignment_id in (first, second)
    told = {one.consignment_id: one for one in world.imports()}
    assert told.keys() == {first, second}
    number = told[first].declaration_number
    found = f"{number} ({FIRST}, {SECOND})"
    assert merged(world, first) == [("number", FIRST, found)]
    assert merged(world, second) == [("number", SECOND, found)]
    assert codes(told[first].discrepancies) == ["merged-shipment"], "flour is as announced"
    assert codes(told[second].discrepancies)[:2] == ["merged-shipment", "gross-mass-differs"]
    assert lines(told[second]) == [(1, "1701991000", Decimal(5_900))]
    assert [world.state(one) for one in (first, second)] == ["formalities", "formalities"]
    books = world.books()
    world.rebuild()
    assert world.books() == books


def test_an_import_declaration_is_kept_until_the_last_of_its_consignments_goes(
    plain_world: World,
) -> None:
    world = plain_world
    first = world.announce(announced(FIRST, plate="123 ABC 02"))
    second = world.announce(announced(SECOND, plate=OTHER_TRUCK))
    world.submit(both(item(gross_mass=Decimal(40_400))))

    def kept_with(consignment_id: str) -> int:
        one = world.consignment(consignment_id)
        return len(world.store.read(lambda r: declarations_of(r, one)))

    assert [kept_with(first), kept_with(second)] == [0, 0]
    gone = replace(world.consignment(first), removed=NOON)
    world.store.write_now(lambda tx: tx.put_consignment(gone))
    assert kept_with(second) == 1


def test_lines_that_were_merged_are_compared_by_the_sum_of_masses(world: World) -> None:
    ours = [
        world.announce(announced(number, plate=plate))
        for number, plate in ((FIRST, "123 ABC 02"), (SECOND, OTHER_TRUCK))
    ]
    world.submit(both(item(gross_mass=Decimal(40_400))))
    assert [world.codes(one) for one in ours] == [["merged-shipment"], ["merged-shipment"]]
    assert [lines(one) for one in world.imports()] == [[(None, "1101001500", Decimal(40_400))]] * 2


def test_a_sum_of_masses_that_is_short_is_a_difference_of_each(plain_world: World) -> None:
    ours = [
        plain_world.announce(announced(number, plate=plate))
        for number, plate in ((FIRST, "123 ABC 02"), (SECOND, OTHER_TRUCK))
    ]
    plain_world.submit(both(item(gross_mass=Decimal(30_000))))
    for one in ours:
        assert plain_world.codes(one) == ["gross-mass-differs", "merged-shipment"]


def test_goods_that_nobody_announced_are_told_once(plain_world: World) -> None:
    ours = [
        plain_world.announce(announced(FIRST, plate="123 ABC 02")),
        plain_world.announce(announced(SECOND, SUGAR, plate=OTHER_TRUCK)),
    ]
    plain_world.submit(
        both(
            item(1),
            item(2, hs="1701991000", gross_mass=Decimal(5_100), net_mass=Decimal(5_000)),
            item(3, hs="8517130000"),
        )
    )
    strange = [code for one in ours for code in plain_world.codes(one) if code == "other-goods"]
    assert strange == ["other-goods"]


def test_papers_that_name_the_transit_of_the_same_goods_merge_nothing(plain_world: World) -> None:
    for number in (FIRST, SECOND):
        plain_world.announce(announced(number, plate="123 ABC 02"))
    plain_world.submit(both(item()))
    assert plain_world.imports() == []


def codes(found: tuple[Discrepancy, ...]) -> list[str]:
    return [one.code.value for one in found]


def lines(told: ImportInformation) -> list[tuple[int | None, str | None, Decimal | None]]:
    return [(one.item, one.hs, one.gross_mass) for one in told.items]
