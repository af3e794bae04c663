"""Writes about arrivals that are being entered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert

from keruen.store import schema
from keruen.store.entry import ArrivalEntry
from keruen.store.recording import Recording, values_of


class Entering(Recording):
    """Writes what people type until it is registered, and that it was."""

    def put_arrival_entry(self, row: ArrivalEntry) -> None:
        """Store an entry in place of what it was before."""
        self.drop_arrival_entry(row.entry_id)
        self._connection.execute(insert(schema.arrival_entry), values_of(row))

    def drop_arrival_entry(self, entry_id: str) -> None:
        """Forget an entry."""
        table = schema.arrival_entry
        self._connection.execute(delete(table).where(table.c.entry_id == entry_id))

    def drop_arrival_entries(self, before: datetime) -> None:
        """Forget entries that were changed last before a wall time."""
        table = schema.arrival_entry
        self._connection.execute(delete(table).where(table.c.saved < before))
