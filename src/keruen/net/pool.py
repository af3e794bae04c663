"""Connections to partners, kept for the next message."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from keruen.exchange import Reply
from keruen.net.posting import Connection, tls_reason

IDLE_SECONDS = 10
"""How long a connection is kept for the next message; shorter than servers wait."""
CONNECTIONS = 128
"""Connections at once, to all partners together."""
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address leads."""

    host: str
    port: int
    head: str
    """Request line and the fields that do not depend on the message."""


class Pool:
    """Connections of one event loop.

    Args:
        context: address → how TLS is spoken there, or True where it is not.
    """

    def __init__(self, context: Callable[[str], ssl.SSLContext | bool]) -> None:
        self._context = context
        self._idle: dict[str, list[Connection]] = {}
        self._free = asyncio.Semaphore(CONNECTIONS)
        self._tidying: asyncio.TimerHandle | None = None
        self._closed = False

    async def post(
        self, url: str, content_type: str, chunks: Callable[[], Iterator[bytes]], size: int
    ) -> Reply:
        """Post a small body of `size` octets; gives the answer, cut at `ANSWER_CAP`, whatever its status.

        Raises:
            OSError: no answer came, or not from whom it should.
        """
        fields = f"Content-Type: {content_type}\r\nContent-Length: {size}\r\n\r\n"
        head = (target_of(url).head + fields).encode("latin-1")
        async with self._free:
            connection = self._taken(url) or await self._connect(url)
            reply = await connection.post(head, chunks())
        self._give_back(url, connection)
        return reply

    def close(self) -> None:
        """Close what is idle now, and what is in use as soon as it no longer is."""
        self._closed = True
        if self._tidying is not None:
            self._tidying.cancel()
        self._close_idle(float("inf"))

    def _taken(self, url: str) -> Connection | None:
        """The connection that was used last and is open still."""
        idle = self._idle.get(url)
        while idle:
            connection = idle.pop()
            if not connection.closed:
                return connection
        return None

    async def _connect(self, url: str) -> Connection:
        target, loop = target_of(url), asyncio.get_running_loop()
        context = self._context(url)
        tls = context if isinstance(context, ssl.SSLContext) else None
        try:
            _, connection = await loop.create_connection(
                Connection, target.host, target.port, ssl=tls
            )
        except ssl.SSLError as error:
            raise ConnectionError(tls_reason(error)) from error
        except OSError as error:
            why = error.strerror or str(error) or "the other side closed it"
            reason = f"cannot connect to {target.host}:{target.port}: {why}"
            raise ConnectionError(reason) from error
        return connection

    def _give_back(self, url: str, connection: Connection) -> None:
        """Keep a connection for the next message, for a while."""
        if connection.closed or self._closed:
            connection.close()
            return
        loop = asyncio.get_running_loop()
        connection.idle_since = loop.time()
        self._idle.setdefault(url, []).append(connection)
        if self._tidying is None:
            self._tidying = loop.call_later(IDLE_SECONDS, self._tidy)

    def _tidy(self) -> None:
        loop = asyncio.get_running_loop()
        self._close_idle(loop.time() - IDLE_SECONDS)
        self._tidying = loop.call_later(IDLE_SECONDS, self._tidy) if self._idle else None

    def _close_idle(self, before: float) -> None:
        """Close what nobody has used since."""
        for url, idle in list(self._idle.items()):
            for connection in [one for one in idle if one.closed or one.idle_since <= before]:
                idle.remove(connection)
                connection.close()
            if not idle:
                del self._idle[url]


@lru_cache(maxsize=256)
def target_of(url: str) -> Target:
    """Where an address leads; `settings` and `cards` have seen to it that it is one."""
    address = urlsplit(url)
    query = f"?{address.query}" if address.query else ""
    head = (
        f"POST {address.path or '/'}{query} HTTP/1.1\r\n"
        f"Host: {address.netloc.rpartition('@')[2]}\r\n"
        "User-Agent: keruen\r\nAccept-Encoding: identity\r\n"
    )
    port = address.port or _PORTS.get(address.scheme, 0)
    return Target(address.hostname or "", port, head)
