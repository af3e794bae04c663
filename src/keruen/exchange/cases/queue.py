"""The queue of open cases: by the clock of now, with how long each waits, and sums by who and where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from keruen.customs import Struct
from keruen.exchange.cases.standing import LONGEST
from keruen.store import Reader, Role
from keruen.store.casequeries import CaseFilter, CaseLimits, CaseOrder, CaseSum
from keruen.store.cases import CaseRow, CaseState
from keruen.store.pages import EVERYTHING, Narrowed

DAY = timedelta(days=1)
BOUNDS = (4 * DAY, 15 * DAY, LONGEST + DAY)
"""Ages at which the second band and those after it begin."""
BANDS = ("0-3", "4-14", "15-45", "46+")
"""Whole days since its time was over."""
SUMMED = {
    "trader": ("trader", "trader_name"),
    "carrier": ("carrier", "carrier_name"),
    "post": ("post", None),
    "chapter": ("chapter", None),
}
"""What cases are summed by → its columns: the key, and what names it."""


class Aged(Struct, frozen=True):
    """A case as it stands by the clock.

    Attributes:
        state: what is expected is overdue, and in the end never arrived.
        days: whole days since its time was over; 0 while it is not.
        band: one of `BANDS`.
    """

    row: CaseRow
    state: CaseState
    days: int
    band: str


class Summary(Struct, frozen=True):
    """What is open.

    Attributes:
        states: how many of each state.
        sums: what they are summed by → the keys that have most of them.
    """

    count: int
    sent: int
    received: int
    states: Mapping[str, int]
    sums: Mapping[str, tuple[CaseSum, ...]]


def limits_of(now: datetime) -> CaseLimits:
    """From when a case counts as what."""
    return CaseLimits(now=now, given_up=now - LONGEST)


def band(age: timedelta) -> str:
    """The band of an age."""
    return BANDS[sum(age >= bound for bound in BOUNDS)]


def within(name: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when, and before when, what is in a band fell due."""
    place = BANDS.index(name)
    edges = (None, *(now - bound for bound in BOUNDS), None)
    later, earlier = edges[place], edges[place + 1]
    moment = timedelta(microseconds=1)
    return (
        earlier + moment if earlier else None,
        later + moment if later else None,
    )


def wanted(
    now: datetime,
    *,
    states: tuple[CaseState, ...] = (),
    age: str | None = None,
    closed: bool = False,
    role: Role | None = None,
    partner: str | None = None,
    keys: Mapping[str, str] | None = None,
    narrowed: Narrowed = EVERYTHING,
) -> CaseFilter:
    """Which cases are asked for; `age` is a band."""
    since, until = within(age, now) if age else (None, None)
    return CaseFilter(
        limits=limits_of(now),
        states=states,
        closed=closed,
        role=role,
        partner=partner,
        since=since,
        until=until,
        keys=keys or {},
        narrowed=narrowed,
    )


def seen(row: CaseRow, now: datetime) -> Aged:
    """A case by the clock."""
    age = max(now - row.due, timedelta(0))
    state = row.state
    if state is CaseState.EXPECTED and row.due <= now:
        state = CaseState.NEVER_ARRIVED if age >= LONGEST else CaseState.OVERDUE
    return Aged(row=row, state=state, days=age.days, band=band(age))


def queue(
    reader: Reader,
    asked: CaseFilter,
    *,
    order: CaseOrder = CaseOrder.AGE,
    after: tuple[datetime, str] | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[Aged]:
    """Cases, the oldest or the most valuable first."""
    found = reader.cases(asked, order=order, after=after, limit=limit, offset=offset)
    return [seen(row, asked.limits.now) for row in found]


def summary(reader: Reader, asked: CaseFilter) -> Summary:
    """How many are asked for, and who and where has most of them."""
    counts = reader.case_counts(asked)
    states: dict[str, int] = {}
    for (state, _), count in counts.items():
        states[state.value] = states.get(state.value, 0) + count
    sides = {role: sum(count for (_, one), count in counts.items() if one is role) for role in Role}
    return Summary(
        count=sum(counts.values()),
        sent=sides[Role.SENDER],
        received=sides[Role.RECEIVER],
        states=states,
        sums={
            name: tuple(reader.case_sums(asked, *columns, BOUNDS))
            for name, columns in SUMMED.items()
        },
    )
