"""Messages and their way over the line, each with its receipt and its leaf in the evidence log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from keruen.customs import Struct
from keruen.evidence import leaf_hash
from keruen.store import (
    Direction,
    Envelope,
    InboxEntry,
    Message,
    OutboxEntry,
    Proved,
    Reader,
    evidence_entry,
)


class Leaf(Struct, frozen=True):
    """The entry of the evidence log that a transmission has.

    Attributes:
        position: in the log, from 0.
        holds: whether what is stored is what the log was made of.
    """

    position: int
    holds: bool


class Transmission(Struct, frozen=True):
    """A message and its way over the line.

    Attributes:
        state: waiting, delivered or failed outward; waiting or handled inward.
        receipt: when the receipt was written: by the other side outward, by us inward. Outward it was
            verified before it was stored.
        reference: of the consignment that it is about, where a list shows messages of several.
        leaf: None until it was on the wire.
    """

    message: Message
    state: str
    receipt: datetime | None = None
    attempts: int = 0
    last_error: str | None = None
    reference: str | None = None
    leaf: Leaf | None = None


def transmissions(
    reader: Reader, corridor: str, messages: Iterable[Message]
) -> tuple[Transmission, ...]:
    """How messages of one corridor stand on the line: three queries, however many they are."""
    said = tuple(messages)
    sent = [one.message_id for one in said if one.direction is Direction.OUT]
    came = [one.ebms_id for one in said if one.direction is Direction.IN]
    outbox = {one.message_id: one for one in reader.outbox_entries(corridor, sent)}
    inbox = {(one.ebms_id, one.partner): one for one in reader.inbox_entries(came)}
    proved = {
        (one.envelope.ebms_id, one.envelope.direction): one
        for one in reader.proved(corridor, [one.ebms_id for one in said])
    }
    return tuple(
        transmission(
            one,
            outbox.get(one.message_id),
            inbox.get((one.ebms_id, one.partner)),
            proved.get((one.ebms_id, one.direction)),
        )
        for one in said
    )


def transmission(
    message: Message,
    outbox: OutboxEntry | None,
    inbox: InboxEntry | None,
    proved: Proved | None,
) -> Transmission:
    """How a message stands on the line."""
    receipt = proved.envelope.receipt_time if proved else None
    leaf = _leaf(proved) if proved else None
    if message.direction is Direction.IN:
        handled = inbox is None or inbox.handled is not None
        state = "handled" if handled else "waiting"
        return Transmission(message=message, state=state, receipt=receipt, leaf=leaf)
    return Transmission(
        message=message,
        state=outbox.state if outbox else "waiting",
        receipt=receipt,
        attempts=outbox.attempts if outbox else 0,
        last_error=outbox.last_error if outbox else None,
        leaf=leaf,
    )


def _leaf(proved: Proved) -> Leaf:
    return Leaf(position=proved.leaf, holds=proved.hash == entry_hash(proved.envelope))


def entry_hash(envelope: Envelope) -> bytes:
    """The leaf hash that a stored transmission must have in the log."""
    return leaf_hash(evidence_entry(envelope))
