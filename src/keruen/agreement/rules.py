"""What the agreement says of one message, as findings: the same on sending and on receiving."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from keruen.agreement.conditions import absences, holds, in_signs, members, required
from keruen.agreement.model import (
    Agreement,
    Conditional,
    CrossingPoint,
    Exclusion,
    Measured,
    Need,
)
from keruen.agreement.routes import border_mode, entry_stop, exit_stop
from keruen.agreement.wording import WORDING
from keruen.customs import Declaration, EtaBasis, Finding, ItineraryStop, Severity
from keruen.customs.wording import listed
from keruen.messages import AnyMessage, ArrivalInformation, EmptyVehicle, ImportInformation, kind_of


def agreed(message: AnyMessage, agreement: Agreement) -> Iterator[Finding]:
    """Everything in a message that the agreement does not allow, but for elements that it does not name."""
    yield from missing(message, agreement)
    yield from left_out(message, agreement)
    yield from places(message, agreement)


def groundless(agreement: Agreement, at: datetime, path: str = "") -> tuple[Finding, ...]:
    """A finding where what the agreement rests on is not in force at a moment: then nothing begins under it."""
    if agreement.rests(at):
        return ()
    values = (agreement.id, agreement.instrument, agreement.day(at))
    return (WORDING.finding("instrument-not-in-force", *values, path=path),)


def missing(message: AnyMessage, agreement: Agreement) -> tuple[Finding, ...]:
    """A finding for each element that the data list requires and the message lacks."""
    return tuple(
        _missing(agreement, where, need)
        for path, need in agreement.data_list.get(kind_of(message), {}).items()
        for where, scopes in absences(message, path)
        if required(need, scopes)
    )


def _missing(agreement: Agreement, where: str, need: Need) -> Finding:
    said = {}
    if isinstance(need, Conditional):
        said = {"where": in_signs(need.when), "unless": in_signs(need.unless, " | ")}
    kept = {name: signs for name, signs in said.items() if signs}
    key = "/".join(one for one in ("element-missing", "-".join(kept)) if one)
    return WORDING.finding(key, agreement.id, *kept.values(), path=where)


def left_out(message: AnyMessage, agreement: Agreement) -> Iterator[Finding]:
    """Goods that the agreement leaves out: such information is not exchanged."""
    for rule in agreement.excluded:
        deepest = max(rule.when, key=lambda path: path.count("."))
        for where, scopes in members(message, deepest):
            if holds(rule.when, scopes):
                yield _left_out(agreement, rule, where)


def _left_out(agreement: Agreement, rule: Exclusion, where: str) -> Finding:
    values = (agreement.id, in_signs(rule.when))
    return WORDING.finding("goods-excluded", *values, path=where, declared=rule.id)


def places(message: AnyMessage, agreement: Agreement) -> Iterator[Finding]:
    """An office or a post that does not take part in the exchange."""
    header = message.header
    country = header.sender.country
    if isinstance(message, ArrivalInformation | EmptyVehicle):
        posts = _posts(message, agreement)
        if message.post not in posts:
            yield _absent_place("post-not-participating", "post", message.post, posts)
        return
    path, office = _office(message)
    if path and not agreement.takes_part(country, office, header.created):
        offices = [one.code for one in agreement.offices if one.country == country]
        yield _absent_place("office-not-participating", path, office, offices)


def _posts(message: ArrivalInformation | EmptyVehicle, agreement: Agreement) -> list[str]:
    """Where the vehicle may come: it lies with the side that tells of its arrival, or awaits it empty."""
    if isinstance(message, EmptyVehicle):
        country, at = message.header.receiver.country, message.eta
    else:
        country, at = message.header.sender.country, message.arrived
    return [post.code for post in agreement.posts_of(country, at)]


def _office(message: AnyMessage) -> tuple[str, str | None]:
    """Where a message says which office it comes from; nothing where the agreement does not ask."""
    declaration = getattr(message, "declaration", None)
    if isinstance(declaration, Declaration):
        for name in ("office", "office_of_departure"):
            office = getattr(declaration, name)
            if office is not None and office.code:
                return f"declaration.{name}", office.code
        return "declaration.office", message.header.sender.office
    if isinstance(message, ImportInformation):
        return "header.sender.office", message.header.sender.office
    return "", None


def _absent_place(code: str, path: str, declared: str | None, there_are: list[str]) -> Finding:
    return WORDING.finding(code, listed(there_are), path=path, declared=declared)


def lateness(message: AnyMessage, agreement: Agreement, received: datetime) -> tuple[Finding, ...]:
    """A warning where preliminary information came, or will come, later before the crossing than agreed.

    Args:
        received: when it came; for the sender the present moment.
    """
    declaration = getattr(message, "declaration", None)
    if not isinstance(declaration, Declaration):
        return ()
    stop = _crossing(message, declaration, agreement)
    if stop is None or stop.eta is None:
        return ()
    ahead = agreement.deadline(agreement.deadlines.before_crossing, border_mode(declaration))
    by_creation = agreement.crossing.measured is Measured.CREATED
    if (message.header.created if by_creation else received) <= stop.eta - ahead:
        return ()
    return (_late(agreement, stop, ahead),)


def _crossing(
    message: AnyMessage, declaration: Declaration, agreement: Agreement
) -> ItineraryStop | None:
    """The stop that counts as the crossing, if its ETA counts."""
    if agreement.crossing.point is CrossingPoint.ENTRY_POST:
        stop = entry_stop(declaration, agreement, message.header.receiver.country)
    else:
        stop = exit_stop(declaration, message.header.sender.country)
    counts = stop is not None and (stop.eta_basis or EtaBasis.DECLARED) in agreement.crossing.eta
    return stop if counts else None


def _late(agreement: Agreement, stop: ItineraryStop, ahead: timedelta) -> Finding:
    hours = ahead / timedelta(hours=1)
    return WORDING.finding(
        "information-late",
        agreement.id,
        f"{hours:g}",
        severity=Severity.WARNING,
        path="declaration.itinerary",
        declared=stop.eta.isoformat() if stop.eta else None,
    )
