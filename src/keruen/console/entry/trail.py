"""What the audit trail is told of a request: before the answer leaves, so that nothing is shown unrecorded.

A route with ``audited=True`` is recorded, and so is whatever is not a mere look, and each refusal. An open page
that fetches itself anew is one look for as long as `GOES_ON`.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import structlog
from litestar.types import Message, Send

from keruen.access import Act
from keruen.people.audit import Doer, Outcome, doer_of
from keruen.people.audit import note as noted

if TYPE_CHECKING:
    from keruen.console.rendering import Asked, Desk

GOES_ON = timedelta(minutes=10)
REMEMBERED = 10_000
FORBIDDEN, BAD, FAILED = 403, 400, 500

log = structlog.get_logger()


def note(request: Asked, **facts: Any) -> None:
    """Tell the audit trail more of this request.

    Args:
        facts: ``subject``, ``corridor``, ``detail``, or ``skip=True`` where the act wrote its own entry.
    """
    request.state.told = facts_of(request) | facts


def facts_of(request: Asked) -> dict[str, Any]:
    """What was told of it so far."""
    return dict(getattr(request.state, "told", {}))


def address_of(request: Asked) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else ""


def acting(request: Asked) -> Doer:
    """Whoever is in and asks, as the audit trail names them."""
    return doer_of(request.user, address_of(request))


class Recorded:
    """An answer that leaves once it is recorded; one that cannot be recorded does not leave."""

    def __init__(self, send: Send, trail: Trail) -> None:
        self._send, self._trail = send, trail
        self._withheld = False

    async def send(self, message: Message) -> None:
        """Pass a part of the answer on, or withhold it."""
        if self._withheld:
            return
        if message["type"] == "http.response.start":
            try:
                await self._trail.tell(message["status"])
            except Exception:  # whatever ails the store, nothing is shown unrecorded
                log.exception("the audit trail cannot be written")
                await self._refuse()
                return
        await self._send(message)

    async def _refuse(self) -> None:
        self._withheld = True
        headers = [(b"content-type", b"text/plain; charset=utf-8")]
        await self._send({"type": "http.response.start", "status": FAILED, "headers": headers})
        body = b"The audit trail cannot be written, so nothing is shown.\n"
        await self._send({"type": "http.response.body", "body": body, "more_body": False})


class Trail:
    """One request and what is to be recorded of it."""

    _looked: ClassVar[OrderedDict[tuple[str, str, str], datetime]] = OrderedDict()

    def __init__(self, desk: Desk, request: Asked) -> None:
        self._desk, self._request = desk, request

    async def tell(self, status: int) -> None:
        """Record the request that is answered with this status, if it is to be."""
        request, clock = self._request, self._desk.context.clock
        is_in, opt = request.scope["user"] is not None, request.scope["route_handler"].opt
        facts = facts_of(request)
        act = opt.get("act")
        if not is_in or act is None or facts.get("skip") or not self._wanted(opt, status):
            return
        parts = request.scope["path_params"]
        subject = facts.get("subject") or "/".join(map(str, parts.values()))
        if status < BAD and self._goes_on(act, subject):
            return
        corridor = facts.get("corridor") or parts.get("corridor")
        await self._desk.store.write(
            lambda tx: noted(
                tx,
                clock,
                acting(request),
                act,
                subject,
                outcome=_outcome(status),
                corridor=corridor,
                detail=facts.get("detail"),
            )
        )

    def _wanted(self, opt: dict[str, Any], status: int) -> bool:
        changes = self._request.method not in ("GET", "HEAD")
        return bool(opt.get("audited")) or status == FORBIDDEN or changes

    def _goes_on(self, act: Act, subject: str) -> bool:
        """Whether this is an open page that looks again at what it has shown not long ago."""
        session, now = self._request.scope["auth"].session, self._desk.context.clock.wall()
        key = session.session_id, str(act), subject
        known = self._looked.get(key)
        if "X-Fragment" in self._request.headers and known and now - known < GOES_ON:
            return True
        self._looked[key] = now
        while len(self._looked) > REMEMBERED:
            self._looked.popitem(last=False)
        return False


def _outcome(status: int) -> Outcome:
    if status == FORBIDDEN:
        return Outcome.REFUSED
    return Outcome.FAILED if status >= BAD else Outcome.DONE
