"""Queries about arrivals that are being entered."""

from __future__ import annotations

from datetime import datetime

from keruen.store import schema
from keruen.store.entry import ArrivalEntry
from keruen.store.snapshot import Snapshot, filtered

SHOWN = 50
"""Drafts of one person at one post that are given at most."""


class EntryQueries(Snapshot):
    """What people are typing, and what they registered."""

    def arrival_entry(self, entry_id: str) -> ArrivalEntry | None:
        """One entry."""
        return self._one(ArrivalEntry, schema.arrival_entry, entry_id=entry_id)

    def arrival_drafts(
        self, person: str, post: str, consignment_id: str | None = None
    ) -> list[ArrivalEntry]:
        """What somebody has begun to enter at a post, of one consignment or of all; the newest first."""
        table = schema.arrival_entry
        query = filtered(table, person=person, post=post, consignment_id=consignment_id)
        query = query.where(table.c.registered.is_(None)).order_by(table.c.saved.desc())
        return self._all(ArrivalEntry, query.limit(SHOWN))

    def arrivals_entered(self, person: str, post: str, since: datetime) -> list[ArrivalEntry]:
        """What somebody has registered at a post since a wall time and not taken back; the last first."""
        table = schema.arrival_entry
        query = filtered(table, person=person, post=post).where(
            table.c.saved >= since, table.c.registered.is_not(None), table.c.withdrawn.is_(None)
        )
        return self._all(ArrivalEntry, query.order_by(table.c.saved.desc()).limit(SHOWN))
