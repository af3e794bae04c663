"""A Tajik node without a line; `tests.border.world` hands it announcements, arrivals and imports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# Tests are no packages, yet those of this room share their world.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.border.world import World

from keruen.store import Store


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


@pytest.fixture
def plain_world(new_database: Callable[[], str]) -> Iterator[World]:
    """On SQLite alone, for what no database can change."""
    opened = Store.open(new_database())
    yield World(opened)
    opened.close()
