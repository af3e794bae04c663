"""A consignment's dossier → the names and values of its page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, timedelta, timezone
from typing import Any

from keruen.access import Act, Person
from keruen.agreement import Agreement
from keruen.border.dossier import Dossier, documents, side_by_side
from keruen.border.dossier.journey import Stop, journey, receiver_of
from keruen.border.dossier.nextstep import what_next
from keruen.console.dossier.map import draw
from keruen.console.naming import Names
from keruen.exchange import Context
from keruen.exchange.deadlines import CODES
from keruen.store import OPEN, Consignment, Direction, EnquiryRow


def shown(
    found: Dossier,
    context: Context,
    person: Person | None,
    names: Names,
    picked: Collection[str] = (),
) -> dict[str, Any]:
    """What the template shows.

    Args:
        picked: message ids of the versions to compare.
    """
    one, now = found.consignment, context.clock.now()
    stops = journey(one, found.declaration, found.arrivals, found.agreement, now)
    post = found.agreement.post(one.post) if found.agreement else None
    return {
        "dossier": found,
        "stated": side_by_side(found.versions, picked),
        "documents": documents(found.declaration) if found.declaration else (),
        "post": post,
        "stops": stops,
        "map": draw(stops),
        "stop_name": _named(found.agreement, names),
        "next": what_next(found, _may(person, found), now),
        "zone": zone_of(found.agreement, receiver_of(one)),
        "utc": UTC,
        "late_code": CODES,
        "linked": tuple(row for row in found.linked if _is_seen(person, row.consignment)),
        "open_question": open_question(found),
    }


def _may(person: Person | None, found: Dossier) -> Callable[[Act], bool]:
    """What the reader may with this consignment."""
    one = found.consignment
    return lambda act: person is not None and person.may(act, post=one.post, partner=one.partner)


def _is_seen(person: Person | None, one: Consignment) -> bool:
    return person is not None and person.sees(post=one.post, partner=one.partner)


def zone_of(agreement: Agreement | None, country: str) -> timezone:
    """The local time at the posts of a country, as the agreement has it; else UTC."""
    parties = agreement.parties if agreement else ()
    minutes = [party.utc_offset_minutes for party in parties if party.country == country]
    return timezone(timedelta(minutes=minutes[0])) if minutes else UTC


def _named(agreement: Agreement | None, names: Names) -> Callable[[Stop], str]:
    """How a stop is called in the reader's language."""

    def name(stop: Stop) -> str:
        code = stop.office.code if stop.office else None
        post = agreement.post(code) if agreement else None
        if post is not None:
            return post.name(names.language)
        office = names.office(code) or (stop.office.name if stop.office else None) or code
        return office or stop.place or names.country(stop.country)

    return name


def open_question(found: Dossier) -> EnquiryRow | None:
    """What the other side asks about it, and nobody has answered."""
    asked = (row for row in found.enquiries if row.direction is Direction.IN)
    return next((row for row in asked if row.state in OPEN), None)
