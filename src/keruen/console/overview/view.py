"""What the overview reads, and what its page shows: tiles, charts, and a table beside each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keruen.access import Act, Person
from keruen.console.charts import Bar, Line, Point, bars, line
from keruen.console.overview import tables
from keruen.console.overview.asked import Choice, start_of
from keruen.console.overview.tables import PUNCTUAL, REST, Reading, Table
from keruen.exchange.figures import By, Figure, Scale, by, overview
from keruen.store import Consignment, Reader
from keruen.store.figures import Which

TOP = 10
"""Rows of a table by office, chapter or trader; the rest is added up in one."""
LISTED = 20
"""Missing consignments that the page lists."""
KEYED = (By.CODE, By.OFFICE, By.CHAPTER, By.TRADER)


@dataclass(frozen=True, slots=True)
class Section:
    """A chart and its table: bars or a line, or neither where there is nothing to draw."""

    table: Table
    bars: tuple[Bar, ...] = ()
    line: Line | None = None
    total: int = 0


@dataclass(frozen=True, slots=True)
class Tile:
    """One number at the top; `value` None: nothing to tell."""

    code: str
    value: Any
    href: str | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks, at what, and when."""

    reader: Reader
    person: Person
    choice: Choice
    reading: Reading
    now: datetime

    def figures(self, grouping: By) -> tuple[Figure, ...]:
        """A table's rows."""
        return by(self.reader, self.choice.wanted, self.now, grouping)

    def opens(self, one: Consignment) -> bool:
        """Whether the person may open a consignment."""
        return self.person.may(Act.SEE_CONSIGNMENT, post=one.post, partner=one.partner)


def page(look: Look) -> dict[str, Any]:
    """All of the page but the filter."""
    whole = overview(look.reader, look.choice.wanted, look.now)
    shown = whole.total.consignments > 0
    return {
        "tiles": tuple(_tiles(look.choice, whole.total, whole.median_delay)),
        "sections": tuple(_sections(look)) if shown else (),
        "ages": _ages(look, whole.missing_for),
        "missing": missing(look, LISTED) if whole.total.missing else None,
        "missing_count": whole.total.missing,
        "counted": shown or bool(look.reader.consignments(limit=1)),
    }


def _tiles(choice: Choice, total: Figure, delay: int | None) -> Iterator[Tile]:
    def behind(which: Which, count: int) -> str | None:
        return choice.address("/consignments", which=which.value) if count else None

    yield Tile("announced", total.announced, behind(Which.ANNOUNCED, total.announced))
    yield Tile("arrived", total.arrived, behind(Which.ARRIVED, total.arrived))
    yield Tile("on_time_share", total.on_time_share, behind(Which.ON_TIME, total.on_time))
    yield Tile("delay", delay)
    yield Tile("differing", total.differing, behind(Which.DIFFERING, total.differing), "warn")
    yield Tile("missing", total.missing, behind(Which.MISSING, total.missing), "bad")
    yield Tile("unannounced", total.unannounced, behind(Which.UNANNOUNCED, total.unannounced))


def _sections(look: Look) -> Iterator[Section]:
    choice, reading = look.choice, look.reading
    days = look.figures(By(choice.scale.value))
    table = tables.periodic("trend", days, choice.scale, choice)
    points = [Point(period(reading, one.key, choice.scale), one.arrived) for one in days]
    yield Section(table, line=line(points, reading.figures.number, whole=True))
    months = look.figures(By.MONTH)
    table = tables.periodic("on-time", months, Scale.MONTH, choice, PUNCTUAL)
    shares = [Point(period(reading, one.key, Scale.MONTH), one.on_time_share) for one in months]
    yield Section(table, line=line(shares, reading.share, top=1.0))
    for grouping in KEYED:
        yield _keyed(look, grouping)


def _keyed(look: Look, grouping: By) -> Section:
    found = look.figures(grouping)
    table = tables.keyed(top(found), grouping, look.choice, look.reading)
    points = [
        Point(str(row[0].value), one.consignments, row[1].href)
        for one, row in zip(top(found), table.rows, strict=True)
    ]
    return Section(table, bars=bars(points, look.reading.figures.number), total=len(found))


def top(found: Sequence[Figure]) -> tuple[Figure, ...]:
    """The first rows, and the rest in one row under the key ``rest``."""
    if len(found) <= TOP + 1:
        return tuple(found)
    rest = found[TOP:]
    summed = ("announced", "arrived", "timed", "on_time", "differing", "missing", "unannounced")
    sums = {name: sum(getattr(one, name) for one in rest) for name in summed}
    share = sums["on_time"] / sums["timed"] if sums["timed"] else None
    return (*found[:TOP], Figure(key=REST, on_time_share=share, **sums))


def _ages(look: Look, missing_for: dict[str, int]) -> tuple[Bar, ...]:
    label = look.reading.texts.label
    points = [Point(label(age, "missing-for"), count) for age, count in missing_for.items()]
    return bars(points, look.reading.figures.number)


def missing(look: Look, limit: int) -> Table:
    """What has not come, the longest missing first."""
    found = look.reader.figures_missing(look.choice.wanted, look.now, limit=limit)
    return tables.missing([one.consignment for one in found], look.now, look.reading, look.opens)


def period(reading: Reading, key: str, scale: Scale) -> str:
    """A point of a trend in words: *24 Nov*, *Nov 2026*."""
    first = start_of(key)
    return reading.month(first) if scale is Scale.MONTH else reading.figures.day(first)
