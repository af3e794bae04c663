"""The client's side of HTTP/1.1: one connection, one request at a time, on httptools.

    connect ─► post: head and body out ─► status, fields, body in ─► idle ─► post …
                                            └─► cut, garbled, too large: closed, and an OSError

It knows what an AS4 answer needs and nothing else: no redirects, cookies, proxies or packed bodies.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from typing import Any, cast

import httptools

from keruen.exchange import Reply

ANSWER_CAP = 1 << 20
"""Octets of an answer that are read at most; a receipt is some kilobytes."""
HEADER_OCTETS = 65_536
"""Size of an answer's header at most."""
AT_ONCE = 65_536
"""Octets that are handed to the connection in one piece."""
_FINAL = 200
"""A status below says that the answer is still to come."""


class Connection(asyncio.Protocol):
    """One connection to a server."""

    def __init__(self) -> None:
        self.idle_since = 0.0
        self.closed = False
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Reply] | None = None
        self._writable = asyncio.Event()
        self._writable.set()
        self._parser: Any = httptools.HttpResponseParser(self)
        self._head = 0
        self.on_message_begin()

    async def post(self, head: bytes, chunks: Iterator[bytes]) -> Reply:
        """Send a request, give its answer.

        Raises:
            OSError: no whole answer came; the connection is of no more use.
        """
        if self._transport is None or self.closed:
            raise ConnectionResetError("the server has closed the connection")
        self._answer = self._loop.create_future()
        try:
            await self._send(self._transport, head, chunks)
            return await self._answer
        except BaseException:
            self.close()
            raise

    async def _send(
        self, transport: asyncio.Transport, head: bytes, chunks: Iterator[bytes]
    ) -> None:
        """The whole request; a small one is one piece, a large one goes as fast as the server takes it."""
        waiting, size = [head], len(head)
        for chunk in chunks:
            waiting.append(chunk)
            size += len(chunk)
            if size >= AT_ONCE:
                transport.write(b"".join(waiting))
                waiting, size = [], 0
                await self._writable.wait()
                if self.closed or (self._answer is not None and self._answer.done()):
                    self.closed = True  # it has gone, or has answered before it had all of it
                    return
        if waiting:
            transport.write(b"".join(waiting))

    def close(self) -> None:
        """Close at once."""
        self.closed = True
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by inheritance

    def connection_lost(self, exc: Exception | None) -> None:
        """The end, in the middle of an answer or between two; one without a length ends just so."""
        self.closed = True
        self._writable.set()
        if self._endless and self._in_body:
            self.on_message_complete()
        if isinstance(exc, ssl.SSLError):  # with TLS 1.3 a server refuses our certificate so late
            self._fail(tls_reason(exc))
        self._fail(str(exc) if exc else "the server closed the connection before its answer")

    def pause_writing(self) -> None:
        """The server takes no more for now."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """The server takes more."""
        self._writable.set()

    def data_received(self, data: bytes) -> None:
        """Take in octets of an answer."""
        if self._answer is None or self._answer.done():
            self.close()  # nobody asked
            return
        if not self._in_body:
            self._head += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._fail(f"no HTTP answer: {type(error).__name__} {error}")
            self.close()
        if not self._in_body and self._head > HEADER_OCTETS:
            self._fail("the header of the answer is too large")
            self.close()

    def on_message_begin(self) -> None:
        """An answer begins; one behind the answer would be taken for that of the next message."""
        if self._answer is not None and self._answer.done():
            self.close()
        self._content_type = ""
        self._body = bytearray()
        self._in_body = False
        self._endless = True

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header field of the answer."""
        field = name.lower()
        if field == b"content-type":
            self._content_type = value.decode("latin-1")
        elif field in (b"content-length", b"transfer-encoding"):
            self._endless = False

    def on_headers_complete(self) -> None:
        """The header is complete."""
        self._in_body = True

    def on_body(self, octets: bytes) -> None:
        """Octets of the answer's body; what exceeds `ANSWER_CAP` ends it."""
        self._body += octets[: ANSWER_CAP - len(self._body)]
        if len(self._body) >= ANSWER_CAP:
            self._succeed()
            self.close()

    def on_message_complete(self) -> None:
        """The answer is complete, unless it only says that it is to come."""
        if self._parser.get_status_code() >= _FINAL:
            if not self._parser.should_keep_alive():
                self.closed = True
            self._succeed()
        self._head, self._in_body = 0, False

    def _succeed(self) -> None:
        if self._answer is not None and not self._answer.done():
            status = self._parser.get_status_code()
            self._answer.set_result(Reply(status, self._content_type, bytes(self._body)))

    def _fail(self, why: str) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError(why))


def tls_reason(error: ssl.SSLError) -> str:
    """What went wrong with TLS, in words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        why = getattr(error, "verify_message", "") or str(error.args[-1])
        return f"the certificate of the partner's server was not accepted: {why}"
    return f"TLS failed: {str(error.reason or error).replace('_', ' ').lower()}"
