"""What each page reads of the store, in one snapshot, as the values that its template shows."""

from __future__ import annotations

import hashlib
from typing import Any

from keruen.console.rows import rows
from keruen.store import Attachment, Message, Reader, Role
from keruen.store.pages import Narrowed

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


def consignments(reader: Reader, narrowed: Narrowed, role: str, before: str) -> View:
    """Consignments of one role or of both, the newest first, a page from before a consignment's id."""
    wanted = Role(role) if role in tuple(Role) else None
    found = reader.consignment_page(
        narrowed, equal={"role": wanted}, after=before or None, limit=PAGE + 1
    )
    return {
        "rows": rows(reader, found[:PAGE]),
        "role": wanted or "",
        "older": found[PAGE - 1].consignment_id if len(found) > PAGE else None,
    }


# Parts of a message -------------------------------------------------------------------------------------------


def attachments(reader: Reader, one: Message) -> list[Attachment]:
    """The files that travel with a message."""
    if one.removed is not None:
        return []
    return reader.attachments(one.corridor, one.ebms_id, one.direction)


def part(reader: Reader, one: Message, name: str) -> bytes | None:
    """The bytes of a message's signed ``envelope``, ``receipt`` or ``content``; None where not kept."""
    if name == "content":
        return one.body or None
    kept = reader.envelope(one.corridor, one.ebms_id, one.direction)
    if kept is None:
        return None
    return {"envelope": kept.envelope or None, "receipt": kept.receipt}.get(name)
