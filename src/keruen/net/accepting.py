"""The server's side of HTTP/1.1: one accepted connection, one request at a time, on httptools.

    header in ─► Request ─► its answer, in a task ─► head and body out ─► idle ─► header in …
                    ▲
                octets, as fast as they are taken

It knows what an AS4 endpoint needs and nothing else. What a client sends on behind an answer that came early
is read and forgotten: closing at once would take the answer away from it. A second request is held until the
answer to the first is out; one that comes in one piece with the first is not looked at, and the connection is
closed after that answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import httptools
import structlog

from keruen.as4 import Certificate
from keruen.exchange import pulled
from keruen.net.heads import HeaderCount
from keruen.net.request import Answer, Request
from keruen.net.tls import verified_chain

IDLE_SECONDS = 30
"""How long a connection waits for the whole header of a request, the first or the next."""
CONNECTIONS = 512
"""Connections to one endpoint at once; more are answered 503."""

log = structlog.get_logger(__name__)


class Accepted(asyncio.Protocol):
    """One connection of a client.

    Args:
        answer: gives the answer to a request; None when there is nobody left to answer.
        others: all connections to the same endpoint.
    """

    def __init__(
        self, answer: Callable[[Request], Awaitable[Answer | None]], others: set[Accepted]
    ) -> None:
        self.task: asyncio.Task[None] | None = None
        """Answers the request that is there."""
        self.chain: tuple[Certificate, ...] = ()
        self._answer = answer
        self._others = others
        self._loop = asyncio.get_running_loop()
        self._parser: Any = httptools.HttpRequestParser(self)
        self._transport: Any = None
        self._count = HeaderCount()
        self._writable = asyncio.Event()
        self._writable.set()
        self._timer: asyncio.TimerHandle | None = None
        self._request: Request | None = None
        self._early = self._stopping = False
        self._held = b""
        """What came of the next request while the answer to the last was still on its way out."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, after the handshake where there is one."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by inheritance
        connection = transport.get_extra_info("ssl_object")
        self.chain = verified_chain(connection) if connection is not None else ()
        self._others.add(self)
        self._wait()
        if len(self._others) > CONNECTIONS:
            self._refuse(503, "too many connections")

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - either way it is over
        """The end."""
        self._others.discard(self)
        self._writable.set()
        self._stop_waiting()
        if self._request is not None:
            self._request.lose()

    def data_received(self, data: bytes) -> None:
        """Take in octets, a header's no more than there may be; those of the next request later."""
        if self.task is not None and self._request is not None and self._request.whole:
            self._held += data
            self.hold()
            return
        while data and not self._transport.is_closing():
            piece, data = self._count.cut(data)
            if not piece:
                self._refuse(400, "The header is too large.")
                return
            try:
                self._parser.feed_data(piece)
            except httptools.HttpParserUpgrade:  # not spoken here: the answer is the last
                self._early = True
                return
            except httptools.HttpParserError:
                self._refuse(400, "Invalid HTTP request received.")
                return

    def pause_writing(self) -> None:
        """The client takes no more for now."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """The client takes more."""
        self._writable.set()

    def on_message_begin(self) -> None:
        """A request begins; one before the answer to the last is not looked at."""
        self._early = self._early or self.task is not None
        self._url, self._fields = b"", dict[bytes, bytes]()

    def on_url(self, url: bytes) -> None:
        """A piece of the request's target."""
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header field."""
        self._fields[name.lower()] = value

    def on_headers_complete(self) -> None:
        """The header is complete: begin to answer."""
        self._count.body()
        if self._early:
            return
        self._stop_waiting()
        self._request = Request(self._parser, self._url, self._fields, self)
        self.task = self._loop.create_task(self._respond(self._request))

    def on_body(self, octets: bytes) -> None:
        """Octets of the body."""
        if not self._early and self._request is not None:
            self._request.take(octets)

    def on_message_complete(self) -> None:
        """The request is complete."""
        self._count.header()
        if not self._early and self._request is not None:
            self._request.end()

    def write(self, octets: bytes) -> None:
        """Send octets, if there is somebody who takes them."""
        if not self._transport.is_closing():
            self._transport.write(octets)

    def hold(self) -> None:
        """Read no more for now."""
        self._transport.pause_reading()

    def go_on(self) -> None:
        """Read on."""
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def stop(self) -> None:
        """Close as soon as the request that is there, if there is one, is answered."""
        self._stopping = True
        if self.task is None:
            self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        if self.task is not None:
            self.task.cancel()
        self._transport.abort()

    async def _respond(self, request: Request) -> None:
        try:
            last = await self._answered(request)
        except Exception:
            log.exception("answering failed")
            self._transport.abort()
            return
        finally:
            self.task = None
        if last:
            self._transport.close()
        else:
            self._next()

    def _next(self) -> None:
        """Wait for the next request, or go on with what is there of it."""
        self._wait()
        held, self._held = self._held, b""
        if held:
            self.go_on()
            self.data_received(held)

    async def _answered(self, request: Request) -> bool:
        """Give the answer; gives whether it is the last on this connection."""
        answer = await self._answer(request)
        request.forget()
        if answer is None:
            return True
        await self._send(answer, head_only=request.method == b"HEAD")
        close = ("connection", "close") in answer.fields
        return close or not request.keep or self._early or self._stopping

    async def _send(self, answer: Answer, *, head_only: bool) -> None:
        reply = answer.reply
        head = answer.head()
        if reply.chunks is None or head_only:
            self.write(head if head_only else head + reply.body)
            return
        self.write(head)
        async for chunk in pulled(reply.chunks()):
            await self._writable.wait()
            self.write(chunk)

    def _refuse(self, status: int, why: str) -> None:
        """Close, and say why unless an answer is under way."""
        if self.task is None:
            answer = Answer.plain(status, why, ("connection", "close"))
            self.write(answer.head() + answer.reply.body)
        self._transport.close()

    def _wait(self) -> None:
        self._timer = self._loop.call_later(IDLE_SECONDS, self._transport.close)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
