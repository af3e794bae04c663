"""The hot statement, past SQLAlchemy's execution: a row into a table, unless its key is taken.

A conflict that raised would leave PostgreSQL's transaction unusable: the row count tells of it instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table

_Convert = Callable[[Any], Any]


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
def _prepared(table: Table, dialect: Dialect) -> tuple[str, list[tuple[str, _Convert | None]]]:
    """The statement, and for each column how a value becomes one of the driver's."""
    quote = dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in table.columns)
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    marks = ", ".join(mark for _ in table.columns)
    converts: list[tuple[str, _Convert | None]] = [
        (column.name, column.type.dialect_impl(dialect).bind_processor(dialect))
        for column in table.columns
    ]
    sql = f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608
    return sql, converts
