"""Rows of the node's database as values: what goes in and comes out of `Transaction` and `Reader`.

Append-only: Message, Payload, Attachment, Envelope, Event, NationalDeclaration, Refusal, evidence leaves;
retention removes what they say and leaves ids, kinds, times and digests (`keruen.store.removing`).
Work queues that may be updated: OutboxEntry, InboxEntry, Callback, ImportMark, Draft.
Projections that can be rebuilt from events and messages: Consignment, Identifier, DiscrepancyRow.

All times are UTC-aware. `wall` times are technical (leases, retries); all others are domain time.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum

import msgspec

from keruen.customs import Discrepancy


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all rows: immutable values."""


class Direction(StrEnum):
    """Which way a message goes, seen from this node."""

    OUT = "out"
    IN = "in"


class Role(StrEnum):
    """Which side of a consignment this node is."""

    SENDER = "sender"
    RECEIVER = "receiver"


class Message(Row, frozen=True):
    """One business message, sent or received. Append-only.

    Attributes:
        corridor: pair of countries, sorted: ``KZ-TJ``.
        message_id: UUID of the business message.
        body: its JSON, byte for byte as sent or received; empty once it was removed.
        ebms_id: id of the AS4 user message that carried it.
        removed: when its content was removed by the agreement's retention.
        digest: SHA-256 of the content that was removed.
    """

    corridor: str
    message_id: str
    direction: Direction
    partner: str
    kind: str
    created: datetime
    stored: datetime
    body: bytes
    ebms_id: str
    consignment_id: str | None = None
    refers_to: str | None = None
    removed: datetime | None = None
    digest: bytes | None = None

    @property
    def content_digest(self) -> bytes:
        """SHA-256 of its JSON, whether that is still here or not."""
        return self.digest or hashlib.sha256(self.body).digest()


