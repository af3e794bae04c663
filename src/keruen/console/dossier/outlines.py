"""Outlines of the region's countries, projected once; `scripts/outlines` makes the file that holds them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from keruen.console.dossier.projection import Conic, Point

FILE = Path(__file__).with_name("outlines.json")
PROJECTION = Conic()

Ring = tuple[Point, ...]


class Box(NamedTuple):
    """A rectangle of the plane."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether they have a point in common."""
        across = self.left <= other.right and other.left <= self.right
        return across and self.bottom <= other.top and other.bottom <= self.top


class Outline(NamedTuple):
    """A ring and the rectangle around it: most are far from any view, and not looked at."""

    ring: Ring
    box: Box


@cache
def outlines() -> Mapping[str, tuple[Outline, ...]]:
    """Country, ISO 3166 → its rings in the plane, the largest first."""
    stored = json.loads(FILE.read_text("utf-8"))["outlines"]
    return {
        country: tuple(map(_outline, sorted(map(_projected, rings), key=area, reverse=True)))
        for country, rings in stored.items()
    }


def _outline(ring: Ring) -> Outline:
    easts, norths = [point[0] for point in ring], [point[1] for point in ring]
    return Outline(ring, Box(min(easts), min(norths), max(easts), max(norths)))


def _projected(steps: list[int]) -> Ring:
    """Steps of hundredths of a degree, east and north in turn → points."""
    places = zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True)
    return tuple(PROJECTION.point(north / 100, east / 100) for east, north in places)


def cut(ring: Ring, box: Box) -> Ring:
    """What of a ring is inside a rectangle (Sutherland and Hodgman, 1974); empty where nothing is."""
    sides = (0, box.left, 1), (0, box.right, -1), (1, box.bottom, 1), (1, box.top, -1)
    for axis, bound, sign in sides:
        ring = tuple(_on_one_side(ring, axis, bound, sign))
    return ring


def _on_one_side(ring: Ring, axis: int, bound: float, sign: int) -> Iterator[Point]:
    for before, after in zip((*ring[-1:], *ring), ring, strict=False):
        was, is_in = (sign * (point[axis] - bound) >= 0 for point in (before, after))
        if was != is_in:
            share = (bound - before[axis]) / (after[axis] - before[axis])
            yield (
                before[0] + share * (after[0] - before[0]),
                before[1] + share * (after[1] - before[1]),
            )
        if is_in:
            yield after


def area(ring: Ring) -> float:
    """Area of a ring."""
    pairs = zip(ring, (*ring[1:], *ring[:1]), strict=True)
    return abs(sum(one[0] * two[1] - two[0] * one[1] for one, two in pairs)) / 2


def middle(ring: Ring) -> Point:
    """The centre of mass of a ring."""
    pairs = list(zip(ring, (*ring[1:], *ring[:1]), strict=True))
    crosses = [one[0] * two[1] - two[0] * one[1] for one, two in pairs]
    whole = 3 * sum(crosses)
    east = sum((a[0] + b[0]) * cross for (a, b), cross in zip(pairs, crosses, strict=True))
    north = sum((a[1] + b[1]) * cross for (a, b), cross in zip(pairs, crosses, strict=True))
    return east / whole, north / whole
