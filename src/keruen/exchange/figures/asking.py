"""Sums of figure rows → the tables that an analyst reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from keruen.customs import Struct
from keruen.store import Reader
from keruen.store.figured import Aspect, Sums
from keruen.store.figures import ADDED, Wanted

DAY = timedelta(days=1)
AGES = {"under-1": 0, "1-3": 1, "3-7": 3, "over-7": 7}
"""How long something is missing: name → from how many days on."""
COUNTED = (*ADDED, "missing", "unannounced")


class By(StrEnum):
    """What a table has a row for."""

    CODE = "code"
    OFFICE = "office"
    CHAPTER = "chapter"
    TRADER = "trader"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Scale(StrEnum):
    """How long one point of a trend is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Figure(Struct, frozen=True, omit_defaults=False):
    """One row of a table.

    Attributes:
        key: a discrepancy code, an office, an HS chapter, a trader's number, a day, a week's Monday or a month;
            empty where the declaration states none.
        label: a firm's name; natural persons are counted together as `natural-person` and never named.
        announced: consignments that were announced, without rejected and annulled ones.
        arrived: consignments that have come, in part or all; of them `unannounced`.
        timed: arrived ones that had an ETA; of them `on_time`: no later than the agreement allows.
        on_time_share: `on_time` of `timed`, 0 to 1; left out where there are none.
        differing: consignments with a coded difference other than not having arrived.
        missing: consignments that are awaited although their ETA is past.
    """

    key: str
    label: str | None = None
    announced: int = 0
    arrived: int = 0
    timed: int = 0
    on_time: int = 0
    differing: int = 0
    missing: int = 0
    unannounced: int = 0
    on_time_share: float | None = None

    @property
    def consignments(self) -> int:
        """How many it is made of."""
        return self.announced + self.unannounced


class Overview(Struct, frozen=True, omit_defaults=False):
    """A stretch of days in one row.

    Attributes:
        median_delay: minutes from the ETA to the arrival, negative before it; left out where nothing is timed.
        missing_for: how many are missing by the days since their ETA: `under-1`, `1-3`, `3-7`, `over-7`.
    """

    total: Figure
    missing_for: dict[str, int]
    median_delay: int | None = None


def overview(reader: Reader, wanted: Wanted, now: datetime) -> Overview:
    """All of it in one row."""
    found = reader.figures(wanted, Aspect.ALL, now)
    until = [now, *(now - DAY * days for days in AGES.values() if days)]
    missing = reader.figures_missing_since(wanted, now, until)
    aged = [here - older for here, older in zip(missing, (*missing[1:], 0), strict=True)]
    return Overview(
        total=added("", found),
        missing_for=dict(zip(AGES, aged, strict=True)),
        median_delay=median(reader.figure_delays(wanted)),
    )


def median(counted: Sequence[tuple[int, int]]) -> int | None:
    """The middle one of values that are given in order, each with how often it was; the lower of two."""
    left = (sum(count for _, count in counted) + 1) // 2
    for value, count in counted:
        left -= count
        if left <= 0:
            return value
    return None


def by(reader: Reader, wanted: Wanted, now: datetime, grouping: By) -> tuple[Figure, ...]:
    """A table: periods in their order, everything else by how much it is made of, what is not stated last."""
    if grouping.value in tuple(Scale):
        days = reader.figures(wanted, Aspect.ALL, now, by_day=True)
        return trend(days, Scale(grouping), wanted)
    found = [figure(one) for one in reader.figures(wanted, Aspect(grouping), now)]
    return tuple(sorted(found, key=lambda one: (not one.key, -one.consignments, one.key)))


def trend(days: Iterable[Sums], scale: Scale, wanted: Wanted) -> tuple[Figure, ...]:
    """Sums by day → points of a trend, those without anything included."""
    start = STARTS[scale]
    points: dict[str, list[Sums]] = {key: [] for key in periods(scale, wanted)}
    for one in days:
        points[start(date.fromisoformat(one.key))].append(one)
    return tuple(added(key, several) for key, several in points.items())


STARTS: dict[Scale, Callable[[date], str]] = {
    Scale.DAY: lambda day: day.isoformat(),
    Scale.WEEK: lambda day: (day - DAY * day.weekday()).isoformat(),
    Scale.MONTH: lambda day: day.isoformat()[:7],
}
"""The period that a day is in: the day, the Monday of its week, its month."""


def periods(scale: Scale, wanted: Wanted) -> Iterator[str]:
    """The periods from the first to the last day, each once."""
    first, last = date.fromisoformat(wanted.since), date.fromisoformat(wanted.until)
    days = (first + DAY * number for number in range((last - first).days + 1))
    yield from dict.fromkeys(STARTS[scale](day) for day in days)


def added(key: str, several: Iterable[Sums]) -> Figure:
    """Sums of several in one row."""
    found = list(several)
    return figure(
        Sums(key=key, **{name: sum(getattr(one, name) for one in found) for name in COUNTED})
    )


def figure(one: Sums) -> Figure:
    """Sums as a row."""
    share = one.on_time / one.timed if one.timed else None
    numbers = {name: getattr(one, name) for name in COUNTED}
    return Figure(key=one.key, label=one.label, on_time_share=share, **numbers)
