"""Messages: the list, one with what it says, its way, its answer and its files; sent again."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from keruen.access import Act
from keruen.api.gate import Call
from keruen.api.operation import operation
from keruen.api.paging import Page, Paged, page, place_of
from keruen.api.places import Country, Id, OneMessage
from keruen.api.problems import missing
from keruen.api.shown import MessageSummary, only, said_of
from keruen.customs import Struct
from keruen.exchange import again
from keruen.exchange.kept import content
from keruen.exchange.passage import transmissions
from keruen.messages import Acknowledgement, AnyMessage
from keruen.store import Attachment, Direction, Message, Reader, Transaction
from keruen.store.pages import Place

Kind = Annotated[str, Meta(max_length=40, pattern="^[A-Za-z]+$", examples=["ArrivalInformation"])]
UNKNOWN = {404: ("message-unknown",)}
MESSAGE: dict[str, Any] = {"tag": "Messages", "act": Act.SEE_MESSAGE}
ONE = "/messages/{corridor}/{message_id}"


class WantedMessages(Paged, frozen=True, forbid_unknown_fields=True):
    """Which messages.

    Attributes:
        direction: out where this node sent it.
        kind: name of its kind.
        partner: country of the other side.
        consignment_id: that it is about.
    """

    direction: Direction | None = None
    kind: Kind | None = None
    partner: Country | None = None
    consignment_id: Id | None = None


class File(Struct, frozen=True):
    """A file that travels with a message.

    Attributes:
        ordinal: by which it is fetched, from 1.
        name: as its sender calls it, only ever shown.
        size: octets.
        sha256: base64.
    """

    ordinal: int
    name: str
    mime_type: str
    size: int
    sha256: str


class WholeMessage(Struct, frozen=True):
    """One message.

    Attributes:
        content: what it says; left out where retention has removed it.
        answer: the business answer to it, once it is there.
        attachments: files that travel with it.
    """

    message: MessageSummary
    content: Any = None
    answer: Acknowledgement | None = None
    attachments: tuple[File, ...] = ()


@operation("GET", "/messages", id="listMessages", **MESSAGE)
def listed(call: Call, query: WantedMessages) -> Page[MessageSummary]:
    """Messages, the last stored first."""
    equal = only(query, ("direction", "kind", "partner", "consignment_id"))
    after = place_of(query.cursor, Place)

    def look(reader: Reader) -> Page[MessageSummary]:
        found = reader.message_page(
            call.caller.narrowed, equal=equal, after=after, limit=query.limit + 1
        )
        shown = _said(reader, found[: query.limit])
        return page(found, query.limit, _place, lambda one: shown[one.corridor, one.message_id])

    return call.gate.store.read(look)


def _place(one: Message) -> Place:
    return one.stored, one.message_id


def _said(reader: Reader, found: Iterable[Message]) -> dict[tuple[str, str], MessageSummary]:
    by_corridor: dict[str, list[Message]] = {}
    for one in found:
        by_corridor.setdefault(one.corridor, []).append(one)
    return {
        (corridor, one.message.message_id): said_of(one)
        for corridor, several in by_corridor.items()
        for one in transmissions(reader, corridor, several)
    }


@operation("GET", ONE, id="getMessage", audited=True, codes=UNKNOWN, **MESSAGE)
def one(call: Call, place: OneMessage) -> WholeMessage:
    """One message: what it says, its way over the line, its answer and its files."""

    def look(reader: Reader) -> WholeMessage:
        found = message_of(call, reader, place)
        answers = reader.answers_to(found.corridor, [found.message_id])
        return WholeMessage(
            message=_said(reader, [found])[found.corridor, found.message_id],
            content=_plain(content(found)),
            answer=next(
                (said for said in map(content, answers) if isinstance(said, Acknowledgement)), None
            ),
            attachments=tuple(map(_file, files_of(reader, found))),
        )

    return call.gate.store.read(look)


def _plain(said: AnyMessage | None) -> Any:
    return None if said is None else msgspec.to_builtins(said)


def message_of(call: Call, reader: Reader, place: OneMessage) -> Message:
    """The message, if there is one that the caller may see.

    Raises:
        ProblemError: 404 ``message-unknown``.
    """
    found = reader.message(place.corridor, place.message_id)
    if found is None or not _seen(call, reader, found):
        detail = f"{place.corridor} has no message {place.message_id}."
        raise missing("message-unknown", detail)
    return found


def _seen(call: Call, reader: Reader, one: Message) -> bool:
    return call.caller.sees_between(reader, one.partner, one.corridor, one.consignment_id)


def files_of(reader: Reader, found: Message) -> list[Attachment]:
    """Files that travel with a message, as long as they are kept."""
    if found.removed is not None:
        return []
    return reader.attachments(found.corridor, found.ebms_id, found.direction)


def _file(one: Attachment) -> File:
    return File(
        ordinal=one.ordinal,
        name=one.name,
        mime_type=one.mime_type,
        size=one.size,
        sha256=base64.b64encode(one.digest).decode(),
    )


@operation(
    "POST",
    f"{ONE}/resend",
    id="resendMessage",
    tag="Messages",
    act=Act.RESEND,
    codes={**UNKNOWN, 422: ("not-resendable",)},
)
def resend(call: Call, place: OneMessage, tx: Transaction) -> MessageSummary:
    """Send a message again.

    It goes as it was, in a transmission of its own; one that still waits is tried at once. The partner knows it
    by its id and does nothing twice.
    """
    found = message_of(call, tx, place)
    again.resend(tx, call.gate.context, found)
    return _said(tx, [found])[found.corridor, found.message_id]


OPERATIONS = (listed, one, resend)
