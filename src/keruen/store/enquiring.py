"""Writes of enquiries, alarms and reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import delete, insert

from keruen.store import schema
from keruen.store.asked import Alarm, EnquiryRow, Report, UnusableMessage
from keruen.store.drafting import Drafting
from keruen.store.insertion import insert_new
from keruen.store.recording import values_of
from keruen.store.rows import OutboxState


class Enquiring(Drafting):
    """Notes what was asked and reported, and what a person must know."""

    def add_enquiry(self, row: EnquiryRow) -> None:
        """Store an enquiry."""
        self._add(schema.enquiry, values_of(row), "enquiry")

    def put_enquiry(self, row: EnquiryRow, **changes: Any) -> EnquiryRow:
        """Change where an enquiry stands; gives it as it is now."""
        changed = msgspec.structs.replace(row, **changes)
        table = schema.enquiry
        self._connection.execute(
            delete(table).where(
                table.c.corridor == row.corridor, table.c.enquiry_id == row.enquiry_id
            )
        )
        self._connection.execute(insert(table), values_of(changed))
        return changed

    def put_alarm(self, row: Alarm) -> None:
        """Store an alarm in place of an earlier one of the same subject."""
        table = schema.alarm
        self._connection.execute(
            delete(table).where(
                table.c.corridor == row.corridor,
                table.c.code == row.code,
                table.c.subject == row.subject,
            )
        )
        self._connection.execute(insert(table), values_of(row))

    def add_report(self, row: Report) -> None:
        """Store a report."""
        self._add(schema.report, values_of(row), "report")

    def add_unusable(self, row: UnusableMessage) -> None:
        """Note a message that could not be used; once, however often it came."""
        insert_new(self._connection, schema.unusable, values_of(row))

    def outbox_again(
        self, corridor: str, message_id: str, wall: datetime, expires: datetime, seed: bytes
    ) -> None:
        """Send a message again, in a transmission of its own, although it was sent before."""
        entry = self.outbox_entry(corridor, message_id)
        if entry is None:
            return
        waiting: dict[str, Any] = {
            "state": OutboxState.WAITING,
            "next_attempt": wall,
            "expires": expires,
            "attempts": 0,
            "seed": seed,
            "lease_owner": None,
            "lease_until": None,
            "last_error": None,
            "delivered": None,
            "again": entry.again + 1,
        }
        self._outbox(corridor, message_id, **waiting)
        self.queued[corridor, message_id] = msgspec.structs.replace(entry, **waiting)
