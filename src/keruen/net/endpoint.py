"""The partner's door: one ASGI application that takes AS4 messages at one path and knows nothing else.

It shares no application with pages, so no cookie, session or template can be reached through it. What
anybody may take of it is bounded: so many requests at once, so long for each, so many octets.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any

import structlog

from keruen.as4 import Certificate
from keruen.exchange import Connection, Receiver, Reply, pulled
from keruen.net.patience import Patience

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

PATH = "/as4"
AT_ONCE = 64
"""Requests that are taken at once; one holds little in memory, the rest of it is in quarantine on disk."""
SECONDS = 60.0
"""How long a request may stand still."""

log = structlog.get_logger(__name__)


def as4_app(receiver: Receiver, *, at_once: int = AT_ONCE, seconds: float = SECONDS) -> App:
    """The application that answers partners."""
    free = at_once

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal free
        if scope["type"] != "http":
            return
        if scope["path"] != PATH:
            await _plain(send, 404, b"not found\n")
        elif scope["method"] != "POST":
            await _plain(send, 405, b"AS4 messages are posted here\n", (b"allow", b"POST"))
        elif free <= 0:
            await _plain(send, 503, b"too many requests at once\n", (b"retry-after", b"1"))
        else:
            free -= 1
            try:
                await _answer(receiver, scope, receive, send, seconds)
            finally:
                free += 1

    return app


async def _answer(
    receiver: Receiver, scope: Scope, receive: Receive, send: Send, seconds: float
) -> None:
    headers = {name.lower(): value for name, value in scope["headers"]}
    content_type = headers.get(b"content-type", b"").decode("latin-1")
    length = headers.get(b"content-length", b"")
    try:
        async with asyncio.timeout(seconds) as deadline:
            size = int(length) if length.isdigit() else None
            body = _body(receive, Patience(deadline, seconds))
            connection = Connection(_client_chain(scope))
            reply = await receiver.receive(content_type, body, size, connection)
    except TimeoutError:
        await _plain(send, 408, b"the message did not come in time\n", (b"connection", b"close"))
    except ConnectionError:
        return  # the partner went away in the middle; it will come again
    except Exception:
        log.exception("receiving failed")
        await _plain(send, 503, b"try again later\n", (b"retry-after", b"1"))
    else:
        await _send(send, reply)


def _client_chain(scope: Scope) -> tuple[Certificate, ...]:
    """What the client showed in the handshake (ASGI, TLS extension)."""
    shown = scope.get("extensions", {}).get("tls", {}).get("client_cert_chain", ())
    return tuple(_certificate(pem) for pem in shown)


@lru_cache(maxsize=256)
def _certificate(pem: str) -> Certificate:
    return Certificate.from_pem(pem.encode())


async def _body(receive: Receive, patience: Patience) -> AsyncIterator[bytes]:
    """Octets as they come: the next ones are asked for when these have been dealt with."""
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise ConnectionResetError
        chunk = event.get("body", b"")
        patience.moved(len(chunk))
        if not event.get("more_body"):
            patience.all_there()
            yield chunk
            return
        yield chunk


async def _send(send: Send, reply: Reply, *headers: tuple[bytes, bytes]) -> None:
    size = reply.size if reply.chunks else len(reply.body)
    kind = [(b"content-type", reply.content_type.encode())] if reply.content_type else []
    length = (b"content-length", str(size).encode())
    start = {"type": "http.response.start", "status": reply.status}
    await send({**start, "headers": [*kind, length, *headers]})
    if reply.chunks is None:
        await send({"type": "http.response.body", "body": reply.body})
        return
    async for chunk in pulled(reply.chunks()):
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _plain(send: Send, status: int, text: bytes, *headers: tuple[bytes, bytes]) -> None:
    await _send(send, Reply(status, "text/plain; charset=utf-8", text), *headers)
