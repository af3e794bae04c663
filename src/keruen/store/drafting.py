"""Writes large payloads in several transactions: a draft until the message that it belongs to is committed."""

from __future__ import annotations

from sqlalchemy import delete, select

from keruen.errors import LocalError
from keruen.store import rows, schema
from keruen.store.queueing import Queueing
from keruen.store.recording import values_of


class Drafting(Queueing):
    """Writes payloads chunk by chunk, and takes back those that came to nothing."""

    def add_attachment(self, row: rows.Attachment) -> None:
        """Store what travels with a message."""
        self._add(schema.attachment, values_of(row), "attachment")

    def begin_draft(self, row: rows.Draft) -> None:
        """Say that a payload is being written."""
        self._add(schema.draft, values_of(row), "draft")

    def add_chunk(self, payload_id: str, ordinal: int, octets: bytes) -> None:
        """Store one chunk of a draft, at most `CHUNK` octets."""
        values = {"payload_id": payload_id, "ordinal": ordinal, "octets": octets}
        self._add(schema.payload, values, "payload")

    def keep_draft(self, payload_id: str) -> None:
        """Make a draft a payload for good: its message is in this very transaction.

        Raises:
            LocalError: ``draft-gone``: it took so long that the draft was removed.
        """
        table = schema.draft
        found = self._connection.execute(delete(table).where(table.c.payload_id == payload_id))
        if not found.rowcount:
            raise LocalError("draft-gone", "the payload took too long and was removed; try again")

    def drop_draft(self, payload_id: str, limit: int) -> bool:
        """Remove up to `limit` chunks of a draft; gives whether all of it is gone."""
        draft, payload = schema.draft, schema.payload
        if self._scalar(select(draft.c.payload_id).where(draft.c.payload_id == payload_id)) is None:
            return True
        chunks = select(payload.c.ordinal).where(payload.c.payload_id == payload_id)
        some = list(self._connection.scalars(chunks.order_by(payload.c.ordinal).limit(limit)))
        if some:
            self._connection.execute(
                delete(payload).where(
                    payload.c.payload_id == payload_id, payload.c.ordinal.in_(some)
                )
            )
        if len(some) == limit:
            return False
        self._connection.execute(delete(draft).where(draft.c.payload_id == payload_id))
        return True
