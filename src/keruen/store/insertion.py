"""The hot statement, past SQLAlchemy's execution: a row into a table, unless its key is taken.

A conflict that raised would leave PostgreSQL's transaction unusable: the row count tells of it instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table

from keruen.store.prepared import Convert, bind_of, mark_of, quoted


def insert_new(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row; gives False, and does nothing, when a row of its key is there."""
    sql, columns = _prepared(table, connection.dialect)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(
            sql,
            tuple(convert(values[name]) if convert else values[name] for name, convert in columns),
        )
        return bool(cursor.rowcount)
    finally:
        cursor.close()


@lru_cache(maxsize=128)
def _prepared(table: Table, dialect: Dialect) -> tuple[str, list[tuple[str, Convert | None]]]:
    """The statement, and for each column how a value becomes one of the driver's."""
    names = ", ".join(quoted(column.name, dialect) for column in table.columns)
    marks = ", ".join(mark_of(dialect) for _ in table.columns)
    converts = [(column.name, bind_of(column, dialect)) for column in table.columns]
    sql = (
        f"INSERT INTO {quoted(table.name, dialect)} ({names}) VALUES ({marks}) "  # noqa: S608
        "ON CONFLICT DO NOTHING"
    )
    return sql, converts
