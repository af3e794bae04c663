"""How long somebody who came in stays in."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

SECOND_STEP = timedelta(minutes=5)
"""How long the second factor may be awaited after the password."""


class SessionRules(msgspec.Struct, frozen=True, kw_only=True):
    """When a session ends by itself (NIST SP 800-63B, 4.2.3: 12 hours, 30 minutes without activity).

    Attributes:
        idle: after the last page that was asked for.
        longest: after the log-in, whatever happens.
    """

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)

    def over(self, *, begun: datetime, seen: datetime, now: datetime) -> bool:
        """Whether a session that began and was last used then has ended."""
        return now - seen >= self.idle or now - begun >= self.longest
