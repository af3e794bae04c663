"""Outlines of the region's countries, projected once; `scripts/outlines` makes the file that holds them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path

from keruen.console.dossier.projection import Conic, Point

FILE = Path(__file__).with_name("outlines.json")
PROJECTION = Conic()

Ring = tuple[Point, ...]


@cache
def outlines() -> Mapping[str, tuple[Ring, ...]]:
    """Country, ISO 3166 → its rings in the plane."""
    stored = json.loads(FILE.read_text("utf-8"))["outlines"]
    return {
        country: tuple(tuple(_projected(steps)) for steps in rings)
        for country, rings in stored.items()
    }


def _projected(steps: list[int]) -> Iterator[Point]:
    """Steps of hundredths of a degree, east and north in turn → points."""
    for east, north in zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True):
        yield PROJECTION.point(north / 100, east / 100)


def cut(ring: Ring, left: float, bottom: float, right: float, top: float) -> Ring:
    """What of a ring is inside a rectangle (Sutherland and Hodgman, 1974); empty where nothing is."""
    for axis, bound, sign in ((0, left, 1), (0, right, -1), (1, bottom, 1), (1, top, -1)):
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
