from datetime import UTC, datetime, timedelta
from importlib import resources

from keruen.agreement import entry_stop, read_agreement, with_entry
from keruen.customs import (
    CustomsOffice,
    Declaration,
    DeclarationKind,
    EtaBasis,
    ItineraryStop,
    TransportMeans,
)

AGREEMENT = read_agreement(
    resources.files("keruen.agreement").joinpath("kz-tj.toml").read_text(encoding="utf-8")
)
RELEASED = datetime(2026, 11, 23, 9, tzinfo=UTC)


def declaration(office: str, mode: str, *stops: ItineraryStop) -> Declaration:
    return Declaration(
        kind=DeclarationKind.EXPORT,
        released=RELEASED,
        office=CustomsOffice(code=office),
        transport_means=(TransportMeans(mode=mode, identity="123 ABC 02"),),
        itinerary=stops,
    )


def test_an_eta_from_the_route_table_is_marked_estimated() -> None:
    stop = entry_stop(with_entry(declaration("39857201", "3"), AGREEMENT, "TJ"), AGREEMENT, "TJ")
    assert stop is not None
    assert stop.office is not None
    assert stop.office.code == "TJ-FOT"
    assert stop.eta == RELEASED + timedelta(hours=14)
    assert stop.eta_basis is EtaBasis.ESTIMATED


def test_countries_on_the_way_are_part_of_the_itinerary() -> None:
    found = with_entry(declaration("39855302", "3"), AGREEMENT, "TJ").itinerary
    assert [stop.country for stop in found] == ["KG", "TJ"]
    assert [stop.ordinal for stop in found] == [1, 2]


def test_rail_takes_the_railway_post() -> None:
    stop = entry_stop(with_entry(declaration("39800000", "2"), AGREEMENT, "TJ"), AGREEMENT, "TJ")
    assert stop is not None
    assert stop.office is not None
    assert stop.office.code == "TJ-NAU"


def test_a_declared_eta_is_kept() -> None:
    declared = ItineraryStop(
        ordinal=1,
        country="TJ",
        office=CustomsOffice(code="TJ-DUS", country="TJ"),
        eta=RELEASED + timedelta(hours=99),
        eta_basis=EtaBasis.DECLARED,
    )
    before = declaration("39857201", "3", declared)
    assert with_entry(before, AGREEMENT, "TJ") == before


def test_without_a_time_of_release_nothing_is_estimated() -> None:
    before = Declaration(kind=DeclarationKind.EXPORT)
    assert with_entry(before, AGREEMENT, "TJ") == before
