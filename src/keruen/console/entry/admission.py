"""Before each page: who asks, and whether they may. After it: the audit trail.

Each route states its act (``@get("/x", act=Act.SEE_BOARD)``). The session's cookie is looked up once a request,
so that whoever was disabled or changed is out at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from litestar.connection import ASGIConnection, Request
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp, ControllerRouterHandler, Receive, Scope, Send

from keruen.access import Act, Person
from keruen.console.entry.entrance import ACCOUNT, home_of
from keruen.console.entry.forms import bind, require_own_form
from keruen.console.entry.trail import Recorded, Trail
from keruen.console.rendering import Asked, Desk
from keruen.people.sessions import Entered, entered

SAFE = ("GET", "HEAD", "OPTIONS")


class NotEnteredError(Exception):
    """Somebody asks who is not in."""


class ElsewhereError(Exception):
    """Somebody is sent to another page: to their own start page, or to change a password that others know."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Admission:
    """Wraps each route: finds out who asks, and writes down what the audit trail wants."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        request: Asked = Request(scope)
        found = await self._entered(request)
        scope["auth"] = found
        bind(request, found.secret if found else self._form_secret(request))
        scope["user"] = found.person if found and found.session.complete else None
        await self._app(scope, receive, Recorded(send, Trail(self._desk, request)).send)

    def _form_secret(self, request: Asked) -> str | None:
        return request.cookies.get(self._desk.entrance.form_cookie)

    async def _entered(self, request: Asked) -> Entered | None:
        desk, now = self._desk, self._desk.context.clock.wall()
        found = await _looked_up(request, desk)
        if found and found.is_stale(now) and "X-Fragment" not in request.headers:
            session_id = found.session.session_id
            await desk.store.write(lambda tx: tx.session_seen(session_id, now))
        return found


async def _looked_up(request: Asked, desk: Desk) -> Entered | None:
    """Whoever is in by the cookie of this browser."""
    secret, now = request.cookies.get(desk.entrance.session_cookie), desk.context.clock.wall()
    if not secret:
        return None
    rules = desk.entrance.rules
    return await asyncio.to_thread(
        desk.store.read, lambda reader: entered(reader, secret, rules, now)
    )


async def is_in(request: Asked, desk: Desk) -> bool:
    """Whether whoever made a request is still in, for answers that go on."""
    found = await _looked_up(request, desk)
    return found is not None and found.session.complete


async def admit(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let a request through to its route, if whoever asks may do what the route states.

    Raises:
        NotEnteredError: nobody is in.
        ElsewhereError: the first page is not theirs, or they have a password to change first.
        PermissionDeniedException: they may not, or the form is not ours.
    """
    act = handler.opt.get("act")
    if act is None:
        raise NotFoundException
    if act is not Act.ENTER:
        _require_act(connection, act)
    if connection.scope.get("method") not in SAFE:
        await require_own_form(Request(connection.scope, connection.receive))


def _require_act(connection: ASGIConnection[Any, Any, Any, Any], act: Act) -> None:
    person: Person | None = connection.scope["user"]
    if person is None:
        raise NotEnteredError
    if connection.scope["auth"].must_change and act is not Act.OWN_ACCOUNT:
        raise ElsewhereError(ACCOUNT)
    if person.may(act):
        return
    if connection.scope["path"] == "/":
        raise ElsewhereError(home_of(person))
    raise PermissionDeniedException


def require(
    request: Asked, act: Act, *, post: str | None = None, partner: str | None = None
) -> None:
    """Check that whoever asks may do that at this post, or with this partner.

    Raises:
        PermissionDeniedException: 403: their roles do not allow the act.
        NotFoundException: 404: it lies outside what they see, and they do not learn that it is there.
    """
    person: Person = request.user
    if not person.may(act):
        raise PermissionDeniedException
    if not person.sees(post=post, partner=partner):
        raise NotFoundException


def require_acts(routes: Iterable[ControllerRouterHandler]) -> None:
    """Check that each route states its act: what states none would be open to nobody, or to all.

    Raises:
        TypeError: one does not.
    """
    for route in routes:
        if not isinstance(getattr(route, "opt", {}).get("act"), Act):
            raise TypeError(f"{route} states no act: write act=Act.… in its decorator")
