"""Real sockets on loopback; `tests.exchange.world` makes the nodes behind them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

# Tests are no packages, yet this room uses another one's world.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.exchange.world import Pair, pair_of


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """KZ and TJ, each on SQLite."""
    made = pair_of(f"sqlite:///{tmp_path / 'kz.db'}", f"sqlite:///{tmp_path / 'tj.db'}")
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
