"""When messages were stored and answered, beside what they had to be early for.

It looks back a limited time by the index of the newest messages, so that it does not grow with the years.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, select

from keruen.store import schema
from keruen.store.rows import Direction, Row
from keruen.store.snapshot import Snapshot


class Timing(Row, frozen=True):
    """The times of one message.

    Attributes:
        answered: when its business answer was stored; None where there is none.
        mode: of its consignment: live or test.
        transport_mode: of its consignment, UN/ECE Rec 19.
        imported: whether its consignment has been imported.
    """

    kind: str
    direction: Direction
    stored: datetime
    answered: datetime | None = None
    mode: str | None = None
    eta: datetime | None = None
    arrived: datetime | None = None
    transport_mode: str | None = None
    imported: str | None = None


class PunctualityQueries(Snapshot):
    """What deadlines are measured by."""

    def timings(self, corridor: str, since: datetime, limit: int = 100_000) -> list[Timing]:
        """The messages of a corridor since a time, the newest first."""
        one, answer, of = schema.message, schema.message.alias(), schema.consignment
        came = and_(
            answer.c.refers_to == one.c.message_id,
            answer.c.corridor == one.c.corridor,
            answer.c.kind == "Acknowledgement",
        )
        about = and_(of.c.consignment_id == one.c.consignment_id, of.c.corridor == one.c.corridor)
        query = (
            select(
                one.c.kind,
                one.c.direction,
                one.c.stored,
                answer.c.stored.label("answered"),
                of.c.mode,
                of.c.eta,
                of.c.arrived,
                of.c.transport_mode,
                of.c.import_number.label("imported"),
            )
            .select_from(one.outerjoin(answer, came).outerjoin(of, about))
            .where(one.c.corridor == corridor, one.c.stored >= since)
            .order_by(one.c.stored.desc())
        )
        return self._all(Timing, query.limit(limit))
