"""The benchmark of mirror statistics: how soon millions of lines are compared, how rightly explained.

Each figure of speed is that of a process of its own, so that its peak of memory is its own, too. The lines
are made by DuckDB from their numbers; the explanation is measured on simulated traffic with known truth.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from keruen.config.packaged import packaged_agreement
from keruen.mirror.simulated import write_tables
from keruen.mirror.statistics import Question, answer, cell
from keruen.simulate.tables import planned

AIMS = {"figures_seconds": 5.0, "reconciliation_seconds": 15.0, "growth": 12.0}
AIM_SHARE = 0.95
SEEDS = (101, 102, 103)
"""Never used in tuning."""
FEWER = 10
"""Growth is measured against so many times fewer lines."""
_MEASURED = "from keruen.bench.mirrorrun import main; main()"

_LINES = """
COPY (SELECT '{letter}' || i AS {side}_id, '50119/' || i || '/2025' AS reference,
  DATE '2025-01-01' + CAST(hash(i) % 350 + {late} * (hash(i + 7) % 12) AS INTEGER) AS date,
  CAST(900000000000 + hash(i + 1) % 5000 AS STRING) AS exporter_id,
  'CMR ' || hash(i + 2) % 100000000 AS transport_document,
  lpad(CAST(100000 + 37 * (hash(i + 3) % 400) AS STRING), 6, '0') AS hs6,
  CAST(1000 + hash(i + 4) % 20000 AS DOUBLE) AS net_mass_kg, CAST(1 + hash(i + 5) % 900 AS INTEGER) AS packages,
  round((1000 + hash(i + 6) % 60000) * {cif}, 2) AS value_usd,
  CASE WHEN i % 3 = 0 THEN 'TJ-KZ' ELSE 'KZ-TJ' END AS flow, CASE WHEN i % 5 = 0 THEN '2' ELSE '3' END AS mode,
  'TJ0' || hash(i + 8) % 6 AS office, '2022' AS hs_edition
 FROM range({first}, {last}) t(i)) TO '{path}' (FORMAT parquet)
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured.

    Attributes:
        lines: of each side; `consignments`: of each simulated traffic.
        tell: what is being done.
    """

    lines: int
    consignments: int
    tell: Callable[[str], None]


def measure_mirror(plan: Plan) -> dict[str, Any]:
    """Everything that `keruen bench mirror` reports."""
    load = [round(one, 2) for one in os.getloadavg()]
    with tempfile.TemporaryDirectory(prefix="keruen-bench-") as folder:
        root = Path(folder)
        sizes = {lines: _speeds(root, lines, plan) for lines in (plan.lines // FEWER, plan.lines)}
        plan.tell("explaining simulated gaps")
        shares = [explained_share(root / str(seed), seed, plan.consignments) for seed in SEEDS]
    few, many = sizes.values()
    return {
        "lines": plan.lines,
        "figures_seconds": many["figures"]["seconds"],
        "reconciliation_seconds": many["reconciliation"]["seconds"],
        "explanation_seconds": many["explanation"]["seconds"],
        "memory_mb": {name: one["memory_mb"] for name, one in many.items()},
        "growth": max(
            many[one]["seconds"] / few[one]["seconds"] for one in ("figures", "reconciliation")
        ),
        "explained_share": min(shares),
        "explained_shares": dict(zip(map(str, SEEDS), shares, strict=True)),
        "fewer": few,
        "load": load,
        "cores": os.cpu_count(),
    }


def _speeds(root: Path, lines: int, plan: Plan) -> dict[str, dict[str, float]]:
    folder = root / str(lines)
    folder.mkdir()
    plan.tell(f"making {lines} lines a side")
    make_lines(folder, lines)
    found = {}
    for name in ("figures", "reconciliation", "explanation"):
        plan.tell(f"{name} of {lines} lines a side")
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", _MEASURED, str(folder), name], capture_output=True, check=True
        )
        found[name] = json.loads(done.stdout)
    return found


def make_lines(folder: Path, lines: int) -> None:
    """Write both sides' tables: one line in fifty of each side has no counterpart."""
    sides = (("export", "E", 0, 0, 1.0), ("import", "I", 1, lines // 50, 1.05))
    with duckdb.connect() as connection:
        for side, letter, late, first, cif in sides:
            connection.execute(
                _LINES.format(
                    side=side,
                    letter=letter,
                    late=late,
                    cif=cif,
                    first=first,
                    last=first + lines,
                    path=folder / f"{side}s.parquet",
                )
            )


def explained_share(folder: Path, seed: int, consignments: int) -> float:
    """Of a simulated gap's amount, the share that has its true reason; the links are the true ones."""
    folder.mkdir(parents=True)
    write_tables(folder, planned(packaged_agreement(), seed=seed, consignments=consignments))
    for name in ("links", "missing", "orphans"):
        (folder / f"truth_{name}.parquet").rename(folder / f"{name}.parquet")
    asked = Question(
        folder / "exports.parquet", folder / "imports.parquet", cell("hs6,month"), links=folder
    )
    answer(asked, folder / "answer")
    return right_share(folder / "answer" / "explanation.parquet", folder / "truth_gap.parquet")


def right_share(explained: Path, truth: Path) -> float:
    """Of all true amounts, regardless of sign, what stands by the same pair, code and month with its reason."""
    kept = "flow, hs6, month, export_id, import_id, reason, amount_usd > 0"
    with duckdb.connect() as connection:
        for name, path in (("told", explained), ("true_", truth)):
            connection.execute(
                f"CREATE TABLE {name} AS SELECT concat_ws('|', {kept}) AS key, "  # noqa: S608
                f"sum(abs(amount_usd))::DOUBLE AS amount FROM '{path}' GROUP BY ALL"
            )
        ((share,),) = connection.execute(
            "SELECT sum(least(t.amount, coalesce(m.amount, 0))) / sum(t.amount) "
            "FROM true_ t LEFT JOIN told m USING (key)"
        ).fetchall()
    return float(share)


def shortfalls(report: dict[str, Any]) -> list[str]:
    """What is aimed at and was not reached, in words."""
    missed = [
        f"{name}: {report[name]:.2f}, aimed at {aim:g} at most"
        for name, aim in AIMS.items()
        if report[name] > aim
    ]
    if report["explained_share"] < AIM_SHARE:
        missed.append(f"explained_share: {report['explained_share']:.4f}, aimed at {AIM_SHARE}")
    return missed
