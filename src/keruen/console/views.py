"""Rows of the store → what the lists show. Pure: the time is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from keruen.agreement import Agreement, Post
from keruen.border import Found, Hint
from keruen.border.schedule import Standing, counts_of
from keruen.customs import Struct
from keruen.store import Consignment


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
    """One border post in numbers. `post` is None for consignments whose entry post nobody stated.

    Attributes:
        late: how many of those expected were announced late.
    """

    post: Post | None
    counts: Mapping[Standing, int]
    arrived_today: int = 0
    late: int = 0

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


def post_figures(
    post: Post | None, counted: Sequence[Mapping[str, int]], arrived: int = 0
) -> PostFigures:
    """One post in numbers.

    Args:
        counted: numbers of expected consignments: ``all``, ``timed``, ``late``, and those before each time of
            `keruen.border.schedule.until`.
    """
    late = sum(one.get("late", 0) for one in counted)
    return PostFigures(post=post, counts=counts_of(counted), arrived_today=arrived, late=late)


def posts_of(agreements: Iterable[Agreement], country: str) -> tuple[Post, ...]:
    """The posts of a country in all agreements, each once."""
    posts = {post.code: post for agreement in agreements for post in agreement.posts_of(country)}
    return tuple(posts.values())
