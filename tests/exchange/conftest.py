"""Two nodes, KZ and TJ, without sockets; `tests.exchange.world` wires them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

# Tests are no packages, yet those of this room share a world.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.exchange.world import Pair, pair_of


@pytest.fixture
def pair(new_database: Callable[[], str]) -> Iterator[Pair]:
    """KZ and TJ, each on SQLite."""
    made = pair_of(new_database(), new_database())
    yield made
    made.close()


@pytest.fixture
def mixed_pair(new_database: Callable[[], str], postgres_dsn: Callable[[], str]) -> Iterator[Pair]:
    """KZ on SQLite, TJ on PostgreSQL."""
    made = pair_of(new_database(), postgres_dsn())
    yield made
    made.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, new_database: Callable[[], str]) -> Iterator[Pair]:
    """A pair on either database for a whole file: whoever uses it takes back what it does."""
    on_server = request.param == "postgresql"
    new = request.getfixturevalue("postgres_dsn") if on_server else new_database
    made = pair_of(new(), new())
    yield made
    made.close()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What is logged on purpose is no test's output; `capture_logs` still sees it."""
    structlog.configure(processors=[drop])
    yield
    structlog.reset_defaults()


def drop(*_: object) -> str:
    raise structlog.DropEvent
