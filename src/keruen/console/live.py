"""Tells open pages that something happened (server-sent events); the pages then fetch themselves anew.

One task asks the store for all pages together, and only while a page is open. What is sent is no data but
a stamp of the store's state: a page that comes back with ``Last-Event-ID`` learns whether it missed anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager

import structlog
from litestar import Litestar, get
from litestar.di import NamedDependency
from litestar.response import ServerSentEvent, ServerSentEventMessage
from litestar.types import SSEData

from keruen.access import Act
from keruen.console.entry.admission import is_in
from keruen.console.rendering import Asked, Desk

log = structlog.get_logger()

EVERY = 0.5
"""Seconds between two looks at the store."""

HEARTBEAT = 15.0
"""Seconds after which a silent connection is given a sign of life; pages move their clocks on with it."""

RETRY = 2000
"""Milliseconds after which a browser comes back."""


class Feed:
    """The store's state as a stamp, watched for everybody who listens.

    Args:
        stamp: reads it; called in a thread.
    """

    def __init__(self, stamp: Callable[[], str]) -> None:
        self._read = stamp
        self._stamp = ""
        self._listeners: set[asyncio.Event] = set()
        self._wanted = asyncio.Event()

    @asynccontextmanager
    async def running(self, _: Litestar) -> AsyncIterator[None]:
        """Watches while the app is up."""
        task = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            task.cancel()

    async def _watch(self) -> None:
        while True:
            await self._wanted.wait()
            try:
                self._moved_to(await asyncio.to_thread(self._read))
            except Exception:  # whatever ails the store, open pages wait for it
                log.exception("the store's state cannot be read")
            await asyncio.sleep(EVERY)

    def _moved_to(self, stamp: str) -> None:
        if stamp != self._stamp:
            self._stamp = stamp
            for listener in self._listeners:
                listener.set()

    async def listen(self, seen: str | None) -> AsyncGenerator[SSEData, None]:
        """A ``change`` for each new stamp, a ``tick`` in silence.

        Args:
            seen: the stamp that the listener had last; None for the current one.
        """
        changed = asyncio.Event()
        self._listeners.add(changed)
        self._wanted.set()
        try:
            known: str = seen or ""
            known = known or await asyncio.to_thread(self._read)
            yield _event("tick", known)
            while True:
                if self._stamp and self._stamp != known:
                    known = self._stamp
                    yield _event("change", known)
                elif not await _within(HEARTBEAT, changed):
                    yield _event("tick", known)
                changed.clear()
        finally:
            self._listeners.discard(changed)
            if not self._listeners:
                self._wanted.clear()


async def _within(seconds: float, event: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False


def _event(name: str, stamp: str) -> ServerSentEventMessage:
    return ServerSentEventMessage(event=name, id=stamp, data=name, retry=RETRY)


@get("/events", act=Act.FOLLOW)
async def events(
    request: Asked, desk: NamedDependency[Desk], feed: NamedDependency[Feed]
) -> ServerSentEvent:
    """The stream that an open page listens to."""
    listened = feed.listen(request.headers.get("Last-Event-ID"))
    return ServerSentEvent(_as_long_as(listened, lambda: is_in(request, desk)))


async def _as_long_as(
    listened: AsyncGenerator[SSEData, None], is_in: Callable[[], Awaitable[bool]]
) -> AsyncIterator[SSEData]:
    """What is told, until whoever listens is not in any more."""
    async with aclosing(listened):
        async for one in listened:
            if not await is_in():
                return
            yield one
