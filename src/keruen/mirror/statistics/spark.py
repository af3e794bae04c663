"""Does a job with Spark, in a process of Spark's own Python.

PySpark is large and needs Java, so it is no dependency: it has a lock, ``requirements/spark.txt``, and an
environment of its own, ``build/spark`` in a checkout or wherever ``KERUEN_SPARK_PYTHON`` says.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec

from keruen.errors import InputError, UsageError
from keruen.mirror.statistics.job import Job

PYTHON, MASTER = "KERUEN_SPARK_PYTHON", "KERUEN_SPARK_MASTER"
"""Variables of the environment: the Python that has pyspark, and the cluster's address."""
THIS_MACHINE = "local[*]"
PROGRAM = Path(__file__).with_name("spark_program.py")
CHECKOUT = Path(__file__).parents[4]
LINES = 20
"""Of what Spark said last, in the message about a failure."""


def run(job: Job) -> dict[str, Any]:
    """Do it, and say how many executors there were.

    Raises:
        UsageError: ``spark-missing``, ``java-missing``.
        InputError: ``spark-failed``.
    """
    python = _python()
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise UsageError(
            "java-missing", "Spark needs Java 17 or newer: install it, or set JAVA_HOME"
        )
    master = os.environ.get(MASTER, THIS_MACHINE)
    done = subprocess.run(  # noqa: S603 - our own program
        [str(python), "-I", str(PROGRAM), master],
        input=msgspec.json.encode(job).decode(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        detail = "\n".join(done.stderr.splitlines()[-LINES:])
        raise InputError(
            "spark-failed", f"Spark could not do it: {_cause(done.stderr)}", detail=detail
        )
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _python() -> Path:
    python = Path(os.environ.get(PYTHON) or CHECKOUT / "build" / "spark" / "bin" / "python")
    if not python.exists():
        raise UsageError(
            "spark-missing",
            f"there is no Python with PySpark at {python}: make an environment from requirements/spark.txt "
            f"and name its Python in {PYTHON}",
        )
    return python


def _cause(said: str) -> str:
    lines = [one for one in said.splitlines() if one.strip()]
    errors = [one for one in lines if "Exception" in one or one.startswith(("[", "py4j"))]
    return (errors or lines or ["it said nothing"])[-1]
