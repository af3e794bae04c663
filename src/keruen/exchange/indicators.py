"""What the exchange measures of what an instrument is about, month by month over the time that it holds.

Trade is what exporters declared of live consignments in both directions; a consignment counts whole under each
group of HS chapters that it has goods of. Clearance time is that from the arrival to the import declaration, at
this country's own posts: of the other side's a node knows only when it was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from statistics import median

from keruen.agreement import Agreement
from keruen.agreement.instruments import CHAPTERS, Indicator, Instrument
from keruen.customs import Struct
from keruen.exchange.figures import By, Figure, by
from keruen.store import Reader
from keruen.store.figures import Wanted
from keruen.store.pages import EVERYTHING, Narrowed
from keruen.store.trade import Side, TradedSums, TradedWanted

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Month(Struct, frozen=True, omit_defaults=False):
    """What was measured in a month; what the indicator does not measure is left out.

    Attributes:
        month: ``2026-11``.
        consignments: of trade: declared for export; of customs: arrived.
        net_mass_kg: of those that state one.
        value_usd: of those that state one in US dollars.
        on_time_share: of arrivals that had an ETA, 0 to 1.
        differing: consignments with a coded difference.
        clearance_hours: from arrival to import declaration, the median.
    """

    month: str
    consignments: int
    net_mass_kg: int | None = None
    value_usd: int | None = None
    on_time_share: float | None = None
    differing: int | None = None
    clearance_hours: float | None = None


def measured(
    reader: Reader, instrument: Instrument, now: datetime, narrowed: Narrowed = EVERYTHING
) -> tuple[Month, ...]:
    """The months of an instrument's time up to now; none where nothing of it is measured.

    Args:
        narrowed: to what somebody sees.
    """
    since, until = instrument.begins, min(instrument.ends or now.date(), now.date())
    if instrument.indicator is None or since is None or until < since:
        return ()
    if instrument.indicator is Indicator.CUSTOMS:
        return _customs(reader, since, until, now, narrowed)
    return _trade(reader, instrument.indicator, since, until, narrowed)


def _trade(
    reader: Reader, indicator: Indicator, since: date, until: date, narrowed: Narrowed
) -> tuple[Month, ...]:
    numbers = CHAPTERS.get(indicator)
    chapters = None if numbers is None else frozenset(f"{one:02}" for one in numbers)
    wanted = TradedWanted(
        since=f"{since:%Y-%m}", until=f"{until:%Y-%m}", narrowed=narrowed, chapters=chapters
    )
    found: dict[str, list[TradedSums]] = {month: [] for month in months(since, until)}
    for one in reader.traded_sums(wanted):
        if one.side is Side.EXPORTER:
            found[one.month].append(one)
    return tuple(_traded(month, sums) for month, sums in found.items())


def _traded(month: str, sums: Iterable[TradedSums]) -> Month:
    several = list(sums)
    return Month(
        month=month,
        consignments=sum(one.consignments for one in several),
        net_mass_kg=_sum((one.net_mass, one.weighed, 1000) for one in several),
        value_usd=_sum((one.value, one.valued, 100) for one in several),
    )


def _sum(stated: Iterable[tuple[int, int, int]]) -> int | None:
    """A sum in whole units; None where nothing is stated."""
    known = [amount // unit for amount, count, unit in stated if count]
    return sum(known) if known else None


def _customs(
    reader: Reader, since: date, until: date, now: datetime, narrowed: Narrowed
) -> tuple[Month, ...]:
    wanted = Wanted(since=since.isoformat(), until=until.isoformat(), narrowed=narrowed)
    waits: dict[str, list[float]] = {}
    start, end = (datetime(one.year, one.month, one.day, tzinfo=UTC) for one in (since, until))
    for arrived, declared in reader.clearances(start, end + DAY, narrowed):
        waits.setdefault(f"{arrived:%Y-%m}", []).append((declared - arrived) / HOUR)
    return tuple(_punctual(one, waits) for one in by(reader, wanted, now, By.MONTH))


def _punctual(one: Figure, waits: Mapping[str, list[float]]) -> Month:
    hours = waits.get(one.key)
    return Month(
        month=one.key,
        consignments=one.arrived,
        on_time_share=one.on_time_share,
        differing=one.differing,
        clearance_hours=round(median(hours), 1) if hours else None,
    )


def months(since: date, until: date) -> tuple[str, ...]:
    """The months from one day to another, each once."""
    first, last = (one.year * 12 + one.month - 1 for one in (since, until))
    return tuple(f"{one // 12}-{one % 12 + 1:02}" for one in range(first, last + 1))


def resting_on(agreements: Iterable[Agreement], key: str) -> tuple[Agreement, ...]:
    """The agreements that rest on an instrument."""
    return tuple(one for one in agreements if one.instrument == key)
