"""Declared against found: which difference has which code, and with which values and tolerance."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.border.world import (
    CONTAINER,
    HOUR,
    NOON,
    TRAILER,
    TRUCK,
    agreement,
    came,
    containers,
    export,
    imported,
    item,
    seals,
    stop,
    trailer,
    truck,
    wagon,
)

from keruen.agreement import Tolerance
from keruen.border import compare_arrival, compare_import
from keruen.customs import (
    Amount,
    Container,
    Declaration,
    Discrepancy,
    DiscrepancyCode,
    EtaBasis,
    GoodsItem,
    Packaging,
    Party,
    Quantity,
)
from keruen.customs.codelists import BUILT_IN, CodeList, CodeLists
from keruen.customs.codelists.reading import read_table

OTHER = "777 KKK 01"
Found = list[tuple[str, str, str | None, str | None]]


def at_the_post(
    announced: Declaration | None = None, *, eta: datetime | None = NOON, **facts: Any
) -> tuple[Discrepancy, ...]:
    return compare_arrival(announced or export(), came(**facts), agreement(), eta)


def at_import(found: GoodsItem, announced: GoodsItem | None = None) -> tuple[Discrepancy, ...]:
    return compare_import(
        export(items=(announced or item(),)), imported(items=(found,)), agreement()
    )


def told(differences: tuple[Discrepancy, ...]) -> Found:
    return [(d.code.value, d.path, d.declared, d.found) for d in differences]


@pytest.mark.parametrize(
    ("mode", "late", "differs"),
    [
        ("3", timedelta(hours=12), False),
        ("3", timedelta(hours=12, microseconds=1), True),
        ("2", timedelta(hours=24), False),
        ("2", timedelta(hours=24, microseconds=1), True),
    ],
)
def test_late_is_what_the_agreement_calls_late_for_the_mode(
    mode: str, late: timedelta, differs: bool
) -> None:
    announced = export() if mode == "3" else rail()
    facts = {"vehicle": TRUCK} if mode == "3" else {"vehicle": None, "wagons": ["28012343"]}
    found = at_the_post(announced, arrived=NOON + late, **facts)
    assert [d.code for d in found] == ["arrived-late"] * differs
    assert [d.tolerance for d in found] == ["12 h" if mode == "3" else "24 h"] * differs


def rail() -> Declaration:
    return export(transport_means=(wagon("28012343"),), seals=())


def test_early_is_no_difference_and_without_an_eta_nothing_is_late() -> None:
    assert at_the_post(arrived=NOON - 19 * HOUR) == ()
    assert at_the_post(arrived=NOON + 500 * HOUR, eta=None) == ()


@pytest.mark.parametrize(
    ("entry", "post", "found"),
    [
        (stop("TJ-FOT"), "TJ-FOT", []),
        (stop("TJ-FOT"), "TJ-DUS", [("diverted", "itinerary", "TJ-FOT", "TJ-DUS")]),
        (stop("TJ-FOT", basis=EtaBasis.ESTIMATED), "TJ-DUS", []),
        (stop("TJ-FOT", eta=None, basis=None), "TJ-DUS",
         [("diverted", "itinerary", "TJ-FOT", "TJ-DUS")]),
        (stop(None), "TJ-DUS", []),
        (stop("9999"), "TJ-DUS", []),
    ],
)  # fmt: skip
def test_diverted_is_what_comes_to_another_post_than_the_declared_one(
    entry: Any, post: str, found: Found
) -> None:
    assert told(at_the_post(export(itinerary=(entry,)), post=post)) == found


WAGONS = tuple(wagon(one) for one in ("28012343", "28012350", "28012368"))


@pytest.mark.parametrize(
    ("means", "facts", "found"),
    [
        ((truck(), trailer()), {"vehicle": TRUCK, "trailers": [TRAILER]}, []),
        ((truck(), trailer()), {"vehicle": TRUCK}, []),
        ((truck(),), {"vehicle": TRUCK, "trailers": [TRAILER]}, []),
        ((truck(), trailer()), {"vehicle": OTHER, "trailers": [TRAILER]}, []),
        ((truck(), trailer()), {"vehicle": TRAILER, "trailers": [TRUCK]}, []),
        ((truck(), trailer()), {"vehicle": OTHER},
         [("other-vehicle", "transport_means", f"{TRUCK} + {TRAILER}", OTHER)]),
        ((truck(), trailer()), {"vehicle": TRUCK, "trailers": ["99 ZZZ 09"]},
         [("other-vehicle", "transport_means[1]", TRAILER, "99 ZZZ 09")]),
        ((), {"vehicle": TRUCK}, []),
        ((truck(),), {"vehicle": None, "number": "n 1"}, []),
        (WAGONS, {"vehicle": None, "wagons": ["28012343", "28012350", "28012368"]}, []),
        (WAGONS, {"vehicle": None, "wagons": ["28012343", "95000004"]},
         [("other-vehicle", "transport_means[1]", "28012350", "95000004"),
          ("other-vehicle", "transport_means[2]", "28012368", None)]),
        (WAGONS, {"vehicle": None, "wagons": ["28012343", "95000004"], "partial": True},
         [("other-vehicle", "transport_means[3]", None, "95000004")]),
    ],
)  # fmt: skip
def test_vehicles(means: Any, facts: dict[str, Any], found: Found) -> None:
    assert told(at_the_post(export(transport_means=means, seals=()), **facts)) == found


@pytest.mark.parametrize(
    ("announced", "arrived", "partial", "found"),
    [
        (["KRNU1", "KRNU2"], ["krnu-2", "KRNU I"], False, []),
        (["KRNU1", "KRNU2"], [], False, []),
        ([], ["KRNU1"], False, []),
        (["KRNU1", "KRNU2"], ["KRNU1"], False, [("other-container", "containers[1]", "KRNU2", None)]),
        (["KRNU1", "KRNU2"], ["KRNU1"], True, []),
        (["KRNU1", "KRNU2"], ["KRNU1", "KRNU9"], False,
         [("other-container", "containers[1]", "KRNU2", "KRNU9")]),
        (["KRNU1"], ["KRNU1", "KRNU9", "KRNU7"], False,
         [("other-container", "containers[1]", None, "KRNU9"),
          ("other-container", "containers[2]", None, "KRNU7")]),
    ],
)  # fmt: skip
def test_containers(announced: list[str], arrived: list[str], partial: bool, found: Found) -> None:
    declaration = export(containers=containers(*announced))
    assert told(at_the_post(declaration, containers=arrived, partial=partial)) == found


@pytest.mark.parametrize(
    ("whole", "broken", "found"),
    [
        ([], [], []),
        (["A 0001", "B 0002"], [], []),
        (["а-0001", "В0002"], [], []),
        (["A0001"], [], [("other-seal", "containers[0].seals[0]", "B0002", None)]),
        (["A0001", "C0003"], [], [("other-seal", "containers[0].seals[0]", "B0002", "C0003")]),
        (["A0001", "B0002", "C0003"], [], [("other-seal", "seals[1]", None, "C0003")]),
        (["A0001"], ["B0002"],
         [("seal-broken", "containers[0].seals[0]", "B0002", "B0002 broken")]),
        ([], ["A0001", "B0002"],
         [("seal-broken", "seals[0]", "A0001", "A0001 broken"),
          ("seal-broken", "containers[0].seals[0]", "B0002", "B0002 broken")]),
        (["A0001", "B0002"], ["X0009", "Y0008"],
         [("seal-broken", "seals[1]", None, "X0009 broken"),
          ("seal-broken", "seals[2]", None, "Y0008 broken")]),
    ],
)  # fmt: skip
def test_seals(whole: list[str], broken: list[str], found: Found) -> None:
    box = Container(id=CONTAINER, seals=seals("B0002"))
    declaration = export(seals=seals("A0001"), containers=(box,))
    assert told(at_the_post(declaration, seals=whole, seals_broken=broken)) == found


def test_a_seal_that_is_not_there_is_told_though_no_other_was_read() -> None:
    declaration = export(seals=seals("A0001"), containers=())
    assert told(at_the_post(declaration, seals_missing=["A 0001"])) == [
        ("other-seal", "seals[0]", "A0001", None)
    ]


def test_no_two_differences_of_one_comparison_have_the_same_place() -> None:
    """They are stored by code, item and path."""
    declaration = export(
        transport_means=WAGONS,
        seals=seals("A0001", "A0002", "A0003"),
        containers=containers("KRNU1", "KRNU2"),
    )
    found = at_the_post(
        declaration,
        vehicle=None,
        wagons=["95000001", "95000002", "95000003", "95000004", "95000005"],
        containers=["KRNU7", "KRNU8", "KRNU9"],
        seals=["X1", "X2", "X3"],
        seals_broken=["A0001", "Y1", "Y2"],
        items=[{"hs": "8703"}, {"hs": "2203"}, {"item": 1, "gross_mass": 1, "packages": 1}],
    )
    places = [(d.code, d.item, d.path) for d in found]
    assert len(set(places)) == len(places) == 5 + 3 + 3 + 3 + 2 + 2


@pytest.mark.parametrize(
    ("declared", "weighed", "partial", "differs"),
    [
        ("20200", "20604", False, False),  # 2 %
        ("20200", "20604.001", False, True),
        ("20200", "19795.999", False, True),
        ("500", "520", False, False),  # 20 kg
        ("500", "520.001", False, True),
        ("20200", "9000", True, False),
        ("0", "0", False, False),
    ],
)
def test_the_weighbridge(declared: str, weighed: str, partial: bool, differs: bool) -> None:
    declaration = export(gross_mass=Decimal(declared))
    found = at_the_post(declaration, weighbridge=weighed, partial=partial)
    assert [(d.code, d.item, d.path, d.tolerance) for d in found] == [
        ("gross-mass-differs", None, "gross_mass", "max(20 kg, 2 %)")
    ] * differs


def test_figures_are_told_with_their_unit_and_without_idle_zeros() -> None:
    (found,) = at_the_post(export(gross_mass=Decimal("20200.500")), weighbridge="1E+4")
    assert (found.declared, found.found) == ("20200.5 kg", "10000 kg")


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        ({}, []),
        ({"gross_mass": 20_200, "net_mass": 20_000, "packages": 400, "origin": "KZ"}, []),
        ({"packages": 399}, []),
        ({"packages": 398}, [("quantity-short", "items[0].packages", "400", "398")]),
        ({"packages": 402}, [("quantity-over", "items[0].packages", "400", "402")]),
        ({"gross_mass": 1}, [("gross-mass-differs", "items[0].gross_mass", "20200 kg", "1 kg")]),
        ({"net_mass": 0}, [("net-mass-differs", "items[0].net_mass", "20000 kg", "0 kg")]),
        ({"origin": "RU"}, [("other-origin", "items[0].origin", "KZ", "RU")]),
        ({"hs": "1101 00 9000"}, []),
        ({"hs": "1102.20"}, [("other-hs6", "items[0].hs", "110100", "110220")]),
        ({"hs": "11"}, []),
        ({"hs": "unreadable"}, []),
        ({"hs": "110290", "hs_edition": "2017"},
         [("hs-edition-differs", "items[0].hs_edition", "2022", "2017")]),
        ({"hs": "110100", "hs_edition": "2017"}, []),
        ({"hs": "2203", "description": "Пиво", "origin": "RU"},
         [("other-goods", "items[0].hs", "1101001500 Мука пшеничная", "2203 Пиво")]),
    ],
)  # fmt: skip
def test_an_inspected_item(seen: dict[str, Any], found: Found) -> None:
    assert told(at_the_post(items=[{"item": 1, **seen}])) == found


CORRESPONDENCES = """\
HS 2017,HS 2022
110100,110111
110220,240412
100110,100111
100110,100119
"""


def of_two_editions() -> CodeLists:
    """Correspondences that the project made up."""
    entries = read_table(CORRESPONDENCES.splitlines(), list_id="hs-2017-2022").must()
    table = CodeList.of("hs-2017-2022", entries)
    return BUILT_IN.with_sources({table.id: lambda: table})


@pytest.mark.parametrize(
    ("declared", "found_hs", "found"),
    [
        ("110100", "110111", []),  # its one counterpart
        (
            "110100",
            "110112",
            [("other-hs6", "items[0].hs", "110100 (HS 2017)", "110112 (HS 2022)")],
        ),
        (
            "110100",
            "110100",
            [("other-hs6", "items[0].hs", "110100 (HS 2017)", "110100 (HS 2022)")],
        ),  # now others' code
        ("110220", "240412", []),  # a chapter further
        ("100110", "100119", [("hs-edition-differs", "items[0].hs_edition", "2017", "2022")]),
        ("100199", "100199", []),  # stayed
        (
            "100199",
            "100190",
            [("other-hs6", "items[0].hs", "100199 (HS 2017)", "100190 (HS 2022)")],
        ),
    ],
)
def test_codes_of_two_editions_are_compared_where_they_correspond_one_to_one(
    declared: str, found_hs: str, found: Found
) -> None:
    announced = export(items=(item(hs=declared, hs_edition="2017"),))
    arrival = came(items=[{"item": 1, "hs": found_hs, "hs_edition": "2022"}])
    lists = of_two_editions()
    assert told(compare_arrival(announced, arrival, agreement(), NOON, lists)) == found
    inside = imported(items=(item(hs=found_hs, hs_edition="2022"),))
    assert told(compare_import(announced, inside, agreement(), lists)) == found


def test_an_item_is_named_by_its_number_and_placed_by_its_position() -> None:
    items = (item(3), item(8, packages=(Packaging(count=Decimal(10)),)))
    (found,) = at_the_post(export(items=items), items=[{"item": 8, "packages": 5}])
    assert (found.item, found.path) == (8, "items[1].packages")


def test_goods_that_nobody_announced() -> None:
    (found,) = at_the_post(items=[{"hs": "2203", "description": "Пиво", "packages": 20}])
    assert (found.code, found.item, found.path, found.found) == (
        "other-goods",
        None,
        "items[1]",
        "2203 Пиво",
    )


USD = Amount(value=Decimal(10_000), currency="USD")


@pytest.mark.parametrize(
    ("declared", "found", "differs"),
    [
        (USD, replace(USD, value=Decimal(11_000)), False),
        (USD, replace(USD, value=Decimal("11000.01")), True),
        (USD, replace(USD, value=Decimal(8_999)), True),
        (USD, Amount(value=Decimal(1), currency="TJS"), False),
        (Amount(value=Decimal(1)), Amount(value=Decimal(9)), False),
        (USD, None, False),
        (None, USD, False),
    ],
)
def test_values_are_compared_in_one_stated_currency(
    declared: Amount | None, found: Amount | None, differs: bool
) -> None:
    differences = at_import(item(price=found), item(price=declared))
    assert [(d.code, d.tolerance) for d in differences] == [("value-differs", "10 %")] * differs


@pytest.mark.parametrize(
    ("declared", "found", "differs"),
    [
        ([("2", "796")], [("2", "PCE")], False),
        ([("2", "166")], [("2000", "GRM")], True),
        ([("2", "796")], [], False),
        ([("2", "796"), ("3", "166")], [("3", "KGM")], False),
        ([("2", None)], [("2", "KGM")], False),
    ],
)
def test_supplementary_units(
    declared: list[tuple[str, str | None]],
    found: list[tuple[str, str | None]],
    differs: bool,
) -> None:
    ours, theirs = (
        tuple(Quantity(value=Decimal(value), unit=unit) for value, unit in side)
        for side in (declared, found)
    )
    differences = at_import(item(supplementary=theirs), item(supplementary=ours))
    assert [d.code for d in differences] == ["unit-not-comparable"] * differs


@pytest.mark.parametrize(
    ("found", "differs"),
    [
        (Party(id="030012345", name="Another way of writing it"), False),
        (Party(id="99", name="ҶДММ «Нон»"), False),
        (Party(id="99", name="Another"), True),
        (Party(name="Another"), False),
        (None, False),
    ],
)
def test_the_consignee_is_compared_by_taxpayers_number(found: Party | None, differs: bool) -> None:
    differences = compare_import(export(), imported(consignee=found), agreement())
    assert told(differences) == [("other-consignee", "consignee.id", "030012345", "99")] * differs


def test_an_item_that_nobody_imported_and_one_that_nobody_announced() -> None:
    announced = export(items=(item(1), item(2, hs="170199", description="Сахар", packages=())))
    found = imported(items=(item(1), item(2, hs="870323", description="Легковой автомобиль")))
    differences = compare_import(announced, found, agreement())
    assert [(d.code, d.item) for d in differences] == [("other-goods", 2)], "same number and mass"
    apart = imported(items=(item(1), item(7, hs="870323", gross_mass=Decimal(1500))))
    announced = export(items=(item(1), item(2, hs="170199", packages=(), gross_mass=Decimal(9))))
    assert [(d.code, d.item, d.path, d.declared) for d in compare_import(announced, apart, agreement())] == [
        ("quantity-short", 2, "items[1].gross_mass", "9 kg"),
        ("other-goods", None, "items[2]", None),
    ]  # fmt: skip


masses = st.decimals(min_value=0, max_value=60_000, places=3)
codes = st.sampled_from(["110100", "1101009000", "110220", "170199", "2203", "87", "x", ""])


@st.composite
def goods(draw: st.DrawFn, ordinal: int) -> GoodsItem:
    gross = draw(st.none() | masses)
    return GoodsItem(
        ordinal=ordinal,
        hs=draw(st.none() | codes),
        hs_edition=draw(st.sampled_from([None, "2017", "2022"])),
        description=draw(st.none() | st.sampled_from(["Мука", "Сахар белый", "Пиво", ""])),
        gross_mass=gross,
        net_mass=draw(st.none() | masses),
        packages=(Packaging(count=draw(masses)),) if draw(st.booleans()) else (),
        origin=draw(st.sampled_from([None, "KZ", "RU"])),
        price=draw(
            st.none() | st.builds(Amount, value=st.none() | masses, currency=st.just("USD"))
        ),
    )


@st.composite
def declarations(draw: st.DrawFn) -> Declaration:
    count = draw(st.integers(0, 6))
    numbers = draw(st.permutations(range(1, count + 1)))
    return export(
        items=tuple(draw(goods(number)) for number in numbers),
        containers=containers(*draw(st.lists(st.sampled_from(["KRNU1", "KRNU2", ""]), max_size=3))),
        seals=seals(*draw(st.lists(st.sampled_from(["A1", "B2", "C3"]), max_size=3))),
    )


@given(declarations())
def test_a_declaration_differs_in_nothing_from_itself(declaration: Declaration) -> None:
    assert compare_import(declaration, declaration, agreement()) == ()


@given(declarations())
def test_what_comes_as_declared_differs_in_nothing(declaration: Declaration) -> None:
    found = at_the_post(
        declaration,
        trailers=[TRAILER],
        containers=[one.id for one in declaration.containers if one.id],
        seals=[seal.number for seal in declaration.seals],
        weighbridge=declaration.total_gross_mass,
        items=[
            {
                "item": one.ordinal,
                "hs": one.hs or None,
                "hs_edition": one.hs_edition,
                "gross_mass": one.gross_mass,
                "packages": one.package_count,
                "origin": one.origin,
            }
            for one in declaration.items
        ],
    )
    assert found == ()


@given(declarations(), declarations())
def test_comparing_is_repeatable_and_every_difference_has_its_own_place(
    announced: Declaration, found: Declaration
) -> None:
    first = compare_import(announced, found, agreement())
    assert first == compare_import(announced, found, agreement())
    places = [(d.code, d.item, d.path) for d in first]
    assert len(set(places)) == len(places)
    ordinals = {one.ordinal for one in announced.items}
    assert {d.item for d in first} <= ordinals | {None}
    assert all(d.declared != d.found for d in first)


@given(masses, masses, masses, st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_a_wider_tolerance_never_finds_more(
    declared: Decimal, found: Decimal, absolute: Decimal, percent: Decimal, more: Decimal
) -> None:
    def differences(tolerance: Tolerance) -> set[str]:
        lax = replace(
            agreement(),
            tolerances=dict.fromkeys(
                (DiscrepancyCode.GROSS_MASS_DIFFERS, DiscrepancyCode.NET_MASS_DIFFERS), tolerance
            ),
        )
        one, other = (
            export(items=(item(gross_mass=mass, net_mass=mass),)) for mass in (declared, found)
        )
        return {d.code.value for d in compare_import(one, other, lax)}

    narrow = Tolerance(absolute=absolute, percent=percent, unit="kg")
    wide = replace(narrow, absolute=absolute + more, percent=percent + more)
    assert differences(wide) <= differences(narrow)
    if declared != found:
        assert differences(Tolerance(unit="kg")) == {"gross-mass-differs", "net-mass-differs"}
