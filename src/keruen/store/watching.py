"""Queries of the control room: failed attempts, how large the database is, what was removed last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, text

from keruen.store import schema
from keruen.store.asked import OPEN
from keruen.store.rows import Row
from keruen.store.snapshot import Snapshot, rows_of
from keruen.store.watched import FailedTry, PurgeRun


class Awaited(Row, frozen=True):
    """What waits for a person or for the other side, of one corridor.

    Attributes:
        alarms: that are not settled, by code.
        missed: deadlines that nothing has met since.
        enquiries: of this node without reply; `asked`: of the other side.
    """

    alarms: dict[str, int]
    missed: int
    enquiries: int
    asked: int


class Size(Row, frozen=True):
    """How much is kept.

    Attributes:
        octets: of the database; on SQLite with what is free in it.
        chunks: of payloads.
        oldest: when the oldest message whose content is here was stored.
    """

    octets: int
    chunks: int
    oldest: datetime | None


class WatchingQueries(Snapshot):
    """What an operator looks at."""

    def failed_tries(self, corridor: str, message_id: str) -> list[FailedTry]:
        """Attempts of one message that brought no receipt, in order."""
        query = rows_of(schema.failed_try, corridor=corridor, message_id=message_id)
        return self._all(FailedTry, query.order_by(schema.failed_try.c.at))

    def awaited(self, corridor: str) -> Awaited:
        """What waits in a corridor."""
        alarm, missed, enquiry = schema.alarm, schema.missed_deadline, schema.enquiry
        query = select(func.count()).select_from(missed)
        waits = (enquiry.c.corridor == corridor) & enquiry.c.state.in_([one.value for one in OPEN])
        enquiries = self._counts(enquiry.c.direction, where=waits)
        return Awaited(
            alarms=self._counts(
                alarm.c.code, where=(alarm.c.corridor == corridor) & alarm.c.settled.is_(None)
            ),
            missed=self._scalar(query.where(missed.c.met.is_(None), missed.c.corridor == corridor)),
            enquiries=enquiries.get("out", 0),
            asked=enquiries.get("in", 0),
        )

    def size(self) -> Size:
        """How much is kept; counts all chunks, so it takes its time with millions."""
        table = schema.message
        oldest = select(table.c.stored).where(table.c.removed.is_(None)).order_by(table.c.stored)
        return Size(
            octets=self.octets(),
            chunks=self._scalar(select(func.count()).select_from(schema.payload)),
            oldest=self._scalar(oldest.limit(1)),
        )

    def octets(self) -> int:
        """Octets of the database."""
        if self._connection.dialect.name == "postgresql":
            return int(self._scalar(select(func.pg_database_size(func.current_database()))))
        pages, size = (
            self._connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("page_count", "page_size")
        )
        return int(pages or 0) * int(size or 0)

    def last_purge(self) -> PurgeRun | None:
        """The last look for what was kept long enough."""
        table = schema.purge_run
        return self._first(PurgeRun, select(table).order_by(table.c.run_id.desc()))
