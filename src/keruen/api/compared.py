"""Declared against found, as programs see it: every element of the consignment and its items, one row each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from keruen.border.dossier import Comparison
from keruen.border.dossier.comparison import Column, Line, Sheet
from keruen.border.dossier.judging import Cell, Verdict
from keruen.customs import Struct


class FoundValue(Struct, frozen=True):
    """What one message found of an element.

    Attributes:
        kind: of the message.
        at: when it came or was accepted, a time or a day.
        values: one, or several where an element is a list; none where the message says nothing of it.
        verdict: against what was declared; left out where that cannot be judged.
    """

    kind: str
    at: str | None = None
    values: tuple[str, ...] = ()
    verdict: Verdict | None = None


class Compared(Struct, frozen=True):
    """One element on both sides.

    Attributes:
        item: ordinal of the goods item; left out for the consignment as a whole.
        declared: as `values` below.
        tolerance: that the agreement allows.
    """

    element: str
    item: int | None = None
    declared: tuple[str, ...] = ()
    found: tuple[FoundValue, ...] = ()
    tolerance: str | None = None


def compared(comparison: Comparison) -> Iterator[Compared]:
    """A comparison, row by row."""
    for sheet in comparison.sheets:
        for line in sheet.lines:
            yield _row(comparison, sheet, line)


def _row(comparison: Comparison, sheet: Sheet, line: Line) -> Compared:
    return Compared(
        element=line.element,
        item=sheet.ordinal,
        declared=_texts(line.declared),
        found=tuple(
            FoundValue(kind=column.kind, at=_at(column), values=_texts(cell), verdict=cell.verdict)
            for column, cell in zip(comparison.columns, line.found, strict=True)
        ),
        tolerance=line.tolerance,
    )


def _at(column: Column) -> str | None:
    at: datetime | date | None = column.at
    return at.isoformat() if at else None


def _texts(cell: Cell) -> tuple[str, ...]:
    value = cell.value
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)
