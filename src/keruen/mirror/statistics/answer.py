"""Answers a question with one of the engines, and sums up what was written."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import duckdb
import msgspec

from keruen.mirror.statistics import duck, spark
from keruen.mirror.statistics.duck import quoted
from keruen.mirror.statistics.job import Job
from keruen.mirror.statistics.plan import Question, job
from keruen.mirror.statistics.reasons import REASONS


class Engine(StrEnum):
    """What executes the SQL."""

    DUCKDB = "duckdb"
    SPARK = "spark"


class Summary(msgspec.Struct, frozen=True):
    """Both figures and why they differ, over all cells; US dollars.

    Attributes:
        reasons: reason → what it adds to the gap; empty where only figures were asked for.
        moved: reason → what it moves between cells and adds to them: the sum of all absolute amounts.
        files: what was written.
    """

    cells: int
    exported_usd: float
    imported_usd: float
    gap_usd: float
    relative_asymmetry: float | None
    symmetric_asymmetry: float | None
    export_lines: int
    import_lines: int
    freight_declared_usd: float | None
    freight_factor_usd: float | None
    reasons: dict[str, float]
    moved: dict[str, float]
    files: list[str]


def answer(asked: Question, out: Path, engine: Engine = Engine.DUCKDB) -> Summary:
    """Write the tables that answer into a folder, and sum them up.

    Raises:
        UsageError, InputError: a table cannot be taken, or there is no such engine here.
    """
    out.mkdir(parents=True, exist_ok=True)
    made = job(asked, out)
    with tempfile.TemporaryDirectory(prefix="keruen-mirror-") as spill:
        does: dict[Engine, Callable[[Job], object]] = {
            Engine.DUCKDB: lambda those: duck.run(those, Path(spill)),
            Engine.SPARK: spark.run,
        }
        does[engine](made)
    return summary(out, explained=asked.explain)


def summary(out: Path, *, explained: bool) -> Summary:
    """What a folder's tables say together."""
    freight = "sum(freight_declared_usd), sum(freight_factor_usd)" if explained else "NULL, NULL"
    with duckdb.connect() as connection:
        cells, exported, imported, export_lines, import_lines, declared, factor = (
            connection.execute(
                "SELECT count(*), coalesce(sum(exported_usd), 0), coalesce(sum(imported_usd), 0), "  # noqa: S608
                f"coalesce(sum(export_lines), 0), coalesce(sum(import_lines), 0), {freight} "
                f"FROM {quoted(out / 'cells.parquet')}"
            ).fetchall()[0]
        )
        reasons = _reasons(connection, out) if explained else []
    gap = imported - exported
    by_reason = {name: (float(net), float(moved)) for name, net, moved in reasons}
    return Summary(
        cells=cells,
        exported_usd=float(exported),
        imported_usd=float(imported),
        gap_usd=float(gap),
        relative_asymmetry=float(gap / exported) if exported else None,
        symmetric_asymmetry=float(2 * gap / (exported + imported)) if exported + imported else None,
        export_lines=int(export_lines),
        import_lines=int(import_lines),
        freight_declared_usd=None if declared is None else float(declared),
        freight_factor_usd=None if factor is None else float(factor),
        reasons={one: by_reason[one][0] for one in REASONS if one in by_reason},
        moved={one: by_reason[one][1] for one in REASONS if one in by_reason},
        files=sorted(path.name for path in out.glob("*.parquet")),
    )


def _reasons(connection: duckdb.DuckDBPyConnection, out: Path) -> list[tuple[str, float, float]]:
    return connection.execute(
        "SELECT reason, sum(amount_usd), sum(abs(amount_usd)) "  # noqa: S608
        f"FROM {quoted(out / 'explanation.parquet')} GROUP BY reason"
    ).fetchall()


def write_csv(out: Path) -> None:
    """Write each table of a folder as CSV, too."""
    with duckdb.connect() as connection:
        for path in sorted(out.glob("*.parquet")):
            connection.execute(
                f"COPY (FROM {quoted(path)}) TO {quoted(path.with_suffix('.csv'))} (FORMAT csv, HEADER)"
            )
