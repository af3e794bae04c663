"""Why an arrival is not registered, as findings that say what would be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from keruen.agreement import Agreement
from keruen.border.arrival import Arrival, mistakes
from keruen.customs import Declaration, Finding, Severity
from keruen.exchange import Context
from keruen.store import Consignment

AHEAD = timedelta(minutes=10)
"""How far the clock of a post may be ahead of the node's."""
BEHIND = timedelta(days=366)
"""How long after it an arrival can still be registered: after any outage."""
LISTED = 10
"""Consignments that a finding names at most."""


def input_findings(context: Context, arrival: Arrival) -> Iterator[Finding]:
    """What is wrong with an arrival before anything is looked up."""
    wrong = tuple(mistakes(arrival))
    for path, text in wrong:
        yield Finding(code="arrival-invalid", path=path, text=text)
    if not wrong:
        yield from _place_and_time(context, arrival)


def _place_and_time(context: Context, arrival: Arrival) -> Iterator[Finding]:
    posts = [
        post.code
        for agreement in context.agreements
        for post in agreement.posts_of(context.country, arrival.arrived)
    ]
    if arrival.post not in posts:
        yield Finding(
            code="post-unknown",
            path="post",
            declared=arrival.post,
            text=f"{context.country} has no such post in its agreements; "
            f"there are {', '.join(dict.fromkeys(posts)) or 'none'}.",
        )
    if arrival.arrived > context.clock.now() + AHEAD:
        yield Finding(
            code="arrival-in-future",
            path="arrived",
            declared=arrival.arrived.isoformat(),
            text="A vehicle is registered when it has come; state the time with its offset.",
        )
    if arrival.arrived < context.clock.now() - BEHIND:
        yield Finding(
            code="arrival-too-old",
            path="arrived",
            declared=arrival.arrived.isoformat(),
            text=f"An arrival is registered within {BEHIND.days} days; check the date.",
        )


def already_arrived(consignment: Consignment) -> Finding:
    """The consignment, or this part of it, has been registered."""
    when = f" at {consignment.arrived.isoformat()}" if consignment.arrived else ""
    return Finding(
        code="already-arrived",
        declared=consignment.reference,
        text=f"{_named(consignment)} has been registered{when}; nothing was done again. "
        "If another consignment came, give its number.",
        values=_ids([consignment]),
    )


def ambiguous(rivals: Sequence[Consignment]) -> Finding:
    """Several consignments fit equally well."""
    return Finding(
        code="arrival-ambiguous",
        path="number",
        text=f"Several consignments fit equally well; give the number of the one that came: "
        f"{listed(rivals)}.",
        values=_ids(rivals),
    )


def needs_number(coming: Sequence[Consignment]) -> Finding:
    """An inspection or a part belongs to one consignment of several."""
    return Finding(
        code="number-needed",
        path="number",
        text="The vehicle carries several consignments; give the number of the one that was inspected "
        f"or came in part: {listed(coming)}.",
        values=_ids(coming),
    )


def more_on_vehicle(awaited: Sequence[Consignment]) -> Finding:
    """The vehicle of the named consignment is announced with others, too."""
    return Finding(
        code="more-on-vehicle",
        severity=Severity.WARNING,
        path="number",
        text=f"The same vehicle is announced with more, which stays awaited: {listed(awaited)}. "
        "If it came, too, register it by its number, or the vehicle without a number.",
        values=_ids(awaited),
    )


def _ids(consignments: Sequence[Consignment]) -> tuple[str, ...]:
    return tuple(one.consignment_id for one in consignments[:LISTED])


def listed(consignments: Sequence[Consignment]) -> str:
    """References and ids of consignments, as many as a person reads."""
    named = "; ".join(_named(one) for one in consignments[:LISTED])
    more = len(consignments) - LISTED
    return f"{named}; and {more} more" if more > 0 else named


def _named(consignment: Consignment) -> str:
    eta = f", expected {consignment.eta.isoformat(timespec='minutes')}" if consignment.eta else ""
    return f"{consignment.reference} ({consignment.consignment_id}{eta})"


def unknown_items(arrival: Arrival, announced: Declaration | None) -> Iterator[Finding]:
    """Inspected items that answer an item which was not announced."""
    known = {item.ordinal for item in announced.items} if announced else set()
    for index, found in enumerate(arrival.items):
        if found.item is not None and found.item not in known:
            yield Finding(
                code="item-unknown",
                path=f"items[{index}].item",
                declared=str(found.item),
                text="No announced item has this number; leave it out for goods that were not announced.",
            )


def number_unknown(arrival: Arrival) -> Iterator[Finding]:
    """A number that names nothing; without a vehicle beside it nothing is left to register."""
    if arrival.number is None:
        return
    alone = not (arrival.vehicle or arrival.wagons or arrival.containers)
    yield Finding(
        code="number-unknown",
        severity=Severity.ERROR if alone else Severity.WARNING,
        path="number",
        declared=arrival.number,
        text="No consignment that is awaited here has this number; check it, or give the vehicle too.",
    )


def partners_of(context: Context, arrival: Arrival) -> list[Agreement]:
    """Agreements that an unannounced arrival at a post may fall under."""
    at_post = [
        agreement
        for agreement in context.agreements
        if any(
            post.code == arrival.post
            for post in agreement.posts_of(context.country, arrival.arrived)
        )
    ]
    if arrival.partner is None:
        return at_post
    return [one for one in at_post if arrival.partner in one.countries]


def partner_findings(
    context: Context, arrival: Arrival, agreements: Sequence[Agreement]
) -> Iterator[Finding]:
    """Whom to tell of an unannounced arrival is not clear, or nothing is exchanged with them."""
    if not agreements or arrival.partner == context.country:
        yield Finding(
            code="partner-unknown",
            path="partner",
            declared=arrival.partner,
            text="No agreement with this country names the post.",
        )
    elif len(agreements) > 1:
        partners = ", ".join(one.other(context.country) for one in agreements)
        yield Finding(
            code="partner-needed",
            path="partner",
            text=f"Nothing announced this vehicle; say which country it comes from: {partners}.",
        )
    elif agreements[0].current(context.clock.now()) is None:
        yield Finding(
            code="phase-off",
            path="partner",
            text=f"The agreement {agreements[0].id} does not exchange anything yet.",
        )


_NOT_WITHDRAWN = {
    "arrival-unknown": "This side told of no such arrival; look at the consignment's messages.",
    "arrival-taken-back": "This arrival was taken back before; nothing was done again.",
    "correction-too-late": "The time that the agreement leaves for it has passed; write to the other side.",
    "formalities-begun": "An import declaration rests on this arrival; write to the other side.",
}


def not_withdrawn(code: str) -> Finding:
    """Why an arrival is not taken back."""
    return Finding(code=code, path="arrival_id", text=_NOT_WITHDRAWN[code])
