"""Figures → both reporters side by side: growth against the year before, difference, ratio. Pure.

Of several figures of one reporter for one period all are shown; the one whose basis stands first counts, among
equals the first. A reporter's turnover that nobody published is the sum of its exports and imports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from keruen.customs import Struct
from keruen.mirror.turnover.model import Basis, Figure, Flow, Measure
from keruen.mirror.turnover.period import Period

Key = tuple[Measure, Flow, Period]
ORDER = tuple(Basis)
TOGETHER = Decimal("0.005")
"""Share by which figures of one reporter may lie apart by rounding; further, and they contradict each other."""


class Reported(Struct, frozen=True, omit_defaults=False):
    """One reporter's side.

    Attributes:
        reporter: ISO code of the country.
        value: the figure that counts; None where there is none.
        growth: against the same months of the year before, 0.1 for 10 %; None where that is not known.
        figures: all of them, the one that counts first.
        contradicting: whether they lie further apart than rounding explains.
    """

    reporter: str
    value: Decimal | None = None
    growth: Decimal | None = None
    figures: tuple[Figure, ...] = ()
    contradicting: bool = False


class Comparison(Struct, frozen=True, omit_defaults=False):
    """Both reporters on one flow in one period.

    Attributes:
        first: the exporting country; of turnover, the first of the two by its code.
        second: the importing country.
        difference: second less first, in the unit of the measure.
        ratio: second by first: 1.095 where the importer reports 9.5 % more.
    """

    period: Period
    flow: Flow
    measure: Measure
    first: Reported
    second: Reported
    difference: Decimal | None = None
    ratio: Decimal | None = None


def compared(figures: Iterable[Figure]) -> tuple[Comparison, ...]:
    """All that is said, by measure, direction and period; turnover stands after the directions."""
    found: dict[Key, list[Figure]] = defaultdict(list)
    for one in figures:
        found[one.measure, one.flow, one.period].append(one)
    for one in list(_added(found)):
        found[one.measure, one.flow, one.period].append(one)
    return tuple(_comparison(key, found) for key in sorted(found, key=_place))


def _place(key: Key) -> tuple[object, ...]:
    measure, flow, period = key
    return list(Measure).index(measure), flow.both, flow, period


def _added(found: Mapping[Key, Sequence[Figure]]) -> Iterator[Figure]:
    """Turnover of a reporter that states both directions, and no turnover."""
    keys = {(measure, flow.turnover, period) for measure, flow, period in found if not flow.both}
    for measure, flow, period in sorted(keys, key=_place):
        for reporter in (flow.first, flow.second):
            stated = _valued(found.get((measure, flow, period), ()), reporter)
            there, back = (flow.first, flow.second), (flow.second, flow.first)
            parts = [
                _valued(found.get((measure, Flow(first=one, second=other), period), ()), reporter)
                for one, other in (there, back)
            ]
            if not stated and all(parts):
                yield _sum([part[0] for part in parts], flow)


def _sum(parts: Sequence[Figure], flow: Flow) -> Figure:
    one = parts[0]
    return Figure(
        period=one.period,
        flow=flow,
        reporter=one.reporter,
        measure=one.measure,
        value=sum((part.value or Decimal(0) for part in parts), Decimal(0)),
        basis=Basis.ADDED,
        note=" + ".join(f"{part.value:f}" for part in parts),
    )


def _valued(figures: Iterable[Figure], reporter: str) -> list[Figure]:
    """A reporter's figures that have a value, the one that counts first."""
    of = [one for one in figures if one.reporter == reporter and one.value is not None]
    return sorted(of, key=lambda one: ORDER.index(one.basis))


def _comparison(key: Key, found: Mapping[Key, Sequence[Figure]]) -> Comparison:
    measure, flow, period = key
    before = found.get((measure, flow, period.before), ())
    first, second = (
        _reported(found[key], before, reporter) for reporter in (flow.first, flow.second)
    )
    one, other = _whole(first.figures), _whole(second.figures)
    return Comparison(
        period=period,
        flow=flow,
        measure=measure,
        first=first,
        second=second,
        difference=None if one is None or other is None else other - one,
        ratio=_ratio(other, one),
    )


def _reported(figures: Iterable[Figure], before: Iterable[Figure], reporter: str) -> Reported:
    here = [one for one in figures if one.reporter == reporter]
    valued, earlier = _valued(here, reporter), _valued(before, reporter)
    times = _ratio(_whole(valued), _whole(earlier))
    return Reported(
        reporter=reporter,
        value=valued[0].value if valued else None,
        growth=None if times is None else times - 1,
        figures=(*valued, *(one for one in here if one.value is None)),
        contradicting=_apart([one.value for one in valued if one.value is not None]),
    )


def _whole(figures: Sequence[Figure]) -> Decimal | None:
    """The figure that counts, unless something is missing in it."""
    return figures[0].value if figures and not figures[0].partial else None


def _ratio(over: Decimal | None, under: Decimal | None) -> Decimal | None:
    return over / under if over is not None and under else None


def _apart(values: Sequence[Decimal]) -> bool:
    return bool(values) and max(values) - min(values) > max(values) * TOGETHER
