"""Messages: the list, one with its raw parts, checks, tries and proof; sent again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from msgspec.structs import replace

from keruen.access import Act
from keruen.console import parcel
from keruen.console.control.front import SEE_OTHER, WRONG, onward
from keruen.console.control.remedies import cause_of
from keruen.console.control.rendered import broken, lines
from keruen.console.control.scope import agreements_of, message_for, narrowed
from keruen.console.control.wanted import PAGE, Wanted, place_of, wanted
from keruen.console.control.words import CHECKS, PROVED
from keruen.console.rendering import Asked, Desk
from keruen.errors import LocalError
from keruen.exchange.again import resend as sent_again
from keruen.exchange.kept import content
from keruen.exchange.passage import Transmission, transmissions
from keruen.exchange.proving import verified
from keruen.messages import KINDS, Acknowledgement
from keruen.store import Direction, Message, OutboxState, Reader

Page = Response[str]
TheDesk = NamedDependency[Desk]
ONE = "/messages/{corridor:str}/{message_id:str}"


@get("/messages", act=Act.SEE_MESSAGE, sync_to_thread=True)
def messages(request: Asked, desk: TheDesk) -> Page:
    """Messages, the last stored first, as far as the address narrows them."""
    asked = wanted(request.query_params)

    def look(reader: Reader) -> dict[str, Any]:
        found = reader.message_page(
            narrowed(request.user),
            equal=asked.equal(),
            state=asked.outbox_state,
            span=asked.span(desk.zone),
            after=asked.place(),
            limit=PAGE + 1,
        )
        return {"messages": shown(reader, found[:PAGE]), "older": _older(asked, found)}

    own = desk.context.country
    choices = {
        "wanted": asked,
        "kinds": list(KINDS),
        "states": list(OutboxState),
        "countries": [one.other(own) for one in agreements_of(request, desk)],
    }
    return desk.page(request, "control/messages.html", desk.store.read(look) | choices)


def shown(reader: Reader, found: Iterable[Message]) -> list[Transmission]:
    """Messages of any corridor as they stand on the line, in their order, with references of consignments."""
    several = list(found)
    corridors = dict.fromkeys(one.corridor for one in several)
    stand = {
        (one.message.corridor, one.message.message_id): one
        for corridor in corridors
        for one in transmissions(
            reader, corridor, [each for each in several if each.corridor == corridor]
        )
    }
    return [_named(reader, stand[one.corridor, one.message_id]) for one in several]


def _named(reader: Reader, one: Transmission) -> Transmission:
    about = one.message.consignment_id
    found = reader.consignment(one.message.corridor, about) if about else None
    return replace(one, reference=found.reference) if found else one


def _older(asked: Wanted, found: list[Message]) -> str | None:
    if len(found) <= PAGE:
        return None
    last = found[PAGE - 1]
    return asked.older(place_of(last.stored, last.message_id))


@get(ONE, act=Act.SEE_MESSAGE, audited=True, sync_to_thread=True)
def message(
    request: Asked,
    desk: TheDesk,
    corridor: FromPath[str],
    message_id: FromPath[str],
    verify: FromQuery[str] = "",
    done: FromQuery[str] = "",
) -> Page:
    """One message: what it says, its raw parts, its way over the line, its proof.

    Args:
        verify: anything, to have the proof worked out anew.
        done: what was done a moment ago.
    """
    return _page(request, desk, (corridor, message_id), verify=bool(verify), done=done)


@post(f"{ONE}/resend", act=Act.RESEND, status_code=SEE_OTHER, sync_to_thread=True)
def resend(
    request: Asked, desk: TheDesk, corridor: FromPath[str], message_id: FromPath[str]
) -> Page:
    """Send a message again: at once where it waits, else in a transmission of its own."""
    place = corridor, message_id
    found = desk.store.read(lambda reader: message_for(request, reader, place, Act.RESEND))
    try:
        desk.store.write_now(lambda tx: sent_again(tx, desk.context, found))
    except LocalError as error:
        return _page(request, desk, place, wrong=error)
    return onward(f"/messages/{quote(corridor)}/{quote(message_id)}", done="resent")


def _page(
    request: Asked,
    desk: Desk,
    place: tuple[str, str],
    *,
    verify: bool = False,
    done: str = "",
    wrong: LocalError | None = None,
) -> Page:
    def look(reader: Reader) -> dict[str, Any]:
        found = message_for(request, reader, place, Act.SEE_MESSAGE)
        return {
            **one_message(reader, found),
            "verified": verified(reader, found) if verify else None,
        }

    view = desk.store.read(look) | {"done": done, "wrong": wrong}
    return desk.page(request, "control/message.html", view, status=WRONG if wrong else 200)


def one_message(reader: Reader, one: Message) -> dict[str, Any]:
    """A message with its proof, its answer and its tries."""
    envelope = reader.envelope(one.corridor, one.ebms_id, one.direction)
    stands = shown(reader, [one])[0]
    found = parcel.parcel(stands, envelope)
    reply = reader.answer_to(one.corridor, one.message_id)
    answer = found.content if reply is None else content(reply)
    here = found.content is not None and not one.removed
    return {
        "parcel": found,
        "lines": lines(found.content) if here else [],
        "soap": broken(envelope.envelope) if envelope and envelope.envelope else None,
        "attachments": reader.attachments(one.corridor, one.ebms_id, one.direction),
        "reply": reply,
        "answer": answer if isinstance(answer, Acknowledgement) else None,
        "reference": stands.reference,
        "tries": reader.failed_tries(one.corridor, one.message_id),
        "cause": cause_of(stands.last_error) if stands.last_error else None,
        "checks": _checks(one, stands),
    }


def _checks(one: Message, stands: Transmission) -> list[str]:
    """What it has passed: all of them, or it would not be stored; outward its receipt has."""
    if one.direction is Direction.IN:
        return list(CHECKS)
    return list(PROVED) if stands.receipt else []


ROUTES = (messages, message, resend)
