"""Turnover as files: a folder a language with report, charts and tables; Parquet for programs beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePath

from keruen.console.overview.files import as_csv, as_xlsx
from keruen.console.overview.tables import Reading
from keruen.console.turnover.drawing import png, svg
from keruen.console.turnover.report import Part, html, pdf, report
from keruen.console.turnover.tables import tables
from keruen.mirror.turnover import Comparison
from keruen.mirror.turnover.parquet import parquet

File = tuple[PurePath, bytes]


def files(
    found: Sequence[Comparison], parts: Sequence[Part], reading: Reading, now: datetime
) -> Iterator[File]:
    """Those of one language, each under its name in the folder of all."""
    folder, one = PurePath(reading.texts.language), report(parts, reading, now)
    yield folder / "turnover.html", html(one).encode()
    yield folder / "turnover.pdf", pdf(one, now)
    both = tables(found, reading)
    for table in both:
        yield folder / f"{table.name}.csv", b"".join(as_csv(table, reading))
    yield folder / "turnover.xlsx", b"".join(as_xlsx(both, reading))
    for section in (section for part in one.parts for section in part.sections if section.drawn):
        drawing = svg(section, reading.texts.language)
        yield folder / f"{section.name}.svg", drawing.encode()
        yield folder / f"{section.name}.png", png(drawing)


def for_programs(found: Sequence[Comparison]) -> Iterator[File]:
    """What is the same in every language."""
    for name, octets in parquet(found).items():
        yield PurePath(f"{name}.parquet"), octets
