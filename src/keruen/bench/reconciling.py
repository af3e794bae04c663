"""Reconciliation measured against the truth of simulated tables; Splink on the same lines in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from keruen.bench.peers import CHECKOUT
from keruen.config.packaged import packaged_agreement
from keruen.mirror.matching.load import load
from keruen.mirror.simulated import write_simulation
from keruen.simulate.tables import planned

PYTHON = CHECKOUT / "build" / "peer-splink" / "bin" / "python"
PROGRAM = Path(__file__).with_name("peer_splink.py")
RECALL = 0.99
"""Share of the missing that must be told for an alert's precision to count."""
TUNED_ON = frozenset(range(1, 10))
"""Seeds that the matcher was made with; figures are of others."""
LARGE = 500_000
"""Consignments from which time and memory count, too."""
BARS = {
    "medium": {"precision": 0.998, "recall": 0.995, "alert": 0.97, "orphans": 0.90},
    "heavy": {"alert": 0.85, "orphans": 0.90},
    "light": {"orphans": 0.90},
}
MOST = {"seconds": 60.0, "gigabytes": 6.0}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured: each profile and seed with so many consignments."""

    consignments: int
    profiles: Sequence[str]
    seeds: Sequence[int]
    folder: Path
    peer: bool
    tell: Callable[[str], None]


def measure_reconcile(plan: Plan) -> dict[str, Any]:
    """All runs, with the load of the machine before each."""
    runs = []
    for profile in plan.profiles:
        for seed in plan.seeds:
            plan.tell(f"{profile}, {plan.consignments:,} consignments, seed {seed}")
            runs.append(_measured(plan, profile, seed))
    return {"cores": os.cpu_count(), "runs": runs}


def _measured(plan: Plan, profile: str, seed: int) -> dict[str, Any]:
    room = plan.folder / f"{profile}-{plan.consignments}-{seed}"
    simulated = planned(
        packaged_agreement(), seed=seed, consignments=plan.consignments, profile=profile
    )
    write_simulation(room, simulated)
    tables = [f"--{name}={room / name}.parquet" for name in ("exports", "imports")]
    command = [sys.executable, "-m", "keruen", "reconcile", *tables, f"--out={room / 'out'}"]
    load_before = round(os.getloadavg()[0], 1)
    spent = _run([*command, f"--as-of={simulated.as_of}", "--json"])
    ours = {**spent, **judged(room, room / "out")}
    run = {
        "profile": profile,
        "consignments": plan.consignments,
        "seed": seed,
        "load": load_before,
        "keruen": ours,
    }
    return {**run, "splink": _splink(room)} if plan.peer else run


def _run(command: Sequence[str]) -> dict[str, float]:
    """Seconds and the peak of memory of a program."""
    begun = time.monotonic()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own programs
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    spent = time.monotonic() - begun
    return {"seconds": round(spent, 1), "gigabytes": round(usage.ru_maxrss / 1024**2, 2)}


def judged(room: Path, found: Path) -> dict[str, Any]:
    """What was found, beside the truth."""
    with duckdb.connect() as database:

        def counted(table: str, where: Path, keys: str) -> tuple[int, int, int]:
            truth = room / f"truth_{table}.parquet"
            sizes = [
                database.execute(f"SELECT count(*) FROM {one}").fetchall()[0][0]
                for one in (
                    f"'{where}' SEMI JOIN '{truth}' USING ({keys})",
                    f"'{where}'",
                    f"'{truth}'",
                )
            ]
            return sizes[0], sizes[1], sizes[2]

        right, links, true = counted("links", found / "links.parquet", "export_id, import_id")
        orphans, _, all_orphans = counted("orphans", found / "orphans.parquet", "import_id")
        missing = database.execute(
            f"SELECT score, t.export_id IS NOT NULL FROM '{found / 'missing.parquet'}' AS m LEFT JOIN "
            f"'{room / 'truth_missing.parquet'}' AS t USING (export_id) ORDER BY score DESC"
        ).fetchall()
        _, _, absent = counted("missing", found / "missing.parquet", "export_id")
    return {
        "precision": round(right / max(links, 1), 4),
        "recall": round(right / max(true, 1), 4),
        "alert": alert(missing, absent),
        "orphans": round(orphans / max(all_orphans, 1), 4),
    }


def alert(told: Sequence[tuple[float, bool]], absent: int) -> float:
    """Precision of the missing-arrival alert at a recall of `RECALL`; 0 where it is never reached.

    Args:
        told: score and whether it is truly missing, the surest first; those of one score are told together.
        absent: how many are truly missing.
    """
    right = 0
    for place, (score, is_missing) in enumerate(told, 1):
        right += is_missing
        last_of_score = place == len(told) or told[place][0] < score
        if last_of_score and right >= RECALL * absent:
            return round(right / place, 4)
    return 0.0


def _splink(room: Path) -> dict[str, Any]:
    if not PYTHON.exists():
        return {"not_measured": f"no {PYTHON}; make it of requirements/peer-splink.txt"}
    keys = room / "keys"
    keys.mkdir(exist_ok=True)
    with duckdb.connect() as database:
        load(database, room / "exports.parquet", room / "imports.parquet")
        for side in ("exported", "imported"):
            database.execute(f"COPY {side} TO '{keys / side}.parquet' (FORMAT parquet)")
        spent = _run([str(PYTHON), "-I", str(PROGRAM), str(keys)])
        _with_ids(database, keys)
    return {**spent, **judged(room, keys)}


def _with_ids(database: duckdb.DuckDBPyConnection, keys: Path) -> None:
    """Bring what Splink wrote by line numbers into the form of our results."""
    ids = "JOIN exported_raw AS x ON x.n = e"
    imports = "JOIN imported_raw AS y ON y.n = i"
    made = {
        "links": f"SELECT export_id, import_id FROM links {ids} {imports}",
        "missing": f"SELECT export_id, score FROM missing {ids}",
        "orphans": "SELECT import_id FROM imported_raw ANTI JOIN links ON links.i = n",
    }
    for name in ("links", "missing"):
        database.execute(f"CREATE TABLE {name} AS FROM '{keys / name}.parquet'")
    for name, sql in made.items():
        database.execute(f"COPY ({sql}) TO '{keys / name}.parquet' (FORMAT parquet)")


def shortfalls(report: dict[str, Any]) -> list[str]:
    """Bars that were not reached."""
    return [one for run in report["runs"] for one in _shortfalls(run)]


def _shortfalls(run: dict[str, Any]) -> list[str]:
    ours, where = run["keruen"], f"{run['profile']} {run['consignments']} seed {run['seed']}"
    missed = [
        f"{where}: {name} {ours[name]}, aimed at {bar}"
        for name, bar in BARS[run["profile"]].items()
        if ours[name] < bar
    ]
    if run["consignments"] >= LARGE:
        missed += [
            f"{where}: {name} {ours[name]}, aimed at under {most}"
            for name, most in MOST.items()
            if ours[name] > most
        ]
    return missed
