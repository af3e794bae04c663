"""Two nodes, KZ and TJ, on a line of real HTTP over loopback; `tests.conformance.world` wires them."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

# Tests are no packages, yet this room uses other ones' worlds.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.conformance.profiles import DEFAULT
from tests.conformance.world import Exchange, connected
from tests.exchange.conftest import quiet
from tests.exchange.world import pair_of

__all__ = ["exchange", "quiet"]


@pytest.fixture
async def exchange(
    request: pytest.FixtureRequest, new_database: Callable[[], str]
) -> AsyncIterator[Exchange]:
    """KZ and TJ, each on SQLite, each listening; under the profile that a test asks for."""
    pair = pair_of(new_database(), new_database())
    async with connected(pair, getattr(request, "param", DEFAULT)) as made:
        yield made
    pair.close()
