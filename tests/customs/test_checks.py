"""What a declaration must be: each row breaks one thing in a good declaration and names the finding."""

from __future__ import annotations

import re
import typing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.customs.strategies import structs

from keruen import formats
from keruen.customs import (
    FINDING_CODES,
    RIGHT,
    Address,
    Amount,
    Container,
    CustomsOffice,
    Declaration,
    DeclarationKind,
    Document,
    EtaBasis,
    Finding,
    GoodsItem,
    ItineraryStop,
    Packaging,
    Party,
    Quantity,
    Seal,
    Severity,
    Struct,
    TransportKind,
    TransportMeans,
    TransportStage,
    check,
    refuses,
    unsound,
)
from keruen.customs.checks import element_rules
from keruen.customs.coded import COUNTRY_ELEMENTS
from keruen.customs.codelists import BUILT_IN, OFFICE, CodeList, CodeLists, Entry
from keruen.customs.measured import COUNT_ELEMENTS
from keruen.errors import InputError

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

FLOUR = GoodsItem(
    ordinal=1,
    hs="1101 00 150 0",
    description="Мука пшеничная",
    gross_mass=Decimal(20_060),
    net_mass=Decimal(20_000),
    packages=(Packaging(count=Decimal(400), kind="5H"),),
    origin="KZ",
    price=Amount(value=Decimal(7_800), currency="USD"),
)
OIL = GoodsItem(
    ordinal=2,
    hs="1512.19",
    gross_mass=Decimal("940.5"),
    net_mass=Decimal(900),
    packages=(Packaging(count=Decimal(60), kind="CT"),),
)
GOOD = Declaration(
    kind=DeclarationKind.EXPORT,
    number="57201/231126/0000017",
    created=NOON,
    registered=TODAY,
    consignee=Party(name="ҶДММ Нон", address=Address(country="TJ")),
    country_of_dispatch="KZ",
    country_of_destination="TJ",
    transport_means=(
        TransportMeans(identity="123 ABC 02", mode="3"),
        TransportMeans(identity="5241 7367", kind=TransportKind.WAGON, mode="2"),
    ),
    containers=(Container(id="CSQU 305438 3", seals=(Seal(number="KZ1"),)),),
    seals=(Seal(number="KZ2"),),
    itinerary=(
        ItineraryStop(ordinal=1, country="UZ"),
        ItineraryStop(
            ordinal=2,
            country="TJ",
            eta=NOON + timedelta(hours=30),
            eta_basis=EtaBasis.DECLARED,
        ),
    ),
    documents=(Document(number="7", issued=TODAY),),
    item_count=2,
    package_count=Decimal(460),
    gross_mass=Decimal(21_001),
    items=(FLOUR, OIL),
)


def with_item(**changes: typing.Any) -> Declaration:
    return replace(GOOD, items=(replace(FLOUR, **changes), OIL))


def having(**changes: typing.Any) -> Declaration:
    return replace(GOOD, **changes)


