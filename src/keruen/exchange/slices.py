"""Work that takes long, done in threads slice by slice, so that the event loop answers others meanwhile.

The threads are few and do nothing else: however many large messages there are, what small ones need of threads
(a look at the database) is not theirs.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

SLICE = 1 << 20
"""Octets of a slice: some milliseconds of work."""

T = TypeVar("T")

_threads = ThreadPoolExecutor(4, "keruen-large")


async def in_thread(work: Callable[[], T], stop: Callable[[], object] | None = None) -> T:
    """The result of `work`; a caller that is cancelled still waits until the thread has ended.

    Args:
        stop: called at once when the caller is cancelled: makes the thread end soon.
    """
    task = asyncio.get_running_loop().run_in_executor(_threads, work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if stop is not None:
            stop()
        await asyncio.wait([task])
        if not task.cancelled():
            task.exception()  # nobody is left to hear of it
        raise


async def pulled(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The chunks of an iterator, each made in a thread."""
    while (chunk := await in_thread(lambda: next(chunks, None))) is not None:
        yield chunk
