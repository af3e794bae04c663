"""Queries of a border post's board: what it awaits and what has come, counted and listed by the clock.

A board is looked at all night and must not grow slow with the years: what has come and gone is never read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from keruen.store import rows, schema
from keruen.store.asked import Alarm
from keruen.store.rows import Direction, Role
from keruen.store.snapshot import Snapshot

R = TypeVar("R", bound=rows.Row)

_OF = schema.consignment.c
_FOLDED = schema.identifier.c.folded
KEPT = 256
"""Queries of lists that are kept: one for each post and each partner whom somebody sees."""
_LAST = "\U0010ffff"


class BoardQueries(Snapshot):
    """What is on the way to the posts of this country."""

    def expected_counts(
        self,
        states: Collection[str],
        until: Mapping[str, datetime],
        *,
        partners: Collection[str] | None = None,
    ) -> dict[str | None, dict[str, int]]:
        """Expected consignments by entry post, and how many of them have an ETA before certain times.

        Args:
            until: names the times; ``all``, ``timed``, those with any ETA, and ``late``, those that were
                announced late, are given on top.
            partners: only those that these countries announced; None for all.
        """
        before = [
            func.sum(case((_OF.eta < moment, 1), else_=0)).label(name)
            for name, moment in until.items()
        ]
        names = ("all", "timed", "late", *until)
        late = func.sum(case((_OF.late, 1), else_=0)).label("late")
        query = select(
            _OF.post, func.count().label("all"), func.count(_OF.eta).label("timed"), late, *before
        ).where(_expected(states), _from(partners))
        found = self._connection.execute(query.group_by(_OF.post)).mappings()
        return {one["post"]: {name: int(one[name]) for name in names} for one in found}

    def expected(
        self,
        posts: Collection[str | None],
        states: Collection[str],
        *,
        eta_from: datetime | None = None,
        eta_before: datetime | None = None,
        last_first: bool = False,
        partners: Collection[str] | None = None,
        limit: int = 100,
    ) -> list[rows.Consignment]:
        """What posts await between two times, by its ETA; without a time given, what has no ETA."""
        seen = None if partners is None else frozenset(partners)
        bounds = {"since": eta_from, "until": eta_before}
        stated = {name: moment for name, moment in bounds.items() if moment is not None}
        query = _listed(tuple(states), frozenset(posts), seen, tuple(stated), last_first=last_first)
        return self._all(rows.Consignment, query, stated | {"limit": limit})

    def arrived_counts(self, since: datetime) -> dict[str | None, int]:
        """What has arrived since a time, by post."""
        query = select(_OF.post, func.count()).where(_arrived(since)).group_by(_OF.post)
        return dict(self._connection.execute(query).all())

    def arrived(self, post: str, since: datetime, *, limit: int = 100) -> list[rows.Consignment]:
        """What has arrived at a post since a time, the last first."""
        query = select(schema.consignment).where(_arrived(since), _OF.post == post)
        last_first = query.order_by(_OF.arrived.desc(), _OF.consignment_id.desc())
        return self._all(rows.Consignment, last_first.limit(limit))

    def latest_discrepancies(self, limit: int = 10) -> list[rows.DiscrepancyRow]:
        """The differences that were stated last, of whatever consignments."""
        table = schema.discrepancy
        query = select(table).order_by(table.c.stated.desc(), table.c.consignment_id.desc())
        return self._all(rows.DiscrepancyRow, query.limit(limit))

    def consignments_by_id(self, ids: Collection[str]) -> list[rows.Consignment]:
        """Consignments with these ids, in no order."""
        return self._of_these(rows.Consignment, schema.consignment, ids)

    def identifiers_among(self, ids: Collection[str]) -> list[rows.Identifier]:
        """The keys of these consignments."""
        return self._of_these(rows.Identifier, schema.identifier, ids)

    def discrepancies_among(self, ids: Collection[str]) -> list[rows.DiscrepancyRow]:
        """The coded differences of these consignments, the oldest first."""
        found = self._of_these(rows.DiscrepancyRow, schema.discrepancy, ids)
        return sorted(found, key=lambda one: one.stated)

    def alarms_among(self, ids: Collection[str]) -> list[Alarm]:
        """What waits for a person about these consignments."""
        found = self._of_these(Alarm, schema.alarm, ids)
        return [one for one in found if one.settled is None]

    def answers_among(self, ids: Collection[str]) -> list[rows.Message]:
        """What this side answered to messages with these ids."""
        table = schema.message
        query = select(table).where(
            table.c.refers_to.in_(list(ids)), table.c.direction == Direction.OUT
        )
        return self._all(rows.Message, query) if ids else []

    def _of_these(self, row: type[R], table: Table, ids: Collection[str]) -> list[R]:
        query = select(table).where(table.c.consignment_id.in_(list(ids)))
        return self._all(row, query) if ids else []

    def identifiers_beginning(
        self, mark: str, limit: int = 100, *, alike: bool = False
    ) -> list[rows.Identifier]:
        """Keys that begin with a folded mark: a plate of which only a part can be read.

        Args:
            alike: the mark is a skeleton, and so are the keys.
        """
        column: ColumnElement[str] = schema.identifier.c.skeleton if alike else _FOLDED
        query = select(schema.identifier).where(column >= mark, column < mark + _LAST)
        return self._all(rows.Identifier, query.order_by(column).limit(limit))


def _expected(states: Collection[str]) -> ColumnElement[bool]:
    return and_(_OF.role == Role.RECEIVER, _OF.state.in_(list(states)))


@lru_cache(maxsize=KEPT)
def _listed(
    states: tuple[str, ...],
    posts: frozenset[str | None],
    partners: frozenset[str] | None,
    bounds: tuple[str, ...],
    *,
    last_first: bool,
) -> Select[Any]:
    """The query of what is expected, built once; its parameters are `bounds` of the ETA, and ``limit``.

    Of each state the first ones lie together in the index; of all states the whole list would be sorted.
    """
    within = and_(_at(posts), _from(partners), _due(bounds))
    parts = (
        _in_order(
            select(_OF.consignment_id, _OF.corridor, _OF.eta).where(_expected([state]), within),
            _OF,
            last_first=last_first,
        )
        for state in states
    )
    first = union_all(*(select(part.subquery()) for part in parts)).subquery()
    same = and_(first.c.consignment_id == _OF.consignment_id, first.c.corridor == _OF.corridor)
    query = select(schema.consignment).join(first, same)
    return _in_order(query, first.c, last_first=last_first)


def _due(bounds: Collection[str]) -> ColumnElement[bool]:
    since, until = (bindparam(name, type_=schema.Moment()) for name in ("since", "until"))
    conditions = {"since": _OF.eta >= since, "until": _OF.eta < until}
    return and_(*(conditions[name] for name in bounds)) if bounds else _OF.eta.is_(None)


def _in_order(
    query: Select[Any], of: ReadOnlyColumnCollection[str, Any], *, last_first: bool
) -> Select[Any]:
    order = (of.eta, of.consignment_id)
    ordered = query.order_by(*(one.desc() if last_first else one for one in order))
    return ordered.limit(bindparam("limit"))


def _from(partners: Collection[str] | None) -> ColumnElement[bool]:
    return true() if partners is None else _OF.partner.in_(list(partners))


def _arrived(since: datetime) -> ColumnElement[bool]:
    return and_(_OF.role == Role.RECEIVER, _OF.arrived >= since)


def _at(posts: Collection[str | None]) -> ColumnElement[bool]:
    known = [post for post in posts if post is not None]
    return or_(_OF.post.in_(known), _OF.post.is_(None)) if None in posts else _OF.post.in_(known)
