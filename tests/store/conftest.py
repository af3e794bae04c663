"""Fixtures of this room; `tests.store.samples` makes rows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Tests are no packages, yet those of this room share their samples.
sys.path.insert(0, str(Path(__file__).parents[2]))

from keruen.store import Store


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'keruen.db'}"