ERRORS = [
    (having(number=" "), "reference-missing", "number"),
    (having(items=(), item_count=0), "items-missing", "items"),
    (having(items=(replace(FLOUR, ordinal=0), OIL)), "item-ordinal-invalid", "items[0].ordinal"),
    (having(items=(FLOUR, replace(OIL, ordinal=1))), "item-ordinal-repeated", "items[1].ordinal"),
    (having(item_count=3), "item-count-differs", "item_count"),
    (having(country_of_destination="ZG"), "country-unknown", "country_of_destination"),
    (having(country_of_dispatch="kz"), "country-unknown", "country_of_dispatch"),
    (with_item(hs="11010"), "hs-malformed", "items[0].hs"),
    (with_item(hs="1101001X"), "hs-malformed", "items[0].hs"),
    (with_item(hs="١١٠١٠٠"), "hs-malformed", "items[0].hs"),
    (with_item(hs=""), "hs-malformed", "items[0].hs"),
    (having(gross_mass=Decimal(0), items=(replace(FLOUR, gross_mass=None), OIL)),
     "mass-not-positive", "gross_mass"),
    (having(gross_mass=None, items=(FLOUR, replace(OIL, net_mass=Decimal(-1)))),
     "mass-not-positive", "items[1].net_mass"),
    (having(transport_means_count=-1), "count-negative", "transport_means_count"),
    (having(package_count=None, items=(FLOUR, replace(OIL, packages=(Packaging(count=Decimal(-2)),)))),
     "count-negative", "items[1].packages[0].count"),
    (having(registered=TODAY + timedelta(days=2), number="1"), "date-in-future", "registered"),
    (having(released=NOON + timedelta(days=2)), "date-in-future", "released"),
    (having(registered=date(1026, 11, 23), number="1"), "date-unusable", "registered"),
    (having(created=NOON.replace(tzinfo=None)), "time-without-offset", "created"),
    (having(exchange_rate=Decimal("NaN")), "number-unusable", "exchange_rate"),
    (having(invoice=Amount(value=Decimal("1E+18"))), "number-unusable", "invoice.value"),
    (having(guarantee=Amount(value=Decimal("1E-21"))), "number-unusable", "guarantee.value"),
    (having(containers=(Container(id="", ordinal=2**31),)), "number-unusable", "containers[0].ordinal"),
    (with_item(description="Мука\0"), "text-unusable", "items[0].description"),
    (with_item(description="м" * 32_769), "text-too-long", "items[0].description"),
    (having(local_reference="1" * 257), "text-too-long", "local_reference"),
]  # fmt: skip

