"""Fetches revocation lists over HTTP, again and again; what they are worth is for others to say.

A list is signed and public, so plain http will do (RFC 5280, 8). Nothing that a server answers leads elsewhere:
no redirect is followed, no packed body unpacked, no more than the limit is read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import aiohttp
import structlog

from keruen.as4 import RevocationList

SECONDS = 3600.0
"""From one good fetch to the next."""
AGAIN_SECONDS = 60.0
"""Until the next attempt after one that failed."""
TIMEOUT = 30.0
"""For one fetch."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class ListFetcher:
    """Keeps lists fresh, until cancelled.

    Args:
        places: addresses.
        keep: takes what was fetched; ValueError if it is no good.
        limit: octets of a list at most.
    """

    places: Sequence[str]
    keep: Callable[[str, bytes], RevocationList]
    limit: int
    seconds: float = SECONDS
    again_seconds: float = AGAIN_SECONDS
    _failing: set[str] = field(default_factory=set)

    async def run(self) -> None:
        """Fetch each list at once and then in turn, each by its own clock."""
        async with asyncio.TaskGroup() as group:
            for place in self.places:
                group.create_task(self._forever(place))

    async def _forever(self, place: str) -> None:
        while True:
            good = await self.fetch(place)
            await asyncio.sleep(self.seconds if good else self.again_seconds)

    async def fetch(self, place: str) -> bool:
        """One attempt; whether a good list is there now."""
        try:
            octets = await fetched(place, self.limit)
            known = await asyncio.to_thread(self.keep, place, octets)
        except (OSError, ValueError) as error:
            log.warning("revocation list not fetched", place=place, why=str(error) or "no answer")
            return False
        log.info(
            "revocation list",
            place=place,
            of=known.issuer,
            made=known.this_update.isoformat(),
            next=known.next_update.isoformat() if known.next_update else None,
            revoked=len(known.serials),
        )
        return True


async def fetched(place: str, limit: int) -> bytes:
    """What is at an address.

    Raises:
        OSError: nothing came.
        ValueError: more than `limit` octets, or another answer than 200.
    """
    timeout = aiohttp.ClientTimeout(total=TIMEOUT)
    headers = {"User-Agent": "keruen", "Accept-Encoding": "identity"}
    try:
        async with (
            aiohttp.ClientSession(
                timeout=timeout, headers=headers, auto_decompress=False
            ) as session,
            session.get(place, allow_redirects=False) as response,
        ):
            if response.status != 200:  # noqa: PLR2004 - HTTP
                raise ValueError(f"the server answers {response.status}")
            body = bytearray()
            while more := await response.content.read(1 << 16):
                body += more
                if len(body) > limit:
                    raise ValueError(f"has more than {limit} octets")
            return bytes(body)
    except aiohttp.ClientError as error:
        raise ConnectionError(str(error) or type(error).__name__) from error
