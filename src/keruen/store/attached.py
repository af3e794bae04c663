"""Queries about attachments and about payloads, one chunk at a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from keruen.store import rows, schema
from keruen.store.rows import Direction
from keruen.store.snapshot import Snapshot, rows_of


class AttachmentQueries(Snapshot):
    """What travels with messages."""

    def attachments(
        self, corridor: str, ebms_id: str, direction: Direction
    ) -> list[rows.Attachment]:
        """The attachments of one AS4 message, in their order."""
        query = rows_of(schema.attachment, corridor=corridor, ebms_id=ebms_id, direction=direction)
        return self._all(rows.Attachment, query.order_by(schema.attachment.c.ordinal))

    def payload_chunk(self, payload_id: str, ordinal: int) -> bytes | None:
        """One chunk of a payload, counted from 0; None after the last one."""
        table = schema.payload
        query = select(table.c.octets).where(
            table.c.payload_id == payload_id, table.c.ordinal == ordinal
        )
        found: bytes | None = self._scalar(query)
        return found

    def drafts(
        self, *, owner: str | None = None, before: datetime | None = None
    ) -> list[rows.Draft]:
        """Payloads that belong to no message: those of an owner, or begun before a wall time, or all."""
        table = schema.draft
        query = select(table).order_by(table.c.payload_id)
        if owner is not None:
            query = query.where(table.c.owner == owner)
        if before is not None:
            query = query.where(table.c.begun < before)
        return self._all(rows.Draft, query)
