"""Two Parquet files become the tables ``exported`` and ``imported``, lines with the keys that are compared.

n            number of the line in its file
reference, transport_document, vehicle     folded, and _a: as skeleton; null where they tell nothing
exporter, consignee                        number of the firm; of its name where only one firm has it
exporter_name, consignee_name              key of its name
hs6, day, mass, packages, value            as declared; days since 1970; null where impossible
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from keruen.errors import InputError, UsageError
from keruen.mirror.matching.columns import EXTRAS, OPTIONAL, SIDES, TYPES
from keruen.mirror.matching.keys import MARKS, alike, folded, odd_texts, telling
from keruen.mirror.matching.parties import resolve_parties
from keruen.mirror.matching.wording import WORDING

PARTIES = {"exporter": "exporter", "consignee": "importer"}
"""Who it is here → in the columns' names."""


def load(connection: duckdb.DuckDBPyConnection, exports: Path, imports: Path) -> None:
    """Read both tables.

    Raises:
        InputError: ``table-unreadable``.
        UsageError: ``columns-missing``, ``column-type``, ``id-missing``, ``id-doubled``.
    """
    for (side, id_column), path in zip(SIDES.items(), (exports, imports), strict=True):
        _read(connection, side, id_column, path)
    keyed(connection)


def keyed(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the lines of the raw tables, with their keys."""
    odd_texts(connection, [f"{side}_raw" for side in SIDES])
    resolve_parties(connection)
    _exporter_shares(connection)
    for side in SIDES:
        _with_keys(connection, side)


def _read(connection: duckdb.DuckDBPyConnection, side: str, id_column: str, path: Path) -> None:
    source = f"read_parquet('{str(path).replace(chr(39), chr(39) * 2)}', file_row_number = true)"
    there = _columns(connection, source, path)
    wanted = {id_column: "VARCHAR", **TYPES}
    missing = [name for name in wanted if name not in there and name not in OPTIONAL]
    if missing:
        raise WORDING.error(
            UsageError, "columns-missing", ", ".join(missing), ", ".join(wanted), path=str(path)
        )
    columns = {**wanted, **EXTRAS}
    _check_types(connection, source, {n: t for n, t in columns.items() if n in there}, path)
    selected = [
        f'TRY_CAST("{name}" AS {type_}) AS {name}' if name in there else f"NULL::{type_} AS {name}"
        for name, type_ in columns.items()
    ]
    connection.execute(
        f"CREATE OR REPLACE TABLE {side}_raw AS SELECT file_row_number::INTEGER AS n, "
        f"{', '.join(selected)} FROM {source}"
    )
    _check_ids(connection, side, id_column, path)


def _columns(connection: duckdb.DuckDBPyConnection, source: str, path: Path) -> dict[str, str]:
    try:
        found = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    except duckdb.Error as error:
        raise WORDING.error(
            InputError, "table-unreadable", path=str(path), detail=str(error)
        ) from error
    return {row[0]: row[1] for row in found}


def _check_types(
    connection: duckdb.DuckDBPyConnection, source: str, columns: dict[str, str], path: Path
) -> None:
    """Refuse a column of which a value is of another type."""
    kept = [(name, type_) for name, type_ in columns.items() if type_ != "VARCHAR"]
    for name, type_ in kept:
        wrong = f'"{name}" IS NOT NULL AND TRY_CAST("{name}" AS {type_}) IS NULL'
        count, first = connection.execute(
            f'SELECT count(*), min("{name}"::VARCHAR) FROM {source} WHERE {wrong}'
        ).fetchall()[0]
        if count:
            raise WORDING.error(
                UsageError, "column-type", name, count, type_, first, path=str(path)
            )


def _check_ids(connection: duckdb.DuckDBPyConnection, side: str, column: str, path: Path) -> None:
    (empty,) = connection.execute(
        f"SELECT count(*) FROM {side}_raw WHERE {column} IS NULL"
    ).fetchall()[0]
    if empty:
        raise WORDING.error(UsageError, "id-missing", empty, column, path=str(path))
    doubled, one = connection.execute(
        f"SELECT count(*), min(id) FROM (SELECT {column} AS id FROM {side}_raw "
        "GROUP BY id HAVING count(*) > 1)"
    ).fetchall()[0]
    if doubled:
        raise WORDING.error(UsageError, "id-doubled", column, doubled, one, path=str(path))


def _with_keys(connection: duckdb.DuckDBPyConnection, side: str) -> None:
    """Make the lines of a side; the raw table stays for what is written out."""
    marks = [f"coalesce(odd_{one}.folded, {folded('raw.' + one)}) AS {one}_f" for one in MARKS]
    joins = [f"LEFT JOIN odd AS odd_{one} ON odd_{one}.text = raw.{one}" for one in MARKS]
    for here, there in PARTIES.items():
        joins.append(
            f"LEFT JOIN {here}_of AS {here} ON {here}.id IS NOT DISTINCT FROM raw.{there}_id "
            f"AND {here}.name IS NOT DISTINCT FROM raw.{there}_name"
        )
    told = [
        f"{telling(one + '_f')} AS {one}, {alike(telling(one + '_f'))} AS {one}_a" for one in MARKS
    ]
    connection.execute(
        f"""CREATE OR REPLACE TABLE {side} AS
        SELECT n, {", ".join(told)}, exporter, exporter_name, consignee, consignee_name, hs6,
               hs6[:4] AS hs4, hs6[:2] AS hs2, day, mass, packages, value,
               coalesce(log2(mean / share), 0) AS rare
        FROM (SELECT raw.n, {", ".join(marks)},
                     exporter.firm AS exporter, exporter.key AS exporter_name,
                     consignee.firm AS consignee, consignee.key AS consignee_name,
                     CASE WHEN regexp_full_match(raw.hs6, '[0-9]{{6}}') THEN raw.hs6 END AS hs6,
                     date_diff('day', DATE '1970-01-01', raw.date)::INTEGER AS day,
                     CASE WHEN net_mass_kg > 0 THEN net_mass_kg END AS mass,
                     CASE WHEN packages > 0 THEN packages END AS packages,
                     CASE WHEN value_usd > 0 THEN value_usd END AS value
              FROM {side}_raw AS raw {" ".join(joins)})
        LEFT JOIN exporter_share USING (exporter_name)"""
    )


def _exporter_shares(connection: duckdb.DuckDBPyConnection) -> None:
    """``exporter_share``: share of the exports that each exporter's name has; the mean one of a pair."""
    connection.execute(
        """CREATE OR REPLACE TABLE exporter_share AS
        WITH counted AS (SELECT key AS exporter_name, count(*) AS lines FROM exported_raw AS raw
                         JOIN exporter_of AS one ON one.id IS NOT DISTINCT FROM raw.exporter_id
                          AND one.name IS NOT DISTINCT FROM raw.exporter_name
                         WHERE key IS NOT NULL GROUP BY key),
        shared AS (SELECT exporter_name, lines / sum(lines) OVER () AS share FROM counted)
        SELECT exporter_name, share, sum(share * share) OVER () AS mean FROM shared"""
    )
