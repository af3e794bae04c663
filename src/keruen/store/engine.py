"""Connections: how each database is told to be durable and to let one writer in at a time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from keruen.errors import UsageError
from keruen.store import schema

BUSY_MILLISECONDS = 30_000
"""How long a writer waits for another process's transaction on SQLite."""
WRITING_KIB, READING_KIB = 32_000, 8_000
"""Cache of pages of a connection. Of those that read there are several, and each that hands out a large payload
fills its own; what it lacks, the system has in its cache of the file."""
CHECKPOINT_PAGES = 8000
"""Pages that SQLite's log holds before they go into the database: each time is three waits for the disk."""


def engines(address: str) -> tuple[Engine, Engine]:
    """A writing and a reading engine for a database; the writing one has a single connection.

    Raises:
        UsageError: ``database-unknown`` for an address that is neither SQLite's nor PostgreSQL's.
    """
    url = _url(address)
    if url.drivername == "sqlite":
        return (
            _sqlite(url, "BEGIN IMMEDIATE", WRITING_KIB),
            _sqlite(url, "BEGIN", READING_KIB),
        )
    return (
        _postgresql(url, "READ COMMITTED", pool_size=1, max_overflow=0),
        _postgresql(url, "REPEATABLE READ", pool_size=5, max_overflow=10),
    )


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        url = URL.create("none")
    match url.get_backend_name():
        case "sqlite" if url.database not in {None, "", ":memory:"}:
            return url.set(drivername="sqlite")
        case "postgresql":
            return url.set(drivername="postgresql+psycopg")
    raise UsageError(
        "database-unknown",
        "the address of the database is neither sqlite:////path/keruen.db nor postgresql+psycopg://…",
    )


def _postgresql(url: URL, isolation: str, **pool: int) -> Engine:
    return create_engine(url, pool_pre_ping=True, isolation_level=isolation, **pool)


def _sqlite(url: URL, begin: str, cache: int) -> Engine:
    # The last one used is used again: each keeps a cache of pages, and few of them should fill theirs.
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "isolation_level": None},
        pool_use_lifo=True,
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {BUSY_MILLISECONDS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "temp_store = MEMORY",
            f"cache_size = -{cache}",
            f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def one_writer(connection: Connection) -> None:
    """Wait until no other process writes; SQLite's BEGIN IMMEDIATE has done so already."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(schema.evidence_head.c.size).with_for_update())


def assert_whole(connection: Connection) -> None:
    """Fail if a statement has failed and nobody said so: PostgreSQL would answer COMMIT with a rollback.

    Raises:
        sqlalchemy.exc.InternalError: the transaction cannot be committed.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT 1")
