"""Small tables by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

COLUMNS = {
    "reference": "VARCHAR",
    "date": "DATE",
    "exporter_id": "VARCHAR",
    "exporter_name": "VARCHAR",
    "importer_id": "VARCHAR",
    "importer_name": "VARCHAR",
    "vehicle": "VARCHAR",
    "transport_document": "VARCHAR",
    "hs6": "VARCHAR",
    "net_mass_kg": "DOUBLE",
    "packages": "DOUBLE",
    "value_usd": "DOUBLE",
}
LINE = {
    "reference": "57201/231126/0000017",
    "date": "2026-11-02",
    "exporter_id": "600140336583",
    "exporter_name": "ТОО «Нан Берсай»",
    "importer_id": "990773734",
    "importer_name": "ООО «Орд Парабад»",
    "vehicle": "123 ABC 02",
    "transport_document": "KZ 7041542",
    "hs6": "110100",
    "net_mass_kg": 20000.0,
    "packages": 400.0,
    "value_usd": 9000.0,
}
CAME = {**LINE, "date": "2026-11-06", "value_usd": 9600.0}
OTHER = {
    **LINE,
    "reference": "57201/231126/0000444",
    "exporter_id": "611140000001",
    "exporter_name": "ТОО «Тау Астық»",
    "importer_id": "993440591",
    "importer_name": "ООО «Зар Савдо»",
    "vehicle": "777 KLM 05",
    "transport_document": "KZ 1234567",
    "hs6": "270112",
    "net_mass_kg": 62000.0,
    "packages": None,
    "value_usd": 3600.0,
}
"""Another consignment altogether."""


def write(path: Path, id_column: str, rows: list[dict[str, Any]], **columns: str) -> Path:
    """A Parquet file of rows; their ids are in `id_column`."""
    types = {id_column: "VARCHAR", **COLUMNS, **columns}
    with duckdb.connect() as connection:
        listed = ", ".join(f"{name} {type_}" for name, type_ in types.items())
        connection.execute(f"CREATE TABLE t ({listed})")
        marks = ", ".join("?" * len(types))
        for row in rows:
            connection.execute(f"INSERT INTO t VALUES ({marks})", [row.get(n) for n in types])
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


def rows(path: Path) -> list[tuple[Any, ...]]:
    """All rows of a Parquet file."""
    return duckdb.execute(f"FROM '{path}'").fetchall()
