"""Rows as programs see them: without what is secret, with what a row keeps as octets made readable."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from keruen.customs import Struct
from keruen.exchange.passage import Transmission
from keruen.store import Direction, Event


def only(source: Any, names: Iterable[str]) -> dict[str, Any]:
    """Members of these names, to be given to something else."""
    return {name: getattr(source, name) for name in names}


def words_of(text: str | None) -> tuple[str, ...] | None:
    """What a row keeps as words in one text; None where it has none."""
    return None if text is None else tuple(text.split())


class HistoryEvent(Struct, frozen=True):
    """Something that happened.

    Attributes:
        name: a name of the life-cycle table.
        at: when it happened; `recorded`: when this node learnt it.
        cause: who or what brought it about.
        reason: why, where it is a failure.
    """

    event_id: str
    name: str
    at: datetime
    recorded: datetime
    cause: str
    message_id: str | None = None
    reason: str | None = None


def journal(event: Event, reason: str | None = None) -> HistoryEvent:
    """An event."""
    return HistoryEvent(
        event_id=event.event_id,
        name=event.name,
        at=event.at,
        recorded=event.recorded,
        cause=event.cause,
        message_id=event.message_id,
        reason=reason,
    )


class MessageSummary(Struct, frozen=True):
    """A message and its way over the line.

    Attributes:
        state: waiting, delivered, failed or probable outward; waiting or handled inward.
        created: by whoever made it; `stored`: here.
        digest: SHA-256 of its JSON, base64.
        receipt: when the receipt was written.
        last_error: why the last attempt to send it failed.
        leaf: position of its transmission in the evidence log; `proved`: whether that is what is stored here.
        removed: when its content was removed by the agreement's retention.
    """

    corridor: str
    message_id: str
    direction: Direction
    partner: str
    kind: str
    state: str
    created: datetime
    stored: datetime
    ebms_id: str
    digest: str
    consignment_id: str | None = None
    reference: str | None = None
    refers_to: str | None = None
    receipt: datetime | None = None
    attempts: int = 0
    last_error: str | None = None
    leaf: int | None = None
    proved: bool | None = None
    removed: datetime | None = None


def said_of(one: Transmission) -> MessageSummary:
    """A message, without its content."""
    row = one.message
    return MessageSummary(
        corridor=row.corridor,
        message_id=row.message_id,
        direction=row.direction,
        partner=row.partner,
        kind=row.kind,
        state=one.state,
        created=row.created,
        stored=row.stored,
        ebms_id=row.ebms_id,
        digest=base64.b64encode(row.content_digest).decode(),
        consignment_id=row.consignment_id,
        reference=one.reference,
        refers_to=row.refers_to,
        receipt=one.receipt,
        attempts=one.attempts,
        last_error=one.last_error,
        leaf=one.leaf.position if one.leaf else None,
        proved=one.leaf.holds if one.leaf else None,
        removed=row.removed,
    )
