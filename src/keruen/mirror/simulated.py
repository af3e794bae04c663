"""Writes simulated tables as Parquet: slice by slice, then each table in its order.

One thread and a fixed order: the same plan gives the same bytes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from keruen.errors import UsageError
from keruen.simulate import Submission, Traffic, Truth, simulate
from keruen.simulate.tables import A_DAY, RATES, TABLES, Columns, Plan, make_tables

if TYPE_CHECKING:
    import duckdb

FEWEST_DAYS = 5
"""Of the traffic for nodes: the longest journey and its clearance fit."""
ROOM = ".making-"
"""What the name of a folder for parts begins with; it goes when the tables are whole."""
DECLARATIONS, SCRIPT, DISCREPANCIES = "declarations", "script.jsonl", "truth_discrepancies.jsonl"
MANIFEST = "manifest.json"
ORDER = {
    "exports": "date, export_id",
    "imports": "date, import_id",
    "truth_links": "export_id, import_id",
    "truth_missing": "export_id",
    "truth_orphans": "import_id",
    "truth_gap": "export_id, import_id, reason, amount_usd",
}
"""Table → its order."""
LEFT = {DECLARATIONS, SCRIPT, DISCREPANCIES, MANIFEST, *(f"{table}.parquet" for table in TABLES)}


def cleared(directory: Path) -> None:
    """Make a directory for a simulation; what an earlier one left in it goes.

    Raises:
        UsageError: ``directory-exists``: it holds what no simulation wrote. ``directory-unwritable``.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        found = list(directory.iterdir())
        if any(one.name not in LEFT and not one.name.startswith(ROOM) for one in found):
            text = "must be new, empty, or hold an earlier simulation and nothing else"
            raise UsageError("directory-exists", text, path=str(directory))
        for one in found:
            shutil.rmtree(one) if one.is_dir() else one.unlink()
    except OSError as error:
        reason = f"cannot be written: {error.strerror}"
        raise UsageError("directory-unwritable", reason, path=error.filename) from error


def write_simulation(
    directory: Path,
    plan: Plan,
    *,
    declarations: int = 0,
    advance: Callable[[], object] = lambda: None,
) -> dict[str, Any]:
    """Make the tables of `plan`, write one Parquet file each, and a manifest that says what they are.

    Args:
        directory: made where it is not there; files of these names are replaced.
        declarations: for how many consignments the declarations and the script for nodes are written.
        advance: called after each of `steps`.

    Gives:
        the manifest.
    """
    directory.mkdir(parents=True, exist_ok=True)
    manifest = described(plan) | {
        "rows": write_tables(directory, plan, advance),
        "nodes": write_traffic(directory, plan, min(declarations, plan.consignments)),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (directory / MANIFEST).write_text(text, encoding="utf-8")
    return manifest


def write_traffic(directory: Path, plan: Plan, consignments: int) -> dict[str, Any]:
    """Write what two nodes are fed: declarations in national formats, the script, and what must be found.

    Gives:
        how many consignments, declarations and arrivals, and what was planted; nothing for none.
    """
    if not consignments:
        return {}
    traffic = simulate(
        plan.agreement,
        seed=plan.seed,
        consignments=consignments,
        start=datetime.combine(plan.start, time(), UTC),
        days=max(FEWEST_DAYS, consignments / A_DAY),
    )
    files = [step for step in traffic.steps if isinstance(step, Submission)]
    (directory / DECLARATIONS).mkdir(exist_ok=True)
    for file in files:
        (directory / DECLARATIONS / file.name).write_bytes(file.data)
    _write_lines(directory / SCRIPT, traffic.script())
    _write_lines(directory / DISCREPANCIES, map(msgspec.to_builtins, sorted_truth(traffic)))
    return {
        "consignments": traffic.consignments,
        "declarations": len(files),
        "arrivals": len(traffic.steps) - len(files),
        **traffic.describe(),
    }


def sorted_truth(traffic: Traffic) -> list[Truth]:
    """The discrepancies in an order of their own, the same each time."""
    return sorted(traffic.truth, key=lambda one: (one.reference, one.item or 0, one.code))


def _write_lines(path: Path, values: Iterable[object]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for value in values:
            file.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


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
    """Make the tables of `plan` and write one Parquet file each, slice by slice, then in its order.

    Gives:
        table → rows.
    """
    import duckdb  # noqa: PLC0415 - heavy

    rows = {}
    with (
        tempfile.TemporaryDirectory(dir=directory, prefix=ROOM) as room,
        duckdb.connect() as database,
    ):
        database.execute("SET threads = 1")
        database.execute("SET memory_limit = '1GB'")
        database.execute("SET temp_directory = ?", [room])
        for number, tables in enumerate(make_tables(plan)):
            for name, columns in tables.items():
                _write_part(database, name, columns, Path(room) / f"{name}-{number:06}.parquet")
            advance()
        for name in TABLES:
            rows[name] = _write(database, name, Path(room), directory / f"{name}.parquet")
            advance()
    return rows


def _write_part(
    database: duckdb.DuckDBPyConnection, name: str, columns: Columns, path: Path
) -> None:
    plain = {
        column: values.astype("datetime64[s]") if values.dtype.kind == "M" else values
        for column, values in columns.items()
    }
    typed = ", ".join(f'CAST("{one}" AS {type}) AS "{one}"' for one, type in TABLES[name].items())
    database.register("slice", plain)
    _copy(database, f"SELECT {typed} FROM slice", path)  # noqa: S608 - names of ours
    database.unregister("slice")


def _write(database: duckdb.DuckDBPyConnection, name: str, parts: Path, path: Path) -> int:
    some = _quoted(parts / f"{name}-*.parquet")
    return _copy(database, f"FROM read_parquet({some}) ORDER BY {ORDER[name]}", path)


def _copy(database: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
    """Write what a query gives; how many rows that is."""
    row = database.execute(f"COPY ({query}) TO {_quoted(path)} (FORMAT parquet)").fetchone()
    return int(row[0]) if row else 0


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
