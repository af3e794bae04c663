"""What happens, told to programs: page by page, or as it happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar.response import ServerSentEvent, ServerSentEventMessage
from msgspec import Meta

from keruen.access import Act
from keruen.api.gate import NARROWED, Call, Gate, require_whole
from keruen.api.operation import operation
from keruen.customs import Struct
from keruen.exchange.feed import BATCH_CONTENT_TYPE, PAGE, told
from keruen.store import Reader

WATCH_SECONDS = 0.5
"""How often an open stream looks whether something happened."""
SILENCE_SECONDS = 15.0
"""After so much silence a stream gives a sign of life."""
EventId = Annotated[str, Meta(max_length=36, pattern="^[0-9a-f-]*$")]


class After(Struct, frozen=True, forbid_unknown_fields=True):
    """From where on.

    Attributes:
        after: id of the last event that was told; empty: from the first on.
        limit: how many at most.
    """

    after: EventId = ""
    limit: Annotated[int, Meta(ge=1, le=1000)] = PAGE


class Since(Struct, frozen=True, forbid_unknown_fields=True):
    """From where on.

    Attributes:
        after: id of the last event that was told, where there is no Last-Event-ID; left out: from now on.
    """

    after: EventId | None = None


class Resumed(Struct, frozen=True, rename="kebab"):
    """What a client that comes back says.

    Attributes:
        last_event_id: id of the last event that it was told.
    """

    last_event_id: EventId = ""


class CloudEvent(Struct, frozen=True):
    """Something that happened, as a CloudEvent 1.0."""

    specversion: str
    id: str
    source: str
    type: str
    subject: str
    time: datetime
    datacontenttype: str
    data: dict[str, Any]


@operation(
    "GET",
    "/events",
    id="listEvents",
    tag="Events",
    act=Act.FOLLOW,
    media_type=BATCH_CONTENT_TYPE,
    codes=NARROWED,
)
def listed(call: Call, query: After) -> list[CloudEvent]:
    """Events after one, in order.

    Ask again with the id of the last one; an empty list says that there is nothing new yet.
    """
    require_whole(call)
    country = call.gate.context.country
    found: Any = call.gate.store.read(
        lambda reader: told(reader, country, query.after, query.limit)
    )
    return found  # type: ignore[no-any-return]


@operation(
    "GET",
    "/events/stream",
    id="streamEvents",
    tag="Events",
    act=Act.FOLLOW,
    media_type="text/event-stream",
    codes=NARROWED,
)
async def stream(call: Call, query: Since, headers: Resumed) -> str:
    """Events as they happen, as server-sent events.

    Each is a CloudEvent under its id, so that a client that comes back with Last-Event-ID misses none. Without
    that and without `after` the stream begins now.
    """
    require_whole(call)
    known = headers.last_event_id or query.after
    now = call.gate.store.read
    start = known if known is not None else await asyncio.to_thread(now, Reader.last_event_id)
    return ServerSentEvent(_telling(call.gate, start))  # type: ignore[return-value]


async def _telling(gate: Gate, after: str) -> AsyncIterator[ServerSentEventMessage]:
    silent = 0.0
    yield ServerSentEventMessage(data=None, comment="keruen")
    while True:
        found = await asyncio.to_thread(
            gate.store.read,
            lambda reader: told(reader, gate.context.country, after),  # noqa: B023
        )
        for one in found:
            after = one["id"]
            data = msgspec.json.encode(one).decode()
            yield ServerSentEventMessage(data=data, event=one["type"], id=after)
        silent = 0.0 if found else silent + WATCH_SECONDS
        if silent >= SILENCE_SECONDS:
            yield ServerSentEventMessage(data=None, comment="still here")
            silent = 0.0
        if len(found) < PAGE:
            await asyncio.sleep(WATCH_SECONDS)


OPERATIONS = (listed, stream)
