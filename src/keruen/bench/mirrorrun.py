"""One measured run of mirror statistics, in a process of its own: seconds and peak of memory, as JSON."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from keruen.mirror.statistics import Question, cell, duck
from keruen.mirror.statistics.plan import exact_job, job


def main() -> None:
    """Do what the arguments say: a folder with both tables, and what to make of them."""
    folder, name = Path(sys.argv[1]), sys.argv[2]
    asked = Question(
        folder / "exports.parquet",
        folder / "imports.parquet",
        cell("hs6,month"),
        explain=name != "figures",
    )
    with tempfile.TemporaryDirectory(dir=folder) as out:
        begun = time.perf_counter()
        made = exact_job(asked, Path(out)) if name == "reconciliation" else job(asked, Path(out))
        duck.run(made, folder)
        seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    json.dump({"seconds": round(seconds, 2), "memory_mb": peak}, sys.stdout)
