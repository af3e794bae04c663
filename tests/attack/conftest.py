"""Two nodes, KZ and TJ, that live through many attacks: whatever is left of one would show in the next."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

# Tests are no packages, yet this room uses other ones' worlds.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.exchange.world import Node, Pair, pair_of


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """KZ and TJ, each on SQLite."""
    folder = tmp_path_factory.mktemp("attack")
    made = pair_of(f"sqlite:///{folder / 'kz.db'}", f"sqlite:///{folder / 'tj.db'}")
    set_limits(made.tj)
    yield made
    made.close()


@pytest.fixture(scope="module")
def postgres_pair(
    tmp_path_factory: pytest.TempPathFactory, postgres_dsn: Callable[[], str]
) -> Iterator[Pair]:
    """KZ on SQLite, TJ on PostgreSQL."""
    folder = tmp_path_factory.mktemp("attack")
    made = pair_of(f"sqlite:///{folder / 'kz.db'}", postgres_dsn())
    set_limits(made.tj)
    yield made
    made.close()


def set_limits(node: Node) -> None:
    """Take four payloads of 4 MiB at most, so that no test need be large."""
    ((country, peer),) = node.line.peers.items()
    limits = dataclasses.replace(peer.pmode.limits, parts=4, part_size=4 << 20)
    pmode = dataclasses.replace(peer.pmode, limits=limits)
    peer = dataclasses.replace(peer, pmode=pmode)
    node.line = dataclasses.replace(node.line, peers={country: peer})
    node.__post_init__()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What is logged on purpose is no test's output; `capture_logs` still sees it."""
    structlog.configure(processors=[drop])
    yield
    structlog.reset_defaults()


def drop(*_: object) -> str:
    raise structlog.DropEvent
