"""Queries about enquiries, alarms and reports; and what a report is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select

from keruen.store import schema
from keruen.store.asked import OPEN, Alarm, EnquiryRow, Report
from keruen.store.rows import Direction, Row
from keruen.store.snapshot import Snapshot, filtered, rows_of

AHEAD = timedelta(minutes=15)
"""A message is stored at most so long before it was created: clocks may differ by ten minutes."""


class Content(Row, frozen=True):
    """A message as a report counts it. `digest`: SHA-256 of its JSON, in hexadecimal."""

    message_id: str
    kind: str
    digest: str


class AskingQueries(Snapshot):
    """What was asked, what waits for a person, what was exchanged in a period."""

    def enquiry(self, corridor: str, enquiry_id: str) -> EnquiryRow | None:
        """One enquiry."""
        return self._one(EnquiryRow, schema.enquiry, corridor=corridor, enquiry_id=enquiry_id)

    def enquiries(
        self,
        *,
        direction: Direction | None = None,
        states: Collection[str] | None = None,
        consignment_id: str | None = None,
        question: str | None = None,
        limit: int = 200,
    ) -> list[EnquiryRow]:
        """Enquiries that pass all filters given, the newest first."""
        table = schema.enquiry
        query = filtered(
            table, direction=direction, consignment_id=consignment_id, question=question
        )
        if states is not None:
            query = query.where(table.c.state.in_(list(states)))
        order = table.c.raised.desc(), table.c.enquiry_id.desc()
        return self._all(EnquiryRow, query.order_by(*order).limit(limit))

    def asked_since(
        self, corridor: str, direction: Direction, question: str, since: datetime
    ) -> int:
        """How many enquiries of a kind were raised since a time."""
        table = schema.enquiry
        query = select(func.count()).where(
            table.c.corridor == corridor,
            table.c.direction == direction,
            table.c.question == question,
            table.c.raised >= since,
        )
        return int(self._scalar(query))

    def enquiries_due(self, now: datetime, limit: int) -> list[EnquiryRow]:
        """Enquiries whose next step is due, the longest due first."""
        table = schema.enquiry
        query = select(table).where(table.c.next_step <= now).order_by(table.c.next_step)
        return self._all(EnquiryRow, query.limit(limit))

    def enquiries_overtaken(self, awaited: Collection[str], limit: int) -> list[EnquiryRow]:
        """Enquiries without reply about consignments that are in none of these states any more."""
        table, of = schema.enquiry, schema.consignment
        gone = select(of.c.consignment_id).where(
            of.c.consignment_id == table.c.consignment_id,
            of.c.corridor == table.c.corridor,
            of.c.state.not_in(list(awaited)),
        )
        query = select(table).where(table.c.state.in_([s.value for s in OPEN]), gone.exists())
        return self._all(EnquiryRow, query.limit(limit))

    def alarm(self, corridor: str, code: str, subject: str) -> Alarm | None:
        """One alarm, settled or not."""
        return self._one(Alarm, schema.alarm, corridor=corridor, code=code, subject=subject)

    def alarms(self, *, settled: bool = False, limit: int = 200) -> list[Alarm]:
        """What waits for a person, the newest first; or what is settled."""
        table = schema.alarm
        query = select(table).where(
            table.c.settled.is_not(None) if settled else table.c.settled.is_(None)
        )
        return self._all(Alarm, query.order_by(table.c.raised.desc()).limit(limit))

    def alarms_due(self, now: datetime, limit: int) -> list[Alarm]:
        """Alarms that may have settled themselves."""
        table = schema.alarm
        query = select(table).where(table.c.next_look <= now, table.c.settled.is_(None))
        return self._all(Alarm, query.limit(limit))

    def asked_counts(self) -> dict[str, dict[str, int]]:
        """Enquiries by direction and state; alarms that are not settled, by code."""
        table = schema.alarm
        query = select(table.c.code, func.count()).where(table.c.settled.is_(None))
        found = self._connection.execute(query.group_by(table.c.code))
        return {
            "enquiries": self._counts(schema.enquiry.c.direction, schema.enquiry.c.state),
            "alarms": {code: count for code, count in found},  # noqa: C416 - rows are no pairs to mypy
        }

    def last_report(
        self, corridor: str, direction: Direction, *, regular: bool | None = None
    ) -> Report | None:
        """The report with the latest end; among those of one end the one made last."""
        table = schema.report
        query = filtered(table, corridor=corridor, direction=direction, regular=regular)
        order = table.c.until.desc(), table.c.message_id.desc()
        return self._first(Report, query.order_by(*order))

    def report_of(
        self, corridor: str, direction: Direction, since: datetime, until: datetime
    ) -> Report | None:
        """The report of a period that was made last."""
        table = schema.report
        query = rows_of(table, corridor=corridor, direction=direction, since=since, until=until)
        return self._first(Report, query.order_by(table.c.message_id.desc()))

    def report(self, corridor: str, message_id: str) -> Report | None:
        """One report."""
        return self._one(Report, schema.report, corridor=corridor, message_id=message_id)

    def first_stored(self, corridor: str) -> datetime | None:
        """When the first message of a corridor was stored."""
        table = schema.message
        query = select(table.c.stored).where(table.c.corridor == corridor)
        found: datetime | None = self._scalar(query.order_by(table.c.stored).limit(1))
        return found

    def contents(
        self, corridor: str, direction: Direction, since: datetime, until: datetime
    ) -> list[Content]:
        """Messages of one direction that were created in a time, in the order of their ids.

        Those that could not be used were received like the others.
        """
        taken = list(self._contents(corridor, direction, since, until))
        if direction is Direction.OUT:
            return taken
        known = {one.message_id for one in taken}
        unused = [
            one for one in self._unusable(corridor, since, until) if one.message_id not in known
        ]
        return sorted((*taken, *unused), key=lambda one: one.message_id) if unused else taken

    def _contents(
        self, corridor: str, direction: Direction, since: datetime, until: datetime
    ) -> Iterator[Content]:
        table = schema.message
        query = select(table.c.message_id, table.c.kind, table.c.body, table.c.digest).where(
            table.c.corridor == corridor,
            table.c.direction == direction,
            table.c.stored >= since - AHEAD,
            table.c.created >= since,
            table.c.created < until,
        )
        # In their order only now: asked for in it, SQLite would walk over all messages ever stored.
        for one in sorted(self._connection.execute(query), key=lambda row: str(row.message_id)):
            digest = (one.digest or hashlib.sha256(one.body).digest()).hex()
            yield Content(message_id=one.message_id, kind=one.kind, digest=digest)

    def _unusable(self, corridor: str, since: datetime, until: datetime) -> Iterator[Content]:
        table = schema.unusable
        query = select(table.c.message_id, table.c.kind, table.c.digest).where(
            table.c.corridor == corridor, table.c.created >= since, table.c.created < until
        )
        for one in self._connection.execute(query):
            yield Content(message_id=one.message_id, kind=one.kind, digest=one.digest.hex())
