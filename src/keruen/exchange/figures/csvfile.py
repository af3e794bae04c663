"""Rows → a CSV file that spreadsheets open as it is (RFC 4180), and in which no cell acts. Pure."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

Cell = str | int | float | None
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells spreadsheets that the file is UTF-8."""
_ACTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def csv_file(rows: Iterable[Sequence[Cell]], *, mark: bool = True) -> Iterator[bytes]:
    """Lines of a file, one after the other.

    Args:
        mark: whether it opens with `BOM`.
    """
    if mark:
        yield BOM.encode()
    for row in rows:
        line = StringIO()
        csv.writer(line, lineterminator="\r\n").writerow([inert(cell) for cell in row])
        yield line.getvalue().encode()


def inert(cell: Cell) -> Cell:
    """The cell, a text that could be taken for a formula behind an apostrophe; numbers as they are."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_ACTS):
        return f"'{cell}"
    return cell
