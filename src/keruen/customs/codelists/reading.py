"""A published table of codes (CSV, RFC 4180) → entries, or every mistake with its line and column."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from keruen.customs.codelists.cells import CellError, Cells
from keruen.customs.codelists.headers import (
    CORRELATION,
    HeaderError,
    columns_of,
    joined,
    place_of,
    status_of,
)
from keruen.customs.codelists.model import Entry
from keruen.customs.codelists.repeats import Line, Lines
from keruen.tomlfile import FileError, Read

INVALID = "codelist-invalid"
MISTAKES = 20
"""Mistakes after which reading stops: the rest is of the same kind."""
SEPARATORS = ",;\t|"

csv.field_size_limit(1 << 20)


def read_table(
    lines: Iterable[str],
    *,
    list_id: str,
    name: str = "table",
    chosen: Mapping[str, str] | None = None,
    only: Mapping[str, Collection[str]] | None = None,
) -> Read[list[Entry]]:
    """The entries of a table, in its order, and what became of lines that do not count.

    Args:
        lines: of the file, with their ends; the first one names the columns. The separator is the comma,
            semicolon, tabulator or bar that it has most of.
        list_id: of the list that it becomes: subheadings are digits, correspondences have two codes.
        name: file name, for the messages.
        chosen: column of the list → header, where the header is not recognised; several headers with a
            plus sign between them are read as one cell.
        only: header → what must stand there for a line to be taken.
    """
    table = _Table(list_id, name)
    entries: list[Entry] = []
    try:
        entries = table.entries(iter(lines), chosen or {}, only or {})
    except FileError as mistake:
        table.mistakes.append(mistake)
    if table.mistakes:
        return Read(None, tuple(table.mistakes))
    if not entries:
        return Read(None, (table.mistake("has no codes, only a header", 1),))
    return Read(entries, remarks=tuple(table.remarks))


class _Table:
    """One table while it is read: what was wrong, and what became of lines that do not count."""

    def __init__(self, list_id: str, name: str) -> None:
        self.list_id, self.name = list_id, name
        self.mistakes: list[FileError] = []
        self.remarks: list[FileError] = []
        self._several = CORRELATION.fullmatch(list_id) is not None

    def mistake(self, reason: str, line: int, column: str = "") -> FileError:
        return FileError(INVALID, reason, key=column, path=self.name, line=line)

    def entries(
        self,
        lines: Iterator[str],
        chosen: Mapping[str, str],
        only: Mapping[str, Collection[str]],
    ) -> list[Entry]:
        rows = self._rows(lines)
        _, printed = next(rows, (1, []))
        try:
            parts = joined(printed, chosen)
            header = [*printed, *parts]
            places = columns_of(header, chosen, self.list_id)
            wanted = [(place_of(header, title), values) for title, values in only.items()]
        except HeaderError as error:
            raise self.mistake(str(error), 1) from error
        status, cells = status_of(header), Cells(self.list_id, places)
        counting = Lines(marked=status is not None, several=self._several)
        for number, cut in rows:
            try:
                row = _whole(cut, printed, parts)
                if any(row[place].strip() not in values for place, values in wanted):
                    continue
                mark = row[status].strip() if status is not None else ""
                counting.take(Line(number, cells.entry(row), mark))
            except CellError as error:
                self.mistakes.append(self._wrong(error, number, places, header))
                if len(self.mistakes) == MISTAKES:
                    break
        self.remarks += [
            FileError(code, said, path=self.name, line=number)
            for number, code, said in counting.remarks
        ]
        return counting.entries()

    def _wrong(
        self, error: CellError, number: int, places: Mapping[str, int], header: Sequence[str]
    ) -> FileError:
        place = places.get(error.field)
        column = f"column {place + 1} ({header[place]})" if place is not None else ""
        return self.mistake(str(error), number, column)

    def _rows(self, lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
        """Lines that are not empty, with the number of the first line of each."""
        first = next(lines, "").removeprefix("\ufeff")
        separator = max(SEPARATORS, key=first.count)
        reader = csv.reader(_together(first, lines), delimiter=separator, strict=True)
        line = 1
        try:
            for row in reader:
                if any(row):
                    yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            raise self.mistake(f"is no CSV: {error}", line) from error


def _whole(
    row: Sequence[str], header: Sequence[str], parts: Mapping[str, Sequence[int]]
) -> list[str]:
    """The cells of a line, and behind them those that are read together."""
    if len(row) != len(header):
        raise CellError("", f"has {len(row)} cells, the header has {len(header)}")
    return [*row, *("".join(row[place].strip() for place in places) for places in parts.values())]


def _together(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines
