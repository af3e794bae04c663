"""A node at work: both servers and all workers, wired. Commands that only read or write start without it."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import time
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from msgspec.structs import asdict

from keruen import api, border, console
from keruen.border.cases import tell_linked, to_tell
from keruen.config import crls
from keruen.config.crls import ListFolder
from keruen.config.hooks import secret_of
from keruen.config.people import client_secret
from keruen.config.tls import is_address
from keruen.console import Entrance
from keruen.console.control.works import Ping, Works
from keruen.console.texts import texts_in
from keruen.console.treaty import document
from keruen.exchange import (
    HANDLERS,
    Callbacks,
    Hook,
    Inbox,
    Pong,
    Puller,
    Receiver,
    Sender,
    Space,
    Transport,
    Webhook,
    deadlines,
    drop_forgotten,
    due,
    persist,
    ping,
    sweep,
    work,
)
from keruen.exchange.purging import purge
from keruen.exchange.retention import Purged
from keruen.exchange.runs import noted
from keruen.exchange.working import Pulses, pulses
from keruen.formats.documents import SIZE
from keruen.net import (
    Binding,
    Endpoint,
    HttpTransport,
    ListFetcher,
    WatchedFolder,
    get_json,
    post_event,
    post_form,
    serve,
)
from keruen.node import Node
from keruen.people.provider import Provider
from keruen.tlscontexts import console_context, listener_context, partner_contexts

SWEEP_SECONDS = 0.5
"""Machine time between looks at what is due by the clock."""
DEADLINES_SECONDS = 5.0
"""Machine time between looks for deadlines that were missed."""
PURGE_SECONDS = 86_400.0
"""Machine time between looks for what was kept as long as was agreed."""
DRAFTS_SECONDS = 3600.0
"""Machine time between looks for payloads that belong to nothing."""
ANSWER_SECONDS = 0.3
"""Machine time after which a partner has probably answered what it was sent."""
LISTS_SECONDS = 5.0
"""Machine time between looks at the files of revocation lists."""
GARBAGE = (20_000, 20, 100)
"""How many new objects are looked through for cycles at a time, and how rarely the older ones."""

log = structlog.get_logger(__name__)


def settle() -> None:
    """Leave what is loaded for good alone when looking for garbage: it is most of what there is.

    A message leaves no cycles behind; looking for them took 8 % of a loaded node's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


@contextlib.asynccontextmanager
async def serving(node: Node) -> AsyncIterator[None]:
    """Both servers and all workers of a node run while the context is open."""
    settings, line = node.files.settings, node.line
    contexts = partner_contexts(node.files)
    owner, started = f"{socket.gethostname()}:{settings.as4.port}", node.context.clock.wall()
    beats: Pulses = {}
    pulses.set(beats)
    async with HttpTransport(settings.retry.timeout, contexts) as transport:
        sender = Sender(
            store=node.store,
            context=node.context,
            line=line,
            transport=transport,
            delay=settings.retry.delay,
            owner=owner,
        )
        inbox = Inbox(
            store=node.store,
            context=node.context,
            handlers={**HANDLERS, **border.HANDLERS},
        )
        receiver = Receiver(
            store=node.store,
            context=node.context,
            line=line,
            hint=inbox.hint,
            space=Space(node.files.root / "quarantine"),
            owner=owner,
        )
        pages = console.create_app(
            store=node.store,
            context=node.context,
            works=_works(node, transport, receiver, beats),
            entrance=_entrance(node),
            beside=[api.mounted(_gate(node, transport, receiver))],
        )
        tls, people = listener_context(node.files), console_context(node.files)
        bindings = (
            Binding("as4", Endpoint(receiver), settings.as4.host, settings.as4.port, tls),
            Binding("console", pages, settings.console.host, settings.console.port, people),
        )
        pullers = {
            country: Puller(country, receiver, transport.fetch, transport)
            for country, peer in line.peers.items()
            if peer.is_pulled
        }
        sender.delivered = partial(_pull_soon, pullers)
        callbacks = Callbacks(receiver, transport, settings.retry.delay)
        async with serve(bindings), asyncio.TaskGroup() as group:
            workers = [
                sender.run(),
                inbox.run(),
                _sweep_forever(node),
                _drop_drafts_forever(node, owner, started),
                _deadlines_forever(node),
                _purge_forever(node),
                *_lists(node),
                *_folder(node),
                *_webhooks(node),
                receiver.channels.run(),
                callbacks.run(),
                *(puller.run() for puller in pullers.values()),
            ]
            tasks = [group.create_task(worker) for worker in workers]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()


def _gate(node: Node, transport: Transport, receiver: Receiver) -> api.Gate:
    """What the API stands on."""
    return api.Gate(
        store=node.store,
        context=node.context,
        submit=node.submit_once,
        ping=_way(node, transport),
        treaty=lambda agreement, language: document(agreement, texts_in(language)),
        receiver=receiver,
        partners=node.files.partners,
        owner=receiver.owner,
        limits=api.Limits(api.rates(**asdict(node.files.settings.api))),
    )


