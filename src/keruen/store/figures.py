"""Queries of figures: sums over a stretch of days, and the consignments behind each of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select, tuple_

from keruen.store import rows, schema
from keruen.store.figured import Aspect, Sums
from keruen.store.pages import EVERYTHING, Narrowed
from keruen.store.rows import Role, Row
from keruen.store.snapshot import Snapshot

_OF = schema.figure.c
ADDED = ("announced", "arrived", "timed", "on_time", "differing")


class Wanted(Row, frozen=True):
    """Which consignments are counted.

    Attributes:
        since, until: first and last day, ``2026-11-24``.
    """

    since: str
    until: str
    role: Role | None = None
    partner: str | None = None
    post: str | None = None
    narrowed: Narrowed = EVERYTHING


class Which(StrEnum):
    """A part of what is counted, to be looked at one by one."""

    ANNOUNCED = "announced"
    ARRIVED = "arrived"
    TIMED = "timed"
    ON_TIME = "on-time"
    LATE = "late"
    DIFFERING = "differing"
    MISSING = "missing"
    UNANNOUNCED = "unannounced"


class Counted(Row, frozen=True):
    """A consignment, and the day on which it counts."""

    day: str
    consignment: rows.Consignment


class FigureQueries(Snapshot):
    """What is counted, from when to when."""

    def figures(
        self, wanted: Wanted, aspect: Aspect, now: datetime, *, by_day: bool = False
    ) -> list[Sums]:
        """Sums by key, or by day; in no order."""
        key = _OF.day if by_day else _OF.key
        query = select(
            key.label("key"),
            func.max(None if by_day else _OF.label).label("label"),
            *(func.sum(_OF[name]).label(name) for name in ADDED),
            _sum(_missing(now)).label("missing"),
            _sum(_OF.announced == 0).label("unannounced"),
        )
        return [
            _plain(one)
            for one in self._all(Sums, query.where(_where(wanted, aspect)).group_by(key))
        ]

    def figure_delays(self, wanted: Wanted) -> list[tuple[int, int]]:
        """Minutes from ETA to arrival, and how many came so; the earliest first."""
        query = select(_OF.delay, func.count()).where(
            _where(wanted, Aspect.ALL), _OF.delay.is_not(None)
        )
        found = self._connection.execute(query.group_by(_OF.delay).order_by(_OF.delay))
        return [(int(delay), int(count)) for delay, count in found]

    def figures_missing_since(
        self, wanted: Wanted, now: datetime, before: Iterable[datetime]
    ) -> list[int]:
        """How many are missing whose ETA lies before each of these times."""
        sums = [func.coalesce(_sum(_OF.due < moment), 0) for moment in before]
        query = select(*sums).where(_where(wanted, Aspect.ALL), _missing(now))
        return [int(one) for one in self._connection.execute(query).one()]

    def figure_page(
        self,
        wanted: Wanted,
        now: datetime,
        *,
        aspect: Aspect = Aspect.ALL,
        key: str | None = None,
        which: Which | None = None,
        after: tuple[str, str] | None = None,
        limit: int = 50,
    ) -> list[Counted]:
        """The consignments behind a figure, the last day first.

        Args:
            key: of the aspect; without one there is no aspect either.
            after: day and id of the last one of the page before.
        """
        within = Aspect.ALL if key is None else aspect
        query = _joined().where(_where(wanted, within), *_part(which, now), _OF.key == (key or ""))
        if after is not None:
            place = tuple_(literal(after[0]), literal(after[1]))
            query = query.where(_OF.day <= after[0], tuple_(_OF.day, _OF.consignment_id) < place)
        ordered = query.order_by(_OF.day.desc(), _OF.consignment_id.desc())
        return self._each(ordered.limit(limit))

    def figures_missing(self, wanted: Wanted, now: datetime, *, limit: int = 50) -> list[Counted]:
        """What is awaited although its ETA is past, the longest first."""
        query = _joined().where(_where(wanted, Aspect.ALL), _missing(now))
        return self._each(query.order_by(_OF.due, _OF.consignment_id).limit(limit))

    def _each(self, query: Select[Any]) -> list[Counted]:
        names = rows.Consignment.__struct_fields__
        found = self._connection.execute(query).mappings()
        return [
            Counted(
                day=one["day"], consignment=rows.Consignment(**{name: one[name] for name in names})
            )
            for one in found
        ]


def _joined() -> Select[Any]:
    """Consignments, each with the day on which it counts."""
    of = schema.consignment.c
    same = and_(of.consignment_id == _OF.consignment_id, of.corridor == _OF.corridor)
    return select(schema.consignment, _OF.day).join(schema.figure, same)


def _where(wanted: Wanted, aspect: Aspect) -> ColumnElement[bool]:
    equal = {"role": wanted.role, "partner": wanted.partner, "post": wanted.post}
    seen = {"post": wanted.narrowed.posts, "partner": wanted.narrowed.partners}
    return and_(
        _OF.aspect == aspect,
        _OF.day.between(wanted.since, wanted.until),
        *(_OF[name] == value for name, value in equal.items() if value is not None),
        *(_OF[name].in_(sorted(codes)) for name, codes in seen.items() if codes is not None),
    )


def _part(which: Which | None, now: datetime) -> list[ColumnElement[bool]]:
    parts: dict[Which, list[ColumnElement[bool]]] = {
        Which.ANNOUNCED: [_OF.announced == 1],
        Which.ARRIVED: [_OF.arrived == 1],
        Which.TIMED: [_OF.timed == 1],
        Which.ON_TIME: [_OF.on_time == 1],
        Which.LATE: [_OF.timed == 1, _OF.on_time == 0],
        Which.DIFFERING: [_OF.differing == 1],
        Which.MISSING: [_missing(now)],
        Which.UNANNOUNCED: [_OF.announced == 0],
    }
    return parts[which] if which else []


def _missing(now: datetime) -> ColumnElement[bool]:
    return _OF.due < now


def _sum(condition: ColumnElement[bool]) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _plain(one: Sums) -> Sums:
    """PostgreSQL adds up to decimals."""
    numbers = {name: int(getattr(one, name)) for name in (*ADDED, "missing", "unannounced")}
    return Sums(key=one.key, label=one.label, **numbers)
