"""Comparisons and their figures → tables, the same for CSV and XLSX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from keruen.console.overview.tables import Cell, Column, Kind, Reading, Table
from keruen.console.turnover import said
from keruen.mirror.turnover import Comparison, Flow, Measure, Period

OF = (
    Column("measure", Kind.TEXT),
    Column("flow", Kind.TEXT),
    Column("period", Kind.TEXT),
    Column("first_month", Kind.MONTH),
    Column("last_month", Kind.MONTH),
)
SIDES = tuple(
    column
    for side in ("first", "second")
    for column in (
        Column(f"{side}_reporter", Kind.TEXT),
        Column(f"{side}_value", Kind.NUMBER),
        Column(f"{side}_growth", Kind.SHARE),
    )
)
COMPARED = (*OF, *SIDES, Column("difference", Kind.NUMBER), Column("ratio", Kind.RATIO))
STATED = (
    *OF,
    Column("reporter", Kind.TEXT),
    Column("value", Kind.NUMBER),
    *(Column(name, Kind.TEXT) for name in ("basis", "source", "note", "series")),
    Column("line"),
)
DIGITS = 6


def tables(found: Sequence[Comparison], reading: Reading) -> tuple[Table, Table]:
    """Both reporters side by side, and each figure with its source."""
    return (
        Table("turnover", COMPARED, tuple(_compared(found, reading))),
        Table("turnover-figures", STATED, tuple(_stated(found, reading))),
    )


def _compared(found: Iterable[Comparison], reading: Reading) -> Iterator[tuple[Cell, ...]]:
    for one in found:
        values: list[str | float | None] = []
        for side in (one.first, one.second):
            name = reading.texts.country(side.reporter)
            values += [name, _plain(side.value), _plain(side.growth)]
        values += [_plain(one.difference), _plain(one.ratio)]
        of = _of(one.measure, one.flow, one.period, reading)
        yield (*of, *(Cell(value) for value in values))


def _stated(found: Iterable[Comparison], reading: Reading) -> Iterator[tuple[Cell, ...]]:
    for one in (
        figure for each in found for side in (each.first, each.second) for figure in side.figures
    ):
        values = (
            reading.texts.country(one.reporter),
            _plain(one.value),
            reading.texts.label(one.basis, "basis"),
            *(one.source, one.note, one.series, one.line),
        )
        of = _of(one.measure, one.flow, one.period, reading)
        yield (*of, *(Cell(value) for value in values))


def _of(measure: Measure, flow: Flow, period: Period, reading: Reading) -> tuple[Cell, ...]:
    return (
        Cell(reading.texts.label(measure, "measure")),
        Cell(said.flow(reading, flow)),
        Cell(said.period(reading, period)),
        Cell(date(period.year, period.first, 1)),
        Cell(date(period.year, period.last, 1)),
    )


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else round(float(value), DIGITS)
