"""A published table of codes (CSV, RFC 4180) → entries, or every mistake with its line and column."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from keruen.customs.codelists.cells import CellError, Cells
from keruen.customs.codelists.columns import CODE
from keruen.customs.codelists.headers import CORRELATION, HeaderError, columns_of, place_of
from keruen.customs.codelists.model import Entry
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
    """The entries of a table, in its order.

    Args:
        lines: of the file, with their ends; the first one names the columns. The separator is the comma,
            semicolon, tabulator or bar that it has most of.
        list_id: of the list that it becomes: subheadings are digits, correspondences have two codes.
        name: file name, for the messages.
        chosen: column of the list → header, where the header is not recognised.
        only: header → what must stand there for a line to be taken.
    """
    table = _Table(list_id, name)
    try:
        entries = list(table.entries(iter(lines), chosen or {}, only or {}))
    except FileError as mistake:
        table.mistakes.append(mistake)
    if table.mistakes:
        return Read(None, tuple(table.mistakes))
    if not entries:
        return Read(None, (table.mistake("has no codes, only a header", 1),))
    return Read(entries)


class _Table:
    """One table while it is read: what was wrong, and what was said already."""

    def __init__(self, list_id: str, name: str) -> None:
        self.list_id, self.name = list_id, name
        self.mistakes: list[FileError] = []
        self._several = CORRELATION.fullmatch(list_id) is not None
        self._seen: dict[str, list[tuple[Entry, int]]] = {}

    def mistake(self, reason: str, line: int, column: str = "") -> FileError:
        return FileError(INVALID, reason, key=column, path=self.name, line=line)

    def entries(
        self,
        lines: Iterator[str],
        chosen: Mapping[str, str],
        only: Mapping[str, Collection[str]],
    ) -> Iterator[Entry]:
        rows = self._rows(lines)
        _, header = next(rows, (1, []))
        try:
            places = columns_of(header, chosen, self.list_id)
            wanted = [(place_of(header, title), values) for title, values in only.items()]
        except HeaderError as error:
            raise self.mistake(str(error), 1) from error
        cells = Cells(self.list_id, places)
        for line, row in rows:
            try:
                _as_long(row, header)
                if any(row[place].strip() not in values for place, values in wanted):
                    continue
                entry = cells.entry(row)
                if self._is_new(entry, line):
                    yield entry
            except CellError as error:
                place = places.get(error.field)
                column = f"column {place + 1} ({header[place]})" if place is not None else ""
                self.mistakes.append(self.mistake(str(error), line, column))
                if len(self.mistakes) == MISTAKES:
                    return

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

    def _is_new(self, entry: Entry, line: int) -> bool:
        """Whether nothing has said it yet.

        Raises:
            CellError: the code means something else already on some of the same days.
        """
        before = self._seen.setdefault(entry.code, [])
        if any(entry == one for one, _ in before):
            return False
        if not self._several:
            for one, at in before:
                if _overlap(one, entry):
                    said = f"{entry.code!r} is on line {at} already, for some of the same days"
                    raise CellError(CODE, said)
        before.append((entry, line))
        return True


def _as_long(row: Sequence[str], header: Sequence[str]) -> None:
    if len(row) != len(header):
        raise CellError("", f"has {len(row)} cells, the header has {len(header)}")


def _together(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _overlap(one: Entry, other: Entry) -> bool:
    """Whether there is a day on which both hold."""
    starts = [entry.valid_from for entry in (one, other) if entry.valid_from]
    latest = max(starts, default=None)
    return latest is None or (one.holds_on(latest) and other.holds_on(latest))