class OutboxState(StrEnum):
    """Where an outgoing message stands on the line."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    PROBABLE = "probable"
    """The partner says that it has the message, and no receipt proves it: not sent again, not delivered."""


class OutboxEntry(Row, frozen=True):
    """An outgoing message's way over the line.

    Attributes:
        seed: 32 secret bytes that make every attempt the same bytes; erased on delivery.
        queued: domain time; `expires`: wall time after which it has failed.
        next_attempt: wall time from which it may be leased.
        lease_until: wall time until which `lease_owner` alone may send it.
        last_error: code and text of the last failure, for the operator.
        bulky: it carries attachments, takes its time, and must not hold up the others.
        conversation_id: AS4 conversation; that of the message it answers, where it answers one.
        answers: AS4 id of the message that it answers (RefToMessageId).
        again: transmissions of its own that the partner has asked for after the first.
    """

    corridor: str
    message_id: str
    partner: str
    state: OutboxState
    queued: datetime
    next_attempt: datetime
    expires: datetime
    attempts: int = 0
    seed: bytes = b""
    lease_owner: str | None = None
    lease_until: datetime | None = None
    last_error: str | None = None
    delivered: datetime | None = None
    bulky: bool = False
    conversation_id: str | None = None
    answers: str | None = None
    again: int = 0


class Envelope(Row, frozen=True):
    r"""Proof of one transmission: the signed SOAP envelope as it was on the wire, and its receipt.

    Attributes:
        references: digest over the signed references (id-independent content) for duplicate detection.
        digests: ``uri\\tbase64`` lines, one a signed part.
        receipt: the receipt's bytes; None for incoming ones whose receipt is a function of this row.
        receipt_id: ebMS id of the receipt.
        receipt_time: its timestamp.
        digest: SHA-256 of the envelope, once that was removed.
    """

    corridor: str
    ebms_id: str
    direction: Direction
    partner: str
    envelope: bytes
    references: bytes
    digests: str
    stored: datetime
    receipt_id: str
    receipt_time: datetime
    receipt: bytes | None = None
    digest: bytes | None = None


class InboxEntry(Row, frozen=True):
    """An incoming user message: the key of duplicate detection and a work queue for handlers.

    Attributes:
        action: the kind that the sender says the message is, by its AS4 action.
        payload_id: where the content lies in payload chunks.
        handled: when a handler has dealt with it; None while waiting.
        conversation_id: AS4 conversation, kept in the answer.
    """

    ebms_id: str
    partner: str
    action: str
    references: bytes
    received: datetime
    payload_id: str
    mime_type: str
    receipt_id: str
    receipt_time: datetime
    handled: datetime | None = None
    conversation_id: str | None = None


class Callback(Row, frozen=True):
    """The receipt for a message that was pulled, on its way to the partner; gone once it was taken.

    Attributes:
        ebms_id: of the message; its envelope says what the receipt is.
        next_attempt: wall time.
        last_error: why the last attempt failed, for the operator.
    """

    ebms_id: str
    partner: str
    corridor: str
    next_attempt: datetime
    attempts: int = 0
    last_error: str | None = None


class Attachment(Row, frozen=True):
    """A file that travels with a message: its second, third … payload in the order of PartInfo. Append-only.

    Attributes:
        ebms_id: AS4 id of the user message that carries it.
        ordinal: 1 for the first attachment.
        content_id: of its part.
        name: as the sender names the file; only ever shown, never a path.
        mime_type: media type as the sender says.
        size: octets, unpacked; `digest`: SHA-256 of them.
        payload_id: where they lie in payload chunks; several messages may carry one payload.
        packed: whether it is sent as gzip.
    """

    corridor: str
    ebms_id: str
    direction: Direction
    ordinal: int
    content_id: str
    name: str
    mime_type: str
    size: int
    digest: bytes
    payload_id: str
    packed: bool = False


class Draft(Row, frozen=True):
    """A payload that is being written and belongs to no message yet; without one in time it is removed.

    Attributes:
        owner: the process that writes it, named as in leases.
        begun: wall time.
    """

    payload_id: str
    owner: str
    begun: datetime


class Event(Row, frozen=True):
    """Something that happened to a consignment. Append-only; the source of all projections.

    Attributes:
        event_id: UUIDv7, orders the events of a node.
        name: a name of the life-cycle table.
        at: when it happened (domain time); `recorded` when this node learnt it.
        cause: who or what: an officer, ``clock``, a message kind.
        data: small JSON object for what no message says.
    """

    corridor: str
    event_id: str
    consignment_id: str
    name: str
    at: datetime
    recorded: datetime
    cause: str
    message_id: str | None = None
    data: bytes = b"{}"


class Consignment(Row, frozen=True):
    """Where one consignment stands. A projection.

    Attributes:
        reference: the sender's declaration number or reference.
        post: code of the expected entry post; `eta` there, with its basis (declared or estimated).
        departed: declared or released time from which it counts as under way.
        title: goods in a few words, for lists.
        goods: number of items; `gross_mass` in kg as text.
        late: the version that holds was announced later before the crossing than agreed.
        removed: when its content was removed by the agreement's retention.
    """

    corridor: str
    consignment_id: str
    role: Role
    partner: str
    state: str
    mode: str
    stage: str
    ordinal: int
    reference: str
    updated: datetime
    information_id: str
    registration_number: str | None = None
    post: str | None = None
    eta: datetime | None = None
    eta_basis: str | None = None
    departed: datetime | None = None
    transport_mode: str | None = None
    vehicle: str | None = None
    title: str | None = None
    goods: int = 0
    gross_mass: str | None = None
    arrived: datetime | None = None
    complete: bool = False
    import_number: str | None = None
    late: bool = False
    removed: datetime | None = None


class IdentifierKind(StrEnum):
    """What a key by which people and matchers find a consignment is."""

    VEHICLE = "vehicle"
    TRAILER = "trailer"
    WAGON = "wagon"
    CONTAINER = "container"
    SEAL = "seal"
    TRANSPORT_DOCUMENT = "transport-document"
    REFERENCE = "reference"


class Identifier(Row, frozen=True):
    """One key of a consignment. A projection. `declared` is never changed; the others are derived."""

    corridor: str
    consignment_id: str
    kind: IdentifierKind
    declared: str
    folded: str
    skeleton: str


class DiscrepancyRow(Row, frozen=True):
    """A coded difference of a consignment as this node knows it. A projection.

    Attributes:
        source: id of the message or event that stated it.
    """

    corridor: str
    consignment_id: str
    source: str
    stated: datetime
    discrepancy: Discrepancy


class NationalDeclaration(Row, frozen=True):
    """A declaration handed in by the national system. Append-only.

    Attributes:
        declaration_id: UUID; for export and transit the consignment's id.
        digest: SHA-256 of the file as handed in.
        body: the declaration in the project's JSON; empty once it was removed.
        removed: when that was.
    """

    declaration_id: str
    corridor: str
    kind: str
    reference: str
    format: str
    digest: bytes
    submitted: datetime
    body: bytes
    removed: datetime | None = None


class ImportMatch(Row, frozen=True):
    """Which consignment an import declaration belongs to. A projection; no row means unmatched."""

    corridor: str
    declaration_id: str
    consignment_id: str
    matched: datetime


class ImportMark(Row, frozen=True):
    """A mark of an import declaration that waits for its consignment: a plate, a number, a reference.

    Attributes:
        skeleton: the mark as it is looked up.
    """

    corridor: str
    declaration_id: str
    skeleton: str


class Refusal(Row, frozen=True):
    """Something that this node refused, with the exact cause. Append-only; for the operator only.

    Attributes:
        code: EBMS or finding code that the other side got.
        detail: the check that failed; never leaves the node.
        raw: what was refused, capped in size.
    """

    refusal_id: str
    at: datetime
    source: str
    code: str
    text: str
    detail: str | None = None
    message_id: str | None = None
    raw: bytes = b""
