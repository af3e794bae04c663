"""Queries that bring together what belongs to several messages or to one consignment, each in one go.

A page about a consignment with hundreds of messages must not ask hundreds of times.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Table, func, or_, select

from keruen.store import rows, schema
from keruen.store.asked import Alarm
from keruen.store.missed import MissedDeadline
from keruen.store.rows import Row
from keruen.store.snapshot import Snapshot, rows_of

R = TypeVar("R", bound=Row)


class Proved(Row, frozen=True):
    """A transmission and its place in the evidence log.

    Attributes:
        leaf: position in the log; `hash`: what the log has there, None where it has nothing.
    """

    envelope: rows.Envelope
    leaf: int
    hash: bytes | None


class DossierQueries(Snapshot):
    """What is read of many messages at once."""

    def messages_by_id(self, corridor: str, ids: Collection[str]) -> list[rows.Message]:
        """Messages with these ids."""
        return self._among(rows.Message, schema.message, "message_id", ids, corridor)

    def answers_to(self, corridor: str, ids: Collection[str]) -> list[rows.Message]:
        """Messages that answer one of these."""
        return self._among(rows.Message, schema.message, "refers_to", ids, corridor)

    def outbox_entries(self, corridor: str, ids: Collection[str]) -> list[rows.OutboxEntry]:
        """How the outgoing messages among these stand on the line."""
        return self._among(rows.OutboxEntry, schema.outbox, "message_id", ids, corridor)

    def inbox_entries(self, ebms_ids: Collection[str]) -> list[rows.InboxEntry]:
        """Incoming user messages by their AS4 ids."""
        return self._among(rows.InboxEntry, schema.inbox, "ebms_id", ebms_ids)

    def attachments_among(self, corridor: str, ebms_ids: Collection[str]) -> list[rows.Attachment]:
        """The attachments of these AS4 messages, in their order."""
        found = self._among(rows.Attachment, schema.attachment, "ebms_id", ebms_ids, corridor)
        return sorted(found, key=lambda one: (one.ebms_id, one.ordinal))

    def proved(self, corridor: str, ebms_ids: Collection[str]) -> list[Proved]:
        """Envelopes of these AS4 messages with their leaves of the evidence log."""
        table, leaf = schema.envelope, schema.evidence_leaf
        query = (
            select(table, leaf.c.hash)
            .outerjoin(leaf, leaf.c.position == table.c.leaf)
            .where(table.c.corridor == corridor, table.c.ebms_id.in_(list(ebms_ids)))
        )
        names = rows.Envelope.__struct_fields__
        return [
            Proved(
                envelope=rows.Envelope(**{name: one[name] for name in names}),
                leaf=one["leaf"],
                hash=one["hash"],
            )
            for one in (self._connection.execute(query).mappings() if ebms_ids else ())
        ]

    def alarms_about(self, corridor: str, consignment_id: str) -> list[Alarm]:
        """What waits, or waited, for a person about a consignment, the newest first."""
        table = schema.alarm
        query = rows_of(table, corridor=corridor, consignment_id=consignment_id)
        return self._all(Alarm, query.order_by(table.c.raised.desc()))

    def deadlines_about(self, corridor: str, consignment_id: str) -> list[MissedDeadline]:
        """Deadlines that were missed about a consignment, the first one first."""
        table = schema.missed_deadline
        query = rows_of(table, corridor=corridor, consignment_id=consignment_id)
        return self._all(MissedDeadline, query.order_by(table.c.due))

    def beside(
        self, corridor: str, consignment_id: str, since: datetime, until: datetime, limit: int
    ) -> list[tuple[rows.Identifier, rows.Consignment]]:
        """Other consignments that have a plate, container or transport document of this one in common.

        Args:
            since, until: when they came, were expected or set out.
        """
        own, key, of = schema.identifier.alias(), schema.identifier, schema.consignment
        shared = [kind for kind in rows.IdentifierKind if kind not in _OF_ONE_ALONE]
        marks = select(own.c.skeleton).where(
            own.c.corridor == corridor,
            own.c.consignment_id == consignment_id,
            own.c.kind.in_(shared),
        )
        time = func.coalesce(of.c.arrived, of.c.eta, of.c.departed, type_=schema.Moment())
        query = (
            select(key.c.kind, key.c.declared, key.c.folded, key.c.skeleton, of)
            .join(
                of,
                (of.c.consignment_id == key.c.consignment_id) & (of.c.corridor == key.c.corridor),
            )
            .where(
                key.c.skeleton.in_(marks),
                key.c.kind.in_(shared),
                or_(key.c.consignment_id != consignment_id, key.c.corridor != corridor),
                time >= since,
                time <= until,
            )
            .order_by(key.c.consignment_id.desc(), key.c.kind)
            .limit(limit)
        )
        return [
            (_row(rows.Identifier, one), _row(rows.Consignment, one))
            for one in self._connection.execute(query).mappings()
        ]

    def _among(
        self, row: type[R], table: Table, name: str, values: Collection[str], corridor: str = ""
    ) -> list[R]:
        if not values:
            return []
        query = select(table).where(table.c[name].in_(list(values)))
        return self._all(row, query.where(table.c.corridor == corridor) if corridor else query)


_OF_ONE_ALONE = (rows.IdentifierKind.REFERENCE, rows.IdentifierKind.SEAL)


def _row(row: type[R], one: object) -> R:
    return row(**{name: one[name] for name in row.__struct_fields__})  # type: ignore[index]
