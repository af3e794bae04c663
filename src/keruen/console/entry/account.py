"""One's own account: password, second factor, sessions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from markupsafe import Markup

from keruen.access import Act
from keruen.access.second import address_of
from keruen.console.entry.entrance import ACCOUNT
from keruen.console.entry.forms import fields
from keruen.console.entry.routes import door_of, onward
from keruen.console.entry.trail import note
from keruen.console.rendering import Asked, Desk
from keruen.errors import UsageError
from keruen.people import account as own
from keruen.people.sessions import Entered
from keruen.store import Account, Reader, SecondFactor

Page = Response[str]
TheDesk = NamedDependency[Desk]
FACTOR = "/account/factor"
WRONG = 422


@get(ACCOUNT, act=Act.OWN_ACCOUNT, sync_to_thread=True)
def account(request: Asked, desk: TheDesk) -> Page:
    """Who one is here, and what one can change."""
    return _shown(request, desk)


@post("/account/password", act=Act.OWN_ACCOUNT, status_code=200)
async def password(request: Asked, desk: TheDesk) -> Page:
    """Choose another password."""
    form = await fields(request)
    wanted = form.get("wanted", "")

    def renew(mine: Account) -> str:
        if wanted != form.get("again"):
            raise UsageError("password-twice", "the two new passwords are not the same")
        return own.renewed(door_of(request, desk), mine, form.get("present", ""), wanted)

    done = await _tried(request, desk, renew)
    if isinstance(done, Response):
        return done
    entrance = desk.entrance
    return onward(ACCOUNT, [entrance.cookie(entrance.session_cookie, str(done))])


@post(FACTOR, act=Act.OWN_ACCOUNT, status_code=200)
async def begin_factor(request: Asked, desk: TheDesk) -> Page:
    """Make a secret for an authenticator app."""
    await _tried(request, desk, lambda mine: own.factor_begun(door_of(request, desk), mine))
    return onward(FACTOR)


@get(FACTOR, act=Act.OWN_ACCOUNT, sync_to_thread=True)
def factor(request: Asked, desk: TheDesk) -> Page:
    """The secret as a QR code, until it is confirmed."""
    return _factor_page(request, desk)


@post(f"{FACTOR}/confirm", act=Act.OWN_ACCOUNT, status_code=200)
async def confirm_factor(request: Asked, desk: TheDesk) -> Page:
    """Show that the app works; the recovery codes are shown this once."""
    code = (await fields(request)).get("code", "")
    show = _factor_page
    done = await _tried(
        request, desk, lambda mine: own.factor_confirmed(door_of(request, desk), mine, code), show
    )
    if isinstance(done, Response):
        return done
    return desk.page(request, "entry/recovery.html", {"codes": done})


@post(f"{FACTOR}/drop", act=Act.OWN_ACCOUNT, status_code=200)
async def drop_factor(request: Asked, desk: TheDesk) -> Page:
    """Come in by password alone again."""
    code = (await fields(request)).get("code", "")
    done = await _tried(
        request, desk, lambda mine: own.factor_dropped(door_of(request, desk), mine, code)
    )
    return done if isinstance(done, Response) else onward(ACCOUNT)


@post("/account/sessions/{session_id:str}/end", act=Act.OWN_ACCOUNT, status_code=200)
async def end_session(request: Asked, desk: TheDesk, session_id: FromPath[str]) -> Page:
    """End one of one's sessions."""
    await _tried(
        request, desk, lambda mine: own.session_ended(door_of(request, desk), mine, session_id)
    )
    return onward(ACCOUNT)


async def _tried(
    request: Asked,
    desk: Desk,
    act: Callable[[Account], Any],
    show: Callable[..., Page] | None = None,
) -> Any:
    """What an act gives, or the page again with what was wrong; it writes its own entry of the trail."""
    note(request, skip=True)

    def try_it() -> Any:
        mine = desk.store.read(lambda reader: reader.account(request.user.user_id))
        try:
            return act(mine) if mine else onward(ACCOUNT)
        except UsageError as error:
            return (show or _shown)(request, desk, fault=error.code)

    return await asyncio.to_thread(try_it)


def _shown(request: Asked, desk: Desk, *, fault: str | None = None) -> Page:
    found: Entered = request.auth
    view = desk.store.read(lambda reader: _view(reader, found))
    view |= {
        "fault": fault,
        "must_change": found.must_change,
        "now_wall": desk.context.clock.wall(),
    }
    return desk.page(request, "entry/account.html", view, status=WRONG if fault else 200)


def _view(reader: Reader, found: Entered) -> dict[str, Any]:
    user_id = found.person.user_id
    mine = reader.account(user_id)
    return {
        "has_password": mine is not None and mine.password is not None,
        "factor": _confirmed(reader.second_factor(user_id)),
        "sessions": reader.sessions_of(user_id),
        "session_id": found.session.session_id,
    }


def _confirmed(row: SecondFactor | None) -> SecondFactor | None:
    return row if row and row.confirmed else None


def _factor_page(request: Asked, desk: Desk, *, fault: str | None = None) -> Page:
    row = desk.store.read(lambda reader: reader.second_factor(request.user.user_id))
    if row is None or row.confirmed is not None:
        return onward(ACCOUNT)
    issuer = f"Keruen {desk.title or desk.context.country}"
    view: Mapping[str, Any] = {
        "secret": row.secret,
        "picture": picture_of(address_of(row.secret, request.user.name, issuer)),
        "fault": fault,
    }
    return desk.page(request, "entry/factor.html", view, status=WRONG if fault else 200)


def picture_of(address: str) -> Markup:
    """A QR code as SVG without script or style, dark on light in either scheme."""
    import segno  # noqa: PLC0415 - one page draws one

    code = segno.make(address, error="m")
    svg = code.svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    return Markup(svg)  # noqa: S704 - our own drawing: no text of anybody is in it


ROUTES = (account, password, begin_factor, factor, confirm_factor, drop_factor, end_session)
