"""Does a job with DuckDB, in this process."""

from __future__ import annotations

from pathlib import Path

import duckdb

from keruen.errors import InputError
from keruen.mirror.statistics.job import Job


def quoted(path: str | Path) -> str:
    """A path as a literal of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def run(job: Job, spill: Path) -> None:
    """Do it.

    Args:
        spill: a folder for what does not fit into memory.

    Raises:
        InputError: ``table-unreadable``.
    """
    with duckdb.connect() as connection:
        connection.execute(f"SET temp_directory = {quoted(spill)}")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(
            "SET enable_progress_bar = false"
        )  # it would write into a program's JSON
        for name, path in job.files.items():
            _view(connection, name, path)
        for step in job.steps:
            kind = "TABLE" if step.keep else "VIEW"
            connection.execute(f"CREATE {kind} {step.name} AS {step.sql}")
        for name, path in job.outputs.items():
            connection.execute(f"COPY {name} TO {quoted(path)} (FORMAT parquet)")


def _view(connection: duckdb.DuckDBPyConnection, name: str, path: str) -> None:
    try:
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({quoted(path)})")  # noqa: S608
    except duckdb.Error as error:
        raise InputError(
            "table-unreadable", "this is no Parquet file", path=path, detail=str(error)
        ) from error


def columns_of(path: Path) -> list[str]:
    """Names of a Parquet file's columns.

    Raises:
        InputError: ``table-unreadable``.
    """
    with duckdb.connect() as connection:
        _view(connection, "t", str(path))
        return [row[0] for row in connection.execute("DESCRIBE t").fetchall()]