WARNINGS = [
    (having(kind=DeclarationKind.IMPORT, number=None), "reference-missing", "number"),
    (having(consignee=Party(address=Address(country="ZG"))),
     "country-unknown", "consignee.address.country"),
    (having(itinerary=(ItineraryStop(ordinal=1, country="ZG"),)),
     "country-unknown", "itinerary[0].country"),
    (having(country_of_destination="XK"), "country-user-assigned", "country_of_destination"),
    (with_item(origin="QP"), "country-user-assigned", "items[0].origin"),
    (with_item(price=Amount(value=Decimal(1), currency="RUR")),
     "currency-unknown", "items[0].price.currency"),
    (with_item(hs="1101010000"), "hs-unknown", "items[0].hs"),
    (with_item(hs="1101010000", hs_edition="2022"), "hs-unknown", "items[0].hs"),
    (having(transport_means=(TransportMeans(identity="1", mode="31"),)),
     "mode-unknown", "transport_means[0].mode"),
    (having(gross_mass=None, items=(FLOUR, replace(OIL, gross_mass=Decimal(0)))),
     "mass-not-positive", "items[1].gross_mass"),
    (with_item(net_mass=Decimal("20060.1")), "net-exceeds-gross", "items[0].net_mass"),
    (having(gross_mass=Decimal("21002.1")), "total-mass-differs", "gross_mass"),
    (having(package_count=Decimal(461)), "package-count-differs", "package_count"),
    (having(transport_means=(TransportMeans(mode="3"),)), "transport-missing", "transport_means"),
    (having(transport_means=(TransportMeans(identity="52417363", kind=TransportKind.WAGON),)),
     "wagon-check-digit", "transport_means[0].identity"),
    (having(containers=(Container(id="CSQU3054384"),)), "container-check-digit", "containers[0].id"),
    (having(containers=(Container(id="CSQU3054383"), Container(id="СSQU 305438-3"))),
     "container-repeated", "containers[1].id"),
    (having(seals=(Seal(number="KZ2"), Seal(number="kz 2"))), "seal-repeated", "seals[1].number"),
    (having(seals=(Seal(number="KZ 1"),)), "seal-repeated", "containers[0].seals[0].number"),
    (having(number="17\u00ad"), "mark-unprintable", "number"),
    (having(documents=(Document(number="7\n8"),)), "mark-unprintable", "documents[0].number"),
    (having(documents=(Document(issued=TODAY + timedelta(days=2)),)),
     "date-in-future", "documents[0].issued"),
    (having(itinerary=(ItineraryStop(ordinal=1, eta=NOON + timedelta(days=367)),)),
     "date-in-future", "itinerary[0].eta"),
    (having(itinerary=(ItineraryStop(ordinal=1, eta_basis=EtaBasis.ESTIMATED),)),
     "eta-missing", "itinerary[0].eta"),
    (having(itinerary=(ItineraryStop(ordinal=2), ItineraryStop(ordinal=2))),
     "itinerary-unordered", "itinerary[1].ordinal"),
    (with_item(price=Amount(value=Decimal(-1), currency="KZT")),
     "amount-negative", "items[0].price.value"),
    (with_item(containers=("CSQU3054383", "KTZ-17")), "container-unlisted", "items[0].containers[1]"),
    (having(customs_value=Amount(value=Decimal(9), currency="KZT"),
            items=(replace(FLOUR, customs_value=Amount(value=Decimal(8), currency="KZT")),),
            item_count=1, package_count=None, gross_mass=None),
     "customs-value-differs", "customs_value.value"),
    (having(invoice=Amount(value=Decimal(7_801), currency="USD"), items=(FLOUR,),
            item_count=1, package_count=None, gross_mass=None),
     "invoice-differs", "invoice.value"),
    (having(released=NOON - timedelta(days=2)), "dates-unordered", "released"),
    (having(exited=TODAY - timedelta(days=2)), "dates-unordered", "exited"),
    (having(number="57201/221126/0000017"), "declaration-number-date", "number"),
    (having(number="57201/231126/17"), "declaration-number-malformed", "number"),
    (having(number="57201/311126/0000017"), "declaration-number-malformed", "number"),
    (having(structure="R.055", document_id="5e1c"), "document-id-malformed", "document_id"),
    (having(documents=(Document(valid_until=TODAY - timedelta(days=1)),)),
     "document-expired", "documents[0].valid_until"),
    (having(documents=(Document(number="7"), Document(number="7"))),
     "document-repeated", "documents[1].number"),
    (with_item(documents=(Document(number="7"), Document(number="7"))),
     "document-repeated", "items[0].documents[1].number"),
    (having(itinerary=(ItineraryStop(ordinal=1, eta=NOON - timedelta(minutes=1)),)),
     "eta-past", "itinerary[0].eta"),
    (having(itinerary=(ItineraryStop(ordinal=1, eta=NOON + timedelta(hours=2)),
                       ItineraryStop(ordinal=2, eta=NOON + timedelta(hours=1)))),
     "eta-unordered", "itinerary[1].eta"),
    (having(itinerary=(ItineraryStop(ordinal=1, country="KZ", eta=NOON + timedelta(hours=1)),
                       ItineraryStop(ordinal=2, country="UZ"),
                       ItineraryStop(ordinal=3, country="TJ", eta=NOON + timedelta(minutes=104)))),
     "eta-too-soon", "itinerary[2].eta"),
    (having(transport_means=(TransportMeans(identity="123 ABC 02"), TransportMeans(identity="123ABC02"))),
     "means-repeated", "transport_means[1].identity"),
    (with_item(packages=(Packaging(count=Decimal(400), kind="??"),)),
     "package-kind-unknown", "items[0].packages[0].kind"),
    (having(package_count=None, items=(replace(FLOUR, packages=(Packaging(count=Decimal(4)),)), OIL)),
     "package-mass-implausible", "items[0].gross_mass"),
    (having(transport_means=(TransportMeans(identity="ABC 123 02", nationality="KZ", mode="3"),)),
     "plate-malformed", "transport_means[0].identity"),
    (having(transport_means=(TransportMeans(identity="1234AB01/ABCD", nationality="TJ"),)),
     "plate-malformed", "transport_means[0].identity"),
    (having(consignor=Party(id="060140000014", country="KZ")),
     "tax-number-check-digit", "consignor.id"),
    (having(carrier=Party(id="12345", address=Address(country="KZ"))),
     "tax-number-malformed", "carrier.id"),
    (having(consignee=Party(id="12345678X", country="TJ")), "tax-number-malformed", "consignee.id"),
    (with_item(supplementary=(Quantity(value=Decimal(1), unit="XXQ"),)),
     "unit-unknown", "items[0].supplementary[0].unit"),
    (with_item(price=Amount(value=Decimal(78), currency="USD")),
     "unit-value-implausible", "items[0].price.value"),
    (with_item(statistical_value=Amount(value=Decimal(780_000), currency="USD")),
     "unit-value-implausible", "items[0].statistical_value.value"),
]  # fmt: skip

