"""The log-in: name and password, then the second factor; and the way out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery

from keruen.access import Act
from keruen.console.entry.entrance import LOG_IN, home_of, log_in_address, own_address
from keruen.console.entry.forms import bind, fields, token_of
from keruen.console.entry.trail import acting, address_of, note
from keruen.console.rendering import Asked, Desk
from keruen.people import entering
from keruen.people.accounts import person_of
from keruen.people.audit import Deed
from keruen.people.audit import note as noted
from keruen.people.entering import Admitted, Door, Refused
from keruen.people.sessions import Entered
from keruen.store import Reader, Transaction

Page = Response[str]
TheDesk = NamedDependency[Desk]
SECOND = "/log-in/second"
BAD, TOO_MANY = 422, 429
T = TypeVar("T")
_TRYING = ThreadPoolExecutor(2 * entering.AT_ONCE, thread_name_prefix="log-in")


@get(LOG_IN, act=Act.ENTER, sync_to_thread=True)
def log_in(request: Asked, desk: TheDesk, next: FromQuery[str] = "") -> Response[str]:  # noqa: A002
    """The log-in page, or onward for whoever is in."""
    if request.scope["user"] is not None:
        return onward(own_address(next) or home_of(request.user))
    return log_in_page(request, desk, {"wanted": own_address(next)})


@post(LOG_IN, act=Act.ENTER, status_code=200)
async def enter(request: Asked, desk: TheDesk) -> Page:
    """Try a name and a password."""
    form = await fields(request)
    found = await _apart(
        entering.with_password,
        door_of(request, desk),
        form.get("name", ""),
        form.get("password", ""),
    )
    wanted = own_address(form.get("next"))
    if isinstance(found, Refused):
        view = {"wanted": wanted, "name": form.get("name", ""), "refused": found}
        return await asyncio.to_thread(log_in_page, request, desk, view)
    return let_in(request, desk, found, wanted)


@get(SECOND, act=Act.ENTER, sync_to_thread=True)
def second(request: Asked, desk: TheDesk, next: FromQuery[str] = "") -> Response[str]:  # noqa: A002
    """The page that asks for a code."""
    if _halfway(request) is None:
        return onward(log_in_address(next))
    return desk.page(request, "entry/second.html", _second_view(own_address(next)))


@post(SECOND, act=Act.ENTER, status_code=200)
async def show_code(request: Asked, desk: TheDesk) -> Page:
    """Try a code."""
    form, halfway = await fields(request), _halfway(request)
    wanted = own_address(form.get("next"))
    if halfway is None:
        return onward(log_in_address(wanted))
    user_id = halfway.session.user_id
    account = await asyncio.to_thread(desk.store.read, lambda reader: reader.account(user_id))
    if account is None:
        raise NotFoundException
    found = await _apart(
        entering.with_code,
        door_of(request, desk),
        account,
        halfway.session.session_id,
        form.get("code", ""),
    )
    if isinstance(found, Refused):
        view = _second_view(wanted, found)
        return desk.page(request, "entry/second.html", view, status=_status(found))
    return let_in(request, desk, found, wanted)


@post("/log-out", act=Act.OWN_ACCOUNT, status_code=303)
async def log_out(request: Asked, desk: TheDesk) -> Page:
    """End this session."""
    found: Entered = request.auth
    doer, clock = acting(request), desk.context.clock

    def end(tx: Transaction) -> None:
        tx.end_session(found.session.user_id, found.session.session_id)
        noted(tx, clock, doer, Deed.LOG_OUT, found.person.name)

    await desk.store.write(end)
    note(request, skip=True)
    entrance = desk.entrance
    return onward(LOG_IN, [entrance.cookie(entrance.session_cookie, "", ended=True)])


async def _apart(act: Callable[..., T], *arguments: Any) -> T:
    """Try a log-in in threads of its own: however many try, pages are read all the same."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_TRYING, partial(act, *arguments))


def onward(address: str, cookies: Sequence[Cookie] = ()) -> Page:
    """To another page: after what was asked for was done, or to where somebody is to begin."""
    return Response("", status_code=303, headers={"Location": address}, cookies=list(cookies))


def let_in(request: Asked, desk: Desk, found: Admitted, wanted: str | None) -> Page:
    """Onward with a new session: whatever the browser had before is worth nothing any more."""
    entrance = desk.entrance
    cookies = [
        entrance.cookie(entrance.session_cookie, found.secret),
        entrance.cookie(entrance.form_cookie, "", ended=True),
    ]
    note(request, skip=True)
    if found.complete:
        return onward(wanted or home_of(person_of(found.account)), cookies)
    return onward(f"{SECOND}?{urlencode({'next': wanted})}" if wanted else SECOND, cookies)


def log_in_page(request: Asked, desk: Desk, view: Mapping[str, Any]) -> Page:
    """The log-in page, bound to the browser."""
    entrance, cookies = desk.entrance, list[Cookie]()
    if not token_of(request):
        secret = desk.context.clock.entropy().hex()
        bind(request, secret)
        cookies.append(entrance.cookie(entrance.form_cookie, secret))
    refused = view.get("refused")
    whole = {
        "name": "",
        "refused": None,
        "fault": None,
        "is_empty": not desk.store.read(Reader.has_accounts),
        "openid": entrance.oidc.title if entrance.oidc else None,
    }
    status = BAD if view.get("fault") else _status(refused)
    answer = desk.page(request, "entry/log-in.html", {**whole, **view}, status=status)
    answer.cookies.extend(cookies)
    return answer


def _second_view(wanted: str | None, refused: Refused | None = None) -> Mapping[str, Any]:
    return {"wanted": wanted, "refused": refused}


def _status(refused: Refused | None) -> int:
    if refused is None:
        return 200
    return TOO_MANY if refused.busy or refused.wait else BAD


def _halfway(request: Asked) -> Entered | None:
    """Whoever has shown a password and still has a code to show."""
    found: Entered | None = request.scope["auth"]
    return None if found is None or found.session.complete else found


def door_of(request: Asked, desk: Desk) -> Door:
    """Where this browser knocks."""
    agent = request.headers.get("User-Agent", "")
    return Door(desk.store, desk.context.clock, address_of(request), agent, demo=desk.entrance.demo)


ROUTES = (log_in, enter, second, show_code, log_out)
