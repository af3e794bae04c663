"""Tells one address of each event, in order: signed, repeated until it is taken, from where it stopped.

An address that does not answer holds up its own events and nobody else's: the next one is told when this one
was taken.

Source: Standard Webhooks 1.0 (headers ``webhook-id``, ``-timestamp``, ``-signature``; HMAC-SHA256, ``v1``).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import msgspec
import structlog

from keruen.exchange.context import Context
from keruen.exchange.feed import CONTENT_TYPE, told
from keruen.exchange.working import work
from keruen.store import HookPosition, Store

SECONDS = 0.5
"""How often it is looked whether something happened."""
PAGE = 100
SUCCESS = range(200, 300)
GONE = 410
"""The address asks never to be told again (RFC 9110, 15.5.11): it is left alone until the node starts anew."""

Post = Callable[[str, Mapping[str, str], bytes], Awaitable[int]]
"""Posts a body with these headers to an address; gives the HTTP status, raises OSError when no answer came."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Hook:
    """An address that is told.

    Attributes:
        secret: key of the signature.
        happenings: names of events that it wants; empty: all.
    """

    name: str
    url: str
    secret: bytes
    happenings: frozenset[str] = frozenset()


@dataclass(slots=True)
class Webhook:
    """Tells one hook, until cancelled.

    Args:
        delay: how long to wait after so many attempts.
    """

    store: Store
    context: Context
    hook: Hook
    post: Post
    delay: Callable[[int], timedelta]
    hint: asyncio.Event = field(default_factory=asyncio.Event)
    gone: bool = False

    async def run(self) -> None:
        """Tell without end."""
        await work(self.round, self.hint, SECONDS, f"webhook {self.hook.name}")

    async def round(self) -> int:
        """Tell what is new, until something is not taken; gives how many events were passed."""
        position = await asyncio.to_thread(self._position)
        wall = self.context.clock.wall()
        if self.gone or (position.next_attempt and position.next_attempt > wall):
            return 0
        passed = 0
        for event in await asyncio.to_thread(self._new, position):
            wrong = await self.tell(event) if self._wants(event) else None
            if wrong is not None:
                await self._later(position, wrong)
                return passed
            position = HookPosition(hook=self.hook.name, event_id=event["id"])
            passed += 1
        if passed:
            await self.store.write(lambda tx: tx.put_hook_position(position))
        return passed

    def _position(self) -> HookPosition:
        found = self.store.read(lambda reader: reader.hook_position(self.hook.name))
        return found or HookPosition(hook=self.hook.name, event_id="")

    def _new(self, position: HookPosition) -> list[dict[str, Any]]:
        country, after = self.context.country, position.event_id
        return self.store.read(lambda reader: told(reader, country, after, PAGE))

    def _wants(self, event: dict[str, Any]) -> bool:
        return not self.hook.happenings or event["data"]["happened"] in self.hook.happenings

    async def _later(self, position: HookPosition, wrong: str) -> None:
        attempts = position.attempts + 1
        again = self.context.clock.wall() + self.delay(attempts)
        log.warning("webhook", hook=self.hook.name, why=wrong, again=again.isoformat())
        later = msgspec.structs.replace(
            position, attempts=attempts, next_attempt=again, last_error=wrong
        )
        await self.store.write(lambda tx: tx.put_hook_position(later))

    async def tell(self, event: dict[str, Any]) -> str | None:
        """Post one event; gives why it was not taken."""
        body, stamp = msgspec.json.encode(event), int(self.context.clock.wall().timestamp())
        headers = {
            "Content-Type": CONTENT_TYPE,
            **signed(self.hook.secret, event["id"], stamp, body),
        }
        try:
            status = await self.post(self.hook.url, headers, body)
        except OSError as error:
            return f"no answer: {str(error) or type(error).__name__}"
        self.gone = status == GONE
        return None if status in SUCCESS else f"the address answers {status}"


def signed(secret: bytes, event_id: str, stamp: int, body: bytes) -> dict[str, str]:
    """The three headers by which a receiver knows who tells, what, and when.

    Args:
        stamp: seconds since 1970.
    """
    covered = f"{event_id}.{stamp}.".encode() + body
    mark = base64.b64encode(hmac.digest(secret, covered, hashlib.sha256)).decode()
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(stamp),
        "webhook-signature": f"v1,{mark}",
    }
