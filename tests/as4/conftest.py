"""Fixtures of this room; `tests.as4.world` holds two nodes with fixed keys."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# Tests are no packages, yet those of this room share a world.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.as4.world import Receiver


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()
