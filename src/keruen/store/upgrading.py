"""Runs the revisions of the schema. Only imported where some are lacking: Alembic takes 9 MB of memory."""

from __future__ import annotations

from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


def configuration() -> Config:
    """Alembic's settings; the revisions lie beside this file."""
    config = Config()
    folder = resources.files("keruen.store") / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def known() -> frozenset[str]:
    """The revisions that this release has."""
    scripts = ScriptDirectory.from_config(configuration())
    return frozenset(script.revision for script in scripts.walk_revisions())


def upgrade(engine: Engine) -> None:
    """Run those that a database lacks, in one transaction."""
    config = configuration()
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
