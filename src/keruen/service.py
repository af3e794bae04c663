"""A node at work: both servers and all workers, wired. Commands that only read or write start without it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

from keruen import border, console
from keruen.exchange import HANDLERS, Inbox, Receiver, Sender, due, sweep, work
from keruen.net import Binding, HttpTransport, as4_app, serve
from keruen.node import Node

SWEEP_SECONDS = 0.5
"""Machine time between looks at what is due by the clock."""


@contextlib.asynccontextmanager
async def serving(node: Node) -> AsyncIterator[None]:
    """Both servers and all workers of a node run while the context is open."""
    settings, line = node.files.settings, node.line
    async with HttpTransport(settings.retry.timeout) as transport:
        sender = Sender(
            store=node.store,
            context=node.context,
            line=line,
            transport=transport,
            delay=settings.retry.delay,
            owner=f"{socket.gethostname()}:{settings.as4.port}",
        )
        inbox = Inbox(
            store=node.store,
            context=node.context,
            handlers={**HANDLERS, **border.HANDLERS},
            queued=sender.hint,
        )
        receiver = Receiver(store=node.store, context=node.context, line=line, hint=inbox.hint)
        pages = console.create_app(store=node.store, context=node.context)
        bindings = (
            Binding("as4", as4_app(receiver), settings.as4.host, settings.as4.port),
            Binding("console", pages, settings.console.host, settings.console.port),
        )
        async with serve(bindings), asyncio.TaskGroup() as group:
            workers = (sender.run(), inbox.run(), _sweep_forever(node))
            tasks = [group.create_task(worker) for worker in workers]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()


async def _sweep_forever(node: Node) -> None:
    async def look() -> int:
        """One look at the clock; gives how many consignments it moved."""
        if not await asyncio.to_thread(node.store.read, lambda reader: due(reader, node.context)):
            return 0
        return await node.store.write(lambda tx: sweep(tx, node.context))

    await work(look, asyncio.Event(), SWEEP_SECONDS, "clock")
