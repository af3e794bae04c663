"""A published series (CSV) → figures, and every mistake with its line and column. Pure.

    period,flow,reporter,usd_mln,kind,source_url,note
    2021 H1,KZ exports to TJ,KZ,350.4,reported,https://…,
    2022,turnover,TJ,1436,derived,https://…,"2023 is nearly 20 % less"

A line is one reporter's figure of one period. All lines are kept, those that contradict each other, too.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from io import StringIO

from keruen.customs import Struct
from keruen.mirror.turnover.model import Basis, Figure, Flow, Measure
from keruen.mirror.turnover.period import period_of
from keruen.tomlfile import FileError

INVALID = "series-invalid"
COLUMNS = ("period", "flow", "reporter", "usd_mln", "kind", "source_url", "note")
NEEDED = COLUMNS[:-1]
KINDS = (Basis.REPORTED, Basis.REPORTED_ROUNDED, Basis.DERIVED, Basis.NOT_FOUND)
_FLOW = re.compile(r"([A-Z]{2}) (exports to|imports from) ([A-Z]{2})")
_TURNOVER = re.compile(r"turnover(?: ([A-Z]{2})-([A-Z]{2}))?")
_COUNTRY = re.compile("[A-Z]{2}")
_LINK = re.compile(r"https?://[^\s<>\"]+")
_LARGEST = Decimal(10) ** 9


class Series(Struct, frozen=True):
    """What a file says.

    Attributes:
        figures: in its order.
        mistakes: lines that cannot be taken; each names its line and column.
    """

    figures: tuple[Figure, ...]
    mistakes: tuple[FileError, ...] = ()


class CellError(Exception):
    """A cell that cannot be taken.

    Args:
        column: its name; None for the line as a whole.
        reason: what is wrong, and what would be right.
    """

    def __init__(self, column: str | None, reason: str) -> None:
        super().__init__(reason)
        self.column = column


def read_series(text: str, name: str) -> Series:
    """The figures of a file, and what cannot be taken of it.

    Args:
        text: its content.
        name: of the file; figures and mistakes bear it.
    """
    rows = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    mistakes: list[FileError] = []
    lines: list[tuple[int, Mapping[str, str]]] = []
    header: list[str] = []
    try:
        header = [one.strip() for one in next(rows, [])]
        _check_header(header)
        lines = list(_lines(rows, header, name, mistakes))
    except CellError as error:
        mistakes.append(_mistake(error, header, name, 1))
    except csv.Error as error:
        mistakes.append(FileError(INVALID, f"is no CSV: {error}", path=name, line=rows.line_num))
    figures = tuple(_figures(lines, header, name, mistakes))
    return Series(figures=figures, mistakes=tuple(sorted(mistakes, key=lambda one: one.line or 0)))


def _check_header(header: list[str]) -> None:
    missing = [one for one in NEEDED if one not in header]
    if missing:
        wanted = ",".join(COLUMNS)
        raise CellError(None, f"has no column {', '.join(missing)}; the first line is {wanted}")
    if len(set(header)) < len(header):
        raise CellError(None, "names a column twice")


def _lines(
    rows: Iterator[list[str]], header: list[str], name: str, mistakes: list[FileError]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Lines that are not empty, with the number of the first line of each."""
    number = 2
    for row in rows:
        if any(row):
            if len(row) == len(header):
                yield number, dict(zip(header, (one.strip() for one in row), strict=True))
            else:
                reason = f"has {len(row)} cells, the header has {len(header)}"
                mistakes.append(_mistake(CellError(None, reason), header, name, number))
        number = rows.line_num + 1  # type: ignore[attr-defined]


def _figures(
    lines: list[tuple[int, Mapping[str, str]]],
    header: list[str],
    name: str,
    mistakes: list[FileError],
) -> Iterator[Figure]:
    pairs = {flow.turnover for _, row in lines if (flow := _direction(row["flow"]))}
    for number, row in lines:
        try:
            yield _figure(row, pairs, name, number)
        except CellError as error:
            mistakes.append(_mistake(error, header, name, number))


def _mistake(error: CellError, header: list[str], name: str, line: int) -> FileError:
    column = error.column
    key = f"column {header.index(column) + 1} ({column})" if column else ""
    return FileError(INVALID, str(error), key=key, path=name, line=line)


def _figure(row: Mapping[str, str], pairs: set[Flow], name: str, line: int) -> Figure:
    period = period_of(row["period"])
    if period is None:
        right = "2021, 2021 H1, 2022 Q1, 2026 Jan or 2022 Jan-Sep"
        raise CellError("period", f"{row['period']!r} is no period; write {right}")
    flow = _flow(row["flow"], pairs)
    reporter = _reporter(row, flow)
    basis = _basis(row["kind"])
    return Figure(
        period=period,
        flow=flow,
        reporter=reporter,
        measure=Measure.USD_MLN,
        value=_value(row["usd_mln"], basis),
        basis=basis,
        source=_source(row["source_url"], basis),
        note=row.get("note", ""),
        series=name,
        line=line,
    )


def _direction(text: str) -> Flow | None:
    """Exports or imports as the flow that both are: from the exporting to the importing country."""
    found = _FLOW.fullmatch(text)
    if found is None or found[1] == found[3]:
        return None
    here, there = found[1], found[3]
    exports = found[2] == "exports to"
    return Flow(first=here if exports else there, second=there if exports else here)


def _flow(text: str, pairs: set[Flow]) -> Flow:
    if direction := _direction(text):
        return direction
    found = _TURNOVER.fullmatch(text)
    if found is None:
        right = "KZ exports to TJ, TJ imports from KZ, turnover or turnover KZ-TJ"
        raise CellError("flow", f"{text!r} is no flow; write {right}")
    if found[1] and found[1] != found[2]:
        return Flow(first=found[1], second=found[2]).turnover
    if len(pairs) != 1:
        raise CellError("flow", "says not whose turnover it is; write it as turnover KZ-TJ")
    return next(iter(pairs))


def _reporter(row: Mapping[str, str], flow: Flow) -> str:
    reporter = row["reporter"]
    if not _COUNTRY.fullmatch(reporter):
        raise CellError("reporter", f"{reporter!r} is no country; write its ISO code, such as KZ")
    if reporter not in (flow.first, flow.second):
        raise CellError(
            "reporter", f"{reporter} is none of the two; write {flow.first} or {flow.second}"
        )
    if not flow.both and reporter != row["flow"][:2]:
        raise CellError(
            "reporter", f"{reporter} does not report {row['flow']!r}; {row['flow'][:2]} does"
        )
    return reporter


def _basis(text: str) -> Basis:
    if text not in KINDS:
        raise CellError("kind", f"{text!r} is no kind; write one of {', '.join(KINDS)}")
    return Basis(text)


def _value(text: str, basis: Basis) -> Decimal | None:
    if basis is Basis.NOT_FOUND:
        if text:
            raise CellError("usd_mln", f"stands beside 'not found': leave {text!r} out")
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not (value.is_finite() and 0 <= value < _LARGEST):
        reason = f"{text!r} is no value; write millions of US dollars with a point, such as 350.4"
        raise CellError("usd_mln", reason)
    return value


def _source(text: str, basis: Basis) -> str:
    if basis is Basis.NOT_FOUND and not text:
        return ""
    if not _LINK.fullmatch(text):
        raise CellError(
            "source_url", f"{text!r} is no address; write where the figure is published"
        )
    return text
