"""Writes simulated tables as Parquet: slice by slice into a database on disk, then each table in its order.

One thread and a fixed order: the same plan gives the same bytes.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keruen.simulate.tables import RATES, TABLES, Columns, Plan, make_tables

if TYPE_CHECKING:
    import duckdb

ORDER = {"exports": "date, export_id", "imports": "date, import_id"}
"""Table → its order; others are in that of their columns."""


def write_simulation(
    directory: Path, plan: Plan, advance: Callable[[], object] = lambda: None
) -> dict[str, Any]:
    """Make the tables of `plan`, write one Parquet file each, and a manifest that says what they are.

    Args:
        directory: made where it is not there; files of these names are replaced.
        advance: called after each of `steps`.

    Gives:
        the manifest.
    """
    directory.mkdir(parents=True, exist_ok=True)
    rows = write_tables(directory, plan, advance)
    manifest = described(plan) | {"rows": rows}
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (directory / "manifest.json").write_text(text, encoding="utf-8")
    return manifest


def steps(plan: Plan) -> int:
    """How often `write_tables` tells that it advances."""
    return len(list(plan.slices())) + len(TABLES)


def described(plan: Plan) -> dict[str, Any]:
    """What a plan asks for, and the rates of its profile with their reasons."""
    rates = {
        name: {"rate": plan.profile[name], "reason": rate.reason} for name, rate in RATES.items()
    }
    return {
        "seed": plan.seed,
        "profile": plan.profile.name,
        "from": plan.start.isoformat(),
        "as_of": plan.as_of.isoformat(),
        "days": plan.days,
        "consignments": plan.consignments,
        "rates": rates,
    }


def write_tables(
    directory: Path, plan: Plan, advance: Callable[[], object] = lambda: None
) -> dict[str, int]:
    """Make the tables of `plan` and write one Parquet file each.

    Gives:
        table → rows.
    """
    import duckdb  # noqa: PLC0415 - heavy

    rows = {}
    with (
        tempfile.TemporaryDirectory(dir=directory, prefix=".making-") as room,
        duckdb.connect(Path(room) / "tables.duckdb") as database,
    ):
        database.execute("SET threads = 1")
        database.execute("SET memory_limit = '1GB'")
        _create(database)
        for tables in make_tables(plan):
            for name, columns in tables.items():
                _append(database, name, columns)
            advance()
        for name in TABLES:
            rows[name] = _write(database, name, directory / f"{name}.parquet")
            advance()
    return rows


def _create(database: duckdb.DuckDBPyConnection) -> None:
    for name, types in TABLES.items():
        columns = ", ".join(f'"{column}" {type}' for column, type in types.items())
        database.execute(f"CREATE TABLE {name} ({columns})")


def _append(database: duckdb.DuckDBPyConnection, name: str, columns: Columns) -> None:
    plain = {
        column: values.astype("datetime64[s]") if values.dtype.kind == "M" else values
        for column, values in columns.items()
    }
    names = ", ".join(f'"{column}"' for column in TABLES[name])
    database.register("slice", plain)
    database.execute(f"INSERT INTO {name} SELECT {names} FROM slice")  # noqa: S608 - names of ours
    database.unregister("slice")


def _write(database: duckdb.DuckDBPyConnection, name: str, path: Path) -> int:
    order = ORDER.get(name) or ", ".join(f'"{column}"' for column in TABLES[name])
    row = database.execute(
        f"COPY (SELECT * FROM {name} ORDER BY {order}) TO '{path}' (FORMAT parquet)"  # noqa: S608
    ).fetchone()
    return int(row[0]) if row else 0
