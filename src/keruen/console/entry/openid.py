"""To the identity provider and back: a browser is sent there, and comes back with a code."""

from __future__ import annotations

import asyncio
import base64
from hmac import compare_digest

import structlog
from litestar import Response, get
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery

from keruen.access import Act
from keruen.access.openid import Going, refused
from keruen.console.entry.entrance import own_address
from keruen.console.entry.routes import door_of, let_in, log_in_page, onward
from keruen.console.rendering import Asked, Desk
from keruen.errors import LocalError
from keruen.people.entering import Admitted
from keruen.people.provider import Provider
from keruen.people.vouched import vouched

Page = Response[str]
TheDesk = NamedDependency[Desk]
OPENID, BACK = "/log-in/openid", "/log-in/openid/back"
MARK = "."
"""Stands in the cookie between the secret and the page that was wanted."""

log = structlog.get_logger()


@get(OPENID, act=Act.ENTER)
async def leave(request: Asked, desk: TheDesk, next: FromQuery[str] = "") -> Page:  # noqa: A002
    """To the identity provider; a link, not a form: the pages' own policy lets forms lead to us only."""
    provider, secret = _provider(desk), desk.context.clock.entropy().hex()
    wanted = base64.urlsafe_b64encode((own_address(next) or "").encode()).decode().rstrip("=")
    try:
        address = await provider.way_to(Going(secret), _back(request))
    except LocalError as error:
        return await _again(request, desk, error)
    return onward(address, [_cookie(desk, f"{secret}{MARK}{wanted}")])


@get(BACK, act=Act.ENTER)
async def come_back(request: Asked, desk: TheDesk) -> Page:
    """Back from it, with a code or without."""
    provider = _provider(desk)
    kept = request.cookies.get(desk.entrance.openid_cookie, "")
    secret, _, wanted = kept.partition(MARK)
    try:
        found = await _admitted(request, desk, provider, Going(secret))
    except LocalError as error:
        return await _again(request, desk, error)
    answer = let_in(request, desk, found, own_address(_decoded(wanted)))
    answer.cookies.append(_cookie(desk, "", ended=True))
    return answer


async def _admitted(request: Asked, desk: Desk, provider: Provider, going: Going) -> Admitted:
    asked = request.query_params
    state, code = asked.get("state", ""), asked.get("code", "")
    if not going.secret or not compare_digest(state.encode(), going.state.encode()):
        raise refused("the answer does not belong to this browser")
    if asked.get("iss", provider.settings.issuer) != provider.settings.issuer:
        raise refused("the answer is of another issuer (RFC 9207)")
    if not code:
        raise refused(f"no code came back: {asked.get('error', '')[:100]}")
    claims = await provider.claims(going, code, _back(request))
    return await asyncio.to_thread(vouched, door_of(request, desk), provider.settings, claims)


async def _again(request: Asked, desk: Desk, error: LocalError) -> Page:
    """The log-in page, with what was wrong; the operator finds the cause in the log."""
    log.warning("log-in by OpenID Connect failed", code=error.code, why=error.detail)
    view = {"wanted": None, "fault": error.code}
    answer = await asyncio.to_thread(log_in_page, request, desk, view)
    answer.cookies.append(_cookie(desk, "", ended=True))
    return answer


def _decoded(word: str) -> str:
    try:
        return base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode()
    except ValueError:
        return ""


def _provider(desk: Desk) -> Provider:
    if desk.entrance.oidc is None:
        raise NotFoundException
    return desk.entrance.oidc


def _back(request: Asked) -> str:
    """The address to come back to: the host is one of ours, or `guard` would have refused it."""
    return f"{request.url.scheme}://{request.headers['Host']}{BACK}"


def _cookie(desk: Desk, value: str, *, ended: bool = False) -> Cookie:
    return desk.entrance.cookie(desk.entrance.openid_cookie, value, ended=ended)


ROUTES = (leave, come_back)
