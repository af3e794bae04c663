"""Rows in bulk, as the driver has them: for measurements, which need a store as full as years make it.

Nothing is projected, checked or appended to the evidence log: whoever writes makes rows that fit each other.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.schema import CreateIndex, DropIndex

from keruen.evidence import Frontier
from keruen.store import schema
from keruen.store.engine import engines
from keruen.store.migrate import migrate
from keruen.store.prepared import mark_of, quoted

Stored = tuple[Any, ...]
"""A row's values in the order of its table's columns, times as microseconds since 1970."""
_HASTY = (
    "journal_mode = MEMORY",
    "synchronous = OFF",
    "cache_size = -400000",
    "threads = 2",
)
"""How SQLite is told that what a crash destroys is made again."""


class Bulk:
    """One transaction that takes many rows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def columns(self, table: str) -> tuple[str, ...]:
        """The names of a table's columns, in the order of `Stored`."""
        return tuple(schema.metadata.tables[table].columns.keys())

    def times(self, table: str) -> frozenset[str]:
        """Those of them that hold a time."""
        columns = schema.metadata.tables[table].columns
        return frozenset(one.name for one in columns if isinstance(one.type, schema.Moment))

    def rows(self, table: str) -> list[Stored]:
        """All rows of a table, in the order in which they came where that is kept."""
        names = ", ".join(self._quoted(self.columns(table)))
        found = self._connection.exec_driver_sql(
            f"SELECT {names} FROM {self._quoted([table])[0]}"  # noqa: S608 - names of the schema
        )
        return [tuple(one) for one in found]

    def add(self, table: str, rows: Sequence[Stored]) -> None:
        """Add rows to a table."""
        cursor = self._connection.connection.cursor()
        names = self._quoted(self.columns(table))
        into = f"{self._quoted([table])[0]} ({', '.join(names)})"
        if self._is_postgresql:
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(mark_of(self._connection.dialect) for _ in names)
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608
        cursor.close()

    def put_head(self, frontier: Frontier) -> None:
        """Say how far the evidence log has grown."""
        self._connection.execute(
            schema.evidence_head.update().values(size=frontier.size, frontier=frontier.to_bytes())
        )

    @contextlib.contextmanager
    def without_indexes(self) -> Iterator[None]:
        """No table has an index but its key's while the context is open: each is made in one go after it."""
        indexes = [one for table in _tables() for one in table.indexes]
        for one in indexes:
            self._connection.execute(DropIndex(one))
        yield
        for one in indexes:
            self._connection.execute(CreateIndex(one))

    def analyze(self) -> None:
        """Let PostgreSQL learn what there is, as it does by itself before long."""
        if self._is_postgresql:
            self._connection.exec_driver_sql("ANALYZE")

    @property
    def _is_postgresql(self) -> bool:
        return self._connection.dialect.name == "postgresql"

    def _quoted(self, names: Iterable[str]) -> list[str]:
        return [quoted(name, self._connection.dialect) for name in names]


@contextlib.contextmanager
def bulk(url: str) -> Iterator[Bulk]:
    """A database, brought up to date and open for many rows; committed when the context closes."""
    writing, reading = engines(url)
    reading.dispose()
    migrate(writing)
    try:
        with writing.connect() as connection:
            if connection.dialect.name == "sqlite":
                for pragma in _HASTY:
                    connection.connection.cursor().execute(f"PRAGMA {pragma}")
            with connection.begin():
                yield Bulk(connection)
    finally:
        writing.dispose()


def _tables() -> Iterable[Table]:
    return schema.metadata.tables.values()
