"""Brings a database's schema up to date when it is opened."""

from __future__ import annotations

import threading
import time
from sqlite3 import OperationalError as SqliteError

from sqlalchemy import Engine, String, column, inspect, select, table
from sqlalchemy.exc import DatabaseError, OperationalError

from keruen.errors import UsageError

HEAD = "0001"
"""The newest revision of the schema."""
TRIES = 20
"""How often to look again while another process brings the schema up to date."""

_one_thread = threading.Lock()  # Alembic keeps what it works on in module variables


def migrate(engine: Engine) -> None:
    """Run the revisions that a database lacks; processes that open it at once take turns.

    Raises:
        UsageError: ``database-unavailable`` or ``database-newer``.
    """
    with _one_thread:
        try:
            _bring_up_to_date(engine)
        except (DatabaseError, SqliteError) as error:
            if "not a database" not in str(error) and not isinstance(
                error, (OperationalError, SqliteError)
            ):
                raise
            raise UsageError(
                "database-unavailable",
                f"the database {engine.url.render_as_string()} cannot be opened",
                detail=str(error),
            ) from error


def _bring_up_to_date(engine: Engine) -> None:
    for attempt in range(1, TRIES + 1):
        try:
            revision = _revision(engine)
            if revision != HEAD:
                _upgrade(engine, revision)
                continue
        except (DatabaseError, SqliteError):  # another process may have been faster: look again
            if attempt == TRIES or not _answers(engine):
                raise
            time.sleep(0.05 * attempt)
        else:
            return


def _revision(engine: Engine) -> str | None:
    """The revision that a database has, as Alembic notes it."""
    with engine.connect() as connection, connection.begin():
        if not inspect(connection).has_table("alembic_version"):
            return None
        noted = select(column("version_num", String)).select_from(table("alembic_version"))
        return connection.execute(noted).scalar()


def _upgrade(engine: Engine, revision: str | None) -> None:
    from keruen.store import upgrading  # noqa: PLC0415 - Alembic is large, and seldom needed

    if revision is not None and revision not in upgrading.known():
        raise UsageError(
            "database-newer",
            f"a newer release made the database (its schema is {revision}): use that release",
        )
    upgrading.upgrade(engine)


def _answers(engine: Engine) -> bool:
    try:
        engine.connect().close()
    except (OperationalError, SqliteError) as error:
        return "locked" in str(error)
    return True
