"""The journey as shapes of an SVG drawing: outlines, legs, stops. Pure; the words are the template's.

The view is as large as the journey with a margin, and never so small that nobody knows where it is. Colours are
classes of the stylesheet, so that the drawing is light or dark as the page, and nothing is styled inline.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import hypot

from msgspec.structs import replace

from keruen.border.dossier.journey import Stop
from keruen.console.dossier.outlines import PROJECTION, Box, Ring, area, cut, outlines
from keruen.console.dossier.placing import Room, name_at, room_of_country, room_of_stop
from keruen.console.dossier.projection import Point
from keruen.customs import Struct

WIDTH, HEIGHT = 720, 400
"""Units of the drawing."""
MARGIN = 0.22
"""Around the journey, as a share of its size."""
SMALLEST = 0.13
"""Width of the smallest view, in radii of the earth: some 830 km."""
HIDDEN = 8
"""Units outside the view up to which outlines are drawn, so that the cut is not seen."""
NAMED = 0.012
"""Share of the view from which a country is named."""
LETTER, AFTER, LONGEST = 12.0, 20.0, 28
"""Units of a letter of a stop's name and between the stop and its name; letters of a name at most."""
SAME = 9.0
"""Units within which two stops are one point."""
KEPT = 128
"""Views whose countries are kept: consignments travel between the same few offices all the time."""


class Land(Struct, frozen=True):
    """A country: its outline as an SVG path, and where its name stands; None where too little of it is seen."""

    country: str
    path: str
    name_at: Point | None
    concerned: bool = False


class Leg(Struct, frozen=True):
    """A line between two stops; `done` where the second one lies behind."""

    start: Point
    end: Point
    done: bool


class Mark(Struct, frozen=True):
    """A stop on the map.

    Attributes:
        numbers: of the stops there, as in the table beside the map.
        anchor: side on which its name stands: ``start`` to the right, ``end`` to the left.
    """

    at: Point
    stops: tuple[Stop, ...]
    numbers: tuple[int, ...]
    anchor: str
    above: bool

    @property
    def letters(self) -> int:
        """Letters of each name that fit between the stop and the edge of the drawing."""
        free = self.at[0] if self.anchor == "end" else WIDTH - self.at[0]
        return min(LONGEST, int((free - AFTER) / LETTER / len(self.stops)))


class Map(Struct, frozen=True):
    """The drawing."""

    lands: tuple[Land, ...]
    legs: tuple[Leg, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT


def draw(stops: Sequence[Stop]) -> Map | None:
    """The map of a journey; None where no stop has a place."""
    located = [(number, stop) for number, stop in enumerate(stops, start=1) if stop.where]
    if not located:
        return None
    view = _view([_plane(stop) for _, stop in located])
    marks = list(_marks(located, view))
    concerned = {stop.country for stop in stops if stop.country}
    lands = _lands(view, tuple(room_of_stop(mark.at, mark.anchor) for mark in marks))
    return Map(
        lands=tuple(replace(one, concerned=one.country in concerned) for one in lands),
        legs=tuple(
            Leg(start=one.at, end=two.at, done=two.stops[0].reached) for one, two in pairwise(marks)
        ),
        marks=tuple(marks),
    )


def _plane(stop: Stop) -> Point:
    assert stop.where is not None  # noqa: S101 - only those with a place are asked
    return PROJECTION.point(stop.where.lat, stop.where.lon)


class _View(Struct, frozen=True):
    """The rectangle of the plane that is drawn: its middle, and units of the drawing to one of the plane."""

    middle: Point
    scale: float

    def point(self, plane: Point) -> Point:
        """A point of the plane in units of the drawing, which count downwards."""
        east, north = plane[0] - self.middle[0], plane[1] - self.middle[1]
        return round(WIDTH / 2 + east * self.scale, 1), round(HEIGHT / 2 - north * self.scale, 1)

    def box(self, beyond: float) -> Box:
        """The rectangle itself, with so many units more around."""
        half = (WIDTH / 2 + beyond) / self.scale, (HEIGHT / 2 + beyond) / self.scale
        (east, north), (x, y) = self.middle, half
        return Box(east - x, north - y, east + x, north + y)


def _view(points: Sequence[Point]) -> _View:
    """As large as the points need."""
    easts, norths = [point[0] for point in points], [point[1] for point in points]
    across, up = max(easts) - min(easts), max(norths) - min(norths)
    width = max(across * (1 + 2 * MARGIN), up * (1 + 2 * MARGIN) * WIDTH / HEIGHT, SMALLEST)
    middle = (min(easts) + max(easts)) / 2, (min(norths) + max(norths)) / 2
    return _View(middle=middle, scale=WIDTH / width)


@lru_cache(maxsize=KEPT)
def _lands(view: _View, rooms: tuple[Room, ...]) -> tuple[Land, ...]:
    """The countries in a view, with their names clear of these rooms."""
    return tuple(_seen(view, list(rooms)))


def _seen(view: _View, taken: list[Room]) -> Iterator[Land]:
    box = view.box(HIDDEN)
    for country, whole in outlines().items():
        near = [one.ring for one in whole if one.box.meets(box)]
        seen = [piece for ring in near if (piece := cut(ring, box))]
        if seen:
            path = "".join(_path(piece, view) for piece in seen)
            name = _name_at(whole[0].ring, view, taken)
            taken += [room_of_country(name)] if name else []
            yield Land(country=country, path=path, name_at=name)


def _path(ring: Ring, view: _View) -> str:
    points = dict.fromkeys(_coarse(view.point(point)) for point in ring)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def _coarse(point: Point) -> Point:
    """To half a unit, which nobody sees of an outline; points that fall together are one."""
    return round(point[0] * 2) / 2, round(point[1] * 2) / 2


def _name_at(ring: Ring, view: _View, taken: Sequence[Room]) -> Point | None:
    """A free place in what is seen of the country's main part, where that is enough."""
    seen = cut(ring, view.box(-HIDDEN))
    if area(seen) * view.scale**2 < NAMED * WIDTH * HEIGHT:
        return None
    drawn = tuple(view.point(point) for point in seen)
    return name_at(drawn, taken, WIDTH, HEIGHT)


def _marks(located: Sequence[tuple[int, Stop]], view: _View) -> Iterator[Mark]:
    """Stops in order; those that follow each other at one point are one mark. Names stand to the free side."""
    groups: list[tuple[Point, list[tuple[int, Stop]]]] = []
    for number, stop in located:
        at = view.point(_plane(stop))
        if groups and hypot(at[0] - groups[-1][0][0], at[1] - groups[-1][0][1]) < SAME:
            groups[-1][1].append((number, stop))
        else:
            groups.append((at, [(number, stop)]))
    for index, (at, here) in enumerate(groups):
        others = [point for point, _ in (*groups[:index], *groups[index + 1 :])]
        yield Mark(
            at=at,
            stops=tuple(stop for _, stop in here),
            numbers=tuple(number for number, _ in here),
            anchor=_anchor(at, others),
            above=any(
                abs(at[0] - x) < WIDTH / 4 and 0 <= y - at[1] < HEIGHT / 8 for x, y in others
            ),
        )


def _anchor(at: Point, others: Sequence[Point]) -> str:
    """Away from the nearest other stop, and not out of the drawing."""
    if at[0] > WIDTH * 0.72:
        return "end"
    if at[0] < WIDTH * 0.28 or not others:
        return "start"
    nearest = min(others, key=lambda point: hypot(point[0] - at[0], point[1] - at[1]))
    return "end" if nearest[0] > at[0] else "start"
