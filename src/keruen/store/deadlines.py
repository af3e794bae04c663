"""Deadlines of the agreement that were missed: noted once each, and met late or not at all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, literal, select, tuple_

from keruen.store import rows, schema
from keruen.store.missed import DeadlineMark, MissedDeadline
from keruen.store.snapshot import Snapshot, filtered, rows_of

Place = tuple[datetime, str]
"""Time of storing and id of a message."""
ACKNOWLEDGEMENT = "Acknowledgement"


class DeadlineQueries(Snapshot):
    """What the deadlines are looked up by."""

    def deadline_mark(self, corridor: str, code: str) -> DeadlineMark | None:
        """The last message that was looked at for a deadline."""
        return self._one(DeadlineMark, schema.deadline_mark, corridor=corridor, code=code)

    def messages_after(
        self,
        corridor: str,
        kinds: Collection[str],
        after: Place | None,
        until: datetime,
        limit: int,
    ) -> list[rows.Message]:
        """Messages of these kinds in the order of storing, from after a place until a time."""
        table = schema.message
        place = tuple_(table.c.stored, table.c.message_id)
        query = select(table).where(
            table.c.corridor == corridor, table.c.kind.in_(list(kinds)), table.c.stored <= until
        )
        if after is not None:
            # The bare comparison is what lets both databases begin at the right place of the index.
            query = query.where(
                table.c.stored >= after[0],
                place > tuple_(literal(after[0], schema.Moment()), literal(after[1])),
            )
        order = table.c.stored, table.c.message_id
        return self._all(rows.Message, query.order_by(*order).limit(limit))

    def acknowledged(self, corridor: str, message_id: str) -> datetime | None:
        """When the business answer to a message was stored."""
        table = schema.message
        query = select(func.min(table.c.stored, type_=schema.Moment())).where(
            table.c.corridor == corridor,
            table.c.refers_to == message_id,
            table.c.kind == ACKNOWLEDGEMENT,
        )
        found: datetime | None = self._scalar(query)
        return found

    def told_of(self, corridor: str, consignment_id: str, kind: str) -> datetime | None:
        """When the first message of a kind about a consignment was stored."""
        table = schema.message
        query = rows_of(table, corridor=corridor, consignment_id=consignment_id, kind=kind)
        first = query.with_only_columns(func.min(table.c.stored, type_=schema.Moment()))
        found: datetime | None = self._scalar(first)
        return found

    def imports_awaited(
        self, corridor: str, states: Collection[str], code: str, before: datetime, limit: int
    ) -> list[rows.Consignment]:
        """Consignments in these states that arrived before a time and of which no deadline was noted."""
        of, missed = schema.consignment, schema.missed_deadline
        noted = select(missed.c.subject).where(
            missed.c.subject == of.c.consignment_id,
            missed.c.corridor == of.c.corridor,
            missed.c.code == code,
        )
        query = select(of).where(
            of.c.corridor == corridor,
            of.c.state.in_(list(states)),
            of.c.arrived < before,
            of.c.goods > 0,
            ~noted.exists(),
        )
        return self._all(rows.Consignment, query.order_by(of.c.arrived).limit(limit))

    def deadlines_missed(
        self, *, corridor: str | None = None, mode: str | None = None, limit: int = 500
    ) -> list[MissedDeadline]:
        """Deadlines that were missed and that nothing has met since, the longest due first."""
        table = schema.missed_deadline
        query = filtered(table, corridor=corridor, mode=mode).where(table.c.met.is_(None))
        return self._all(MissedDeadline, query.order_by(table.c.due).limit(limit))

    def missed_counts(self, since: datetime) -> dict[str, int]:
        """Code and mode → how many deadlines that fell due since a time were missed."""
        table = schema.missed_deadline
        return self._counts(table.c.code, table.c.mode, where=table.c.due >= since)
