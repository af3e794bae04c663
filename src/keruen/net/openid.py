"""Asks an identity provider: its description, its keys, an ID token for a code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import aiohttp

TIMEOUT = 10.0
"""Seconds for one request: somebody waits before a page."""
LIMIT = 1 << 20
"""Octets that an answer may have."""


async def get_json(url: str) -> Any:
    """A JSON document. No redirect is followed, no cookie kept.

    Raises:
        OSError: no answer came, or none in JSON.
    """
    return await _asked("GET", url, {}, None)


async def post_form(
    url: str, fields: Mapping[str, str], credentials: tuple[str, str] | None
) -> Any:
    """The JSON answer to a form.

    Args:
        credentials: client id and secret, for HTTP Basic.

    Raises:
        OSError: as `get_json`.
    """
    return await _asked("POST", url, fields, credentials)


async def _asked(
    method: str, url: str, fields: Mapping[str, str], credentials: tuple[str, str] | None
) -> Any:
    timeout = aiohttp.ClientTimeout(total=TIMEOUT)
    headers = {"User-Agent": "keruen", "Accept": "application/json"}
    if credentials:
        headers["Authorization"] = aiohttp.encode_basic_auth(*credentials)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session,
            session.request(
                method, url, data=dict(fields) or None, headers=headers, allow_redirects=False
            ) as answer,
        ):
            body = await answer.content.read(LIMIT)
            if answer.status >= 500:  # noqa: PLR2004 - what is below is answered in JSON
                raise ConnectionError(f"{url} answers {answer.status}")
            return json.loads(body)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise ConnectionError(f"{url}: {str(error) or type(error).__name__}") from error
