"""Removes what was kept long enough: content goes; ids, kinds, times, states, digests and proof stay."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import delete, select, update

from keruen.store import rows, schema
from keruen.store.noting import Noting
from keruen.store.rows import Direction


class Removing(Noting):
    """Writes over content; each method does nothing where it is gone already."""

    def drop_chunks(self, payload_id: str, limit: int) -> bool:
        """Remove up to `limit` chunks of a payload; gives whether all of it is gone."""
        table = schema.payload
        chunks = select(table.c.ordinal).where(table.c.payload_id == payload_id)
        some = list(self._connection.scalars(chunks.order_by(table.c.ordinal.desc()).limit(limit)))
        if some:
            self._connection.execute(
                delete(table).where(table.c.payload_id == payload_id, table.c.ordinal.in_(some))
            )
        return len(some) < limit

    def remove_message(self, row: rows.Message, at: datetime) -> None:
        """Remove what a message says and the names of its files; its digest stays."""
        if row.removed is not None:
            return
        table, files = schema.message, schema.attachment
        self._connection.execute(
            update(table)
            .where(table.c.message_id == row.message_id, table.c.corridor == row.corridor)
            .values(body=b"", removed=at, digest=row.content_digest)
        )
        self._connection.execute(
            update(files)
            .where(
                files.c.ebms_id == row.ebms_id,
                files.c.corridor == row.corridor,
                files.c.direction == row.direction,
            )
            .values(name="")
        )
        queue = schema.outbox
        self._connection.execute(
            update(queue)
            .where(queue.c.message_id == row.message_id, queue.c.corridor == row.corridor)
            .values(seed=b"", last_error=None)
        )
        self.drop_tries(row.corridor, row.message_id)

    def remove_envelope(
        self, corridor: str, ebms_id: str, direction: Direction, before: datetime
    ) -> None:
        """Remove a signed envelope that was stored before a time; its digest and its receipt stay."""
        row = self.envelope(corridor, ebms_id, direction)
        if row is None or row.digest is not None or row.stored >= before:
            return
        table = schema.envelope
        self._connection.execute(
            update(table)
            .where(
                table.c.ebms_id == ebms_id,
                table.c.corridor == corridor,
                table.c.direction == direction,
            )
            .values(envelope=b"", digest=hashlib.sha256(row.envelope).digest())
        )

    def remove_declaration(self, row: rows.NationalDeclaration, at: datetime) -> None:
        """Remove what a declaration of the national system says, and the marks under which it waits."""
        table, mark = schema.declaration, schema.import_mark
        key = row.declaration_id, row.corridor
        self._connection.execute(
            update(table)
            .where(table.c.declaration_id == key[0], table.c.corridor == key[1])
            .values(body=b"", removed=at)
        )
        self._connection.execute(
            delete(mark).where(mark.c.declaration_id == key[0], mark.c.corridor == key[1])
        )
        case = schema.reconciliation
        self._connection.execute(
            delete(case).where(case.c.subject == key[0], case.c.corridor == key[1])
        )

    def remove_refusal(self, refusal_id: str) -> None:
        """Remove what was refused and what was said of it; the code stays."""
        table = schema.refusal
        self._connection.execute(
            update(table)
            .where(table.c.refusal_id == refusal_id)
            .values(raw=b"", detail=None, text="")
        )

    def restate_event(self, row: rows.Event, data: bytes) -> None:
        """Leave of what an event knows only what may stay."""
        table = schema.event
        self._connection.execute(
            update(table)
            .where(table.c.event_id == row.event_id, table.c.corridor == row.corridor)
            .values(data=data)
        )

    def remove_keys(self, corridor: str, consignment_id: str) -> None:
        """Remove the keys and the coded differences of a consignment."""
        for table in (schema.identifier, schema.discrepancy):
            self._connection.execute(
                delete(table).where(
                    table.c.corridor == corridor, table.c.consignment_id == consignment_id
                )
            )
