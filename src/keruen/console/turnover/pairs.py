"""Comparisons → a chart of two bars a period, one a reporter, as shapes with places. Pure.

As `keruen.console.charts`: the view box's units are about one CSS pixel, and every value stands beside its bar.
The bars are told apart by the reporter's code as well as by their colour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from keruen.console.charts import BESIDE, WIDTH, room_of
from keruen.mirror.turnover import Comparison, Period, Reported

BAR, GAP = 24, 6
"""Height of a bar, and between two of a period."""
LEFT = 4
"""Before bars and words, and behind these: letters reach a little beyond their place."""
HEAD, FOOT = 34, 20
"""Room for the words above a pair, and below it."""
ROW = HEAD + 2 * BAR + GAP + FOOT
MOST = 12
"""Periods that are drawn, the latest; the table says all."""

Amount = Callable[[Decimal], str]


@dataclass(frozen=True, slots=True)
class PairBar:
    """One reporter's bar: `middle` is where its words stand."""

    y: float
    length: float
    middle: float
    beside: float
    text: str
    second: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A period: its name at the left, how both compare at the right, and its bars."""

    label: str
    compared: str
    y: float
    bars: tuple[PairBar, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The whole chart."""

    width: int
    height: int
    left: int
    bar: int
    pairs: tuple[Pair, ...]


def pairs(
    found: Sequence[Comparison],
    named: Callable[[Period], str],
    amount: Amount,
    ratio: Amount,
) -> Pairs | None:
    """The last periods in which somebody states a figure; None where nobody does.

    Args:
        found: comparisons of one flow and measure, in the order of their periods.
        named: a period in words.
    """
    stated = [one for one in found if any(side.value is not None for side in _sides(one))][-MOST:]
    if not stated:
        return None
    values = [side.value for one in stated for side in _sides(one) if side.value is not None]
    texts = [_text(side, amount) for one in stated for side in _sides(one)]
    room = WIDTH - LEFT - 2 * BESIDE - max(room_of(text) for text in texts)
    scale = room / float(max(values) or 1)
    drawn = []
    for number, one in enumerate(stated):
        top = number * ROW
        bars = tuple(
            _bar(side, top + HEAD + at * (BAR + GAP), scale, amount, second=bool(at))
            for at, side in enumerate(_sides(one))
        )
        drawn.append(Pair(named(one.period), _compared(one, ratio), top + HEAD / 2, bars))
    return Pairs(WIDTH, ROW * len(stated), LEFT, BAR, tuple(drawn))


def _sides(one: Comparison) -> tuple[Reported, Reported]:
    return one.first, one.second


def _bar(side: Reported, y: float, scale: float, amount: Amount, *, second: bool) -> PairBar:
    length = round(max(float(side.value) * scale, 1), 1) if side.value else 0
    text = _text(side, amount)
    return PairBar(y, length, y + BAR / 2, LEFT + length + (BESIDE if length else 0), text, second)


def _text(side: Reported, amount: Amount) -> str:
    written = amount(side.value) if side.value is not None else "\N{EN DASH}"
    return f"{side.reporter} {written}"


def _compared(one: Comparison, ratio: Amount) -> str:
    if one.ratio is None:
        return ""
    return f"{one.second.reporter} : {one.first.reporter} = {ratio(one.ratio)}"
