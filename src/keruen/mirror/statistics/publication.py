"""The cells as they may be published: with their totals, and without what would disclose a small one."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb

from keruen.mirror.statistics.duck import quoted
from keruen.mirror.statistics.suppression import Figures, Key, suppressed, with_totals

NAME = "published"
_FIGURES = ("exported_usd", "imported_usd", "gap_usd", "export_lines", "import_lines")
_TYPES = {
    **dict.fromkeys(_FIGURES[:3], "DECIMAL(18, 2)"),
    **dict.fromkeys(_FIGURES[3:], "BIGINT"),
    "suppressed": "VARCHAR",
}


def publish(out: Path, by: Sequence[str], least: int) -> dict[str, int]:
    """Write ``published.parquet`` and ``published.csv`` beside the cells.

    Args:
        by: columns of a cell, the flow first.
        least: lines that a reporter must have in a cell for it to be shown.

    Gives:
        how many cells and totals there are, and how many are left out for which reason.

    Raises:
        UsageError: ``too-many-suppressed``.
    """
    table = with_totals(_cells(out, by))
    hidden = suppressed(table, least)
    path = out / f"{NAME}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*by, *_TYPES])
        for key in sorted(table):
            writer.writerow([*key, *_shown(table[key], hidden.get(key))])
    types = {**dict.fromkeys(by, "VARCHAR"), **_TYPES}
    columns = ", ".join(f"'{name}': '{type_}'" for name, type_ in types.items())
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (FROM read_csv({quoted(path)}, header = true, columns = {{{columns}}})) "
            f"TO {quoted(out / f'{NAME}.parquet')} (FORMAT parquet)"
        )
    counts = [*hidden.values()]
    return {"cells": len(table)} | {kind: counts.count(kind) for kind in ("primary", "secondary")}


def _cells(out: Path, by: Sequence[str]) -> dict[Key, Figures]:
    names = ", ".join(f"coalesce(CAST({one} AS VARCHAR), '')" for one in by)
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT {names}, CAST(exported_usd * 100 AS BIGINT), CAST(imported_usd * 100 AS BIGINT), "  # noqa: S608
            f"export_lines, import_lines FROM {quoted(out / 'cells.parquet')}"
        ).fetchall()
    width = len(by)
    return {row[:width]: row[width:] for row in found}


def _shown(figures: Figures, kind: str | None) -> list[str | int | None]:
    exported, imported, export_lines, import_lines = figures
    if kind:
        return [*(None for _ in _FIGURES), kind]
    dollars = [f"{cents / 100:.2f}" for cents in (exported, imported, imported - exported)]
    return [*dollars, export_lines, import_lines, None]
