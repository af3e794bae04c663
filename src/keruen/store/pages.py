"""Queries of lists that are read page by page, by what a page ended with: what comes meanwhile moves nothing.

Each list may be narrowed to posts and partners; what is outside is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, literal, or_, select, true, tuple_

from keruen.store import rows, schema
from keruen.store.asked import Alarm, EnquiryRow
from keruen.store.rows import Role, Row
from keruen.store.snapshot import R, Snapshot, filtered

Place = tuple[datetime, str]
"""Time and id of the last row of a page."""
AlarmPlace = tuple[datetime, str, str]
Span = tuple[datetime | None, datetime | None]
"""From when, and before when; None leaves it open."""
ALWAYS: Span = (None, None)


class Narrowed(Row, frozen=True):
    """To whom a list is narrowed: None leaves it open."""

    posts: frozenset[str] | None = None
    partners: frozenset[str] | None = None


EVERYTHING = Narrowed()


class PageQueries(Snapshot):
    """Lists, each from after a place, at most `limit` rows."""

    def consignment_page(
        self,
        narrowed: Narrowed = EVERYTHING,
        *,
        states: Collection[str] | None = None,
        equal: Mapping[str, object],
        after: str | None = None,
        limit: int = 50,
    ) -> list[rows.Consignment]:
        """Consignments whose columns have these values (None leaves one open), the newest id first."""
        table = schema.consignment
        query = filtered(table, **equal).where(_for(table, narrowed))
        if states:
            query = query.where(table.c.state.in_(list(states)))
        if after is not None:
            query = query.where(table.c.consignment_id < after)
        order = table.c.consignment_id.desc()
        return self._all(rows.Consignment, query.order_by(order).limit(limit))

    def expected_page(  # noqa: PLR0913 - each narrows
        self,
        narrowed: Narrowed,
        post: str,
        states: Collection[str],
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        timed: bool = True,
        untimed: bool = True,
        after: tuple[datetime | None, str] | None = None,
        limit: int = 50,
    ) -> list[rows.Consignment]:
        """What a post awaits, the earliest ETA first and what has none last.

        Args:
            start, end: only ETAs from one time, before another; None leaves that side open.
            timed, untimed: what has an ETA, and what has none.
        """
        of = schema.consignment.c
        within: list[ColumnElement[bool]] = [of.eta.is_not(None)]
        within += [of.eta >= start] if start is not None else []
        within += [of.eta < end] if end is not None else []
        wanted = or_(*([and_(*within)] if timed else []), *([of.eta.is_(None)] if untimed else []))
        query = (
            filtered(schema.consignment, role=Role.RECEIVER, post=post)
            .where(_for(schema.consignment, narrowed), of.state.in_(list(states)), wanted)
            .order_by(of.eta.is_(None), of.eta, of.consignment_id)
        )
        if after is not None:
            eta, last = after
            later = and_(of.eta.is_(None), of.consignment_id > last)
            if eta is not None:
                same = and_(of.eta == eta, of.consignment_id > last)
                later = or_(of.eta > eta, same, of.eta.is_(None))
            query = query.where(later)
        return self._all(rows.Consignment, query.limit(limit))

    def arrived_page(
        self,
        narrowed: Narrowed,
        post: str,
        since: datetime,
        *,
        after: Place | None = None,
        limit: int = 50,
    ) -> list[rows.Consignment]:
        """What has arrived at a post since a time, the last first."""
        table = schema.consignment
        query = filtered(table, role=Role.RECEIVER, post=post).where(
            _for(table, narrowed), table.c.arrived >= since
        )
        order = table.c.arrived, table.c.consignment_id
        return self._down(rows.Consignment, query, order, after, limit)

    def message_page(
        self,
        narrowed: Narrowed = EVERYTHING,
        *,
        equal: Mapping[str, object],
        state: rows.OutboxState | None = None,
        span: Span = ALWAYS,
        after: Place | None = None,
        limit: int = 50,
    ) -> list[rows.Message]:
        """Messages whose columns have these values, the last stored first.

        Args:
            state: only those of this node that stand so on the line.
            span: when they were stored.
        """
        table = schema.message
        query = filtered(table, **equal).where(
            _about(table, narrowed), _within(table.c.stored, span)
        )
        if state is not None:
            query = query.where(_stands(table, state))
        return self._down(rows.Message, query, (table.c.stored, table.c.message_id), after, limit)

    def enquiry_page(
        self,
        narrowed: Narrowed = EVERYTHING,
        *,
        states: Collection[str] | None = None,
        equal: Mapping[str, object],
        after: Place | None = None,
        limit: int = 50,
    ) -> list[EnquiryRow]:
        """Enquiries whose columns have these values, the newest first."""
        table = schema.enquiry
        query = filtered(table, **equal).where(_about(table, narrowed))
        if states:
            query = query.where(table.c.state.in_(list(states)))
        return self._down(EnquiryRow, query, (table.c.raised, table.c.enquiry_id), after, limit)

    def alarm_page(
        self,
        *,
        corridors: Collection[str] | None = None,
        settled: bool = False,
        after: AlarmPlace | None = None,
        limit: int = 50,
    ) -> list[Alarm]:
        """Alarms, the newest first."""
        table = schema.alarm
        query = select(table).where(
            table.c.settled.is_not(None) if settled else table.c.settled.is_(None)
        )
        if corridors is not None:
            query = query.where(table.c.corridor.in_(sorted(corridors)))
        order = (table.c.raised, table.c.subject, table.c.code)
        return self._down(Alarm, query, order, after, limit)

    def refusal_page(
        self,
        *,
        sources: Collection[str] | None = None,
        code: str | None = None,
        span: Span = ALWAYS,
        after: str | None = None,
        limit: int = 50,
    ) -> list[rows.Refusal]:
        """What was refused, the newest first."""
        table = schema.refusal
        query = filtered(table, code=code).where(_within(table.c.at, span))
        if sources is not None:
            query = query.where(table.c.source.in_(sorted(sources)))
        place = None if after is None else (after,)
        return self._down(rows.Refusal, query, (table.c.refusal_id,), place, limit)

    def _down(
        self,
        row: type[R],
        query: Select[Any],
        order: tuple[ColumnElement[Any], ...],
        after: tuple[Any, ...] | None,
        limit: int,
    ) -> list[R]:
        """Rows from the highest on, after a place."""
        if after is not None:
            place = (
                literal(value, column.type) for value, column in zip(after, order, strict=True)
            )
            # The bare comparison is what lets both databases begin at the right place of the index.
            query = query.where(order[0] <= after[0], tuple_(*order) < tuple_(*place))
        return self._all(row, query.order_by(*(one.desc() for one in order)).limit(limit))


def _for(table: Table, narrowed: Narrowed) -> ColumnElement[bool]:
    """Consignments of these posts and partners."""
    parts: list[ColumnElement[bool]] = []
    if narrowed.posts is not None:
        parts.append(table.c.post.in_(sorted(narrowed.posts)))
    if narrowed.partners is not None:
        parts.append(table.c.partner.in_(sorted(narrowed.partners)))
    return and_(true(), *parts)


def _about(table: Table, narrowed: Narrowed) -> ColumnElement[bool]:
    """What passes between this node and these partners about consignments of these posts."""
    parts: list[ColumnElement[bool]] = []
    if narrowed.partners is not None:
        parts.append(table.c.partner.in_(sorted(narrowed.partners)))
    if narrowed.posts is not None:
        of = schema.consignment
        about = select(of.c.consignment_id).where(
            of.c.consignment_id == table.c.consignment_id,
            of.c.corridor == table.c.corridor,
            of.c.post.in_(sorted(narrowed.posts)),
        )
        parts.append(about.exists())
    return and_(true(), *parts)


def _within(column: ColumnElement[Any], span: Span) -> ColumnElement[bool]:
    since, until = span
    lower = true() if since is None else column >= since
    return and_(lower, true() if until is None else column < until)


def _stands(message: Table, state: rows.OutboxState) -> ColumnElement[bool]:
    """Messages of this node that stand so on the line."""
    queue = schema.outbox
    found = select(queue.c.message_id).where(queue.c.state == state)
    if state is not rows.OutboxState.DELIVERED:  # few: begin with them
        return and_(message.c.direction == rows.Direction.OUT, message.c.message_id.in_(found))
    same = queue.c.message_id == message.c.message_id, queue.c.corridor == message.c.corridor
    return found.where(*same).exists()
