"""How long a transfer may take: as long as it moves, however large it is, but no standstill and no trickle."""

from __future__ import annotations

import asyncio

SLOWEST = 16 << 10
"""Octets a second, on the average, that a transfer must have after its first `seconds`."""
STORING = 2 << 20
"""Octets a second, of a message that came whole, that its receiver may take to verify and store it."""


class Patience:
    """Moves a deadline with what is transferred.

    Args:
        deadline: of ``asyncio.timeout``, entered.
        seconds: how long nothing may happen.
    """

    def __init__(self, deadline: asyncio.Timeout, seconds: float) -> None:
        self._deadline = deadline
        self._seconds = seconds
        self._begun = asyncio.get_running_loop().time()
        self._octets = 0

    def moved(self, octets: int) -> None:
        """So many more octets have come, or gone."""
        self._octets += octets
        self._until(min(self._now(), self._begun + self._octets / SLOWEST) + self._seconds)

    def all_there(self) -> None:
        """The message is whole; now it is verified and stored."""
        self._until(self._now() + self._octets / STORING + self._seconds)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _until(self, when: float) -> None:
        if not self._deadline.expired():
            self._deadline.reschedule(when)
