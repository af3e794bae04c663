"""What happened to a consignment, in order: when, by whom, said by which message, and with what proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from keruen.customs import Struct
from keruen.exchange import EventData
from keruen.exchange.passage import Transmission
from keruen.store import Event


class Moment(Struct, frozen=True):
    """An event in a consignment's history, with the message that says it and its proof.

    Attributes:
        code: of the error that the line reports; `reason`: its cause.
    """

    event: Event
    by: Transmission | None = None
    code: str | None = None
    reason: str | None = None

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.event.at


def timeline(events: Iterable[Event], by_id: Mapping[str, Transmission]) -> tuple[Moment, ...]:
    """Events in the order in which they happened, each with its message."""
    ordered = sorted(events, key=lambda one: (one.at, one.event_id))
    return tuple(_moment(event, by_id.get(event.message_id or "")) for event in ordered)


def _moment(event: Event, by: Transmission | None) -> Moment:
    data = msgspec.json.decode(event.data, type=EventData)
    return Moment(event=event, by=by, code=data.code, reason=data.reason)
