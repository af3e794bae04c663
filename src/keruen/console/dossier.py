"""Rows of the store → one consignment with its history, and messages with their proof."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.as4 import EbmsError, Property, UserMessage, header_of
from keruen.console.comparison import Comparison, compare
from keruen.customs import (
    Declaration,
    DeclarationKind,
    Discrepancy,
    Document,
    DocumentKind,
    Struct,
)
from keruen.errors import RemoteError
from keruen.exchange import EventData
from keruen.messages import (
    Amendment,
    AnyMessage,
    ArrivalInformation,
    ImportInformation,
    PreliminaryInformation,
    decode,
)
from keruen.store import (
    Consignment,
    Direction,
    DiscrepancyRow,
    Envelope,
    Event,
    InboxEntry,
    Message,
    OutboxEntry,
)

SHOWN_DOCUMENTS = (DocumentKind.TRANSPORT, DocumentKind.PRECEDING, DocumentKind.GUARANTEE)
"""Documents by which an officer at a post knows a consignment."""

DOCUMENTS = 12
"""How many of them are shown."""

_NOTHING = Declaration(kind=DeclarationKind.EXPORT)
"""Stands for the declaration of an unannounced arrival, so that what was found is shown all the same."""


class Transmission(Struct, frozen=True):
    """A message and its way over the line.

    Attributes:
        state: waiting, delivered or failed outward; waiting or handled inward.
        receipt: when the receipt was written: by the other side outward, by us inward.
        reference: of the consignment that it is about, where a list shows messages of several.
    """

    message: Message
    state: str
    receipt: datetime | None = None
    attempts: int = 0
    last_error: str | None = None
    reference: str | None = None


class Moment(Struct, frozen=True):
    """An event in a consignment's history, with the message that says it and its proof.

    Attributes:
        code: of the error that the line reports; `reason`: its cause.
    """

    event: Event
    by: Transmission | None = None
    code: str | None = None
    reason: str | None = None


class Difference(Struct, frozen=True):
    """A coded discrepancy and who stated it: the post, the import declaration, the clock.

    Attributes:
        stated: when, and by which message; None where no message says it.
    """

    discrepancy: Discrepancy
    stated: tuple[tuple[datetime, Transmission | None], ...]


class Dossier(Struct, frozen=True):
    """Everything about one consignment.

    Attributes:
        declaration: None for an unannounced arrival.
        comparison: None where no agreement says how to compare.
    """

    consignment: Consignment
    declaration: Declaration | None
    moments: tuple[Moment, ...]
    comparison: Comparison | None
    differences: tuple[Difference, ...]
    messages: tuple[Transmission, ...]


def transmission(
    message: Message,
    outbox: OutboxEntry | None,
    inbox: InboxEntry | None,
    envelope: Envelope | None,
) -> Transmission:
    """How a message stands on the line."""
    if message.direction is Direction.IN:
        handled = inbox is None or inbox.handled is not None
        return Transmission(
            message=message,
            state="handled" if handled else "waiting",
            receipt=envelope.receipt_time if envelope else None,
        )
    return Transmission(
        message=message,
        state=outbox.state if outbox else "waiting",
        receipt=envelope.receipt_time if envelope else None,
        attempts=outbox.attempts if outbox else 0,
        last_error=outbox.last_error if outbox else None,
    )


def dossier(
    consignment: Consignment,
    events: Iterable[Event],
    messages: Sequence[Transmission],
    discrepancies: Sequence[DiscrepancyRow],
    agreement: Agreement | None,
) -> Dossier:
    """Put the rows of one consignment together.

    Args:
        messages: all messages of the consignment, in any order.
    """
    by_id = {one.message.message_id: one for one in messages}
    contents = _contents(messages)
    declaration = _declaration(consignment, contents)
    found = [m for m in contents.values() if isinstance(m, ArrivalInformation | ImportInformation)]
    found.sort(key=lambda one: (isinstance(one, ImportInformation), one.header.created))
    return Dossier(
        consignment=consignment,
        declaration=declaration,
        moments=tuple(
            _moment(event, by_id.get(event.message_id or ""))
            for event in sorted(events, key=lambda one: (one.at, one.event_id))
        ),
        comparison=compare(declaration or _NOTHING, found, agreement) if agreement else None,
        differences=tuple(_differences(discrepancies, by_id)),
        messages=tuple(sorted(messages, key=_in_order)),
    )


def _moment(event: Event, by: Transmission | None) -> Moment:
    data = msgspec.json.decode(event.data, type=EventData)
    return Moment(event=event, by=by, code=data.code, reason=data.reason)


def _differences(
    rows: Iterable[DiscrepancyRow], by_id: Mapping[str, Transmission]
) -> Iterator[Difference]:
    """Each discrepancy once, whoever stated it first and again."""
    stated: dict[Discrepancy, list[tuple[datetime, Transmission | None]]] = {}
    for row in rows:
        key = replace(row.discrepancy, path="")
        stated.setdefault(key, []).append((row.stated, by_id.get(row.source)))
    for discrepancy, by in stated.items():
        yield Difference(discrepancy=discrepancy, stated=tuple(by))


def _in_order(one: Transmission) -> tuple[datetime, str]:
    return one.message.stored, one.message.message_id


def content(message: Message) -> AnyMessage | None:
    """What a message says; None when it does not follow its schema."""
    try:
        return decode(message.body)
    except RemoteError:
        return None


def _contents(messages: Iterable[Transmission]) -> Mapping[str, AnyMessage]:
    decoded = ((one.message.message_id, content(one.message)) for one in messages)
    return {message_id: said for message_id, said in decoded if said is not None}


def _declaration(
    consignment: Consignment, contents: Mapping[str, AnyMessage]
) -> Declaration | None:
    information = contents.get(consignment.information_id)
    if isinstance(information, PreliminaryInformation | Amendment):
        return information.declaration
    return None


def documents(declaration: Declaration) -> tuple[Document, ...]:
    """The numbered documents of a declaration and its items, each once; transport documents first."""
    named = {
        (one.kind, one.number): one
        for one in declaration.all_documents()
        if one.number and one.kind in SHOWN_DOCUMENTS
    }
    return tuple(sorted(named.values(), key=lambda one: SHOWN_DOCUMENTS.index(one.kind)))[
        :DOCUMENTS
    ]


class Parcel(Struct, frozen=True):
    """One message in full.

    Attributes:
        body: its JSON, indented.
        digest: SHA-256 of the body as it was sent or received, base64.
        digests: (reference, base64) of each signed part.
        header: of the AS4 message that carried it, once it was on the wire.
    """

    transmission: Transmission
    body: str
    digest: str
    digests: tuple[tuple[str, str], ...] = ()
    envelope: Envelope | None = None
    content: AnyMessage | None = None
    header: UserMessage | None = None

    @property
    def properties(self) -> tuple[tuple[str, Property], ...]:
        """Properties of the AS4 message and of its parts, each with the part that has it."""
        if self.header is None:
            return ()
        of_parts = ((part.href or "", one) for part in self.header.parts for one in part.properties)
        return (*(("", one) for one in self.header.properties), *of_parts)


def parcel(one: Transmission, envelope: Envelope | None) -> Parcel:
    """A message with its body and digests readable."""
    return Parcel(
        transmission=one,
        body=_indented(one.message.body),
        digest=base64.b64encode(one.message.content_digest).decode(),
        digests=_digests(envelope.digests) if envelope else (),
        envelope=envelope,
        content=content(one.message),
        header=_header(envelope) if envelope else None,
    )


def _header(envelope: Envelope) -> UserMessage | None:
    try:
        return header_of(envelope.envelope)
    except EbmsError:
        return None


def _indented(body: bytes) -> str:
    try:
        return msgspec.json.format(body, indent=2).decode()
    except msgspec.DecodeError:
        return body.decode(errors="replace")


def _digests(lines: str) -> tuple[tuple[str, str], ...]:
    pairs = (line.partition("\t") for line in lines.splitlines() if line)
    return tuple((uri, digest) for uri, _, digest in pairs)
