"""Tables → files to be saved: CSV for whatever reads it, XLSX with typed cells for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from keruen.console.overview.tables import Cell, Kind, Reading, Table
from keruen.exchange.figures.csvfile import Cell as Plain
from keruen.exchange.figures.csvfile import csv_file

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

CHUNK = 1 << 16
FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.NUMBER: "#,##0.0",
    Kind.RATIO: "0.000",
    Kind.SHARE: "0.0%",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MONTH: "yyyy-mm",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
}
"""How a spreadsheet shows a column; its own settings say with which separators."""
WIDE, NARROW = 44, 16
"""Characters of a column of texts, and of any other."""


def heads(table: Table, reading: Reading) -> list[str]:
    """The columns' names in the reader's language."""
    return [reading.texts.label(one.code, "figure-column") for one in table.columns]


def as_csv(table: Table, reading: Reading) -> Iterator[bytes]:
    """Lines of a CSV file; numbers with a point and no separators, days as in ISO 8601."""

    def rows() -> Iterator[list[Plain]]:
        yield list(heads(table, reading))
        for row in table.rows:
            yield [_plain(cell, reading) for cell in row]

    return csv_file(rows())


def _plain(cell: Cell, reading: Reading) -> Plain:
    value = cell.value
    if isinstance(value, datetime):
        return reading.figures.local(value).isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value


def as_xlsx(tables: Sequence[Table], reading: Reading) -> Iterator[bytes]:
    """A workbook of a sheet a table, heads frozen; written row by row to a file of this machine, then read."""
    with TemporaryDirectory(prefix="keruen-") as folder:
        path = Path(folder) / "figures.xlsx"
        _write(path, tables, reading)
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def _write(path: Path, tables: Sequence[Table], reading: Reading) -> None:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - large

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        kinds = {kind: book.add_format({"num_format": text}) for kind, text in FORMATS.items()}
        for table in tables:
            title = reading.texts.label(table.name, "figure-table")
            _fill(book.add_worksheet(sheet_name(title)), table, reading, bold, kinds)


def _fill(
    sheet: Worksheet, table: Table, reading: Reading, bold: Any, kinds: Mapping[Kind, Any]
) -> None:
    for number, column in enumerate(table.columns):
        width = WIDE if column.kind is Kind.TEXT else NARROW
        sheet.set_column(number, number, width, kinds.get(column.kind))
    sheet.freeze_panes(1, 0)
    for number, head in enumerate(heads(table, reading)):
        sheet.write_string(0, number, head, bold)
    for line, row in enumerate(table.rows, start=1):
        for number, cell in enumerate(row):
            kind = kinds.get(table.columns[number].kind)
            _put(sheet, line, number, cell, kind, reading)


def _put(sheet: Worksheet, line: int, number: int, cell: Cell, kind: Any, reading: Reading) -> None:
    """A cell of the type that its value has: a text is never taken for a formula."""
    value = cell.value
    if isinstance(value, datetime):
        sheet.write_datetime(line, number, reading.figures.local(value).replace(tzinfo=None), kind)
    elif isinstance(value, date):
        sheet.write_datetime(line, number, value, kind)
    elif isinstance(value, str):
        sheet.write_string(line, number, value)
    elif value is not None:
        sheet.write_number(line, number, value, kind)


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: 31 characters at most, none that a spreadsheet forbids."""
    return "".join(" " if one in "[]:*?/\\" else one for one in title)[:31].strip()
