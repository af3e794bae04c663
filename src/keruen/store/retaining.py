"""Queries about what has been kept long enough: nothing open, and a page at a time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, tuple_

from keruen.store import rows, schema
from keruen.store.asked import OPEN
from keruen.store.rows import OutboxState
from keruen.store.snapshot import Snapshot, rows_of

EMPTY_VEHICLE = "EmptyVehicle"
"""Kind of the message that announces what no import declaration will ever close."""


class RetentionQueries(Snapshot):
    """What may be removed; `before` is the time that it must be older than."""

    def consignments_kept(
        self,
        corridor: str,
        ended: Collection[str],
        arrived: str,
        before: datetime,
        after: str,
        limit: int,
    ) -> list[rows.Consignment]:
        """Consignments that have ended and of which nothing waits, by id from the one after `after`.

        Args:
            ended: states that nothing more is awaited in; of an empty vehicle also `arrived`.
        """
        of, said = schema.consignment, schema.message
        table = schema.message.alias()
        empty = select(said.c.message_id).where(
            said.c.message_id == of.c.information_id,
            said.c.corridor == of.c.corridor,
            said.c.kind == EMPTY_VEHICLE,
        )
        recent = select(table.c.message_id).where(
            table.c.consignment_id == of.c.consignment_id,
            table.c.corridor == of.c.corridor,
            or_(table.c.stored >= before, _waits(table)),
        )
        query = select(of).where(
            of.c.corridor == corridor,
            of.c.consignment_id > after,
            of.c.updated < before,
            or_(of.c.removed.is_(None), of.c.removed < of.c.updated),
            or_(of.c.state.in_(list(ended)), and_(of.c.state == arrived, empty.exists())),
            ~recent.exists(),
        )
        return self._all(rows.Consignment, query.order_by(of.c.consignment_id).limit(limit))

    def messages_kept(
        self, corridor: str, before: datetime, after: tuple[datetime, str] | None, limit: int
    ) -> list[rows.Message]:
        """Messages that belong to no consignment whose content is here, by time of storing.

        Args:
            after: time and id of the last one of the page before.
        """
        table, asked = schema.message, schema.enquiry
        pending = select(asked.c.message_id).where(asked.c.state.in_([one.value for one in OPEN]))
        query = select(table).where(
            table.c.corridor == corridor,
            table.c.stored < before,
            table.c.removed.is_(None),
            ~_waits(table),
            ~_whole(table.c.consignment_id, table.c.corridor),
            table.c.message_id.not_in(pending),
        )
        return self._messages(query, after, limit)

    def messages_removed(
        self, corridor: str, before: datetime, after: tuple[datetime, str] | None, limit: int
    ) -> list[rows.Message]:
        """Messages whose content was removed and whose envelope is still here."""
        table, proof = schema.message, schema.envelope
        whole = select(proof.c.ebms_id).where(
            proof.c.ebms_id == table.c.ebms_id,
            proof.c.corridor == table.c.corridor,
            proof.c.direction == table.c.direction,
            proof.c.digest.is_(None),
        )
        query = select(table).where(
            table.c.corridor == corridor,
            table.c.stored < before,
            table.c.removed.is_not(None),
            whole.exists(),
        )
        return self._messages(query, after, limit)

    def _messages(
        self, query: object, after: tuple[datetime, str] | None, limit: int
    ) -> list[rows.Message]:
        table = schema.message
        if after is not None:
            stored, message_id = after
            query = query.where(  # type: ignore[attr-defined]
                tuple_(table.c.stored, table.c.message_id)
                > tuple_(literal(stored, schema.Moment()), literal(message_id))
            )
        ordered = query.order_by(table.c.stored, table.c.message_id)  # type: ignore[attr-defined]
        return self._all(rows.Message, ordered.limit(limit))

    def declarations_kept(
        self, corridor: str, before: datetime, after: str, limit: int
    ) -> list[rows.NationalDeclaration]:
        """Declarations of the national system of which no consignment is here as a whole, by id."""
        table, match, of = schema.declaration, schema.import_match, schema.consignment
        matched = select(match.c.declaration_id).where(
            match.c.declaration_id == table.c.declaration_id,
            match.c.corridor == table.c.corridor,
            _whole(match.c.consignment_id, match.c.corridor),
        )
        corrects = select(of.c.consignment_id).where(
            of.c.reference == table.c.reference,
            of.c.corridor == table.c.corridor,
            of.c.removed.is_(None),
        )
        query = select(table).where(
            table.c.corridor == corridor,
            table.c.declaration_id > after,
            table.c.submitted < before,
            table.c.removed.is_(None),
            ~_whole(table.c.declaration_id, table.c.corridor),
            ~matched.exists(),
            ~corrects.exists(),
        )
        return self._all(
            rows.NationalDeclaration, query.order_by(table.c.declaration_id).limit(limit)
        )

    def inbox_kept(
        self, partner: str, before: datetime, after: str, limit: int
    ) -> list[rows.InboxEntry]:
        """What came and became no message of its own: refused, or the same again; by AS4 id."""
        table, said, payload = schema.inbox, schema.message, schema.payload
        became = select(said.c.message_id).where(
            said.c.stored >= table.c.received,
            said.c.stored <= table.c.handled,
            said.c.ebms_id == table.c.ebms_id,
            said.c.partner == table.c.partner,
        )
        here = select(payload.c.payload_id).where(payload.c.payload_id == table.c.payload_id)
        query = select(table).where(
            table.c.partner == partner,
            table.c.ebms_id > after,
            table.c.handled < before,
            here.exists(),
            ~became.exists(),
        )
        return self._all(rows.InboxEntry, query.order_by(table.c.ebms_id).limit(limit))

    def refusals_kept(self, before: datetime, after: str, limit: int) -> list[rows.Refusal]:
        """Refusals of which more than the code is here, by id."""
        table = schema.refusal
        query = select(table).where(
            table.c.refusal_id > after,
            table.c.at < before,
            or_(table.c.text != "", table.c.detail.is_not(None), func.length(table.c.raw) > 0),
        )
        return self._all(rows.Refusal, query.order_by(table.c.refusal_id).limit(limit))

    def answers_kept(self, before: datetime) -> int:
        """How many answers were given before a wall time."""
        table = schema.kept_answer
        return int(self._scalar(select(func.count()).where(table.c.at < before)) or 0)

    def attachments_with(self, payload_id: str) -> list[rows.Attachment]:
        """The attachments whose octets are those of one payload."""
        return self._all(rows.Attachment, rows_of(schema.attachment, payload_id=payload_id))

    def removals(self) -> dict[tuple[str, str], str]:
        """Corridor and consignment → id of the event that says that its content was removed, the last one."""
        table = schema.event
        query = select(table.c.corridor, table.c.consignment_id, func.max(table.c.event_id))
        found = query.where(table.c.name == "content-removed")
        grouped = found.group_by(table.c.corridor, table.c.consignment_id)
        return {(one[0], one[1]): one[2] for one in self._connection.execute(grouped)}


def _waits(message: object) -> ColumnElement[bool]:
    """Whether a message waits in the outbox."""
    queue, of = schema.outbox, message.c  # type: ignore[attr-defined]
    waiting = select(queue.c.message_id).where(
        queue.c.message_id == of.message_id,
        queue.c.corridor == of.corridor,
        queue.c.state == OutboxState.WAITING,
    )
    return waiting.exists()


def _whole(consignment_id: ColumnElement[str], corridor: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a consignment is here whose content was not removed."""
    of = schema.consignment.alias()
    found = select(of.c.consignment_id).where(
        of.c.consignment_id == consignment_id, of.c.corridor == corridor, of.c.removed.is_(None)
    )
    return found.exists()
