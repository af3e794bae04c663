"""Time and fresh identities: the only place where the program asks for either.

Domain time may be shifted and sped up, for the demo and for tests only: two nodes that are given the same
`ClockSettings` share one clock. Technical time (leases, retries, sweeps) is always the machine's own.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """How domain time follows the machine's time: at `real` it is `shown`, and it runs `rate` times as fast."""

    real: datetime
    shown: datetime
    rate: float = 1.0


class Clock:
    """Domain time, technical time, ids and entropy.

    Args:
        settings: shift and rate; None for the machine's own time.
    """

    def __init__(self, settings: ClockSettings | None = None) -> None:
        self._settings = settings
        self._last = 0

    @staticmethod
    def wall() -> datetime:
        """Technical time, UTC."""
        return datetime.now(UTC)

    def now(self) -> datetime:
        """Domain time, UTC, to the millisecond."""
        now = self.wall()
        if self._settings is not None:
            settings = self._settings
            now = settings.shown + (now - settings.real) * settings.rate
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def new_id(self) -> str:
        """A UUIDv7 (RFC 9562, 6.2 method 3): sorts by technical time, and strictly within this clock."""
        stamp = max(time.time_ns() * 4096 // 1_000_000, self._last + 1)
        self._last = stamp
        milliseconds, fraction = divmod(stamp, 4096)
        value = (
            (milliseconds & (1 << 48) - 1) << 80
            | 0x7 << 76
            | fraction << 64
            | 0b10 << 62
            | secrets.randbits(62)
        )
        text = f"{value:032x}"
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))

    @staticmethod
    def entropy(size: int = 32) -> bytes:
        """Fresh random bytes for keys and seeds."""
        return secrets.token_bytes(size)
