"""How long a transfer may take depends on what moves, not on how large it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from keruen.net.patience import SLOWEST, STORING, Patience

SECONDS = 60.0


@pytest.fixture
async def deadline() -> AsyncIterator[asyncio.Timeout]:
    async with asyncio.timeout(SECONDS) as one:
        yield one


def left(deadline: asyncio.Timeout) -> float:
    when = deadline.when()
    assert when is not None
    return when - asyncio.get_running_loop().time()


async def test_what_moves_may_go_on_for_as_long_as_it_moves(deadline: asyncio.Timeout) -> None:
    patience = Patience(deadline, SECONDS)
    patience._begun -= 3600
    patience.moved(3600 * SLOWEST)
    assert left(deadline) == pytest.approx(SECONDS, abs=5)


async def test_what_came_fast_may_still_not_stand_still(deadline: asyncio.Timeout) -> None:
    Patience(deadline, SECONDS).moved(1 << 30)
    assert left(deadline) == pytest.approx(SECONDS, abs=5)


async def test_a_trickle_wins_no_time(deadline: asyncio.Timeout) -> None:
    patience = Patience(deadline, SECONDS)
    patience._begun -= 50
    for _ in range(1000):
        patience.moved(1)
    assert left(deadline) == pytest.approx(SECONDS - 50, abs=5)


async def test_the_larger_a_message_the_longer_it_may_take_to_be_stored(
    deadline: asyncio.Timeout,
) -> None:
    patience = Patience(deadline, SECONDS)
    patience.moved(100 * STORING)
    patience.all_there()
    assert left(deadline) == pytest.approx(SECONDS + 100, abs=5)
