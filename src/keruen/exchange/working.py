"""The loop of every worker: rounds while there is something to do, and patience while the database is away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

PAUSE_SECONDS = 1.0
"""How long a worker rests after a round that failed."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


async def work(
    round_: Callable[[], Awaitable[int]], hint: asyncio.Event, seconds: float, name: str
) -> None:
    """Do rounds until cancelled; rest when one had nothing to do.

    Args:
        round_: one round; gives how much it did.
        hint: ends a rest at once; a lost hint costs `seconds`.
        name: of the worker, for the log.
    """
    while True:
        hint.clear()
        if await persist(round_, name):
            continue
        try:
            await asyncio.wait_for(hint.wait(), seconds)
        except TimeoutError:
            continue


async def persist(operation: Callable[[], Awaitable[T]], name: str) -> T:
    """The operation's result, however often it must be tried: a database may be away for a while."""
    while True:
        try:
            return await operation()
        except Exception:
            log.exception("a round failed", worker=name, again_in=PAUSE_SECONDS)
            await asyncio.sleep(PAUSE_SECONDS)
