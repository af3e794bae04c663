"""Users: made, changed, disabled, given another password."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from keruen.access import Act, Role
from keruen.access.passwords import FIRST_SIZE, first_password
from keruen.console.administration.form import Form, choices_of, one_of, scope_of
from keruen.console.entry.forms import choices
from keruen.console.entry.routes import onward
from keruen.console.entry.trail import acting, note
from keruen.console.rendering import Asked, Desk
from keruen.console.texts import LANGUAGES
from keruen.errors import UsageError
from keruen.people.accounts import Wanted, person_of
from keruen.people.administration import Office
from keruen.store import Account, Reader

Page = Response[str]
TheDesk = NamedDependency[Desk]
USERS = "/administration/users"
WRONG = 422
DEEDS: Mapping[str, Callable[[Office, str], Account]] = {
    "disable": Office.disable,
    "enable": Office.enable,
    "drop-factor": Office.drop_second_factor,
}
"""Last part of an address → what it does to somebody."""


@get(USERS, act=Act.MANAGE_USERS, audited=True, sync_to_thread=True)
def users(request: Asked, desk: TheDesk) -> Page:
    """Everybody, and the form of somebody new."""
    return _list(request, desk)


@post(USERS, act=Act.MANAGE_USERS, status_code=200)
async def make(request: Asked, desk: TheDesk) -> Page:
    """Make a user, with a first password that is shown once."""
    form = await choices(request)

    def act(office: Office) -> Page:
        name = one_of(form, "name")
        secret = None if "no-password" in form else _first_password(desk)
        row = office.make(_wanted(form, name), secret)
        return _handed_over(request, desk, row, secret)

    return await _tried(request, desk, act, lambda fault: _list(request, desk, form, fault))


@get(f"{USERS}/{{user_id:str}}", act=Act.MANAGE_USERS, audited=True, sync_to_thread=True)
def user(request: Asked, desk: TheDesk, user_id: FromPath[str]) -> Page:
    """One user, and what can be done."""
    return _user(request, desk, user_id)


@post(f"{USERS}/{{user_id:str}}", act=Act.MANAGE_USERS, status_code=200)
async def change(request: Asked, desk: TheDesk, user_id: FromPath[str]) -> Page:
    """Give somebody other roles, posts, partners."""
    form = await choices(request)

    def act(office: Office) -> Page:
        row = _account(desk, user_id)
        office.change(row.name, _wanted(form, row.name, row.subject))
        return onward(f"{USERS}/{user_id}")

    return await _tried(
        request, desk, act, lambda fault: _user(request, desk, user_id, form, fault)
    )


@post(f"{USERS}/{{user_id:str}}/password", act=Act.MANAGE_USERS, status_code=200)
async def set_password(request: Asked, desk: TheDesk, user_id: FromPath[str]) -> Page:
    """Give somebody another password, shown once."""

    def act(office: Office) -> Page:
        secret = _first_password(desk)
        row = office.set_password(_account(desk, user_id).name, secret)
        return _handed_over(request, desk, row, secret)

    return await _tried(request, desk, act, lambda fault: _user(request, desk, user_id, {}, fault))


@post(f"{USERS}/{{user_id:str}}/{{deed:str}}", act=Act.MANAGE_USERS, status_code=200)
async def do(request: Asked, desk: TheDesk, user_id: FromPath[str], deed: FromPath[str]) -> Page:
    """Disable somebody, let them in again, forget their second factor."""
    if deed not in DEEDS:
        raise NotFoundException

    def act(office: Office) -> Page:
        DEEDS[deed](office, _account(desk, user_id).name)
        return onward(f"{USERS}/{user_id}")

    return await _tried(request, desk, act, lambda fault: _user(request, desk, user_id, {}, fault))


async def _tried(
    request: Asked,
    desk: Desk,
    act: Callable[[Office], Page],
    again: Callable[[str], Page],
) -> Page:
    """What an act answers, or the page again with what was wrong; it writes its own entry of the trail."""
    note(request, skip=True)
    office = Office(desk.store, desk.context.clock, acting(request))

    def try_it() -> Page:
        try:
            return act(office)
        except UsageError as error:
            return again(error.code)

    return await asyncio.to_thread(try_it)


def _first_password(desk: Desk) -> str:
    return first_password(desk.context.clock.entropy(FIRST_SIZE))


def _handed_over(request: Asked, desk: Desk, row: Account, secret: str | None) -> Page:
    """The first password, shown this once."""
    if secret is None:
        return onward(f"{USERS}/{row.user_id}")
    view = {"account": row, "secret": secret}
    return desk.page(request, "administration/password.html", view)


def _account(desk: Desk, user_id: str) -> Account:
    row = desk.store.read(lambda reader: reader.account(user_id))
    if row is None:
        raise NotFoundException
    return row


def _wanted(form: Form, name: str, subject: str | None = None) -> Wanted:
    known = {role.value for role in Role}
    return Wanted(
        name=name,
        display=one_of(form, "display"),
        roles=frozenset(Role(one) for one in form.get("role", ()) if one in known),
        posts=scope_of(form, "post"),
        partners=scope_of(form, "partner"),
        language=one_of(form, "language") or None,
        subject=one_of(form, "subject").strip() or subject,
    )


def _list(request: Asked, desk: Desk, form: Form | None = None, fault: str | None = None) -> Page:
    rows = desk.store.read(Reader.accounts)
    people = [(row, person_of(row)) for row in rows]
    view = {"people": people, "fault": fault, "typed": form or {}, **_choices(desk)}
    return desk.page(request, "administration/users.html", view, status=WRONG if fault else 200)


def _user(
    request: Asked, desk: Desk, user_id: str, form: Form | None = None, fault: str | None = None
) -> Page:
    row = _account(desk, user_id)
    factor = desk.store.read(lambda reader: reader.second_factor(user_id))
    view = {
        "account": row,
        "typed": form or _form_of(row),
        "fault": fault,
        "factor": factor is not None and factor.confirmed is not None,
        **_choices(desk),
    }
    return desk.page(request, "administration/user.html", view, status=WRONG if fault else 200)


def _form_of(row: Account) -> Form:
    """The form as it would have been filled in."""
    person = person_of(row)
    whole = {f"all-{name}": ("on",) for name in ("posts", "partners") if getattr(row, name) is None}
    return {
        "display": (row.display,),
        "role": tuple(person.roles),
        "post": tuple(person.posts or ()),
        "partner": tuple(person.partners or ()),
        "language": (row.language or "",),
        "subject": (row.subject or "",),
        **whole,
    }


def _choices(desk: Desk) -> dict[str, Any]:
    has_oidc = desk.entrance.oidc is not None
    return {
        "roles": list(Role),
        "language_names": LANGUAGES,
        "has_oidc": has_oidc,
        **choices_of(desk),
    }


ROUTES = (users, make, user, change, set_password, do)
