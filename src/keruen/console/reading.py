"""What each page reads of the store, in one snapshot, as the values that its template shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from typing import Any

from msgspec import structs

from keruen.agreement import Agreement
from keruen.console import dossier, views
from keruen.console.dossier import Transmission
from keruen.console.views import PostFigures, Row
from keruen.customs import fold, skeleton
from keruen.exchange import EXPECTED, Context
from keruen.messages import Acknowledgement
from keruen.store import Consignment, Direction, IdentifierKind, Message, Reader, Role

PAGE = 100
"""Rows of a list that one page shows."""

POST_LIMIT = 1000
"""Consignments of one post that are counted and shown."""

NO_POST = "-"
"""Stands in an address for consignments that are expected at no post of the agreements."""

HERE = ("partly-arrived", "arrived", "formalities", "closed", "unannounced")
"""States of what has come."""

View = dict[str, Any]
"""Names and values of a template."""


def stamp(reader: Reader) -> str:
    """Changes whenever a page might show something else."""
    line = reader.outbox_counts()
    counts = ".".join(f"{state}={line[state]}" for state in sorted(line))
    refused = next((one.refusal_id for one in reader.refusals(1)), "")
    return f"{reader.last_event_id()}/{counts}/{refused}"


# Posts ---------------------------------------------------------------------------------------------------


def start(reader: Reader, context: Context, zone: timezone) -> View:
    """Posts in numbers, the line, discrepancies by code."""
    now, midnight = _today(context, zone)
    figures = [
        views.post_figures(
            one,
            reader.consignments_expected(one.code, EXPECTED, limit=POST_LIMIT),
            _arrived(reader, one.code),
            now,
            midnight,
        )
        for one in views.posts_of(context.agreements, context.country)
    ]
    elsewhere = _elsewhere(reader, context)
    if elsewhere:
        figures.append(views.post_figures(None, elsewhere, (), now, midnight))
    counts = reader.counts()
    return {
        "posts": figures,
        "consignments": sum(counts["consignments"].values()),
        "outbox": {"waiting": 0, "delivered": 0, "failed": 0} | counts["outbox"],
        "discrepancies": sorted(counts["discrepancies"].items(), key=lambda pair: -pair[1]),
    }


def _today(context: Context, zone: timezone) -> tuple[datetime, datetime]:
    now = context.clock.now()
    return now, now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _arrived(reader: Reader, code: str) -> list[Consignment]:
    return reader.consignments(role=Role.RECEIVER, post=code, states=HERE, limit=POST_LIMIT)


def _elsewhere(reader: Reader, context: Context) -> list[Consignment]:
    """Expected here, but at no post that an agreement names."""
    expected = reader.consignments(role=Role.RECEIVER, states=EXPECTED, limit=POST_LIMIT)
    codes = {one.code for one in views.posts_of(context.agreements, context.country)}
    return [one for one in expected if one.post not in codes]


def post(reader: Reader, context: Context, zone: timezone, code: str, mark: str) -> View | None:
    """One post: what is expected by the clock, what arrived today; None for an unknown code.

    Args:
        mark: only consignments that bear it; empty for all.
    """
    known = {one.code: one for one in views.posts_of(context.agreements, context.country)}
    if code not in known and code != NO_POST:
        return None
    now, midnight = _today(context, zone)
    if code == NO_POST:
        expected, arrived = _elsewhere(reader, context), []
    else:
        expected = reader.consignments_expected(code, EXPECTED, limit=POST_LIMIT)
        arrived = _arrived(reader, code)
    figures: PostFigures = views.post_figures(known.get(code), expected, arrived, now, midnight)
    if mark:
        bearing = {(one.corridor, one.consignment_id) for one in _bearing(reader, mark)}
        expected = [one for one in expected if (one.corridor, one.consignment_id) in bearing]
    today = [one for one in arrived if one.arrived and one.arrived >= midnight and not mark]
    return {
        "post": known.get(code),
        "figures": figures,
        "groups": views.groups(_rows(reader, expected, now)),
        "arrived": tuple(_rows(reader, today, None)),
        "q": mark,
    }


# Consignments -----------------------------------------------------------------------------------------------


def _rows(reader: Reader, found: Iterable[Consignment], now: datetime | None) -> Iterator[Row]:
    for one in found:
        keys = reader.identifiers(one.corridor, one.consignment_id)
        yield Row(
            consignment=one,
            standing=views.standing(one, now) if now else None,
            containers=tuple(k.declared for k in keys if k.kind is IdentifierKind.CONTAINER),
        )


def _bearing(reader: Reader, mark: str) -> list[Consignment]:
    """Consignments with this mark as plate, container, seal, document or reference.

    Only when none bears it, those whose mark a plate reader would take for it.
    """
    keys = reader.find_identifiers(folded=[fold(mark)]) or reader.find_identifiers(
        skeletons=[skeleton(mark)]
    )
    places = dict.fromkeys((key.corridor, key.consignment_id) for key in keys)
    found = (reader.consignment(*place) for place in places)
    return [one for one in found if one is not None]


def search(reader: Reader, mark: str) -> View:
    """Consignments that bear a mark."""
    found = _bearing(reader, mark) if fold(mark) else []
    return {"q": mark, "rows": tuple(_rows(reader, found, None))}


def consignments(reader: Reader, role: str, offset: int) -> View:
    """Consignments of one role or of both, the newest first, a page from `offset`."""
    wanted = Role(role) if role in tuple(Role) else None
    found = reader.consignments(role=wanted, limit=PAGE + 1, offset=offset)
    return {
        "rows": tuple(_rows(reader, found[:PAGE], None)),
        "role": wanted or "",
        "older": offset + PAGE if len(found) > PAGE else None,
    }


def consignment(reader: Reader, context: Context, consignment_id: str) -> View | None:
    """One consignment with everything about it; None where there is none."""
    one = reader.by_consignment_id(consignment_id)
    if one is None:
        return None
    events = reader.events(one.corridor, consignment_id)
    said = reader.messages(corridor=one.corridor, consignment_id=consignment_id, limit=PAGE)
    by_id = {message.message_id: message for message in said}
    for event in events:
        if event.message_id and event.message_id not in by_id:
            message = reader.message(one.corridor, event.message_id)
            by_id |= {event.message_id: message} if message else {}
    posts = {post.code: post for agreement in context.agreements for post in agreement.posts}
    return {
        "dossier": dossier.dossier(
            one,
            events,
            [_transmission(reader, message) for message in by_id.values()],
            reader.discrepancies(one.corridor, consignment_id),
            _agreement(context, one.corridor),
        ),
        "posts": posts,
        "post": posts.get(one.post or ""),
    }


def _agreement(context: Context, corridor: str) -> Agreement | None:
    return next((one for one in context.agreements if one.corridor == corridor), None)


# Messages -----------------------------------------------------------------------------------------------------


def _transmission(reader: Reader, message: Message) -> Transmission:
    incoming = message.direction is Direction.IN
    return dossier.transmission(
        message,
        None if incoming else reader.outbox_entry(message.corridor, message.message_id),
        reader.inbox_entry(message.ebms_id, message.partner) if incoming else None,
        reader.envelope(message.corridor, message.ebms_id, message.direction),
    )


def _with_reference(reader: Reader, message: Message) -> Transmission:
    about = message.consignment_id
    consignment = reader.consignment(message.corridor, about) if about else None
    reference = consignment.reference if consignment else None
    return structs.replace(_transmission(reader, message), reference=reference)


def messages(reader: Reader, direction: str, before: str) -> View:
    """Messages of one direction or of both, the newest first, a page from before a message id."""
    wanted = Direction(direction) if direction in tuple(Direction) else None
    found = reader.messages(direction=wanted, limit=PAGE + 1, before=before or None)
    page = found[:PAGE]
    return {
        "messages": tuple(_with_reference(reader, one) for one in page),
        "direction": wanted or "",
        "older": page[-1].message_id if len(found) > PAGE else None,
    }


def message(reader: Reader, corridor: str, message_id: str) -> View | None:
    """One message with its proof and its answer; None where there is none."""
    one = reader.message(corridor, message_id)
    if one is None:
        return None
    envelope = reader.envelope(corridor, one.ebms_id, one.direction)
    parcel = dossier.parcel(_transmission(reader, one), envelope)
    reply = reader.answer_to(corridor, message_id)
    answer = parcel.content if reply is None else dossier.content(reply)
    about = reader.consignment(corridor, one.consignment_id) if one.consignment_id else None
    return {
        "parcel": parcel,
        "reply": reply,
        "answer": answer if isinstance(answer, Acknowledgement) else None,
        "reference": about.reference if about else None,
    }


def proof(reader: Reader, corridor: str, message_id: str, part: str) -> bytes | None:
    """The bytes of a message's signed ``envelope`` or ``receipt``; None where they are not kept."""
    one = reader.message(corridor, message_id)
    kept = reader.envelope(corridor, one.ebms_id, one.direction) if one else None
    if kept is None:
        return None
    return {"envelope": kept.envelope, "receipt": kept.receipt}.get(part)
