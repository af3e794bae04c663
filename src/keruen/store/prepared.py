"""The hot statements by key, past SQLAlchemy's execution: made and converted as SQLAlchemy would, but once.

Executing a statement that SQLAlchemy builds anew costs ten times what SQLite takes to answer it. Names come
from the tables, values are always parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Dialect, LargeBinary, Table

from keruen.store import rows

R = TypeVar("R", bound=rows.Row)
Convert = Callable[[Any], Any]


def rows_where(
    connection: Connection, row: type[R], table: Table, equal: Mapping[str, Any]
) -> list[R]:
    """The rows whose columns have these values, none of them None."""
    sql, binds, results = _selection(row, table, tuple(equal), connection.dialect)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, _bound(binds, equal.values()))
        found = cursor.fetchall()
    finally:
        cursor.close()
    return [
        row(
            **{
                name: convert(value) if convert else value
                for (name, convert), value in zip(results, one, strict=True)
            }
        )
        for one in found
    ]


def value_where(connection: Connection, table: Table, name: str, equal: Mapping[str, Any]) -> Any:
    """A column of the row whose columns have these values, as the driver gives it; None if there is no row."""
    sql, binds = _value(table, name, tuple(equal), connection.dialect)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, _bound(binds, equal.values()))
        found = cursor.fetchone()
    finally:
        cursor.close()
    return found[0] if found else None


def change_where(
    connection: Connection, table: Table, equal: Mapping[str, Any], values: Mapping[str, Any]
) -> int:
    """Give columns new values in the rows whose columns have these values; gives how many rows."""
    sql, binds = _change(table, tuple(values), tuple(equal), connection.dialect)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, _bound(binds, (*values.values(), *equal.values())))
        return int(cursor.rowcount)
    finally:
        cursor.close()


def remove_where(connection: Connection, table: Table, equal: Mapping[str, Any]) -> int:
    """Remove the rows whose columns have these values; gives how many."""
    sql, binds = _removal(table, tuple(equal), connection.dialect)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, _bound(binds, equal.values()))
        return int(cursor.rowcount)
    finally:
        cursor.close()


def _bound(binds: list[Convert | None], values: Any) -> tuple[Any, ...]:
    return tuple(
        convert(value) if convert else value for convert, value in zip(binds, values, strict=True)
    )


@lru_cache(maxsize=128)
def _selection(
    row: type[rows.Row], table: Table, equal: tuple[str, ...], dialect: Dialect
) -> tuple[str, list[Convert | None], list[tuple[str, Convert | None]]]:
    names = ", ".join(quoted(name, dialect) for name in row.__struct_fields__)
    sql = f"SELECT {names} FROM {quoted(table.name, dialect)} WHERE {_all_of(equal, dialect)}"  # noqa: S608
    results = [(name, _result(table.c[name], dialect)) for name in row.__struct_fields__]
    return sql, [bind_of(table.c[name], dialect) for name in equal], results


@lru_cache(maxsize=128)
def _value(
    table: Table, name: str, equal: tuple[str, ...], dialect: Dialect
) -> tuple[str, list[Convert | None]]:
    where = _all_of(equal, dialect)
    sql = f"SELECT {quoted(name, dialect)} FROM {quoted(table.name, dialect)} WHERE {where}"  # noqa: S608
    return sql, [bind_of(table.c[name], dialect) for name in equal]


@lru_cache(maxsize=128)
def _change(
    table: Table, values: tuple[str, ...], equal: tuple[str, ...], dialect: Dialect
) -> tuple[str, list[Convert | None]]:
    given = ", ".join(f"{quoted(name, dialect)} = {mark_of(dialect)}" for name in values)
    sql = f"UPDATE {quoted(table.name, dialect)} SET {given} WHERE {_all_of(equal, dialect)}"  # noqa: S608
    return sql, [bind_of(table.c[name], dialect) for name in (*values, *equal)]


@lru_cache(maxsize=128)
def _removal(
    table: Table, equal: tuple[str, ...], dialect: Dialect
) -> tuple[str, list[Convert | None]]:
    sql = f"DELETE FROM {quoted(table.name, dialect)} WHERE {_all_of(equal, dialect)}"  # noqa: S608
    return sql, [bind_of(table.c[name], dialect) for name in equal]


def _all_of(equal: tuple[str, ...], dialect: Dialect) -> str:
    return " AND ".join(f"{quoted(name, dialect)} = {mark_of(dialect)}" for name in equal)


def quoted(name: str, dialect: Dialect) -> str:
    """A name as the database takes it."""
    return dialect.identifier_preparer.quote(name)


def mark_of(dialect: Dialect) -> str:
    """What stands for a parameter."""
    return "?" if dialect.paramstyle == "qmark" else "%s"


def bind_of(column: Column[Any], dialect: Dialect) -> Convert | None:
    """How a value becomes one of the driver's; both take octets as they are."""
    if isinstance(column.type, LargeBinary):
        return None
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _result(column: Column[Any], dialect: Dialect) -> Convert | None:
    """How a value of the driver's becomes ours."""
    return column.type.dialect_impl(dialect).result_processor(dialect, None)
