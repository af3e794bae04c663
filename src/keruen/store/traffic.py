"""Queries about traffic: messages, events, envelopes, payloads and the queues."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import count
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, literal, or_, select, text, tuple_

from keruen.store import rows, schema
from keruen.store.prepared import value_where
from keruen.store.rows import Direction, OutboxState
from keruen.store.snapshot import Snapshot, filtered, rows_of


class TrafficQueries(Snapshot):
    """What went over the line, what it brought about and what waits."""

    def message(self, corridor: str, message_id: str) -> rows.Message | None:
        """One business message."""
        return self._one(rows.Message, schema.message, corridor=corridor, message_id=message_id)

    def messages(
        self,
        *,
        corridor: str | None = None,
        consignment_id: str | None = None,
        direction: Direction | None = None,
        kind: str | None = None,
        limit: int = 100,
        before: str | None = None,
    ) -> list[rows.Message]:
        """Messages that pass all filters given, the last stored first; `before` a message id for paging.

        A partner's ids tell nothing of the time, so it is the time of storing that orders them.
        """
        table = schema.message
        query = filtered(
            table,
            corridor=corridor,
            consignment_id=consignment_id,
            direction=direction,
            kind=kind,
        )
        if before is not None:
            stored = select(func.max(table.c.stored)).where(table.c.message_id == before)
            query = query.where(
                tuple_(table.c.stored, table.c.message_id)
                < tuple_(stored.scalar_subquery(), literal(before))
            )
        order = table.c.stored.desc(), table.c.message_id.desc()
        return self._all(rows.Message, query.order_by(*order).limit(limit))

    def answer_to(self, corridor: str, message_id: str) -> rows.Message | None:
        """The message that answers a message of this node, once it is there."""
        query = rows_of(schema.message, corridor=corridor, refers_to=message_id)
        return self._first(rows.Message, query.where(schema.message.c.direction == Direction.IN))

    def envelope(self, corridor: str, ebms_id: str, direction: Direction) -> rows.Envelope | None:
        """The signed envelope and receipt of one transmission."""
        table = schema.envelope
        return self._one(
            rows.Envelope, table, corridor=corridor, ebms_id=ebms_id, direction=direction
        )

    def evidence_index(self, corridor: str, ebms_id: str, direction: Direction) -> int | None:
        """Position of an envelope's leaf in the evidence log."""
        query = rows_of(schema.envelope, corridor=corridor, ebms_id=ebms_id, direction=direction)
        found: int | None = self._scalar(query.with_only_columns(schema.envelope.c.leaf))
        return found

    def payload(self, payload_id: str) -> Iterator[bytes]:
        """The octets of a payload, chunk by chunk."""
        # One query a chunk: psycopg would bring all of them into memory at once.
        for ordinal in count():
            key = {"payload_id": payload_id, "ordinal": ordinal}
            octets = value_where(self._connection, schema.payload, "octets", key)
            if octets is None:
                return
            yield octets

    def payload_size(self, payload_id: str) -> int:
        """Octets of a payload."""
        table = schema.payload
        query = select(func.sum(func.length(table.c.octets)))
        return int(self._scalar(query.where(table.c.payload_id == payload_id)) or 0)

    def events(self, corridor: str, consignment_id: str) -> list[rows.Event]:
        """What happened to one consignment, in order."""
        query = rows_of(schema.event, corridor=corridor, consignment_id=consignment_id)
        return self._all(rows.Event, query.order_by(schema.event.c.event_id))

    def all_events(self, after: str = "", limit: int = 1000) -> list[rows.Event]:
        """Events of all consignments after an event id, in order."""
        table = schema.event
        query = select(table).where(table.c.event_id > after).order_by(table.c.event_id)
        return self._all(rows.Event, query.limit(limit))

    def last_event_id(self) -> str:
        """Id of the newest event; empty when there is none."""
        return str(self._scalar(select(func.max(schema.event.c.event_id))) or "")

    def outbox_entry(self, corridor: str, message_id: str) -> rows.OutboxEntry | None:
        """Where an outgoing message stands on the line."""
        return self._one(rows.OutboxEntry, schema.outbox, corridor=corridor, message_id=message_id)

    def outbox_due(
        self,
        wall: datetime,
        partners: Collection[str] | None = None,
        *,
        bulky: bool | None = None,
    ) -> bool:
        """Whether something may be sent now to one of these partners, or to anyone.

        Args:
            bulky: only what carries attachments, or only what carries none.
        """
        query = select(schema.outbox.c.message_id).where(leasable(wall, partners, bulky=bulky))
        return self._scalar(query.limit(1)) is not None

    def next_outbox_time(self) -> datetime | None:
        """Wall time from which the next message may be leased; None when none waits."""
        table = schema.outbox
        leased_later = table.c.lease_until > table.c.next_attempt
        free = case((leased_later, table.c.lease_until), else_=table.c.next_attempt)
        query = select(func.min(free, type_=schema.Moment()))
        found: datetime | None = self._scalar(query.where(table.c.state == OutboxState.WAITING))
        return found

    def outbox_counts(self) -> dict[str, int]:
        """Outgoing messages by state."""
        return self._counts(schema.outbox.c.state)

    def outbox_lately(self, partners: Collection[str], since: datetime) -> dict[str, int]:
        """Outgoing messages that are not delivered, by state, and what was delivered since a time."""
        of = schema.outbox.c
        delivered = select(func.count()).where(
            of.partner.in_(list(partners)), of.delivered.is_not(None), of.delivered >= since
        )
        undelivered = [state for state in OutboxState if state is not OutboxState.DELIVERED]
        return self._counts(of.state, where=of.state.in_(undelivered)) | {
            OutboxState.DELIVERED.value: int(self._scalar(delivered))
        }

    def outbox_failures(self, limit: int = 100) -> list[rows.OutboxEntry]:
        """Messages that failed, wait after a failed attempt, or have no receipt; the newest first."""
        table = schema.outbox
        query = select(table).where(text(schema.TROUBLED))
        return self._all(rows.OutboxEntry, query.order_by(table.c.message_id.desc()).limit(limit))

    def outbox_of(
        self, partner: str, states: Collection[OutboxState], after: str, limit: int
    ) -> list[rows.OutboxEntry]:
        """Messages to a partner that are in one of these states, by id, from the one after `after`."""
        table = schema.outbox
        query = select(table).where(
            table.c.partner == partner, table.c.state.in_(states), table.c.message_id > after
        )
        return self._all(rows.OutboxEntry, query.order_by(table.c.message_id).limit(limit))

    def outbox_expired(
        self, wall: datetime, partners: Collection[str], limit: int
    ) -> list[rows.OutboxEntry]:
        """Messages to these partners that wait, whose time is over, and that nobody is sending."""
        table = schema.outbox
        query = select(table).where(leasable(wall, partners), table.c.expires < wall)
        return self._all(rows.OutboxEntry, query.order_by(table.c.next_attempt).limit(limit))

    def callbacks_due(self, wall: datetime, limit: int) -> list[rows.Callback]:
        """Receipts for pulled messages that may be handed over now, the longest due first."""
        table = schema.callback
        query = select(table).where(table.c.next_attempt <= wall).order_by(table.c.next_attempt)
        return self._all(rows.Callback, query.limit(limit))

    def inbox_entry(self, ebms_id: str, partner: str) -> rows.InboxEntry | None:
        """An incoming user message by its AS4 id."""
        return self._one(rows.InboxEntry, schema.inbox, partner=partner, ebms_id=ebms_id)

    def inbox_waiting(self, limit: int) -> list[rows.InboxEntry]:
        """Incoming messages that no handler has dealt with, the oldest first."""
        return self._all(rows.InboxEntry, _waiting_query(), {"limit": limit})


