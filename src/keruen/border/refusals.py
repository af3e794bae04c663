"""Why an arrival is not registered, as findings that say what would be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from keruen.agreement import Agreement, groundless
from keruen.border.arrival import Arrival, mistakes
from keruen.border.wording import WORDING, naming
from keruen.customs import Declaration, Finding, Severity
from keruen.customs.wording import listed
from keruen.exchange import Context
from keruen.store import Consignment

AHEAD = timedelta(minutes=10)
"""How far the clock of a post may be ahead of the node's."""
BEHIND = timedelta(days=366)
"""How long after it an arrival can still be registered: after any outage."""


def input_findings(context: Context, arrival: Arrival) -> Iterator[Finding]:
    """What is wrong with an arrival before anything is looked up."""
    wrong = tuple(mistakes(arrival))
    yield from wrong
    if not wrong:
        yield from _place_and_time(context, arrival)


def _place_and_time(context: Context, arrival: Arrival) -> Iterator[Finding]:
    posts = [
        post.code
        for agreement in context.agreements
        for post in agreement.posts_of(context.country, arrival.arrived)
    ]
    at = arrival.arrived.isoformat()
    if arrival.post not in posts:
        known = listed(dict.fromkeys(posts))
        yield WORDING.finding(
            "post-unknown", context.country, known, path="post", declared=arrival.post
        )
    if arrival.arrived > context.clock.now() + AHEAD:
        yield WORDING.finding("arrival-in-future", path="arrived", declared=at)
    if arrival.arrived < context.clock.now() - BEHIND:
        yield WORDING.finding("arrival-too-old", BEHIND.days, path="arrived", declared=at)


def already_arrived(consignment: Consignment) -> Finding:
    """The consignment, or this part of it, has been registered."""
    when = (consignment.arrived.isoformat(),) if consignment.arrived else ()
    key = "already-arrived/when" if when else "already-arrived"
    return naming(key, [consignment], *when, declared=consignment.reference)


def ambiguous(rivals: Sequence[Consignment]) -> Finding:
    """Several consignments fit equally well."""
    return naming("arrival-ambiguous", rivals, path="number")


def needs_number(coming: Sequence[Consignment]) -> Finding:
    """An inspection or a part belongs to one consignment of several."""
    return naming("number-needed", coming, path="number")


def more_on_vehicle(awaited: Sequence[Consignment]) -> Finding:
    """The vehicle of the named consignment is announced with others, too."""
    return naming("more-on-vehicle", awaited, path="number", severity=Severity.WARNING)


def unknown_items(arrival: Arrival, announced: Declaration | None) -> Iterator[Finding]:
    """Inspected items that answer an item which was not announced."""
    known = {item.ordinal for item in announced.items} if announced else set()
    for index, found in enumerate(arrival.items):
        if found.item is not None and found.item not in known:
            yield WORDING.finding("item-unknown", path=f"items[{index}].item", declared=found.item)


def number_unknown(arrival: Arrival) -> Iterator[Finding]:
    """A number that names nothing; without a vehicle beside it nothing is left to register."""
    if arrival.number is None:
        return
    alone = not (arrival.vehicle or arrival.wagons or arrival.containers)
    severity = Severity.ERROR if alone else Severity.WARNING
    yield WORDING.finding(
        "number-unknown", path="number", declared=arrival.number, severity=severity
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
    path = "partner"
    if not agreements or arrival.partner == context.country:
        yield WORDING.finding("partner-unknown", path=path, declared=arrival.partner)
    elif len(agreements) > 1:
        partners = listed(one.other(context.country) for one in agreements)
        yield WORDING.finding("partner-needed", partners, path=path)
    elif unfounded := groundless(agreements[0], context.clock.now(), path):
        yield from unfounded
    elif agreements[0].current(context.clock.now()) is None:
        yield WORDING.finding("phase-off", agreements[0].id, path=path)


def not_withdrawn(code: str) -> Finding:
    """Why an arrival is not taken back."""
    return WORDING.finding(code, path="arrival_id")
