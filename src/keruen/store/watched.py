"""Rows of what an operator asks afterwards: attempts that failed, and looks for what was kept long enough."""

from __future__ import annotations

from datetime import datetime

from keruen.store.rows import Row


class FailedTry(Row, frozen=True):
    """An attempt to deliver a message that brought no receipt. Append-only, gone with the message's content.

    Attributes:
        at: wall time.
        attempt: how often the message had been sent then, this time included.
        error: code and cause, for the operator.
    """

    corridor: str
    message_id: str
    at: datetime
    attempt: int
    error: str


class PurgeRun(Row, frozen=True):
    """A look for what was kept as long as was agreed. Append-only.

    Attributes:
        run_id: UUIDv7.
        at: domain time.
        removed: JSON object: how much of what was removed.
    """

    run_id: str
    at: datetime
    removed: bytes