ROWS = [(row, Severity.ERROR) for row in ERRORS] + [(row, Severity.WARNING) for row in WARNINGS]

GOOD_ONES = {
    "as it is": GOOD,
    "another edition of the Harmonized System": with_item(hs="851712", hs_edition="2017"),
    "no commodity code": with_item(hs=None),
    "a sender whose day has begun": having(registered=TODAY + timedelta(days=1), number="1"),
    "masses rounded to a kilogram": having(gross_mass=Decimal("20999.5")),
    "an item without gross mass": with_item(gross_mass=None),
    "bulk among packed goods": with_item(packages=(Packaging(kind="VR"),)),
    "net and gross equal": with_item(net_mass=FLOUR.gross_mass),
    "a vehicle known by its chassis": having(transport_means=(TransportMeans(vin="XTA1"),)),
    "a container that is not ISO 6346": having(containers=(Container(id="KTZ-17"),)),
    "containers without a number": having(containers=(Container(), Container())),
    "a check digit of ten is written 0": having(containers=(Container(id="TEXU3070090"),)),
    "a Cyrillic container number": having(containers=(Container(id="СSQU3054383"),)),
    "a wagon of twelve digits": having(
        transport_means=(TransportMeans(identity="318027654321", kind=TransportKind.WAGON),)
    ),
    "lines in a description": with_item(description="Мука\n\tвысшего сорта"),
    "a train that moves by itself": having(
        transport_means=(TransportMeans(identity="1", mode="9"),)
    ),
    "no totals": having(item_count=None, package_count=None, gross_mass=None),
    "a price in a currency whose rate nobody stated": with_item(
        price=Amount(value=Decimal(78), currency="KZT")
    ),
    "goods whose price has no bounds": with_item(
        hs="300490", price=Amount(value=Decimal(10**7), currency="USD")
    ),
    "a currency of its time": having(
        registered=date(2010, 6, 1),
        number="57201/010610/0000017",
        exchange_currency="EEK",
    ),
    "a transit's document under its UUID": having(
        structure="R.048", document_id="5E1C0000-0000-4000-8000-00000000ABCD"
    ),
    "an EAEU unit": with_item(supplementary=(Quantity(value=Decimal(1), unit="796"),)),
    "taxpayers of both countries": having(
        consignor=Party(id="060140000013", country="KZ"),
        consignee=Party(id="990000017", country="TJ"),
    ),
    "truck and trailer in one line": having(
        transport_means=(TransportMeans(identity="123ABC02/12 АВС 02", nationality="KZ", mode="3"),)
    ),
    "a vehicle of a third country": having(
        transport_means=(TransportMeans(identity="01 A 123 BC", nationality="UZ", mode="3"),)
    ),
    "one truck to the border and over it": having(
        transport_means=(
            TransportMeans(identity="123 ABC 02"),
            TransportMeans(identity="123 ABC 02", stage=TransportStage.DEPARTURE),
        )
    ),
    "a Tajik number, of which no rule is public": having(
        number="E 17/2026", country_of_dispatch="TJ", country_of_destination="KZ"
    ),
    "goods in bulk, counted as one": replace(
        with_item(packages=(Packaging(count=Decimal(1), kind="VR"),)), package_count=Decimal(61)
    ),
    "a Tajik import, whose number is its own": having(
        kind=DeclarationKind.IMPORT, number="TJ-KHU/231126/0000017"
    ),
    "sums in full": having(
        invoice=Amount(value=Decimal("7800.01"), currency="USD"),
        items=(FLOUR,),
        item_count=1,
        package_count=None,
        gross_mass=None,
    ),
    "an invoice in a currency that the prices are not in": having(
        invoice=Amount(value=Decimal(1), currency="KZT")
    ),
    "the same document for two items": having(
        items=(
            replace(FLOUR, documents=(Document(number="7"),)),
            replace(OIL, documents=(Document(number="7"),)),
        )
    ),
    "a document of two lines": having(
        documents=(Document(number="8", line=1), Document(number="8", line=2))
    ),
    "only a local reference": having(number=None, local_reference="R1"),
    "only the id of the document": having(number=None, document_id="5e1c"),
}


