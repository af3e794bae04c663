"""Queries of the queue of cases: what is open, how long, by whom; never a count over all consignments."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, true, tuple_

from keruen.store import rows, schema
from keruen.store.cases import CaseAct, CaseRow, CaseState
from keruen.store.pages import EVERYTHING, Narrowed
from keruen.store.rows import Role, Row
from keruen.store.snapshot import Snapshot, filtered, rows_of

_OF = schema.reconciliation.c


class CaseOrder(StrEnum):
    """What comes first in the queue."""

    AGE = "age"
    VALUE = "value"
    """Currency by currency, as no rate is known here; by mass where no value is stated."""


class CaseLimits(Row, frozen=True):
    """From when a case counts as what, by the clock of now.

    Attributes:
        now: what fell due later is not open yet.
        given_up: what fell due by then, and is still expected, has never arrived.
    """

    now: datetime
    given_up: datetime


class CaseFilter(Row, frozen=True):
    """Which cases; None leaves a side open.

    Attributes:
        closed: those that a person closed, in place of those that are open.
        since, until: when they fell due, from and before.
        keys: columns with their values: a trader, a carrier, a post, a chapter.
    """

    limits: CaseLimits
    states: tuple[CaseState, ...] = ()
    closed: bool = False
    role: Role | None = None
    partner: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    keys: Mapping[str, str] = {}
    narrowed: Narrowed = EVERYTHING


class CaseSum(Row, frozen=True):
    """Cases of one key.

    Attributes:
        counts: by band of age, the youngest first.
        oldest: when the first of them fell due.
        mass: kg, of those that state one.
    """

    key: str
    label: str | None
    count: int
    counts: tuple[int, ...]
    oldest: datetime
    mass: int


class CaseQueries(Snapshot):
    """What is open between the two sides."""

    def case(self, corridor: str, subject: str) -> CaseRow | None:
        """One case; None where nothing is open about it."""
        return self._one(CaseRow, schema.reconciliation, corridor=corridor, subject=subject)

    def case_named(self, subject: str) -> CaseRow | None:
        """One case, whatever its corridor."""
        return self._first(CaseRow, rows_of(schema.reconciliation, subject=subject))

    def cases_linked(self, corridor: str, before: datetime, limit: int) -> list[CaseRow]:
        """Cases that a person tied to a consignment before a time, the other side not told yet."""
        query = rows_of(schema.reconciliation, corridor=corridor).where(
            _OF.candidate.is_not(None), _OF.closed <= before
        )
        return self._all(CaseRow, query.order_by(_OF.closed).limit(limit))

    def case_acts(self, corridor: str, subject: str) -> list[CaseAct]:
        """What persons did with a case, the first one first."""
        query = rows_of(schema.case_act, corridor=corridor, subject=subject)
        return self._all(CaseAct, query.order_by(schema.case_act.c.act_id))

    def all_case_acts(self) -> list[CaseAct]:
        """What persons did with any case, the first one first."""
        return self._all(CaseAct, select(schema.case_act).order_by(schema.case_act.c.act_id))

    def cases(
        self,
        wanted: CaseFilter,
        *,
        order: CaseOrder = CaseOrder.AGE,
        after: tuple[datetime, str] | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[CaseRow]:
        """Cases, the oldest or the most valuable first; `after` the place of the last one by age."""
        query = _wanted(wanted)
        if after is not None:
            place = literal(after[0], schema.Moment()), literal(after[1])
            query = query.where(_OF.due >= after[0], tuple_(_OF.due, _OF.subject) > tuple_(*place))
        query = query.order_by(*_orders(order)).limit(limit).offset(offset)
        return self._all(CaseRow, query)

    def case_counts(self, wanted: CaseFilter) -> dict[tuple[CaseState, Role], int]:
        """How many there are of each state and direction, states as they stand by the clock."""
        table = _wanted(wanted).subquery().c
        state = _state_now(table, wanted.limits)
        query = select(state, table.role, func.count()).group_by(state, table.role)
        found = self._connection.execute(query)
        return {(CaseState(name), Role(role)): count for name, role, count in found}

    def case_sums(
        self,
        wanted: CaseFilter,
        key: str,
        label: str | None,
        bounds: Collection[timedelta],
        limit: int = 10,
    ) -> list[CaseSum]:
        """Cases by a column, those that have most of them first.

        Args:
            label: the column that names the key.
            bounds: ages at which the second band and those after it begin.
        """
        table = _wanted(wanted).subquery().c
        edges = [wanted.limits.now - bound for bound in bounds]
        bands = [func.sum(case((within, 1), else_=0)) for within in _bands(table.due, edges)]
        name = func.max(table[label]) if label else literal(None)
        query = (
            select(
                table[key],
                name,
                func.count(),
                func.min(table.due, type_=schema.Moment()),
                func.sum(table.mass),
                *bands,
            )
            .group_by(table[key])
            .order_by(func.count().desc(), table[key])
            .limit(limit)
        )
        return [
            CaseSum(
                key=one[0] or "",
                label=one[1],
                count=one[2],
                oldest=one[3],
                mass=int(one[4] or 0),
                counts=tuple(int(n) for n in one[5:]),
            )
            for one in self._connection.execute(query)
        ]

    def imports_unmatched(
        self, kind: str, after: str, limit: int = 200
    ) -> list[rows.NationalDeclaration]:
        """Declarations of a kind that belong to no consignment and are here as a whole, by id."""
        table, match = schema.declaration, schema.import_match
        matched = select(match.c.declaration_id).where(
            match.c.declaration_id == table.c.declaration_id, match.c.corridor == table.c.corridor
        )
        query = filtered(table, kind=kind).where(
            table.c.declaration_id > after, table.c.removed.is_(None), ~matched.exists()
        )
        return self._all(
            rows.NationalDeclaration, query.order_by(table.c.declaration_id).limit(limit)
        )


def _wanted(wanted: CaseFilter) -> Select[Any]:
    query = filtered(schema.reconciliation, role=wanted.role, partner=wanted.partner)
    query = query.where(_OF.closed.is_not(None) if wanted.closed else _OF.closed.is_(None))
    if wanted.states:
        query = query.where(or_(*(_in_state(one, wanted.limits) for one in wanted.states)))
    if CaseState.EXPECTED not in wanted.states and not wanted.closed:
        query = query.where(_OF.due <= wanted.limits.now)
    if wanted.since is not None:
        query = query.where(_OF.due >= wanted.since)
    if wanted.until is not None:
        query = query.where(_OF.due < wanted.until)
    for name, value in wanted.keys.items():
        query = query.where(func.coalesce(_OF[name], "") == value)
    return query.where(_narrowed(wanted.narrowed))


def _narrowed(narrowed: Narrowed) -> ColumnElement[bool]:
    posts = true() if narrowed.posts is None else _OF.post.in_(sorted(narrowed.posts))
    if narrowed.partners is None:
        return and_(true(), posts)
    return and_(posts, _OF.partner.in_(sorted(narrowed.partners)))


def _in_state(state: CaseState, limits: CaseLimits) -> ColumnElement[bool]:
    """Cases that stand so by the clock."""
    expected = _OF.state == CaseState.EXPECTED
    if state is CaseState.EXPECTED:
        return and_(expected, _OF.due > limits.now)
    if state is CaseState.OVERDUE:
        return and_(expected, _OF.due <= limits.now, _OF.due > limits.given_up)
    if state is CaseState.NEVER_ARRIVED:
        return or_(_OF.state == state, and_(expected, _OF.due <= limits.given_up))
    return and_(_OF.state == state)


def _state_now(table: Any, limits: CaseLimits) -> ColumnElement[str]:
    expected = table.state == CaseState.EXPECTED
    plain = func.coalesce(table.state, "", type_=schema.Words())
    return case(
        (and_(expected, table.due <= limits.given_up), CaseState.NEVER_ARRIVED.value),
        (and_(expected, table.due <= limits.now), CaseState.OVERDUE.value),
        else_=plain,
    )


def _bands(due: ColumnElement[Any], edges: list[datetime]) -> list[ColumnElement[bool]]:
    """Whether something fell due in each stretch between these times, the latest first."""
    lower = [*edges, None]
    upper = [None, *edges]
    return [
        and_(
            true() if high is None else due <= high,
            true() if low is None else due > low,
        )
        for low, high in zip(lower, upper, strict=True)
    ]


def _orders(order: CaseOrder) -> tuple[ColumnElement[Any], ...]:
    if order is CaseOrder.AGE:
        return _OF.due, _OF.subject
    return (
        _OF.value.is_(None),
        _OF.currency,
        _OF.value.desc(),
        func.coalesce(_OF.mass, 0).desc(),
        _OF.subject,
    )
