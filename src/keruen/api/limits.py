"""How often a program may call: token buckets in memory, one for each token and each kind of call.

A bucket holds as many calls as may come at once and fills evenly; a call takes one. The state is this
process's own: after a start every bucket is full.

Source: draft-ietf-httpapi-ratelimit-headers-10 for the headers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from keruen.customs import Struct

CALLS, VERIFICATIONS = "calls", "verifications"
FORGET = 10_000
"""Buckets from which full ones are thrown away."""


class Rate(Struct, frozen=True):
    """So many calls in so many seconds; all of them may come at once."""

    calls: int
    seconds: float


def rates(calls_per_minute: int = 600, verifications_per_hour: int = 60) -> dict[str, Rate]:
    """The limits of a node, by name."""
    return {
        CALLS: Rate(calls=calls_per_minute, seconds=60),
        VERIFICATIONS: Rate(calls=verifications_per_hour, seconds=3600),
    }


class Taken(Struct, frozen=True):
    """What became of an attempt to take a call out of a bucket.

    Attributes:
        left: whole calls that are left.
        wait: seconds until there is one; 0 where the call was taken.
        full: seconds until all are there again.
    """

    name: str
    rate: Rate
    left: int
    wait: float
    full: float

    @property
    def headers(self) -> dict[str, str]:
        """What an answer says of it."""
        said = {
            "RateLimit-Policy": f'"{self.name}";q={self.rate.calls};w={math.ceil(self.rate.seconds)}',
            "RateLimit": f'"{self.name}";r={self.left};t={math.ceil(self.full)}',
        }
        return said | ({"Retry-After": str(math.ceil(self.wait))} if self.wait else {})


@dataclass(slots=True)
class Limits:
    """The buckets of a node."""

    rates: Mapping[str, Rate] = field(default_factory=rates)
    _levels: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)

    def take(self, name: str, token_id: str, now: float) -> Taken:
        """Take one call out of a bucket, if there is one.

        Args:
            now: seconds of a clock that never goes back.
        """
        rate = self.rates[name]
        level, at = self._levels.get((name, token_id), (float(rate.calls), now))
        level = min(float(rate.calls), level + (now - at) * rate.calls / rate.seconds)
        left = level - 1 if level >= 1 else level
        if len(self._levels) >= FORGET:
            self._forget(now)
        self._levels[name, token_id] = left, now
        each = rate.seconds / rate.calls
        return Taken(
            name=name,
            rate=rate,
            left=int(left),
            wait=0.0 if level >= 1 else (1 - level) * each,
            full=(rate.calls - left) * each,
        )

    def _forget(self, now: float) -> None:
        """Throw away buckets that have filled up since."""
        for (name, token_id), (level, at) in list(self._levels.items()):
            rate = self.rates[name]
            if level + (now - at) * rate.calls / rate.seconds >= rate.calls:
                del self._levels[name, token_id]
