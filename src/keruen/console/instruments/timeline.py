"""Instruments → a drawing of their times, one under the other, with the day that it is. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from keruen.agreement.instruments import Instrument, Status

WIDTH, ROW, HEAD = 640, 52, 36
BAR = 12
LEFT, RIGHT = 8, 8
YEAR = timedelta(days=366)
TONES = {
    Status.IN_FORCE: "time-in-force",
    Status.SIGNED: "time-signed",
    Status.SUSPENDED: "time-signed",
}
"""Class of a bar; what holds no more, or not yet, is drawn quietly."""


@dataclass(frozen=True, slots=True)
class Span:
    """One instrument: its name above its bar. `open`: no end is known, so that the bar runs on."""

    key: str
    label: str
    said: str
    y: int
    x: float
    width: float
    tone: str
    open: bool


@dataclass(frozen=True, slots=True)
class Year:
    """Where a year begins."""

    text: str
    x: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """All of it; `today` is the place of the day that it is."""

    width: int
    height: int
    spans: tuple[Span, ...]
    years: tuple[Year, ...]
    today: float


def timeline(
    instruments: Iterable[Instrument],
    today: date,
    labels: Callable[[Instrument], str],
    said: Callable[[Instrument], str],
) -> Timeline:
    """The times of instruments from their signing to their end, those signed first above.

    Args:
        labels: what is written above a bar.
        said: what is said of it in words.
    """
    shown = sorted(
        (one for one in instruments if one.signed), key=lambda one: (one.signed, one.number or 0)
    )
    first = min([today, *(one.signed for one in shown if one.signed)])
    last = max([today + YEAR, *(one.ends for one in shown if one.ends)])
    start, end = date(first.year, 1, 1), date(last.year + 1, 1, 1)

    def x(day: date) -> float:
        inside = min(max(day, start), end)
        return round(LEFT + (WIDTH - LEFT - RIGHT) * ((inside - start) / (end - start)), 1)

    def span(place: int, one: Instrument) -> Span:
        since, until = one.signed or today, one.ends or end
        tone = TONES.get(one.status(today), "time-over")
        return Span(
            key=one.key,
            label=labels(one),
            said=said(one),
            y=HEAD + ROW * place,
            x=x(since),
            width=max(round(x(until) - x(since), 1), 2),
            tone=tone,
            open=one.ends is None,
        )

    return Timeline(
        width=WIDTH,
        height=HEAD + ROW * len(shown) + 8,
        spans=tuple(span(place, one) for place, one in enumerate(shown)),
        years=_years(start, end, x),
        today=x(today),
    )


def _years(start: date, end: date, x: Callable[[date], float]) -> tuple[Year, ...]:
    """Some years, so that no number covers another."""
    every = max(1, -(-(end.year - start.year) // 6))
    years = range(start.year, end.year, every)
    return tuple(Year(str(year), x(date(year, 1, 1))) for year in years)
