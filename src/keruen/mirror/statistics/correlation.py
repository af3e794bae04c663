"""A published table of correspondences between two editions of the HS → Parquet (code, other)."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from keruen.customs.codelists.model import TO
from keruen.customs.codelists.reading import read_table
from keruen.errors import UsageError
from keruen.mirror.statistics.duck import quoted

EDITION = re.compile(r"(?:HS|NC)?\W*(\d{4})", re.IGNORECASE)


def correlation(path: Path, out: Path) -> Path:
    """Write the pairs of codes of a CSV whose two headers name their editions, such as ``HS 2017,HS 2022``.

    Raises:
        UsageError: ``correlation-invalid``, ``codelist-invalid``.
    """
    text = path.read_text("utf-8-sig")
    editions = EDITION.findall(text.partition("\n")[0])
    if len(editions) != len(("old", "new")):
        raise UsageError(
            "correlation-invalid",
            "the first line must name two editions, such as HS 2017,HS 2022",
            path=str(path),
            line=1,
        )
    list_id = "hs-{}-{}".format(*editions)
    entries = read_table(
        iter(text.splitlines(keepends=True)), list_id=list_id, name=path.name
    ).must()
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE pair (code STRING, other STRING)")
        connection.executemany(
            "INSERT INTO pair VALUES (?, ?)",
            [(one.code, one.facts[TO]) for one in entries],
        )
        connection.execute(f"COPY pair TO {quoted(out)} (FORMAT parquet)")
    return out
