"""What retention leaves of a consignment, an event and a message, and how much it has removed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec.structs import replace

from keruen.customs import Struct
from keruen.exchange.context import Context
from keruen.exchange.figures.counting import anonymous
from keruen.exchange.lifecycle import ENDS, Happening, State
from keruen.exchange.record import EventData, record
from keruen.exchange.transmissions import business_id
from keruen.store import Consignment, Direction, Message, NationalDeclaration, Reader, Transaction

MOST = 10_000
"""Messages of one consignment."""
CAUSE = "retention"
"""Cause of the event that says that content was removed."""
OVER = (*(state.value for state in ENDS), State.REJECTED.value)
"""States in which nothing more is awaited."""


class Purged(Struct, frozen=True):
    """How much was removed, or would be.

    Attributes:
        transmissions: of messages that were refused or came again.
        answers: kept for requests of the API that are repeated.
    """

    consignments: int = 0
    messages: int = 0
    declarations: int = 0
    transmissions: int = 0
    refusals: int = 0
    answers: int = 0

    def __add__(self, other: Purged) -> Purged:
        names = self.__struct_fields__
        return Purged(**{name: getattr(self, name) + getattr(other, name) for name in names})

    def __bool__(self) -> bool:
        return self != Purged()


def redacted(data: EventData) -> EventData:
    """What an event may go on knowing: ids and codes."""
    return replace(data, declared=None, reason=None)


def without_content(one: Consignment, at: datetime) -> Consignment:
    """A consignment without what was declared of goods and means of transport."""
    by_plate = one.reference == one.vehicle
    return replace(
        one,
        reference=one.consignment_id if by_plate else one.reference,
        vehicle=None,
        title=None,
        gross_mass=None,
        removed=at,
    )


def remove_consignment(
    tx: Transaction, context: Context, one: Consignment, at: datetime, proof_before: datetime
) -> None:
    """Remove its messages and keys, and what its events know; the event that says so states what stays.

    Args:
        at: now.
        proof_before: envelopes that were stored before go, too.
    """
    remove_messages(tx, messages_of(tx, one), at, proof_before)
    for declaration in declarations_of(tx, one):
        tx.remove_declaration(declaration, at)
    for event in tx.events(one.corridor, one.consignment_id):
        left = redacted(msgspec.json.decode(event.data, type=EventData))
        tx.restate_event(event, msgspec.json.encode(left))
    tx.remove_keys(one.corridor, one.consignment_id)
    counted = tx.figure_rows(one.corridor, one.consignment_id)
    declared = tuple(tx.traded_rows(one.corridor, one.consignment_id))
    record(
        tx,
        context,
        one.corridor,
        one.consignment_id,
        Happening.CONTENT_REMOVED,
        at=at,
        cause=CAUSE,
        data=EventData(left=without_content(one, at), figures=anonymous(counted), traded=declared),
    )


def remove_messages(
    tx: Transaction, messages: Iterable[Message], at: datetime, proof_before: datetime
) -> None:
    """Remove what messages say, and envelopes that were stored before a time."""
    for one in messages:
        tx.remove_message(one, at)
        for ebms_id in _transmitted(tx, one):
            tx.remove_envelope(one.corridor, ebms_id, one.direction, proof_before)


def _transmitted(reader: Reader, one: Message) -> list[str]:
    """AS4 ids under which a message was on the line."""
    queued = reader.outbox_entry(one.corridor, one.message_id)
    local, _, domain = one.ebms_id.partition("@")
    again = (f"{local}.{number}@{domain}" for number in range(1, queued.again + 1 if queued else 0))
    return [one.ebms_id, *again]


def messages_of(reader: Reader, one: Consignment) -> list[Message]:
    """The messages of a consignment whose content is here."""
    found = reader.messages(corridor=one.corridor, consignment_id=one.consignment_id, limit=MOST)
    return [message for message in found if message.removed is None]


def declarations_of(reader: Reader, one: Consignment) -> list[NationalDeclaration]:
    """What the national system declared of a consignment: it, its corrections and its imports."""
    named = reader.declarations(reference=one.reference, kind=one.stage, limit=MOST)
    matched = reader.import_matches(one.corridor, one.consignment_id)
    imports = (match.declaration_id for match in matched)
    ids = (one.consignment_id, *(each for each in imports if not _is_needed(reader, each, one)))
    found = [*(reader.declaration(declaration_id) for declaration_id in ids), *named]
    whole = (each for each in found if each is not None and each.removed is None)
    return list({each.declaration_id: each for each in whole}.values())


def _is_needed(reader: Reader, declaration_id: str, one: Consignment) -> bool:
    """Whether an import declaration merges a consignment with another one that is still here."""
    others = (
        reader.consignment(match.corridor, match.consignment_id)
        for match in reader.matches_of(declaration_id)
        if match.consignment_id != one.consignment_id
    )
    return any(other is not None and other.removed is None for other in others)


def payloads_of(reader: Reader, messages: Iterable[Message]) -> list[str]:
    """Payloads of messages: as they came, and the files that travelled with them and with no others."""
    found = []
    own = {one.message_id for one in messages}
    for one in messages:
        entry = reader.inbox_entry(one.ebms_id, one.partner)
        if one.direction is Direction.IN and entry is not None:
            found.append(entry.payload_id)
        files = reader.attachments(one.corridor, one.ebms_id, one.direction)
        found += [
            file.payload_id
            for file in files
            if not _is_shared(reader, file.payload_id, one.corridor, own)
        ]
    return list(dict.fromkeys(found))


def _is_shared(reader: Reader, payload_id: str, corridor: str, own: set[str]) -> bool:
    """Whether a message that is not one of these still needs a payload: the parts of a train share one."""
    others = {business_id(one.ebms_id) for one in reader.attachments_with(payload_id)} - own
    found = (reader.message(corridor, other) for other in others)
    return any(one is not None and one.removed is None for one in found)
