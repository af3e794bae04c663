"""What a node counted by month → figures of both reporters: value where stated, net mass, consignments. Pure.

What the exporter declared counts in the month of its release, what the importer imported in that of its
acceptance. Halves, quarters and years count once they are over, and so does the running year up to last month.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from keruen.mirror.turnover.model import Basis, Figure, Flow, Measure
from keruen.mirror.turnover.period import HALF, QUARTER, YEAR, Period
from keruen.store import Role
from keruen.store.trade import Side, TradedSums

CENTS_IN_MILLION, GRAMS_IN_TONNE = Decimal(10**8), Decimal(10**6)
Key = tuple[Flow, str]
"""A direction and who reports it."""


def own_figures(sums: Iterable[TradedSums], country: str, today: date) -> tuple[Figure, ...]:
    """Figures of the months, quarters, halves and years in which something was declared.

    Args:
        country: of the node.
        today: what is not over by then is left out, but the running month.
    """
    found: dict[Key, dict[str, list[TradedSums]]] = defaultdict(lambda: defaultdict(list))
    for one in sums:
        found[_key(one, country)][one.month].append(one)
    return tuple(
        figure
        for (flow, reporter), months in found.items()
        for period in periods(months, today)
        for figure in _figures(flow, reporter, period, months)
    )


def _key(one: TradedSums, country: str) -> Key:
    sending = one.role is Role.SENDER
    first, second = (country, one.partner) if sending else (one.partner, country)
    exporter = one.side is Side.EXPORTER
    return Flow(first=first, second=second), first if exporter else second


def periods(months: Iterable[str], today: date) -> tuple[Period, ...]:
    """The periods that these months are in, each once, in order."""
    found: set[Period] = set()
    for month in months:
        year, number = int(month[:4]), int(month[5:])
        found.add(Period(year=year, first=number, last=number))
        found |= {one for one in _around(year, number, today) if _over(one, today)}
    return tuple(sorted(found))


def _around(year: int, month: int, today: date) -> Iterator[Period]:
    """Quarter, half, year, and from January to the last month that is over."""
    for length in (QUARTER, HALF, YEAR):
        last = -(-month // length) * length
        yield Period(year=year, first=last - length + 1, last=last)
    if month < today.month:
        yield Period(year=year, first=1, last=today.month - 1)


def _over(one: Period, today: date) -> bool:
    return (one.year, one.last) < (today.year, today.month)


def _figures(
    flow: Flow, reporter: str, period: Period, months: Mapping[str, Sequence[TradedSums]]
) -> Iterator[Figure]:
    within = [one for month in period.each() for one in months.get(month, ())]
    count = sum(one.consignments for one in within)
    valued, weighed = sum(one.valued for one in within), sum(one.weighed for one in within)
    measured = {
        Measure.USD_MLN: (sum(one.value for one in within) / CENTS_IN_MILLION, valued),
        Measure.NET_MASS_T: (sum(one.net_mass for one in within) / GRAMS_IN_TONNE, weighed),
        Measure.CONSIGNMENTS: (Decimal(count), count),
    }
    for measure, (value, stated) in measured.items():
        yield Figure(
            period=period,
            flow=flow,
            reporter=reporter,
            measure=measure,
            value=value if stated else None,
            basis=Basis.COUNTED,
            stated=stated,
            counted=count,
        )
