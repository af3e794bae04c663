"""Rows of the store → what the lists show. Pure: the time is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from keruen.agreement import Agreement, Post
from keruen.customs import Struct
from keruen.store import Consignment

SOON = timedelta(hours=2)
"""A consignment due within this is about to come."""


class Standing(StrEnum):
    """How an expected consignment stands by the clock; the most pressing first."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    ON_TIME = "on-time"
    NO_ETA = "no-eta"


def standing(consignment: Consignment, now: datetime) -> Standing:
    """How an expected consignment stands: against its ETA at the entry post, whatever the basis of that."""
    if consignment.eta is None:
        return Standing.NO_ETA
    if consignment.eta < now:
        return Standing.OVERDUE
    return Standing.DUE_SOON if consignment.eta <= now + SOON else Standing.ON_TIME


class Row(Struct, frozen=True):
    """One consignment in a list."""

    consignment: Consignment
    standing: Standing | None = None
    containers: tuple[str, ...] = ()


class Group(Struct, frozen=True):
    """Expected consignments of one standing, the earliest ETA first."""

    standing: Standing
    rows: tuple[Row, ...]


class PostFigures(Struct, frozen=True):
    """One border post in numbers. `post` is None for consignments whose entry post nobody stated."""

    post: Post | None
    expected: int
    due_soon: int
    overdue: int
    arrived_today: int


def groups(rows: Iterable[Row]) -> tuple[Group, ...]:
    """Expected consignments by standing; a standing that nothing has is left out."""
    by_standing: dict[Standing, list[Row]] = {one: [] for one in Standing}
    for row in rows:
        by_standing[row.standing or Standing.NO_ETA].append(row)
    return tuple(
        Group(standing=one, rows=tuple(sorted(rows, key=_urgency)))
        for one, rows in by_standing.items()
        if rows
    )


def _urgency(row: Row) -> tuple[bool, float, str]:
    eta = row.consignment.eta
    return eta is None, eta.timestamp() if eta else 0.0, row.consignment.reference


def post_figures(
    post: Post | None,
    expected: Sequence[Consignment],
    arrived: Sequence[Consignment],
    now: datetime,
    midnight: datetime,
) -> PostFigures:
    """Count a post's consignments.

    Args:
        arrived: consignments that arrived there, of any day.
        midnight: when the post's day began.
    """
    standings = [standing(one, now) for one in expected]
    return PostFigures(
        post=post,
        expected=len(expected),
        due_soon=standings.count(Standing.DUE_SOON),
        overdue=standings.count(Standing.OVERDUE),
        arrived_today=sum(one.arrived is not None and one.arrived >= midnight for one in arrived),
    )


def posts_of(agreements: Iterable[Agreement], country: str) -> tuple[Post, ...]:
    """The posts of a country in all agreements, each once."""
    posts = {post.code: post for agreement in agreements for post in agreement.posts_of(country)}
    return tuple(posts.values())


def post_of(agreements: Iterable[Agreement], code: str | None) -> Post | None:
    """A post by its code, of whichever country and agreement."""
    found = (agreement.post(code) for agreement in agreements)
    return next((post for post in found if post is not None), None)
