"""One request to the endpoint while it comes in, and what is answered to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from time import monotonic
from typing import Any, Protocol

import httptools

from keruen.as4 import Certificate
from keruen.exchange import Reply

AHEAD = 65_536
"""Octets of a body that wait to be taken at most, before its client has to wait."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: a reply, and the header fields that it needs beyond type and length."""

    reply: Reply
    fields: tuple[tuple[str, str], ...] = ()

    @classmethod
    def plain(cls, status: int, text: str, *fields: tuple[str, str]) -> Answer:
        """A line for people."""
        return cls(Reply(status, "text/plain; charset=utf-8", f"{text}\n".encode()), fields)

    def head(self) -> bytes:
        """Status line and header."""
        reply = self.reply
        size = reply.size if reply.chunks else len(reply.body)
        fields = [("content-length", str(size)), ("date", _date(int(monotonic()))), *self.fields]
        if reply.content_type:
            fields.append(("content-type", reply.content_type))
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
        status = HTTPStatus(reply.status)
        return f"HTTP/1.1 {status.value} {status.phrase}\r\n{lines}\r\n".encode("latin-1")


@lru_cache(maxsize=1)
def _date(second: int) -> str:  # noqa: ARG001 - it is made anew when that changes
    return formatdate(usegmt=True)


class Connection(Protocol):
    """What a request needs of the connection that it comes by."""

    chain: tuple[Certificate, ...]
    """What the client showed in the TLS handshake."""

    def write(self, octets: bytes) -> None:
        """Send octets."""

    def hold(self) -> None:
        """Read no more for now."""

    def go_on(self) -> None:
        """Read on."""


class Request:
    """One request: its header, and its body while it comes in.

    Attributes:
        chain: what the client showed in the TLS handshake.
        whole: whether all of its body has come.
    """

    def __init__(
        self, parser: Any, url: bytes, fields: dict[bytes, bytes], connection: Connection
    ) -> None:
        self.method: bytes = parser.get_method()
        self.path: bytes = httptools.parse_url(url).path or b"/"
        self.fields = fields
        self.keep = bool(parser.should_keep_alive())
        self.chain = connection.chain
        self.whole = False
        self._connection = connection
        self._waiting: list[bytes] = []
        self._size = 0
        self._forgotten = self._lost = False
        self._more: asyncio.Future[None] | None = None

    async def body(self) -> AsyncIterator[bytes]:
        """Octets as they come: the next ones are asked for when these have been dealt with.

        Raises:
            ConnectionResetError: the client has gone.
        """
        if not self.whole and not self._waiting and self.fields.get(b"expect") == b"100-continue":
            self._connection.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        while not (self.whole and not self._waiting):
            if self._waiting:
                octets = b"".join(self._waiting)
                self._waiting.clear()
                self._size = 0
                self._connection.go_on()
                yield octets
            elif self._lost:
                raise ConnectionResetError
            else:
                self._more = asyncio.get_running_loop().create_future()
                await self._more

    def take(self, octets: bytes) -> None:
        """Octets of the body have come."""
        if self._forgotten:
            return
        self._waiting.append(octets)
        self._size += len(octets)
        if self._size > AHEAD:
            self._connection.hold()
        self._wake()

    def end(self) -> None:
        """The body is whole."""
        self.whole = True
        self._wake()

    def lose(self) -> None:
        """The client has gone."""
        self._lost = True
        self._wake()

    def forget(self) -> None:
        """It is answered: what still comes of its body is of no use."""
        self._forgotten = True
        self._waiting.clear()
        self._connection.go_on()

    def _wake(self) -> None:
        if self._more is not None and not self._more.done():
            self._more.set_result(None)
