"""Where a country's name stands on the map: on its land, clear of stops and of what they are called. Pure.

How long a name is depends on the language, how large on the screen: the room kept is that of a phone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from math import hypot
from typing import NamedTuple

from keruen.console.dossier.outlines import Ring, middle
from keruen.console.dossier.projection import Point

STEPS = 24, 16
"""Places across and down the view that are tried."""
COUNTRY = 95.0, 17.0
"""Half the width and height of a country's name."""
STOP = 18.0, 240.0
"""Half the height of a stop with its name, and how far the name reaches."""


class Room(NamedTuple):
    """A rectangle of the drawing, whose ordinates count downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Room) -> bool:
        """Whether two rectangles share anything."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def room_of_country(at: Point) -> Room:
    """What the name of a country covers whose middle is there."""
    x, y = at
    across, down = COUNTRY
    return Room(x - across, y - down, x + across, y + down)


def room_of_stop(at: Point, anchor: str) -> Room:
    """What a stop covers with its name, which stands to the right (``start``) or to the left (``end``)."""
    (x, y), (half, reach) = at, STOP
    right = anchor == "start"
    return Room(x - (half if right else reach), y - half, x + (reach if right else half), y + half)


def name_at(seen: Ring, taken: Sequence[Room], width: float, height: float) -> Point | None:
    """The free place nearest the middle of what is seen of a country; None where none is free."""
    centre = middle(seen)
    places = sorted(
        (centre, *_places(width, height)),
        key=lambda at: hypot(at[0] - centre[0], at[1] - centre[1]),
    )
    return next((at for at in places if _is_free(at, taken) and inside(seen, at)), None)


def inside(ring: Ring, at: Point) -> bool:
    """Whether a point is within a ring: a ray from it crosses the ring an odd number of times."""
    x, y = at
    crossed = (
        x < one[0] + (two[0] - one[0]) * (y - one[1]) / (two[1] - one[1])
        for one, two in pairwise((*ring, ring[0]))
        if (one[1] > y) != (two[1] > y)
    )
    return sum(crossed) % 2 == 1


def _is_free(at: Point, taken: Sequence[Room]) -> bool:
    return not any(room_of_country(at).meets(one) for one in taken)


def _places(width: float, height: float) -> Iterator[Point]:
    across, down = STEPS
    beside, under = COUNTRY
    for column, row in product(range(across + 1), range(down + 1)):
        yield (
            beside + column * (width - 2 * beside) / across,
            under + row * (height - 2 * under) / down,
        )
