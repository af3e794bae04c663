"""Rows of the store → what the lists show. Pure: the time is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from keruen.agreement import Agreement, Post
from keruen.border import Found, Hint
from keruen.customs import Struct
from keruen.store import Consignment

SOON = timedelta(hours=2)
"""A consignment due within this is about to come."""

LATELY = timedelta(days=3)
"""What is overdue for longer stands at the end of the board: it is searched for, not awaited tonight."""


class Standing(StrEnum):
    """How an expected consignment stands by the clock; the most pressing first."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    ON_TIME = "on-time"
    NO_ETA = "no-eta"
    LONG_OVERDUE = "long-overdue"


class Window(Struct, frozen=True):
    """The ETAs of one standing: from `start`, before `end`; both None for what has no ETA."""

    start: datetime | None = None
    end: datetime | None = None


def window(standing: Standing, now: datetime) -> Window:
    """Which ETAs have a standing."""
    return {
        Standing.OVERDUE: Window(start=now - LATELY, end=now),
        Standing.DUE_SOON: Window(start=now, end=now + SOON),
        Standing.ON_TIME: Window(start=now + SOON),
        Standing.NO_ETA: Window(),
        Standing.LONG_OVERDUE: Window(end=now - LATELY),
    }[standing]


def standing(consignment: Consignment, now: datetime) -> Standing:
    """How an expected consignment stands: against its ETA at the entry post, whatever the basis of that."""
    eta = consignment.eta
    if eta is None:
        return Standing.NO_ETA
    if eta < now - LATELY:
        return Standing.LONG_OVERDUE
    if eta < now:
        return Standing.OVERDUE
    return Standing.DUE_SOON if eta < now + SOON else Standing.ON_TIME


class Row(Struct, frozen=True):
    """One consignment in a list.

    Attributes:
        hint: where its vehicle is best sent.
        found: the mark by which it was found.
    """

    consignment: Consignment
    standing: Standing | None = None
    containers: tuple[str, ...] = ()
    discrepancies: tuple[str, ...] = ()
    hint: Hint | None = None
    found: Found | None = None


class Group(Struct, frozen=True):
    """Expected consignments of one standing: those shown, and how many there are."""

    standing: Standing
    rows: tuple[Row, ...]
    count: int


class PostFigures(Struct, frozen=True):
    """One border post in numbers. `post` is None for consignments whose entry post nobody stated."""

    post: Post | None
    counts: Mapping[Standing, int]
    arrived_today: int = 0

    def of(self, standing: str) -> int:
        """How many have a standing."""
        return self.counts[Standing(standing)]

    @property
    def expected(self) -> int:
        """How many are still awaited: all but the long overdue."""
        return sum(self.counts.values()) - self.counts[Standing.LONG_OVERDUE]


def goes_empty(one: Consignment) -> bool:
    """Whether a vehicle without goods was announced: its first version states nothing that it carries."""
    return one.ordinal == 1 and one.goods == 0 and one.title is None and one.gross_mass is None


def groups(rows: Iterable[Row]) -> tuple[Group, ...]:
    """Consignments by standing, in their order; a standing that nothing has is left out."""
    by_standing: dict[Standing, list[Row]] = {one: [] for one in Standing}
    for row in rows:
        by_standing[row.standing or Standing.NO_ETA].append(row)
    return tuple(
        Group(standing=one, rows=tuple(rows), count=len(rows))
        for one, rows in by_standing.items()
        if rows
    )


def until(now: datetime) -> Mapping[str, datetime]:
    """The times before which expected consignments are counted for `post_figures`."""
    return {"soon": now + SOON, "now": now, "lately": now - LATELY}


def post_figures(
    post: Post | None, counted: Iterable[Mapping[str, int]], arrived: int = 0
) -> PostFigures:
    """One post in numbers.

    Args:
        counted: numbers of expected consignments: ``all``, ``timed``, and those before each time of `until`.
    """
    sums = dict.fromkeys(("all", "timed", "soon", "now", "lately"), 0)
    for one in counted:
        sums = {name: number + one[name] for name, number in sums.items()}
    counts = {
        Standing.OVERDUE: sums["now"] - sums["lately"],
        Standing.DUE_SOON: sums["soon"] - sums["now"],
        Standing.ON_TIME: sums["timed"] - sums["soon"],
        Standing.NO_ETA: sums["all"] - sums["timed"],
        Standing.LONG_OVERDUE: sums["lately"],
    }
    return PostFigures(post=post, counts=counts, arrived_today=arrived)


def posts_of(agreements: Iterable[Agreement], country: str) -> tuple[Post, ...]:
    """The posts of a country in all agreements, each once."""
    posts = {post.code: post for agreement in agreements for post in agreement.posts_of(country)}
    return tuple(posts.values())
