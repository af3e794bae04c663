"""What each page reads of the store, in one snapshot, as the values that its template shows."""

from __future__ import annotations

import hashlib
from typing import Any

from msgspec import structs

from keruen.console import parcel
from keruen.console.rows import rows
from keruen.exchange.kept import content
from keruen.exchange.passage import Transmission, transmissions
from keruen.messages import Acknowledgement
from keruen.store import (
    Attachment,
    Direction,
    Message,
    Reader,
    Role,
)

PAGE = 50
"""Rows of a list that one page shows."""

View = dict[str, Any]
"""Names and values of a template."""


def stamp(reader: Reader) -> str:
    """Changes whenever a page might show something else; read twice a second, so all of it is quick to find."""
    newest = next((one.message_id for one in reader.messages(limit=1)), "")
    refused = next((one.refusal_id for one in reader.refusals(1)), "")
    line = [f"{one.message_id}{one.state}{one.attempts}" for one in reader.outbox_failures(PAGE)]
    alarms = [f"{one.code}{one.subject}" for one in reader.alarms(limit=PAGE)]
    parts = (
        reader.last_event_id(),
        newest,
        refused,
        str(reader.evidence_head()[0]),
        *line,
        *alarms,
    )
    return hashlib.sha256("/".join(parts).encode()).hexdigest()


# Consignments -----------------------------------------------------------------------------------------------


def consignments(reader: Reader, role: str, before: str) -> View:
    """Consignments of one role or of both, the newest first, a page from before a consignment's id."""
    wanted = Role(role) if role in tuple(Role) else None
    found = reader.consignments(role=wanted, limit=PAGE + 1, before=before or None)
    return {
        "rows": rows(reader, found[:PAGE]),
        "role": wanted or "",
        "older": found[PAGE - 1].consignment_id if len(found) > PAGE else None,
    }


# Messages -----------------------------------------------------------------------------------------------------


def _transmission(reader: Reader, message: Message) -> Transmission:
    return transmissions(reader, message.corridor, [message])[0]


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
    found = parcel.parcel(_transmission(reader, one), envelope)
    reply = reader.answer_to(corridor, message_id)
    answer = found.content if reply is None else content(reply)
    about = reader.consignment(corridor, one.consignment_id) if one.consignment_id else None
    return {
        "parcel": found,
        "attachments": reader.attachments(corridor, one.ebms_id, one.direction),
        "reply": reply,
        "answer": answer if isinstance(answer, Acknowledgement) else None,
        "reference": about.reference if about else None,
    }


def attachments(reader: Reader, corridor: str, message_id: str) -> list[Attachment]:
    """The files that travel with a message."""
    one = reader.message(corridor, message_id)
    if one is None or one.removed is not None:
        return []
    return reader.attachments(corridor, one.ebms_id, one.direction)


def proof(reader: Reader, corridor: str, message_id: str, part: str) -> bytes | None:
    """The bytes of a message's signed ``envelope`` or ``receipt``; None where they are not kept."""
    one = reader.message(corridor, message_id)
    kept = reader.envelope(corridor, one.ebms_id, one.direction) if one else None
    if kept is None:
        return None
    return {"envelope": kept.envelope or None, "receipt": kept.receipt}.get(part)
