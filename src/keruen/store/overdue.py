"""Writes of deadlines that were missed."""

from __future__ import annotations

from datetime import datetime

from keruen.store import schema
from keruen.store.insertion import insert_new
from keruen.store.missed import DeadlineMark, MissedDeadline
from keruen.store.prepared import change_where
from keruen.store.recording import Recording, values_of


class Overdue(Recording):
    """Notes what was missed."""

    def put_deadline_mark(self, row: DeadlineMark) -> None:
        """Note how far messages were looked at."""
        key = {"corridor": row.corridor, "code": row.code}
        if not change_where(self._connection, schema.deadline_mark, key, values_of(row)):
            insert_new(self._connection, schema.deadline_mark, values_of(row))

    def add_missed(self, row: MissedDeadline) -> bool:
        """Note a deadline that was missed; gives False where it is noted already."""
        return insert_new(self._connection, schema.missed_deadline, values_of(row))

    def meet_deadline(self, row: MissedDeadline, at: datetime) -> None:
        """Note that what was due came after all, or is due no longer."""
        key = {"subject": row.subject, "corridor": row.corridor, "code": row.code}
        change_where(self._connection, schema.missed_deadline, key, {"met": at})
