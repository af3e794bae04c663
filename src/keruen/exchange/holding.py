"""Verified parts on their way from quarantine into the store.

What is small is written with the message; what is large is written before, as a draft, and kept by the
commit of the message.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from keruen.as4 import ReceivedPart, ReceivedUserMessage
from keruen.exchange.context import Context
from keruen.exchange.drafts import drafting, drop
from keruen.exchange.quarantine import Quarantine
from keruen.exchange.slices import in_thread
from keruen.store import Attachment, Direction, Store, Transaction

FILE_NAME = "FileName"
"""Part property that names a file; other handlers' file interfaces use it, too."""
LONGEST = 255
"""Characters of a name or media type that are kept."""


@dataclass(frozen=True, slots=True)
class Held:
    """A verified part and the payload that it becomes."""

    part: ReceivedPart
    payload_id: str

    @property
    def sink(self) -> Quarantine:
        """Where its octets lie."""
        assert isinstance(self.part.sink, Quarantine)  # noqa: S101 - the receiver opened it
        return self.part.sink

    def keep(self, tx: Transaction) -> None:
        """Make it a payload for good, in the transaction of its message."""
        if self.sink.is_on_disk:
            tx.keep_draft(self.payload_id)
        else:
            tx.put_payload(self.payload_id, self.sink.chunks)


async def hold(
    store: Store, context: Context, owner: str, received: ReceivedUserMessage
) -> tuple[Held, ...]:
    """The parts of a verified message, ready to be kept; large ones are written as drafts."""
    held: list[Held] = []
    try:
        for part in received.parts:
            held.append(await _held(store, context, owner, part))  # noqa: PERF401 - some, if one fails
    except BaseException:
        await let_go(store, held)
        raise
    return tuple(held)


async def _held(store: Store, context: Context, owner: str, part: ReceivedPart) -> Held:
    one = Held(part, "")
    if not one.sink.is_on_disk:
        return Held(part, context.clock.new_id())
    steps, payload_id = drafting(store, context, owner, one.sink.chunks), ""
    try:
        while step := await in_thread(lambda: next(steps, None)):
            payload_id = step
    except BaseException:
        await in_thread(steps.close)
        raise
    return Held(part, payload_id)


async def let_go(store: Store, held: Iterable[Held]) -> None:
    """Remove the drafts that no message has come to keep."""
    for one in held:
        if one.sink.is_on_disk:
            await in_thread(lambda one=one: drop(store, one.payload_id))  # type: ignore[misc]


def attachment(held: Held, ordinal: int, corridor: str, ebms_id: str) -> Attachment:
    """The row of an attachment that came with a message."""
    part, sink = held.part, held.sink
    names = (one.value for one in part.properties if one.name.lower() == FILE_NAME.lower())
    return Attachment(
        corridor=corridor,
        ebms_id=ebms_id,
        direction=Direction.IN,
        ordinal=ordinal,
        content_id=part.content_id,
        name=printable(next(names, "")) or part.content_id[:LONGEST],
        mime_type=printable(part.mime_type),
        size=sink.size,
        digest=sink.digest,
        payload_id=held.payload_id,
    )


def printable(text: str) -> str:
    """A text from outside as it can be shown anywhere."""
    return "".join(c for c in text if c.isprintable()).strip()[:LONGEST]