def _way(node: Node, transport: Transport) -> Ping:
    """What tries the way to a partner."""
    line = node.line

    async def try_way(country: str) -> Pong:
        return await ping(node.context, line, transport, country)

    return try_way


def _works(node: Node, transport: Transport, receiver: Receiver, beats: Pulses) -> Works:
    """What the control room works with."""
    return Works(
        partners=node.files.partners,
        files=node.files,
        receiver=receiver,
        ping=_way(node, transport),
        pulses=beats,
    )


def _entrance(node: Node) -> Entrance:
    """How the administration's people come in."""
    settings = node.files.settings
    console = settings.console
    return Entrance(
        rules=console.sessions.rules,
        secure=console.tls is not None,
        hosts=frozenset(console.hosts),
        mark=settings.country.lower(),
        demo=settings.clock is not None,
        oidc=_provider(node),
    )


def _provider(node: Node) -> Provider | None:
    """The identity provider by which people may come in, where there is one."""
    settings = node.files.settings.console.oidc
    if settings is None:
        return None
    secret = client_secret(node.files.root, settings)
    return Provider(settings, get_json, post_form, node.context.clock.wall, secret)


def _pull_soon(pullers: Mapping[str, Puller], country: str) -> None:
    """A partner has taken a message: if it is one that is pulled, its answer will wait there soon."""
    if country in pullers:
        asyncio.get_running_loop().call_later(ANSWER_SECONDS, pullers[country].hint.set)


def _lists(node: Node) -> Iterator[Coroutine[Any, Any, None]]:
    """What keeps revocation lists fresh, where there are any."""
    files = node.files
    places = crls.places_of(files.settings.as4.tls, files.partners)
    if places:
        yield _reread_forever(files.lists)
    if fetched := [place for place in places if is_address(place)]:
        yield ListFetcher(fetched, files.lists.keep, crls.LIMIT).run()


def _folder(node: Node) -> Iterator[Coroutine[Any, Any, None]]:
    """What takes files of the national system, where there is a folder for them."""
    intake = node.files.settings.intake
    if intake is not None:
        yield WatchedFolder(
            folder=node.files.root / intake.folder,
            submit=node.submit,
            limit=SIZE,
            settle=intake.settle,
            today=lambda: node.context.clock.now().date(),
            seconds=time.monotonic,
        ).run()


def _webhooks(node: Node) -> Iterator[Coroutine[Any, Any, None]]:
    """What tells the administration's systems of events, where there are any to be told."""
    delay = node.files.settings.retry.delay
    for one in node.files.settings.webhook:
        secret = secret_of(node.files.root, one.name)
        hook = Hook(one.name, one.url, secret, frozenset(one.happenings))
        yield Webhook(node.store, node.context, hook, post_event, delay).run()


async def _reread_forever(folder: ListFolder) -> None:
    async def look() -> int:
        """One look at the files; nothing is left to do after it."""
        for wrong in await asyncio.to_thread(folder.refresh):
            log.warning("revocation list not taken", why=wrong.text, path=wrong.path)
        return 0

    await work(look, asyncio.Event(), LISTS_SECONDS, "revocation lists")


async def _drop_drafts_forever(node: Node, owner: str, started: datetime) -> None:
    """Remove payloads that never came to belong to a message: of killed predecessors, and of long ago."""

    async def look(owner: str | None = None, before: datetime | None = None) -> int:
        await asyncio.to_thread(drop_forgotten, node.store, node.context, owner, before)
        return 0

    await persist(lambda: look(owner, started), "drafts")
    await work(look, asyncio.Event(), DRAFTS_SECONDS, "drafts")


async def _deadlines_forever(node: Node) -> None:
    """Note deadlines of the agreements that were missed."""

    async def look() -> int:
        """One look at the clock; gives how much it looked at."""
        return await node.store.write(lambda tx: deadlines.look(tx, node.context))

    await work(look, asyncio.Event(), DEADLINES_SECONDS, "deadlines")


async def _purge_forever(node: Node) -> None:
    """Remove what was kept as long as the agreements say."""

    async def look() -> int:
        """One look, a step at a time so that it ends with the node; nothing is left to do after it."""
        steps, done = purge(node.store, node.context), Purged()
        while (some := await asyncio.to_thread(next, steps, None)) is not None:
            done += some
        await node.store.write(lambda tx: noted(tx, node.context, done))
        if done:
            log.info("content removed", **asdict(done))
        return 0

    await work(look, asyncio.Event(), PURGE_SECONDS, "retention")


async def _sweep_forever(node: Node) -> None:
    async def look() -> int:
        """One look at the clock; gives how many consignments and cases it moved."""
        moved = 0
        if await asyncio.to_thread(node.store.read, lambda reader: due(reader, node.context)):
            moved += await node.store.write(lambda tx: sweep(tx, node.context))
        if await asyncio.to_thread(node.store.read, lambda reader: to_tell(reader, node.context)):
            moved += await node.store.write(lambda tx: tell_linked(tx, node.context))
        return moved

    await work(look, asyncio.Event(), SWEEP_SECONDS, "clock")
