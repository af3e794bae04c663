"""The way of a consignment: its stops in order, what was expected, what came, and what is late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.border.dossier.journey import Kind, Stop, Timing, journey
from keruen.customs import (
    CustomsOffice,
    Declaration,
    DeclarationKind,
    EtaBasis,
    ItineraryStop,
)
from keruen.messages import ArrivalInformation, Header, Mode, Office, Stage
from keruen.store import Consignment, Role

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def consignment(**values: Any) -> Consignment:
    given: dict[str, Any] = {
        "corridor": "KZ-TJ",
        "consignment_id": "c",
        "role": Role.RECEIVER,
        "partner": "KZ",
        "state": "under-way",
        "mode": "live",
        "stage": "export",
        "ordinal": 1,
        "reference": "r",
        "updated": NOON,
        "information_id": "m",
        "post": "TJ-FOT",
        "eta": NOON,
        "transport_mode": "3",
    }
    return Consignment(**given | values)


def declared(eta: datetime | None = NOON, post: str | None = "TJ-FOT") -> Declaration:
    office = CustomsOffice(code=post, country="TJ") if post else None
    return Declaration(
        kind=DeclarationKind.EXPORT,
        released=NOON - 20 * HOUR,
        office_of_departure=CustomsOffice(code="39857201", country="KZ"),
        itinerary=(
            ItineraryStop(ordinal=1, country="UZ", place="Yallama"),
            ItineraryStop(
                ordinal=2, country="TJ", office=office, eta=eta, eta_basis=EtaBasis.DECLARED
            ),
        ),
    )


def arrival(at: datetime, post: str = "TJ-FOT") -> ArrivalInformation:
    office = Office(country="TJ")
    header = Header(
        message_id="m",
        created=NOON,
        structure="keruen:ArrivalInformation",
        version="1.0",
        agreement="kz-tj",
        stage=Stage.EXPORT,
        mode=Mode.LIVE,
        sender=office,
        receiver=office,
    )
    return ArrivalInformation(header=header, arrival_id="a", post=post, arrived=at, registered=at)


def way(agreement: Agreement, *came: ArrivalInformation, **more: Any) -> tuple[Stop, ...]:
    now = more.pop("now", NOON - HOUR)
    return journey(consignment(**more), declared(), came, agreement, now)


def timings(stops: tuple[Stop, ...]) -> list[tuple[Kind, Timing | None]]:
    return [(stop.kind, stop.timing) for stop in stops]


def test_before_the_arrival_only_the_entry_post_is_awaited(agreement: Agreement) -> None:
    assert timings(way(agreement)) == [
        (Kind.DEPARTURE, Timing.LEFT),
        (Kind.CROSSING, None),
        (Kind.ENTRY, Timing.EXPECTED),
    ]


def test_what_arrived_has_passed_every_stop_before(agreement: Agreement) -> None:
    stops = way(agreement, arrival(NOON), state="arrived", now=NOON + HOUR)
    assert timings(stops)[1:] == [(Kind.CROSSING, Timing.PASSED), (Kind.ENTRY, Timing.IN_TIME)]
    assert stops[-1].actual == NOON


@pytest.mark.parametrize(
    ("hours", "timing"), [(-1, Timing.IN_TIME), (12, Timing.WITHIN), (13, Timing.LATE)]
)
def test_late_is_what_the_agreement_calls_late(
    agreement: Agreement, hours: int, timing: Timing
) -> None:
    stops = way(agreement, arrival(NOON + hours * HOUR), state="arrived")
    assert stops[-1].timing is timing
    assert stops[-1].by == (hours * HOUR if hours > 0 else None)


def test_what_does_not_come_is_overdue_by_so_much(agreement: Agreement) -> None:
    entry = way(agreement, state="overdue", now=NOON + 30 * HOUR)[-1]
    assert (entry.timing, entry.by) == (Timing.OVERDUE, 30 * HOUR)


def test_of_several_parts_the_last_one_counts(agreement: Agreement) -> None:
    stops = way(agreement, arrival(NOON + HOUR), arrival(NOON - HOUR), state="partly-arrived")
    assert stops[-1].actual == NOON + HOUR


def test_an_arrival_at_another_post_is_a_stop_of_its_own(agreement: Agreement) -> None:
    stops = way(agreement, arrival(NOON, "TJ-DUS"), state="arrived")
    assert [stop.kind for stop in stops][-2:] == [Kind.ENTRY, Kind.ELSEWHERE]
    assert stops[-2].actual is None
    assert stops[-1].actual == NOON


def test_where_no_post_was_planned_the_one_where_it_came_is_the_entry_before_its_destination(
    agreement: Agreement,
) -> None:
    inland = replace(
        declared(), itinerary=(), office_of_destination=CustomsOffice(code="TJ-DSH", country="TJ")
    )
    came = (arrival(NOON, "TJ-DUS"),)
    stops = journey(consignment(post=None, eta=None), inland, came, agreement, NOON)
    assert timings(stops) == [
        (Kind.DEPARTURE, Timing.LEFT),
        (Kind.ENTRY, Timing.PASSED),
        (Kind.DESTINATION, None),
    ]
    assert stops[1].actual == NOON


def test_without_a_declaration_the_post_and_its_eta_are_the_way(agreement: Agreement) -> None:
    (only,) = journey(consignment(), None, (), agreement, NOON - HOUR)
    assert (only.kind, only.eta, only.where and only.where.name) == (Kind.ENTRY, NOON, "Fotekhobod")


def test_a_stop_is_placed_by_its_code_its_name_or_its_words(agreement: Agreement) -> None:
    named = [stop.where and stop.where.name for stop in way(agreement)]
    assert named == ["Shymkent", "Yallama", "Fotekhobod"]


def test_every_post_of_the_agreement_is_on_the_map(agreement: Agreement) -> None:
    for post in agreement.posts:
        one = consignment(post=post.code, eta=None)
        (stop,) = journey(one, None, (), agreement, NOON)
        if post.country == "TJ":
            assert stop.where is not None, post.code
            assert stop.where.country == post.country
