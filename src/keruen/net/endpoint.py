"""The partner's door: takes AS4 messages at one path and knows nothing else.

It has a server of its own and shares nothing with pages, so no cookie, session or template can be reached
through it. What anybody may take of it is bounded: so many requests at once, so long for each, so many octets.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog

from keruen.exchange import Connection, Receiver
from keruen.net.patience import Patience
from keruen.net.request import Answer, Request

PATH = b"/as4"
AT_ONCE = 64
"""Requests that are taken at once; one holds little in memory, the rest of it is in quarantine on disk."""
SECONDS = 60.0
"""How long a request may stand still."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Endpoint:
    """Answers partners.

    Args:
        receiver: takes their messages.
        at_once: requests that are taken at once.
        seconds: how long one may stand still.
    """

    receiver: Receiver
    at_once: int = AT_ONCE
    seconds: float = SECONDS

    async def answer(self, request: Request) -> Answer | None:
        """The answer to one request; None when its client has gone."""
        if request.path != PATH:
            return Answer.plain(404, "not found")
        if request.method != b"POST":
            return Answer.plain(405, "AS4 messages are posted here", ("allow", "POST"))
        if self.at_once <= 0:
            return Answer.plain(503, "too many requests at once", ("retry-after", "1"))
        self.at_once -= 1
        try:
            return await self._taken(request)
        finally:
            self.at_once += 1

    async def _taken(self, request: Request) -> Answer | None:
        content_type = request.fields.get(b"content-type", b"").decode("latin-1")
        length = request.fields.get(b"content-length", b"")
        size = int(length) if length.isdigit() else None
        try:
            async with asyncio.timeout(self.seconds) as deadline:
                body = _body(request, Patience(deadline, self.seconds))
                connection = Connection(request.chain)
                return Answer(await self.receiver.receive(content_type, body, size, connection))
        except TimeoutError:
            close = ("connection", "close")
            return Answer.plain(408, "the message did not come in time", close)
        except ConnectionError:
            return None  # the partner went away in the middle; it will come again
        except Exception:
            log.exception("receiving failed")
            return Answer.plain(503, "try again later", ("retry-after", "1"))


async def _body(request: Request, patience: Patience) -> AsyncIterator[bytes]:
    """Octets as they come, each of which gives the request more time."""
    async for chunk in request.body():
        patience.moved(len(chunk))
        yield chunk
    patience.all_there()
