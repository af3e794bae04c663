"""Large payloads into the store and out of it, a few chunks in one transaction, so that others can write, too.

A payload is a draft until its message is committed. What a killed process left behind is removed when the
node starts, and what anybody else forgot after a day.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

import structlog

from keruen.exchange.context import Context
from keruen.store import Draft, Store, Transaction, rechunked

CHUNKS = 4
"""Chunks that one transaction writes."""
DROPPED = 64
"""Chunks that one transaction removes."""
FORGOTTEN = timedelta(days=1)
"""Wall time after which a draft will never become a payload."""

log = structlog.get_logger(__name__)


def draft(store: Store, context: Context, owner: str, chunks: Iterable[bytes]) -> str:
    """Write a payload as a draft; gives its id. Blocks until all of it is written."""
    return deque(drafting(store, context, owner, chunks), maxlen=1).pop()


def drafting(
    store: Store, context: Context, owner: str, chunks: Iterable[bytes]
) -> Generator[str, None, None]:
    """Write a payload as a draft, one transaction a step; each step blocks and gives the payload's id.

    Who closes it before its end, or is told of an error by it, has written nothing.

    Args:
        owner: names this process, as in leases.
    """
    payload_id = context.clock.new_id()
    row = Draft(payload_id=payload_id, owner=owner, begun=context.clock.wall())
    store.write_now(lambda tx: tx.begin_draft(row))
    try:
        yield payload_id
        first = 0
        for some in _batches(rechunked(chunks)):
            store.write_now(partial(_write, payload_id, first, some))
            first += len(some)
            yield payload_id
    except BaseException:
        drop(store, payload_id)
        raise


def _write(payload_id: str, first: int, chunks: Sequence[bytes], tx: Transaction) -> None:
    for ordinal, octets in enumerate(chunks, start=first):
        tx.add_chunk(payload_id, ordinal, octets)


def _batches(chunks: Iterator[bytes]) -> Iterator[list[bytes]]:
    while some := list(islice(chunks, CHUNKS)):
        yield some


def drop(store: Store, payload_id: str) -> None:
    """Remove a draft; a payload whose message is committed stays."""
    while not store.write_now(lambda tx: tx.drop_draft(payload_id, DROPPED)):
        pass


def drop_forgotten(
    store: Store, context: Context, owner: str | None = None, before: datetime | None = None
) -> int:
    """Remove drafts that will never become payloads; gives how many.

    Args:
        owner: whose; None for anybody's.
        before: begun before this wall time, when their owner was another process; None for long ago.
    """
    limit = before or context.clock.wall() - FORGOTTEN
    found = store.read(lambda reader: reader.drafts(owner=owner, before=limit))
    for one in found:
        drop(store, one.payload_id)
        log.info("draft removed", payload=one.payload_id, owner=one.owner)
    return len(found)
