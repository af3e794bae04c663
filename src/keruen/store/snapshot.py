"""The one way from tables to rows: a query's columns are a row type's fields, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, func, select

from keruen.store import rows
from keruen.store.prepared import rows_where

R = TypeVar("R", bound=rows.Row)


class Snapshot:
    """One moment of the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _all(
        self, row: type[R], query: Select[Any], values: Mapping[str, Any] = MappingProxyType({})
    ) -> list[R]:
        """Rows that a query gives; `values` are those of its parameters."""
        names = row.__struct_fields__
        found = self._connection.execute(query, dict(values)).columns(*names).all()
        return [row(**dict(zip(names, one, strict=True))) for one in found]

    def _one(self, row: type[R], table: Table, **equal: object) -> R | None:
        """The row of a key, none of whose values is None."""
        return next(iter(rows_where(self._connection, row, table, equal)), None)

    def _first(self, row: type[R], query: Select[Any]) -> R | None:
        return next(iter(self._all(row, query.limit(1))), None)

    def _scalar(self, query: Select[Any]) -> Any:
        return self._connection.execute(query).scalar()

    def _counts(self, *columns: Any, where: Any = True) -> dict[str, int]:
        query = select(*columns, func.count()).where(where).group_by(*columns)
        return {
            " ".join(str(part) for part in key): count
            for *key, count in self._connection.execute(query)
        }


def rows_of(table: Table, **equal: object) -> Select[Any]:
    """Rows in which these columns have these values."""
    return select(table).where(*(table.c[name] == value for name, value in equal.items()))


def filtered(table: Table, **equal: object) -> Select[Any]:
    """The same, where None leaves a column open."""
    return rows_of(table, **{name: value for name, value in equal.items() if value is not None})
