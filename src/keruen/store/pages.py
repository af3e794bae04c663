"""Queries of lists that are read page by page, by what a page ended with: what comes meanwhile moves nothing.

Each list may be narrowed to posts and partners; what is outside is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, literal, select, true, tuple_

from keruen.store import rows, schema
from keruen.store.asked import Alarm, EnquiryRow
from keruen.store.rows import Row
from keruen.store.snapshot import R, Snapshot, filtered

Place = tuple[datetime, str]
"""Time and id of the last row of a page."""
AlarmPlace = tuple[datetime, str, str]


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

    def message_page(
        self,
        narrowed: Narrowed = EVERYTHING,
        *,
        equal: Mapping[str, object],
        after: Place | None = None,
        limit: int = 50,
    ) -> list[rows.Message]:
        """Messages whose columns have these values, the last stored first."""
        table = schema.message
        query = filtered(table, **equal).where(_about(table, narrowed))
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
        self, *, settled: bool = False, after: AlarmPlace | None = None, limit: int = 50
    ) -> list[Alarm]:
        """Alarms, the newest first."""
        table = schema.alarm
        query = select(table).where(
            table.c.settled.is_not(None) if settled else table.c.settled.is_(None)
        )
        order = (table.c.raised, table.c.subject, table.c.code)
        return self._down(Alarm, query, order, after, limit)

    def refusal_page(self, *, after: str | None = None, limit: int = 50) -> list[rows.Refusal]:
        """What was refused, the newest first."""
        table = schema.refusal
        place = None if after is None else (after,)
        return self._down(rows.Refusal, select(table), (table.c.refusal_id,), place, limit)

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
    parts = []
    if narrowed.posts is not None:
        parts.append(table.c.post.in_(sorted(narrowed.posts)))
    if narrowed.partners is not None:
        parts.append(table.c.partner.in_(sorted(narrowed.partners)))
    return and_(true(), *parts)


def _about(table: Table, narrowed: Narrowed) -> ColumnElement[bool]:
    """What passes between this node and these partners about consignments of these posts."""
    parts = []
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
