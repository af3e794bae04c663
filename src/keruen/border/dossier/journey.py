"""The way of a consignment: where it set out, what it passes, where it enters and goes, and when.

Only the post tells when something came. Of a stop before it is known that it was passed, not when.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec.structs import replace

from keruen.agreement import Agreement, entry_stop
from keruen.customs import CustomsOffice, Declaration, EtaBasis, ItineraryStop, Struct
from keruen.customs.places import Place, find_place
from keruen.exchange import EXPECTED
from keruen.messages import ArrivalInformation
from keruen.store import Consignment, Role


class Kind(StrEnum):
    """What a stop is on the way."""

    DEPARTURE = "departure"
    CROSSING = "crossing"
    ENTRY = "entry"
    ELSEWHERE = "elsewhere"
    """It arrived here, and was expected at another post."""
    DESTINATION = "destination"


class Timing(StrEnum):
    """How a stop's times stand to each other and to now."""

    LEFT = "left"
    PASSED = "passed"
    IN_TIME = "in-time"
    WITHIN = "within"
    """After its time, and not later than the agreement allows."""
    LATE = "late"
    EXPECTED = "expected"
    OVERDUE = "overdue"


class Stop(Struct, frozen=True):
    """One point of the way.

    Attributes:
        country: ISO 3166; the only thing known of a stop without office and place.
        actual: when it came, or set out.
        timing: None where nothing can be said.
        by: how much later than expected, in whole seconds.
        where: None where the point is not known.
    """

    kind: Kind
    country: str | None = None
    office: CustomsOffice | None = None
    place: str | None = None
    eta: datetime | None = None
    eta_basis: EtaBasis | None = None
    actual: datetime | None = None
    timing: Timing | None = None
    by: timedelta | None = None
    where: Place | None = None

    @property
    def reached(self) -> bool:
        """Whether it lies behind."""
        return self.timing not in (None, Timing.EXPECTED, Timing.OVERDUE)


def journey(
    one: Consignment,
    declaration: Declaration | None,
    arrivals: Sequence[ArrivalInformation],
    agreement: Agreement | None,
    now: datetime,
) -> tuple[Stop, ...]:
    """The stops of a consignment in order of passage, as the version that holds has them."""
    receiver = receiver_of(one)
    planned = [
        *_departure(one, declaration),
        *_planned(one, declaration, agreement, receiver),
        *_destination(declaration),
    ]
    come = list(_with_arrivals(planned, _came(one, arrivals), receiver))
    here = max((index for index, stop in enumerate(come) if stop.actual), default=-1)
    return tuple(
        _located(_timed(stop, one, agreement, now, is_passed=index < here), agreement)
        for index, stop in enumerate(come)
    )


def receiver_of(one: Consignment) -> str:
    """The country that a consignment enters."""
    first, _, second = one.corridor.partition("-")
    other = second if one.partner == first else first
    return one.partner if one.role is Role.SENDER else other


def _departure(one: Consignment, declared: Declaration | None) -> Iterator[Stop]:
    office = (declared.office_of_departure or declared.office) if declared else None
    if office is not None and declared is not None:
        country = office.country or declared.country_of_dispatch
        left = declared.released or one.departed
        yield Stop(kind=Kind.DEPARTURE, country=country, office=office, actual=left)


def _planned(
    one: Consignment, declared: Declaration | None, agreement: Agreement | None, receiver: str
) -> Iterator[Stop]:
    stops = declared.itinerary if declared else ()
    entry = entry_stop(declared, agreement, receiver) if declared and agreement else None
    for stop in stops:
        yield _stop(stop, Kind.ENTRY if stop is entry else Kind.CROSSING)
    if entry is None and one.post:
        office = CustomsOffice(code=one.post, country=receiver)
        basis = EtaBasis(one.eta_basis) if one.eta_basis else None
        yield Stop(kind=Kind.ENTRY, country=receiver, office=office, eta=one.eta, eta_basis=basis)


def _stop(stop: ItineraryStop, kind: Kind) -> Stop:
    return Stop(
        kind=kind,
        country=stop.country or (stop.office.country if stop.office else None),
        office=stop.office,
        place=stop.place,
        eta=stop.eta,
        eta_basis=stop.eta_basis,
    )


