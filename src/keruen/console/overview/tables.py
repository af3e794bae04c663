"""Figures → tables in the reader's language: the same for the page, for CSV and for XLSX."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from babel.dates import format_skeleton
from babel.numbers import format_percent

from keruen.console.figures import Figures
from keruen.console.naming import Names
from keruen.console.overview.asked import Choice, start_of
from keruen.console.texts import Texts
from keruen.exchange.figures import By, Figure, Scale
from keruen.exchange.figures.traders import PERSON
from keruen.store import Consignment
from keruen.store.figures import Which

DAY_SECONDS = 86_400
REST = "rest"
"""Key of the row in which all others are added up."""


class Kind(StrEnum):
    """How a column is written."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    """Not counted: a value, a mass."""
    RATIO = "ratio"
    SHARE = "share"
    DAY = "day"
    MONTH = "month"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its code in the table ``figure-column``, and how it is written."""

    code: str
    kind: Kind = Kind.COUNT


Value = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, and the address of what is behind it."""

    value: Value
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `name` is its code in the table ``figure-table``."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads: their language, and the administration's time."""

    texts: Texts
    figures: Figures
    names: Names

    def share(self, value: float) -> str:
        """A share as a percentage."""
        return str(format_percent(value, "#,##0.# %", locale=self.texts.locale))

    def month(self, first: date) -> str:
        """A month: ``Nov 2026``."""
        return str(format_skeleton("yMMM", first, locale=self.texts.locale))

    def delay(self, minutes: int | None) -> str:
        """How much later than its ETA something came, or earlier."""
        if minutes is None:
            return "–"
        gettext = self.texts.gettext
        text = gettext("%(span)s later") if minutes >= 0 else gettext("%(span)s earlier")
        return text % {"span": self.figures.span(timedelta(minutes=minutes))}

    def shown(self, value: Value, kind: Kind) -> str:
        """A value as its column is written."""
        if isinstance(value, datetime):
            return f"{self.figures.day(value)}, {self.figures.clock(value)}"
        if isinstance(value, date):
            return self.month(value) if kind == Kind.MONTH else self.figures.day(value)
        if isinstance(value, int | float):
            return self.share(value) if kind == Kind.SHARE else self.figures.number(value)
        return "–" if value is None else value

    def key(self, by: By, one: Figure) -> str:
        """What a row of a table is about, in words."""
        if by is By.CODE:
            return self.texts.label(one.key, "discrepancy")
        if one.key == REST or (by is By.TRADER and one.key == PERSON):
            return self.texts.label(one.key, "trader")
        if not one.key:
            return self.texts.label("none", "trader")
        if by is By.OFFICE:
            return self.names.office(one.key) or one.key
        if by is By.CHAPTER:
            return self.names.commodity(one.key) or one.key
        return one.label or one.key


MEASURES: tuple[tuple[str, Which | None, Kind], ...] = (
    ("announced", Which.ANNOUNCED, Kind.COUNT),
    ("arrived", Which.ARRIVED, Kind.COUNT),
    ("on_time_share", Which.ON_TIME, Kind.SHARE),
    ("differing", Which.DIFFERING, Kind.COUNT),
    ("missing", Which.MISSING, Kind.COUNT),
)
"""What every table counts: column, what is behind it, how it is written."""
CODED = (("consignments", None, Kind.COUNT), ("arrived", Which.ARRIVED, Kind.COUNT))
"""What the table of discrepancies counts."""
PUNCTUAL = (
    ("timed", Which.TIMED, Kind.COUNT),
    ("on_time", Which.ON_TIME, Kind.COUNT),
    ("on_time_share", Which.ON_TIME, Kind.SHARE),
)
Measures = Sequence[tuple[str, Which | None, Kind]]


def keyed(
    found: Iterable[Figure], by: By, choice: Choice, reading: Reading, *, whole: bool = False
) -> Table:
    """A table by code, office, chapter or trader.

    Args:
        whole: with the codes themselves in a column, for a file.
    """
    measures = CODED if by is By.CODE else MEASURES
    first = (Column(by.value, Kind.TEXT), *((Column("key", Kind.TEXT),) if whole else ()))
    rows = []
    for one in found:
        at = {} if one.key == REST else {"by": by.value, "key": one.key or "-"}
        name = (Cell(reading.key(by, one)), *((Cell(one.key),) if whole else ()))
        rows.append((*name, *_cells(one, measures, choice, at, linked=one.key != REST)))
    return Table(by.value, (*first, *_columns(measures)), tuple(rows))


def periodic(
    name: str, found: Iterable[Figure], scale: Scale, choice: Choice, measures: Measures = MEASURES
) -> Table:
    """A table with a row for each day, week or month."""
    kind = Kind.MONTH if scale is Scale.MONTH else Kind.DAY
    rows = tuple(
        (Cell(start_of(one.key)), *_cells(one, measures, choice, choice.within(one.key, scale)))
        for one in found
    )
    return Table(name, (Column(scale.value, kind), *_columns(measures)), rows)


def missing(
    found: Iterable[Consignment],
    now: datetime,
    reading: Reading,
    seen: Callable[[Consignment], bool],
) -> Table:
    """What has not come, one by one.

    Args:
        seen: whether the reader may open a consignment.
    """
    columns = (
        Column("reference", Kind.TEXT),
        Column("partner", Kind.TEXT),
        Column("post", Kind.TEXT),
        Column("eta", Kind.MOMENT),
        Column("missing_for"),
    )
    rows = (tuple(_absent(one, now, reading, linked=seen(one))) for one in found)
    return Table("missing", columns, tuple(rows))


def _absent(one: Consignment, now: datetime, reading: Reading, *, linked: bool) -> Iterator[Cell]:
    yield Cell(one.reference, f"/consignments/{one.consignment_id}" if linked else None)
    yield Cell(reading.texts.country(one.partner))
    yield Cell(reading.names.office(one.post) or one.post or "")
    yield Cell(one.eta)
    yield Cell(int((now - one.eta).total_seconds() // DAY_SECONDS) if one.eta else None)


def _columns(measures: Measures) -> tuple[Column, ...]:
    return tuple(Column(code, kind) for code, _, kind in measures)


def _cells(
    one: Figure, measures: Measures, choice: Choice, at: dict[str, str], *, linked: bool = True
) -> Iterator[Cell]:
    for code, which, _ in measures:
        value = getattr(one, code)
        behind = choice.address("/consignments", which=which or "", **at)
        yield Cell(value, behind if linked and value else None)
