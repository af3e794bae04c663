import re
from datetime import UTC, datetime, timedelta
from importlib import resources

import pytest

from keruen.agreement import Agreement, entry_stop, read_agreement, with_entry
from keruen.customs import (
    CustomsOffice,
    Declaration,
    DeclarationKind,
    EtaBasis,
    ItineraryStop,
    TransportMeans,
)
from keruen.errors import KeruenError

TEXT = resources.files("keruen.agreement").joinpath("kz-tj.toml").read_text(encoding="utf-8")
AGREEMENT = read_agreement(TEXT)
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


STOPS = 'stops = [{ country = "UZ", place = "Yallama", hours = 6 }, { country = "KG" }]'


def with_stops(stops: str = STOPS) -> Agreement:
    """The agreement in which the way from Shymkent is known better."""
    before = 'hours = 14\nvia = ["UZ"]'
    assert before in TEXT
    return read_agreement(TEXT.replace(before, f"hours = 14\n{stops}"))


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ((), [("UZ", "Yallama", 6, "estimated"), ("KG", None, None, None)]),
        (
            (ItineraryStop(ordinal=1, country="UZ", place="Sariosiyo"),),
            [("UZ", "Sariosiyo", 6, "estimated"), ("KG", None, None, None)],
        ),
        (
            (
                ItineraryStop(
                    ordinal=1,
                    country="UZ",
                    eta=RELEASED + timedelta(hours=3),
                    eta_basis=EtaBasis.DECLARED,
                ),
            ),
            [("UZ", None, 3, "declared"), ("KG", None, None, None)],
        ),
    ],
)
def test_a_place_on_the_way_has_an_eta_declared_or_estimated(
    declared: tuple[ItineraryStop, ...],
    expected: list[tuple[str, str | None, int | None, str | None]],
) -> None:
    found = with_entry(declaration("39857201", "3", *declared), with_stops(), "TJ").itinerary
    *way, entry = (
        (one.country, one.place, hours(one.eta), one.eta_basis and one.eta_basis.value)
        for one in found
    )
    assert way == expected
    assert entry == ("TJ", None, 14, "estimated")
    assert [one.ordinal for one in found] == [1, 2, 3]


def hours(eta: datetime | None) -> int | None:
    return (eta - RELEASED) // timedelta(hours=1) if eta else None


@pytest.mark.parametrize(
    ("stops", "path"),
    [
        ('stops = [{ country = "UZB" }]', "stops[0].country"),
        ('stops = [{ country = "UZ", hours = 15 }]', "stops[0].hours"),
        (
            'stops = [{ country = "UZ", hours = 6 }, { country = "KG", hours = 5 }]',
            "stops[1].hours",
        ),
    ],
)
def test_stops_that_cannot_be_are_named(stops: str, path: str) -> None:
    with pytest.raises(KeruenError, match=re.escape(path)):
        with_stops(stops)
