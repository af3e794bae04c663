"""Posts AS4 messages to partners over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Self

import aiohttp

from keruen.exchange import Reply

ANSWER_CAP = 1 << 20
"""Octets of an answer that are read at most; a receipt is some kilobytes."""
IDLE_SECONDS = 10
"""How long a connection is kept for the next message; shorter than servers wait."""


class HttpTransport:
    """One pool of connections to all partners; use as an async context manager.

    Nothing that a partner answers changes the next request: no redirect, cookie or packed body is taken.

    Args:
        timeout: seconds that one post may take, answer included.
    """

    def __init__(self, timeout: float) -> None:
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            timeout=self._timeout,
            headers={"User-Agent": "keruen", "Accept-Encoding": "identity"},
            connector=aiohttp.TCPConnector(keepalive_timeout=IDLE_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def __call__(
        self, url: str, content_type: str, chunks: Callable[[], Iterator[bytes]], size: int
    ) -> Reply:
        """Post a body of `size` octets; gives the answer, cut at `ANSWER_CAP`, whatever its status.

        Raises:
            OSError: no answer came.
        """
        if self._session is None:
            raise RuntimeError("the transport is used before it is entered")
        try:
            async with self._session.post(
                url,
                data=_stream(chunks),
                headers={"Content-Type": content_type, "Content-Length": str(size)},
                allow_redirects=False,
            ) as response:
                body = await _capped(response.content)
                return Reply(response.status, response.headers.get("Content-Type", ""), body)
        except aiohttp.ClientError as error:
            raise ConnectionError(str(error) or type(error).__name__) from error


async def _capped(content: aiohttp.StreamReader) -> bytes:
    body = bytearray()
    while len(body) < ANSWER_CAP and (more := await content.read(ANSWER_CAP - len(body))):
        body += more
    return bytes(body)


async def _stream(chunks: Callable[[], Iterator[bytes]]) -> AsyncIterator[bytes]:
    for chunk in chunks():
        yield chunk