def brief(declaration: Declaration) -> list[tuple[str, str, str]]:
    return [(f.code, f.severity, f.path) for f in check(declaration, today=TODAY)]


@pytest.mark.parametrize("name", GOOD_ONES)
def test_nothing_is_found_in_a_good_declaration(name: str) -> None:
    assert brief(GOOD_ONES[name]) == []


@pytest.mark.parametrize(
    ("row", "severity"), ROWS, ids=[f"{code} {path}" for (_, code, path), _ in ROWS]
)
def test_one_thing_wrong_is_one_finding(
    row: tuple[Declaration, str, str], severity: Severity
) -> None:
    declaration, code, path = row
    assert brief(declaration) == [(code, severity, path)]


def test_the_table_of_codes_is_complete_and_has_no_other() -> None:
    of_lists = {"office-unknown", "hs-national-unknown"}
    assert {code for (_, code, _), _ in ROWS} | of_lists == set(FINDING_CODES)
    assert list(FINDING_CODES) == sorted(FINDING_CODES)


@pytest.mark.parametrize("row", [row for row, _ in ROWS], ids=[row[1] for row, _ in ROWS])
def test_a_finding_says_in_one_sentence_what_would_be_right(
    row: tuple[Declaration, str, str],
) -> None:
    (finding,) = check(row[0], today=TODAY)
    assert finding.text[0].isupper()
    assert finding.text.endswith(".")
    assert "\n" not in finding.text


def test_a_finding_repeats_the_declared_value() -> None:
    (finding,) = check(having(country_of_destination="ZG"), today=TODAY)
    assert finding.declared == "ZG"
    (finding,) = check(with_item(net_mass=Decimal("20060.10")), today=TODAY)
    assert finding.declared == "20060.10"


def test_a_declared_value_is_shown_short_and_printable() -> None:
    (finding,) = check(having(number="\x1b[2J" + "9" * 200), today=TODAY)
    assert finding.declared is not None
    assert finding.declared.startswith("\N{REPLACEMENT CHARACTER}[2J999")
    assert len(finding.declared) == 80


OFFICES = CodeList.of(OFFICE, [Entry(code="39857201", valid_until=date(2026, 1, 1))])
NOMENCLATURE = CodeList.of("tnved", [Entry(code="1101001500"), Entry(code="1101009000")])


def test_offices_are_those_of_an_imported_list_on_the_day_of_the_declaration() -> None:
    lists = BUILT_IN.with_sources({OFFICE: lambda: OFFICES})
    old = having(office=CustomsOffice(code="39857201"))
    assert check(old, today=TODAY) == ()
    assert codes(old, lists) == [("office-unknown", "office.code")]
    then = replace(old, registered=date(2025, 12, 31), number="1")
    assert codes(then, lists) == []
    assert codes(having(office=CustomsOffice(code="64300001")), lists) == []


def test_ten_digits_of_the_union_are_those_of_its_nomenclature_once_it_is_imported() -> None:
    lists = BUILT_IN.with_sources({"tnved": lambda: NOMENCLATURE})
    assert codes(GOOD, lists) == []
    wrong = with_item(hs="1101001501")
    assert codes(wrong, lists) == [("hs-national-unknown", "items[0].hs")]
    tajik = replace(wrong, country_of_dispatch="TJ", number="E 1")
    assert codes(tajik, lists) == []


def test_an_imported_list_takes_the_place_of_what_is_plausible() -> None:
    facts = {"usd_low": "1", "usd_high": "2", "kg_low": "none"}
    own = CodeList.of("plausible", [Entry(code="1101", facts=facts)])
    lists = BUILT_IN.with_sources({"plausible": lambda: own})
    assert codes(GOOD, lists) == [("unit-value-implausible", "items[0].price.value")]