def _destination(declared: Declaration | None) -> Iterator[Stop]:
    office = declared.office_of_destination if declared else None
    passed = {stop.office.code for stop in declared.itinerary if stop.office} if declared else ()
    if office is not None and office.code not in passed:
        yield Stop(kind=Kind.DESTINATION, country=office.country, office=office)


def _with_arrivals(
    planned: Sequence[Stop], came: dict[str, datetime], receiver: str
) -> Iterator[Stop]:
    """The way with times of arrival; a stop of its own where something came to a post that was not planned."""
    is_planned = any(stop.kind is Kind.ENTRY for stop in planned)
    kind = Kind.ELSEWHERE if is_planned else Kind.ENTRY
    for stop in planned:
        if stop.kind is Kind.ENTRY:
            code = stop.office.code if stop.office else None
            yield replace(stop, actual=came.pop(code or "", None))
        if stop.kind in (Kind.ENTRY, Kind.DESTINATION):
            yield from _came_to(kind, came, receiver)
            came = {}
        if stop.kind is not Kind.ENTRY:
            yield stop
    yield from _came_to(kind, came, receiver)


def _came(one: Consignment, arrivals: Sequence[ArrivalInformation]) -> dict[str, datetime]:
    """Post → when the last part came; what only a reply to an enquiry tells was at the expected post."""
    came = {said.post: said.arrived for said in sorted(arrivals, key=lambda said: said.arrived)}
    if not came and one.arrived is not None and one.post:
        return {one.post: one.arrived}
    return came


def _came_to(kind: Kind, came: dict[str, datetime], receiver: str) -> Iterator[Stop]:
    for post, arrived in came.items():
        office = CustomsOffice(code=post, country=receiver)
        yield Stop(kind=kind, country=receiver, office=office, actual=arrived)


def _timed(
    stop: Stop, one: Consignment, agreement: Agreement | None, now: datetime, *, is_passed: bool
) -> Stop:
    """The stop with how its times stand to each other."""
    if stop.kind is Kind.DEPARTURE:
        left = stop.actual is not None and stop.actual <= now
        return replace(stop, timing=Timing.LEFT if left or is_passed else None)
    if stop.actual is not None:
        return _arrived(stop, stop.actual, one, agreement)
    if is_passed:
        return replace(stop, timing=Timing.PASSED)
    return _awaited(stop, stop.eta, now) if stop.eta and one.state in EXPECTED else stop


def _awaited(stop: Stop, eta: datetime, now: datetime) -> Stop:
    """Only of the entry post does this node hear: of another stop a time that is past tells nothing."""
    if eta >= now:
        return replace(stop, timing=Timing.EXPECTED)
    is_entry = stop.kind is Kind.ENTRY
    return replace(stop, timing=Timing.OVERDUE, by=_later(now, eta)) if is_entry else stop


def _arrived(stop: Stop, at: datetime, one: Consignment, agreement: Agreement | None) -> Stop:
    if stop.eta is None:
        return replace(stop, timing=Timing.PASSED)
    if at <= stop.eta:
        return replace(stop, timing=Timing.IN_TIME)
    allowed = timedelta(0)
    if agreement is not None:
        allowed = agreement.deadline(agreement.deadlines.late_after, one.transport_mode)
    late = _later(at, stop.eta)
    return replace(stop, timing=Timing.LATE if late > allowed else Timing.WITHIN, by=late)


def _later(at: datetime, eta: datetime) -> timedelta:
    return timedelta(seconds=(at - eta) // timedelta(seconds=1))


def _located(stop: Stop, agreement: Agreement | None) -> Stop:
    """The stop with its point: by the office's code, by the post's or office's name, by the place in words."""
    code = stop.office.code if stop.office else None
    post = agreement.post(code) if agreement else None
    names = [
        *(post.names.values() if post else ()),
        stop.office.name if stop.office else None,
        stop.place,
    ]
    return replace(stop, where=find_place(code, names, stop.country))
