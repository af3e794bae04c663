"""How the line to each partner stands: what waits, what failed, what went and came last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from keruen.store import schema
from keruen.store.rows import Direction, OutboxState, Row
from keruen.store.snapshot import Snapshot

OPEN = (OutboxState.WAITING, OutboxState.FAILED, OutboxState.PROBABLE)


class LineState(Row, frozen=True):
    """The line to one partner.

    Attributes:
        waiting, failed, probable: messages of ours in that state.
        failing: of those that wait, how many were sent and brought no receipt.
        oldest: domain time since when the oldest of those that wait does so.
        next_try: wall time from which the next of those that wait is sent.
        last_error: of the message that waits or failed and was made last.
        delivered: when the last receipt of the partner came.
        received: when the last message of the partner was stored.
    """

    partner: str
    waiting: int = 0
    failed: int = 0
    probable: int = 0
    failing: int = 0
    oldest: datetime | None = None
    next_try: datetime | None = None
    last_error: str | None = None
    delivered: datetime | None = None
    received: datetime | None = None


class LineQueries(Snapshot):
    """What an operator asks of the line first."""

    def line(self, partner: str) -> LineState:
        """The line to a partner; reads what is open and the newest rows only."""
        outbox, message = schema.outbox, schema.message
        counts = self._counts(
            outbox.c.state, where=(outbox.c.partner == partner) & outbox.c.state.in_(OPEN)
        )
        waits = (outbox.c.partner == partner) & (outbox.c.state == OutboxState.WAITING)
        wrong = (
            select(outbox.c.last_error)
            .where(
                outbox.c.partner == partner,
                outbox.c.state.in_(OPEN),
                outbox.c.last_error.is_not(None),
            )
            .order_by(outbox.c.message_id.desc())
        )
        delivered = select(func.max(outbox.c.delivered, type_=schema.Moment())).where(
            outbox.c.partner == partner, outbox.c.delivered.is_not(None)
        )
        received = (
            select(message.c.stored)
            .where(message.c.partner == partner, message.c.direction == Direction.IN)
            .order_by(message.c.stored.desc())
        )
        return LineState(
            partner=partner,
            **{state.value: counts.get(state, 0) for state in OPEN},
            failing=self._scalar(
                select(func.count()).where(waits & outbox.c.last_error.is_not(None))
            ),
            next_try=self._scalar(
                select(func.min(outbox.c.next_attempt, type_=schema.Moment())).where(waits)
            ),
            oldest=self._scalar(
                select(func.min(outbox.c.queued, type_=schema.Moment())).where(waits)
            ),
            last_error=self._scalar(wrong.limit(1)),
            delivered=self._scalar(delivered),
            received=self._scalar(received.limit(1)),
        )
