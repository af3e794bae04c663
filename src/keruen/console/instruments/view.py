"""What the pages of the register show: an instrument in words, its milestones, and what measures it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from keruen.agreement.instruments import Indicator, Instrument, Register
from keruen.console.charts import Line, Point, line
from keruen.console.instruments.document import named
from keruen.console.overview.tables import Cell, Column, Kind, Reading, Table, Value
from keruen.exchange.indicators import Month

TRADE = (
    Column("month", Kind.MONTH),
    Column("consignments"),
    Column("net_mass_kg"),
    Column("value_usd"),
)
CUSTOMS = (
    Column("month", Kind.MONTH),
    Column("arrived"),
    Column("on_time_share", Kind.SHARE),
    Column("differing"),
    Column("clearance_hours"),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A line and the table beside it.

    Attributes:
        column: what the line is of.
    """

    indicator: Indicator
    column: str
    line: Line
    table: Table


def measure(instrument: Instrument, months: Sequence[Month], reading: Reading) -> Measure | None:
    """The indicator of an instrument as chart and table; None where nothing was measured."""
    if instrument.indicator is None or not any(one.consignments for one in months):
        return None
    customs = instrument.indicator is Indicator.CUSTOMS
    valued = any(one.value_usd is not None for one in months)
    column = "on_time_share" if customs else "value_usd" if valued else "consignments"
    points = [Point(reading.month(first(one)), _number(one, column)) for one in months]
    written = reading.share if customs else reading.figures.number
    drawn = line(points, written, top=1 if customs else None, whole=column == "consignments")
    table = Table("indicator", CUSTOMS if customs else TRADE, tuple(_rows(months, customs=customs)))
    return Measure(instrument.indicator, column, drawn, table)


def first(one: Month) -> date:
    """The first day of a month."""
    return date.fromisoformat(f"{one.month}-01")


def _number(one: Month, column: str) -> float | None:
    value = getattr(one, column)
    return None if value is None else float(value)


def _rows(months: Sequence[Month], *, customs: bool) -> Iterator[tuple[Cell, ...]]:
    for one in reversed(months):
        if not one.consignments:
            continue
        values: tuple[Value, ...]
        if customs:
            values = (one.on_time_share, one.differing, one.clearance_hours)
        else:
            values = (one.net_mass_kg, one.value_usd)
        yield tuple(map(Cell, (first(one), one.consignments, *values)))


def milestones(register: Register, key: str, day: date, language: str) -> list[dict[str, Any]]:
    """The milestones of an instrument with their state and what shows for them."""
    return [
        {
            "title": named(one.title, language),
            "due": one.due,
            "progress": register.progress(one, day),
            "evidence": register.evidence_of(one, day),
        }
        for one in register.milestones_of(key)
    ]
