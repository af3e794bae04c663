"""Posts events to the administration's own systems; nothing that they answer changes the next request."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp

TIMEOUT = 30.0
"""Seconds for one request."""


async def post_event(url: str, headers: Mapping[str, str], body: bytes) -> int:
    """Post one event; gives the HTTP status. No redirect is followed, no cookie kept, no answer read.

    Raises:
        OSError: no answer came.
    """
    timeout = aiohttp.ClientTimeout(total=TIMEOUT)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session,
            session.post(
                url, data=body, headers={"User-Agent": "keruen", **headers}, allow_redirects=False
            ) as answer,
        ):
            return answer.status
    except aiohttp.ClientError as error:
        raise ConnectionError(str(error) or type(error).__name__) from error
