"""Numbers → charts as shapes with places, for templates to draw as SVG. Pure.

Colours are classes of the style sheet, so that a chart is right by day, by night and on paper, and so that no
style stands in a page. Every value is written beside its shape; the table beside a chart says the same.
Lengths are the view box's units: about one CSS pixel at the width that a chart usually has.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 76, 24, 16, 40
"""Room for the words at each edge of a line chart; to the left more, where its numbers are longer."""
CHARACTER = 13
"""What a character takes where letters are largest: on a phone."""
BESIDE = 14
"""Between a number and the line that it is of, and to the edge."""
FULL = 100
"""Length of the longest bar: bars are drawn across whatever room they have."""
TICKS = 4
LABELS = 6
"""Words below a line chart, at most."""

Written = Callable[[float], str]
"""A number as the reader writes it."""


@dataclass(frozen=True, slots=True)
class Point:
    """One value to be drawn.

    Attributes:
        label: what it is of.
        value: None where there is none: a line is broken there.
        href: what is behind it; None where nothing is to be opened.
    """

    label: str
    value: float | None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across a chart with its number."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word below a chart: its middle is at that place, or its end where it would be cut off."""

    at: float
    text: str
    ends: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One horizontal bar, 0 to `FULL` long, with its label and its number beside it."""

    label: str
    text: str
    length: float
    href: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """One point of a line."""

    label: str
    text: str
    x: float
    y: float
    href: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A chart of one line: `paths` are its unbroken pieces, `words` stand below it."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    paths: tuple[str, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    words: tuple[Word, ...]


def nice_step(largest: float, steps: int = TICKS) -> float:
    """The smallest of 1, 2, 5 times a power of ten with which `steps` steps reach the largest value."""
    rough = max(largest, 1e-9) / steps
    power = 10.0 ** math.floor(math.log10(rough))
    return next((one * power for one in (1, 2, 5, 10) if one * power >= rough * (1 - 1e-9)), rough)


def ticks(largest: float, *, whole: bool = False) -> tuple[float, ...]:
    """Round numbers from 0 to at least the largest value.

    Args:
        whole: things are counted: no step is smaller than 1.
    """
    step = nice_step(largest)
    step = max(step, 1.0) if whole else step
    count = max(1, math.ceil(largest / step - 1e-9))
    return tuple(round(step * number, 9) for number in range(count + 1))


def bars(points: Sequence[Point], written: Written) -> tuple[Bar, ...]:
    """Bars, the largest value as long as can be; what is not nothing can be seen."""
    longest = max((one.value or 0 for one in points), default=0) or 1
    return tuple(
        Bar(
            label=one.label,
            text=written(one.value or 0),
            length=round(max(FULL * one.value / longest, 1), 1) if one.value else 0,
            href=one.href,
        )
        for one in points
    )


def line(
    points: Sequence[Point], written: Written, *, top: float | None = None, whole: bool = False
) -> Line:
    """A line from left to right over round numbers.

    Args:
        top: of the scale; None: just above the largest value.
        whole: things are counted.
    """
    largest = top if top is not None else max((one.value or 0 for one in points), default=0)
    scale = ticks(largest or 1, whole=whole)
    left = max(LEFT, BESIDE + max(room_of(written(one)) for one in scale))
    wide = WIDTH - left - RIGHT
    across = wide / max(len(points) - 1, 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / scale[-1], 1)

    def x(number: int) -> float:
        alone = wide / 2 if len(points) == 1 else 0
        return round(left + alone + across * number, 1)

    def word(number: int) -> Word:
        at, text = x(number), points[number].label
        return Word(at, text, ends=at + room_of(text) / 2 > WIDTH)

    marks = {
        number: Mark(one.label, written(one.value), x(number), y(one.value), one.href)
        for number, one in enumerate(points)
        if one.value is not None
    }
    return Line(
        width=WIDTH,
        height=HEIGHT,
        left=left,
        right=WIDTH - RIGHT,
        bottom=HEIGHT - BOTTOM,
        paths=paths(marks),
        marks=tuple(marks.values()),
        ticks=tuple(Tick(y(one), written(one)) for one in scale),
        words=tuple(word(number) for number in spread(len(points), named(points, wide))),
    )


def paths(marks: dict[int, Mark]) -> tuple[str, ...]:
    """The pieces of a line: it goes from point to point, and is broken where there is none."""
    pieces: list[list[Mark]] = []
    for number, mark in marks.items():
        if number - 1 not in marks:
            pieces.append([])
        pieces[-1].append(mark)
    return tuple("M" + " L".join(f"{one.x} {one.y}" for one in piece) for piece in pieces)


def room_of(text: str) -> int:
    """Units that a text takes, at most."""
    return CHARACTER * len(text)


def named(points: Sequence[Point], wide: int) -> int:
    """How many points can be named so that no word covers another; the last word stands before its point."""
    longest = max((room_of(one.label) for one in points), default=0)
    fit = int(wide / (1.5 * longest)) + 1 if longest else LABELS
    return min(max(fit, 2), LABELS)


def spread(count: int, most: int = LABELS) -> list[int]:
    """Which of so many points are named: the first, the last, and some between, evenly."""
    if count <= most:
        return list(range(count))
    step = math.ceil((count - 1) / (most - 1))
    return list(range(0, count, step))
