"""Comparisons and their figures as Parquet files, with codes in place of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from keruen.mirror.turnover.compare import Comparison, Reported
from keruen.mirror.turnover.model import Figure, Flow, Measure
from keruen.mirror.turnover.period import Period

NUMBER = "DECIMAL(24, 6)"
OF = {
    "measure": "VARCHAR",
    "flow": "VARCHAR",
    "period": "VARCHAR",
    "first_month": "VARCHAR",
    "last_month": "VARCHAR",
}
SIDE = {"reporter": "VARCHAR", "value": NUMBER, "growth": "DOUBLE"}
COMPARED = {
    **OF,
    **{f"{side}_{name}": kind for side in ("first", "second") for name, kind in SIDE.items()},
    "difference": NUMBER,
    "ratio": "DOUBLE",
}
STATED = {
    **OF,
    "reporter": "VARCHAR",
    "value": NUMBER,
    **dict.fromkeys(("basis", "source", "note", "series"), "VARCHAR"),
    "line": "INTEGER",
}
Row = tuple[Any, ...]


def parquet(found: Sequence[Comparison]) -> dict[str, bytes]:
    """``turnover``: both reporters side by side; ``turnover-figures``: each figure with its source."""
    return {
        "turnover": _written(COMPARED, list(_compared(found))),
        "turnover-figures": _written(STATED, list(_stated(found))),
    }


def _compared(found: Iterable[Comparison]) -> Iterator[Row]:
    for one in found:
        sides = (*_side(one.first), *_side(one.second))
        yield (*_of(one.measure, one.flow, one.period), *sides, one.difference, one.ratio)


def _side(one: Reported) -> Row:
    return one.reporter, one.value, one.growth


def _stated(found: Iterable[Comparison]) -> Iterator[Row]:
    sides = (side for one in found for side in (one.first, one.second))
    for figure in (figure for side in sides for figure in side.figures):
        yield (*_of(figure.measure, figure.flow, figure.period), *_figure(figure))


def _figure(one: Figure) -> Row:
    stated = (one.reporter, one.value, str(one.basis))
    return (*stated, one.source, one.note, one.series, one.line)


def _of(measure: Measure, flow: Flow, period: Period) -> Row:
    first, *_ = *_, last = tuple(period.each())
    return str(measure), str(flow), str(period), first, last


def _written(columns: Mapping[str, str], rows: Sequence[Row]) -> bytes:
    import duckdb  # noqa: PLC0415 - large

    with TemporaryDirectory(prefix="keruen-") as folder, duckdb.connect() as base:
        named = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        base.execute(f"CREATE TABLE written ({named})")
        if rows:
            marks = ", ".join("?" * len(columns))
            base.executemany(f"INSERT INTO written VALUES ({marks})", rows)  # noqa: S608 - marks
        path = Path(folder) / "written.parquet"
        base.table("written").write_parquet(str(path))
        return path.read_bytes()
