"""How long goods stood between their arrival and the import declaration."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, func, select

from keruen.store import schema
from keruen.store.pages import EVERYTHING, Narrowed
from keruen.store.rows import Role
from keruen.store.snapshot import Snapshot

IMPORTED = "imported"
"""Name of the event that an import declaration is, in the life-cycle table."""


class ClearanceQueries(Snapshot):
    """Arrivals with the first import declaration of each."""

    def clearances(
        self, since: datetime, until: datetime, narrowed: Narrowed = EVERYTHING
    ) -> list[tuple[datetime, datetime]]:
        """When live consignments arrived here in a stretch of time, and when they were declared for import.

        Of what arrived at the other side this node knows only when it was told.
        """
        of, event = schema.consignment.c, schema.event.c
        same = and_(event.consignment_id == of.consignment_id, event.corridor == of.corridor)
        seen = {"post": narrowed.posts, "partner": narrowed.partners}
        query = (
            select(of.arrived, func.min(event.at))
            .join(schema.event, same)
            .where(
                event.name == IMPORTED,
                of.mode == "live",
                of.role == Role.RECEIVER,
                of.arrived >= since,
                of.arrived < until,
                *(of[name].in_(sorted(codes)) for name, codes in seen.items() if codes is not None),
            )
            .group_by(of.corridor, of.consignment_id, of.arrived)
        )
        return [(arrived, at) for arrived, at in self._connection.execute(query)]
