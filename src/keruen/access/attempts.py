"""How often a log-in may be tried: freely at first, then with a delay that doubles.

What counts is the number of failures in a row, by name and by address: a name is guarded against guesses from
everywhere, an address against guesses at many names.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

import msgspec

IPV6 = 6


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """What is allowed of one kind.

    Attributes:
        free: failures in a row that cost nothing.
        first: delay after one more; it doubles with each that follows.
        longest: it never grows beyond.
        forgets: so long after the last failure all are forgotten.
    """

    free: int
    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(minutes=15)
    forgets: timedelta = timedelta(hours=24)

    def delay(self, failures: int) -> timedelta:
        """How long to wait after so many failures in a row."""
        over = failures - self.free
        if over <= 0:
            return timedelta(0)
        doubled: int = 2 ** min(over - 1, 30)
        return min(self.longest, self.first * doubled)

    def counts(self, failures: int, last: datetime, now: datetime) -> int:
        """Failures that still count."""
        return 0 if now - last >= self.forgets else failures


def place_of(address: str) -> str:
    """What of an address counts as one place: of IPv6 the /64 network, as one host may have all of it."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((known, 64), strict=False)) if known.version == IPV6 else str(known)


BY_NAME = Limit(free=4)
BY_ADDRESS = Limit(free=20)
"""Many people may share an address."""
