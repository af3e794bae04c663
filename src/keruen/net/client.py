"""Posts AS4 messages to partners over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Self

import aiohttp

from keruen.exchange import Answer, Reply, pulled
from keruen.net.patience import Patience
from keruen.net.pool import IDLE_SECONDS, Pool
from keruen.net.posting import ANSWER_CAP, tls_reason

LARGE = 512 << 10
"""Octets of a body from which on it is made in a thread; what is smaller goes the fast way, by `Pool`."""


class HttpTransport:
    """One pool of connections to all partners; use as an async context manager.

    Nothing that a partner answers changes the next request: no redirect, cookie or packed body is taken.

    Args:
        timeout: seconds that a post may stand still, or wait for its answer; a large one may wait longer.
        tls: address of a partner → the context for connections to it; https goes nowhere else.
    """

    def __init__(
        self, timeout: float, tls: Mapping[str, ssl.SSLContext] = MappingProxyType({})
    ) -> None:
        self._tls = tls
        self._seconds = timeout
        self._session: aiohttp.ClientSession | None = None
        self._pool: Pool | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._seconds),
            headers={"User-Agent": "keruen", "Accept-Encoding": "identity"},
            connector=aiohttp.TCPConnector(keepalive_timeout=IDLE_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        )
        self._pool = Pool(self._context)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.close()
        if self._session is not None:
            await self._session.close()

    async def __call__(
        self, url: str, content_type: str, chunks: Callable[[], Iterator[bytes]], size: int
    ) -> Reply:
        """Post a body of `size` octets; gives the answer, cut at `ANSWER_CAP`, whatever its status.

        Raises:
            OSError: no answer came, or not from whom it should.
        """
        if self._session is None or self._pool is None:
            raise RuntimeError("the transport is used before it is entered")
        if size <= LARGE:
            async with asyncio.timeout(self._seconds):
                return await self._pool.post(url, content_type, chunks, size)
        try:
            async with asyncio.timeout(self._seconds) as deadline:
                outgoing = _Outgoing(chunks, Patience(deadline, self._seconds))
                headers = {"Content-Type": content_type, "Content-Length": str(size)}
                return await self._post(url, headers, outgoing)
        except aiohttp.ClientError as error:
            raise ConnectionError(_reason(error)) from error

    def _context(self, url: str) -> ssl.SSLContext | bool:
        if not url.startswith("https:"):
            return True
        if url not in self._tls:
            raise ConnectionError(
                f"nothing is agreed by which the server at {url} could be trusted"
            )
        return self._tls[url]

    async def _post(self, url: str, headers: dict[str, str], outgoing: _Outgoing) -> Reply:
        assert self._session is not None  # noqa: S101 - the caller has looked
        async with self._session.post(
            url,
            data=outgoing.stream(),
            headers=headers,
            allow_redirects=False,
            ssl=self._context(url),
        ) as response:
            body = await _capped(response.content)
            if not outgoing.ended:  # refused in the middle: the rest is of no use to anybody
                response.close()
            return Reply(response.status, response.headers.get("Content-Type", ""), body)

    @contextlib.asynccontextmanager
    async def fetch(self, url: str, content_type: str, body: bytes) -> AsyncIterator[Answer]:
        """Post a small body; gives the answer, whatever its status, while it comes in.

        Raises:
            OSError: no answer came, or not all of it.
        """
        if self._session is None:
            raise RuntimeError("the transport is used before it is entered")
        try:
            async with (
                asyncio.timeout(self._seconds) as deadline,
                self._session.post(
                    url,
                    data=body,
                    headers={"Content-Type": content_type},
                    allow_redirects=False,
                    ssl=self._context(url),
                ) as response,
            ):
                chunks = _incoming(response.content, Patience(deadline, self._seconds))
                yield Answer(response.status, response.headers.get("Content-Type", ""), chunks)
        except aiohttp.ClientError as error:
            raise ConnectionError(_reason(error)) from error


async def _incoming(content: aiohttp.StreamReader, patience: Patience) -> AsyncIterator[bytes]:
    async for chunk in content.iter_any():
        patience.moved(len(chunk))
        yield chunk
    patience.all_there()


def _reason(error: aiohttp.ClientError) -> str:
    """What went wrong with a connection, in words, without the client's own about it."""
    cause = error.__cause__
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return tls_reason(cause)
        cause = cause.__cause__
    if isinstance(error, aiohttp.ClientConnectorError):
        why = error.os_error.strerror or str(error.os_error) or "the other side closed it"
        return f"cannot connect to {error.host}:{error.port}: {why}"
    return str(error) or type(error).__name__


async def _capped(content: aiohttp.StreamReader) -> bytes:
    body = bytearray()
    while len(body) < ANSWER_CAP and (more := await content.read(ANSWER_CAP - len(body))):
        body += more
    return bytes(body)


class _Outgoing:
    """A large body on its way out: read and encrypted in a thread, chunk by chunk."""

    def __init__(self, chunks: Callable[[], Iterator[bytes]], patience: Patience) -> None:
        self._chunks, self._patience = chunks, patience
        self.ended = False

    async def stream(self) -> AsyncIterator[bytes]:
        """The chunks."""
        chunks = self._chunks()
        async for chunk in pulled(chunks):
            yield chunk
            self._patience.moved(len(chunk))
        self._patience.all_there()
        self.ended = True
