"""What happens, told to the administration's own systems: events as CloudEvents, in order, from any point on.

An event is told at least once: whoever listens knows it by its id. One process writes at a time, and ids are
made while it does, so that the order of ids is that of commits and nothing comes before what was told.

Source: CloudEvents 1.0.2, context attributes (3.1) and JSON event format.
"""

from __future__ import annotations

from typing import Any

import msgspec

from keruen.store import Consignment, Event, Reader

CONTENT_TYPE = "application/cloudevents+json"
BATCH_CONTENT_TYPE = "application/cloudevents-batch+json"
TYPE = "org.keruen.consignment."
"""Type of an event, before the name that it has in the life-cycle table."""
PAGE = 200
"""Events that are read at a time."""


def source_of(country: str) -> str:
    """The CloudEvents source of a country's node."""
    return f"urn:keruen:node:{country.lower()}"


def cloud_event(country: str, event: Event, consignment: Consignment | None) -> dict[str, Any]:
    """One event in the JSON format, as plain values.

    Args:
        country: of this node.
        event: what happened.
        consignment: where it stands now.
    """
    facts: dict[str, Any] = {
        "corridor": event.corridor,
        "consignment_id": event.consignment_id,
        "happened": event.name,
        "at": event.at,
        "cause": event.cause,
        "message_id": event.message_id,
        **_known(event),
    }
    if consignment is not None:
        facts |= {
            "reference": consignment.reference,
            "role": consignment.role,
            "state": consignment.state,
        }
    return {
        "specversion": "1.0",
        "id": event.event_id,
        "source": source_of(country),
        "type": TYPE + event.name,
        "subject": event.consignment_id,
        "time": event.recorded,
        "datacontenttype": "application/json",
        "data": {name: value for name, value in facts.items() if value is not None},
    }


def _known(event: Event) -> dict[str, Any]:
    """What an event knows, but for what is left of a consignment: that is in its row."""
    known: dict[str, Any] = msgspec.json.decode(event.data)
    known.pop("left", None)
    return known


def told(reader: Reader, country: str, after: str, limit: int = PAGE) -> list[dict[str, Any]]:
    """Events after the one of an id (the empty one: from the first on), in order."""
    return [
        cloud_event(country, event, reader.consignment(event.corridor, event.consignment_id))
        for event in reader.all_events(after, limit)
    ]
