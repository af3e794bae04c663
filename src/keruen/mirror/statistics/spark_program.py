"""Does a job with Spark. Runs in the Python of Spark's own environment, as a program: the job comes as JSON.

    python spark_program.py MASTER < job.json

On standard output it says how many executors there were, as JSON.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession  # type: ignore[import-not-found] # in another environment

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.log.level": "ERROR",
}
LEAST, OCTETS = 2, 8 * 1024 * 1024
"""Parts at least, and octets of Parquet for one more."""


def partitions(paths: Iterable[str]) -> int:
    """Into how many parts rows are dealt out between steps: Spark's own 200 are many for a small table."""
    return LEAST + sum(Path(one).stat().st_size for one in paths) // OCTETS


def do(session: Any, job: dict[str, Any]) -> None:
    """Read the files, name the steps, write the outputs."""
    for name, path in job["files"].items():
        session.read.parquet(path).createOrReplaceTempView(name)
    for step in job["steps"]:
        frame = session.sql(step["sql"])
        if step["keep"]:
            frame = frame.persist()
        frame.createOrReplaceTempView(step["name"])
    for name, path in job["outputs"].items():
        write(session.table(name), Path(path))


def write(frame: Any, path: Path) -> None:
    """Write a table as one file, as other engines do."""
    parts = path.with_suffix(".parts")
    frame.coalesce(1).write.mode("overwrite").parquet(str(parts))
    (part,) = parts.glob("part-*.parquet")
    part.replace(path)
    shutil.rmtree(parts)


def main(master: str) -> None:
    """Do the job of standard input."""
    job = json.load(sys.stdin)
    builder = SparkSession.builder.master(master).appName("keruen mirror")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    builder = builder.config("spark.sql.shuffle.partitions", partitions(job["files"].values()))
    session = builder.getOrCreate()
    try:
        do(session, job)
        executors = session.sparkContext._jsc.sc().getExecutorMemoryStatus().size()  # noqa: SLF001 - nothing else tells
    finally:
        session.stop()
    json.dump({"executors": executors - 1}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
