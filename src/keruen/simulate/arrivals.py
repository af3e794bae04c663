"""What border posts register, in the form that ``keruen arrive --from`` takes, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from keruen.agreement import Agreement
from keruen.simulate.consignment import Transport
from keruen.simulate.course import Course, Journey
from keruen.simulate.goods import RAIL, ROAD, TRUCK_KG
from keruen.simulate.marks import Marks, as_read

Data = dict[str, object]

NUMBER_SHOWN = 0.5
"""Share of drivers who show the declaration's number at the post."""
WEIGHED = {ROAD: 0.85, RAIL: 0.5}
"""Share of vehicles that go over the weighbridge."""
WEIGHBRIDGE_ERROR = 0.003
DIVISION_KG = 10
IN_PARTS = 0.35
"""Share of trains of four wagons and more that come in two parts."""
SPLIT_FROM = 4


def arrivals(
    rng: Random, journeys: Sequence[Journey], course: Course
) -> Iterator[tuple[datetime, Data]]:
    """The arrivals of one vehicle: one, or two of a train in parts.

    Args:
        journeys: the consignments in it; more than one is groupage.

    Gives:
        when each is registered, and what.
    """
    first = journeys[0]
    when = first.expected + course.delay
    wagons = course.transport.wagons
    if len(wagons) >= SPLIT_FROM and course.fact is None and rng.random() < IN_PARTS:
        cut = rng.randrange(1, len(wagons))
        rest = when + timedelta(minutes=rng.randrange(180, 600))
        common = {"number": _number(rng, first)}
        yield _registered(rng, first.post, when, common | {"wagons": wagons[:cut], "partial": True})
        yield _registered(rng, first.post, rest, common | {"wagons": wagons[cut:]})
        return
    yield _registered(rng, first.post, when, _whole(rng, journeys, course))


def _whole(rng: Random, journeys: Sequence[Journey], course: Course) -> Data:
    first = journeys[0]
    is_alone = len(journeys) == 1
    shows_number = is_alone and (_must_show(first, course) or rng.random() < NUMBER_SHOWN)
    seals = [
        seal.number
        for seal in first.declaration.all_seals()
        if seal.number in course.transport.seals
    ]
    return {
        **_vehicle(rng, course.transport),
        "number": first.declaration.reference if shows_number else None,
        "containers": [one.id for one in first.declaration.containers if one.id],
        "seals": [seal for seal in seals if seal not in course.broken],
        "seals_broken": course.broken,
        "weighbridge": _weighbridge(rng, first, course) if is_alone else None,
        "items": course.seen,
        "remark": course.remark,
    }


def _must_show(journey: Journey, course: Course) -> bool:
    """Whoever comes with another truck has nothing else to be known by."""
    return course.transport.vehicle != journey.consignment.transport.vehicle


def _number(rng: Random, journey: Journey) -> str | None:
    return journey.declaration.reference if rng.random() < NUMBER_SHOWN else None


def _vehicle(rng: Random, transport: Transport) -> Data:
    if transport.vehicle is None:
        return {"wagons": transport.wagons}
    return {
        "vehicle": as_read(rng, transport.vehicle),
        "trailers": [as_read(rng, transport.trailer)] if transport.trailer else [],
        "nationality": transport.nationality,
    }


def _weighbridge(rng: Random, journey: Journey, course: Course) -> int | None:
    weighed = rng.random() < WEIGHED[journey.consignment.mode]
    if not (weighed if course.weighed is None else course.weighed):
        return None
    gross = float(sum((load.gross for load in course.loads), Decimal(0)))
    shown = gross * (1 + rng.uniform(-WEIGHBRIDGE_ERROR, WEIGHBRIDGE_ERROR))
    return round(shown / DIVISION_KG) * DIVISION_KG


def unannounced(
    rng: Random, agreement: Agreement, marks: Marks, receiver: str, when: datetime
) -> tuple[datetime, Data]:
    """A truck of the other country that no preliminary information tells of."""
    sender = agreement.other(receiver)
    post = rng.choice([post for post in agreement.posts_of(receiver) if ROAD in post.modes])
    data: Data = {
        "vehicle": as_read(rng, marks.truck(sender)),
        "nationality": sender,
        "partner": sender,
        "weighbridge": rng.randrange(*TRUCK_KG, DIVISION_KG),
        "remark": "Предварительной информации нет",
    }
    return _registered(rng, post.code, when, data)


def _registered(
    rng: Random, post: str, arrived: datetime, data: Mapping[str, object]
) -> tuple[datetime, Data]:
    """The record without what was not seen; the officer types it some minutes after the arrival."""
    seen = {key: list(v) if isinstance(v, tuple) else v for key, v in data.items() if v}
    at = arrived + timedelta(minutes=rng.randrange(3, 25))
    return at, {"post": post, "arrived": arrived.isoformat(), **seen}
