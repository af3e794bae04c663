"""The loop of every worker: rounds while there is something to do, and patience while the database is away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog

from keruen.clock import Clock

PAUSE_SECONDS = 1.0
"""How long a worker rests after a round that failed."""

T = TypeVar("T")


@dataclass(slots=True)
class Pulse:
    """How a worker of this process does. Times are wall time.

    Attributes:
        rounds: that went well; `last`: when the last of them did.
        failures: in a row; `error`: what the last one said.
    """

    name: str
    rounds: int = 0
    last: datetime | None = None
    failures: int = 0
    error: str | None = None

    def well(self) -> None:
        """A round went well."""
        self.rounds, self.last = self.rounds + 1, Clock.wall()
        self.failures, self.error = 0, None

    def badly(self, error: Exception) -> None:
        """A round failed."""
        self.failures, self.error = self.failures + 1, f"{type(error).__name__}: {error}"


Pulses = dict[str, Pulse]
pulses: ContextVar[Pulses | None] = ContextVar("pulses", default=None)
"""Where workers that begin in this context say how they do; None: nobody asks."""

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
    said = pulses.get()
    pulse = said.setdefault(name, Pulse(name)) if said is not None else Pulse(name)
    while True:
        try:
            result = await operation()
        except Exception as error:
            pulse.badly(error)
            log.exception("a round failed", worker=name, again_in=PAUSE_SECONDS)
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            pulse.well()
            return result