def test_a_code_of_another_edition_is_looked_up_where_that_edition_is_known() -> None:
    old = CodeList.of("hs-2017", [Entry(code="851712")])
    lists = BUILT_IN.with_sources({"hs-2017": lambda: old})
    telephones = with_item(hs="851712", hs_edition="2017", price=None)
    assert codes(telephones, lists) == []
    assert codes(with_item(hs="851713", hs_edition="2017", price=None), lists) == [
        ("hs-unknown", "items[0].hs")
    ]


def codes(declaration: Declaration, lists: CodeLists) -> list[tuple[str, str]]:
    return [(f.code, f.path) for f in check(declaration, today=TODAY, lists=lists)]


def test_the_sentence_of_a_finding_can_be_said_again_from_its_code_and_values() -> None:
    for (declaration, code, _), _ in ROWS:
        (finding,) = check(declaration, today=TODAY)
        assert RIGHT[code].format(*finding.values) == finding.text


def test_every_country_and_every_count_of_the_model_is_checked() -> None:
    names = {name for name in all_names() if re.search("country|nationality", name)}
    names -= {name for name in names if name.endswith("_name")}
    assert names <= COUNTRY_ELEMENTS
    assert {name for name in all_names() if re.fullmatch("count|.*_count", name)} == COUNT_ELEMENTS
    assert {name.rpartition(".")[2] for name in element_rules(BUILT_IN)} <= all_names()


def all_names() -> set[str]:
    return {name for kind in all_structs(Declaration) for name in kind.__struct_fields__}


def all_structs(kind: type[Struct]) -> set[type[Struct]]:
    found = {kind}
    for hint in typing.get_type_hints(kind).values():
        for inner in (hint, *typing.get_args(hint)):
            if isinstance(inner, type) and issubclass(inner, Struct):
                found |= all_structs(inner)
    return found


@given(structs(Declaration, wild=True), st.dates())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_is_declared_checking_gives_findings_and_never_raises(
    declaration: Declaration, today: date
) -> None:
    findings = check(declaration, today=today)
    for finding in findings:
        assert finding.code in FINDING_CODES
        assert value_at(declaration, finding.path) is not ...
        assert list(unsound(finding)) == [], "a finding travels to the other side"
        assert msgspec.json.decode(msgspec.json.encode(finding), type=Finding) == finding


def value_at(declaration: Declaration, path: str) -> object:
    """The element that a path leads to, with Python's own reading of it."""
    return eval(f"declaration.{path}", {"declaration": declaration})


@given(structs(Declaration, wild=False))
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_is_sound_is_found_sound(declaration: Declaration) -> None:
    assert list(unsound(declaration)) == []


SAMPLES = {
    "eaeu-transit/transit_declaration_1.xml": [],
    "eaeu-transit/transit_declaration_2.xml": [],
    "asycuda-sad/albania_1.xml": ["reference-missing number"],
    "asycuda-sad/albania_2.xml": ["reference-missing number"],
    **{
        f"wco-dm/TT_EX{name}.xml": ["container-check-digit containers[0].id"]
        for name in ("001a", "004a", "011a", "013a")
    },
    **{
        f"wco-dm/TT_EX021a_{part}.xml": [
            "country-unknown consignee.address.country",
            "country-unknown country_of_destination",
            "country-unknown itinerary[1].country",
            "container-check-digit containers[0].id",
        ]
        for part in (1, 2)
    },
}
"""Published declaration → what is wrong with it: made-up numbers, and a country that does not exist."""


@pytest.mark.parametrize("name", SAMPLES)
def test_published_declarations_pass_unless_truly_wrong(shared: Path, name: str) -> None:
    declaration = formats.read((shared / "samples" / name).read_bytes()).declaration
    findings = check(declaration, today=TODAY)
    assert [f"{f.code} {f.path}" for f in findings] == SAMPLES[name]
    assert refuses(findings) == (declaration.country_of_destination == "ZG")


def test_all_published_declarations_are_checked(shared: Path) -> None:
    unreadable = set()
    for path in (shared / "samples").rglob("*.xml"):
        if path.relative_to(shared / "samples").as_posix() not in SAMPLES:
            with pytest.raises(InputError):
                formats.read(path.read_bytes())
            unreadable.add(path.name)
    assert unreadable == {"TT_EX002a.xml"}
