"""Brings a database's schema up to date when it is opened."""

from __future__ import annotations

import threading
import time
from importlib import resources
from sqlite3 import OperationalError as SqliteError

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from keruen.errors import UsageError

TRIES = 20
"""How often to look again while another process brings the schema up to date."""

_one_thread = threading.Lock()  # Alembic keeps what it works on in module variables


def configuration() -> Config:
    """Alembic's settings; the revisions lie beside this file."""
    config = Config()
    folder = resources.files("keruen.store") / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


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
    config = configuration()
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    for attempt in range(1, TRIES + 1):
        try:
            revision = _revision(engine)
            if revision == scripts.get_current_head():
                return
            if revision is not None and revision not in known:
                raise UsageError(
                    "database-newer",
                    f"a newer release made the database (its schema is {revision}): use that release",
                )
            _upgrade(engine, config)
        except (DatabaseError, SqliteError):  # another process may have been faster: look again
            if attempt == TRIES or not _answers(engine):
                raise
            time.sleep(0.05 * attempt)


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection, connection.begin():
        return MigrationContext.configure(connection).get_current_revision()


def _upgrade(engine: Engine, config: Config) -> None:
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _answers(engine: Engine) -> bool:
    try:
        engine.connect().close()
    except (OperationalError, SqliteError) as error:
        return "locked" in str(error)
    return True
