"""API tokens: made with scope, posts, partners and an end; revoked."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from keruen.access import Act
from keruen.api.tokens import SCOPES, made, parse_scopes
from keruen.console.administration.form import Form, choices_of, one_of, scope_of
from keruen.console.entry.forms import choices
from keruen.console.entry.routes import onward
from keruen.console.entry.trail import acting, note
from keruen.console.rendering import Asked, Desk
from keruen.errors import UsageError
from keruen.people.audit import Deed
from keruen.people.audit import note as noted
from keruen.store import ApiToken, Reader, Transaction

Page = Response[str]
TheDesk = NamedDependency[Desk]
TOKENS = "/administration/tokens"
WRONG, LONGEST = 422, 3660


@get(TOKENS, act=Act.MANAGE_TOKENS, sync_to_thread=True)
def tokens(request: Asked, desk: TheDesk) -> Page:
    """All tokens, and the form of a new one."""
    return _list(request, desk)


@post(TOKENS, act=Act.MANAGE_TOKENS, status_code=200)
async def make(request: Asked, desk: TheDesk) -> Page:
    """Make a token; its secret is shown once."""
    note(request, skip=True)
    form, clock = await choices(request), desk.context.clock
    try:
        row, secret = _token(desk, form)
    except UsageError as error:
        return await asyncio.to_thread(_list, request, desk, form, error.code)
    doer = acting(request)

    def store(tx: Transaction) -> None:
        tx.add_api_token(row)
        noted(tx, clock, doer, Deed.MAKE_TOKEN, row.token_id, detail=f"{row.name}: {row.scopes}")

    await desk.store.write(store)
    return desk.page(request, "administration/token.html", {"token": row, "secret": secret})


@post(f"{TOKENS}/{{token_id:str}}/revoke", act=Act.MANAGE_TOKENS, status_code=200)
async def revoke(request: Asked, desk: TheDesk, token_id: FromPath[str]) -> Page:
    """End a token at once."""
    note(request, skip=True)
    clock, doer = desk.context.clock, acting(request)

    def end(tx: Transaction) -> None:
        if tx.revoke_api_token(token_id, clock.wall()):
            noted(tx, clock, doer, Deed.REVOKE_TOKEN, token_id)

    await desk.store.write(end)
    return onward(TOKENS)


def _token(desk: Desk, form: Form) -> tuple[ApiToken, str]:
    """A new token as the form says.

    Raises:
        UsageError: ``token-name``, ``token-days``, ``scope-unknown``.
    """
    name, days, clock = one_of(form, "name").strip(), one_of(form, "days"), desk.context.clock
    if not name:
        raise UsageError("token-name", "say whose token this is")
    if not days.isdecimal() or not 1 <= int(days) <= LONGEST:
        raise UsageError("token-days", f"a token is good for 1 to {LONGEST} days")
    scopes = parse_scopes(form.get("scope", ()))
    if not scopes:
        raise UsageError("scope-unknown", "choose at least one scope")
    return made(
        clock.new_id(),
        clock.entropy(),
        name[:200],
        scopes,
        clock.wall(),
        int(days),
        posts=scope_of(form, "post"),
        partners=scope_of(form, "partner"),
    )


def _list(request: Asked, desk: Desk, form: Form | None = None, fault: str | None = None) -> Page:
    view: dict[str, Any] = {
        "tokens": desk.store.read(Reader.api_tokens),
        "now_wall": desk.context.clock.wall(),
        "scopes": list(SCOPES),
        "fault": fault,
        "typed": form or {"days": ("365",), "all-posts": ("on",), "all-partners": ("on",)},
        **choices_of(desk),
    }
    return desk.page(request, "administration/tokens.html", view, status=WRONG if fault else 200)


ROUTES = (tokens, make, revoke)
