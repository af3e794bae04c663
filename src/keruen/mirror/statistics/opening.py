"""Opens a cell: the lines of its explanation, each with what both sides declared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import msgspec

from keruen.errors import UsageError
from keruen.mirror.statistics.cell import DIMENSIONS, HS
from keruen.mirror.statistics.columns import TYPES
from keruen.mirror.statistics.duck import columns_of, quoted

SHOWN = (
    "reference", "date", "exporter_name", "importer_name", "vehicle", "transport_document", "hs6",
    "mode", "office", "net_mass_kg", "packages", "value_usd", "freight_usd",
)  # fmt: skip
MANY = 1000


class Declared(msgspec.Struct, frozen=True):
    """One side's line of a declaration; kg, US dollars, None where nothing is stated."""

    id: str
    reference: str | None
    date: date | None
    exporter_name: str | None
    importer_name: str | None
    vehicle: str | None
    transport_document: str | None
    hs6: str | None
    mode: str | None
    office: str | None
    net_mass_kg: float | None
    packages: float | None
    value_usd: float | None
    freight_usd: float | None


class Line(msgspec.Struct, frozen=True):
    """One line of a cell's explanation.

    Attributes:
        amount_usd: what it adds to the gap.
        exported, imported: both declarations; None on the side that has none.
    """

    reason: str
    amount_usd: float
    exported: Declared | None
    imported: Declared | None


def where(asked: str) -> dict[str, str]:
    """A cell from ``hs6=250100,month=2025-03``.

    Raises:
        UsageError: ``cell-invalid``.
    """
    pairs = [one.partition("=") for one in asked.split(",")]
    known = ("flow", *DIMENSIONS)
    if not all(name.strip() in known and value.strip() for name, _, value in pairs):
        text = f"write a cell as NAME=VALUE,NAME=VALUE with names out of {', '.join(known)}"
        raise UsageError("cell-invalid", text, path="--open")
    return {name.strip(): value.strip() for name, _, value in pairs}


def opened(
    out: Path, exports: Path, imports: Path, cell: Mapping[str, str], limit: int = MANY
) -> list[Line]:
    """The lines of a cell, the largest amounts first.

    Args:
        out: folder of an answer; `exports`, `imports`: the tables that it is about.
        cell: column → value; ``month`` as 2025-03, an empty value is none stated.
        limit: lines at most.
    """
    conditions = " AND ".join(_condition(name) for name in cell) or "true"
    columns = ", ".join(
        f"{side}.{id_} AS {id_}, "
        + ", ".join(f"{_read(side, one, there)} AS {side}_{one}" for one in SHOWN)
        for side, id_, there in (
            ("e", "export_id", columns_of(exports)),
            ("i", "import_id", columns_of(imports)),
        )
    )
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT l.reason, l.amount_usd, {columns} "  # noqa: S608 - names of our own
            f"FROM (SELECT * FROM {quoted(out / 'explanation.parquet')} WHERE {conditions} "
            f"ORDER BY abs(amount_usd) DESC, export_id, import_id LIMIT {limit:d}) l "
            f"LEFT JOIN {quoted(exports)} e ON e.export_id = l.export_id "
            f"LEFT JOIN {quoted(imports)} i ON i.import_id = l.import_id "
            "ORDER BY abs(l.amount_usd) DESC, l.export_id, l.import_id, l.reason",
            dict(cell),
        ).fetchall()
    return [_line(row) for row in rows]


def _condition(name: str) -> str:
    column = f"substring(hs6, 1, {HS[name]})" if name in HS else name
    if name == "month":
        column = "strftime(month, '%Y-%m')"
    return f"coalesce({column}, '') = ${name}"


def _read(side: str, column: str, there: list[str]) -> str:
    return f"CAST({side}.{column} AS {TYPES[column]})" if column in there else "NULL"


def _line(row: tuple[object, ...]) -> Line:
    width = 1 + len(SHOWN)
    exported, imported = row[2 : 2 + width], row[2 + width :]
    return msgspec.convert(
        {
            "reason": row[0],
            "amount_usd": float(str(row[1])),
            "exported": _declared(exported),
            "imported": _declared(imported),
        },
        Line,
    )


def _declared(values: tuple[object, ...]) -> dict[str, object] | None:
    if values[0] is None:
        return None
    return dict(zip(("id", *SHOWN), values, strict=True))