@lru_cache(maxsize=1)
def _waiting_query() -> Select[Any]:
    table = schema.inbox
    query = select(table).where(table.c.handled.is_(None))
    return query.order_by(table.c.received, table.c.ebms_id).limit(bindparam("limit"))


@lru_cache(maxsize=8)
def lease_query(*, everyone: bool, bulky: bool | None) -> Select[Any]:
    """The query of what may be sent, built once: its parameters are ``wall``, ``partners`` and ``limit``."""
    table = schema.outbox
    wall = bindparam("wall", type_=schema.Moment())
    conditions = [
        table.c.state == OutboxState.WAITING,
        table.c.next_attempt <= wall,
        or_(table.c.lease_until.is_(None), table.c.lease_until <= wall),
    ]
    if not everyone:
        conditions.append(table.c.partner.in_(bindparam("partners", expanding=True)))
    if bulky is not None:
        conditions.append(table.c.bulky.is_(bulky))
    query = select(table).where(*conditions)
    return query.order_by(table.c.next_attempt, table.c.message_id).limit(bindparam("limit"))


def leasable(wall: datetime, partners: Collection[str] | None, *, bulky: bool | None = None) -> Any:
    """What may be sent now: due, and leased by nobody or no longer."""
    table = schema.outbox
    return and_(
        table.c.state == OutboxState.WAITING,
        table.c.next_attempt <= wall,
        or_(table.c.lease_until.is_(None), table.c.lease_until <= wall),
        *([] if partners is None else [table.c.partner.in_(list(partners))]),
        *([] if bulky is None else [table.c.bulky.is_(bulky)]),
    )
