"""Users: who may come in, with which roles; for whoever says so."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta

from keruen.access import Act, Role
from keruen.api.gate import Call
from keruen.api.operation import operation
from keruen.api.places import Code, Country
from keruen.api.problems import missing
from keruen.api.repeating import told_once
from keruen.api.shown import only, words_of
from keruen.customs import Struct
from keruen.people.accounts import Wanted
from keruen.people.administration import Office
from keruen.store import Account, Reader

USERS: dict[str, Any] = {"tag": "Administration", "act": Act.MANAGE_USERS}
LogIn = Annotated[str, Meta(min_length=2, max_length=64, pattern=r"^[^\x00-\x20\x7f]+$")]
NOBODY = {404: ("user-unknown",)}
Posts = Annotated[frozenset[Code], Meta(max_length=1000)]
Partners = Annotated[frozenset[Country], Meta(max_length=1000)]


class User(Struct, frozen=True):
    """Somebody who may come in.

    Attributes:
        name: they log in with.
        display: what others call them.
        posts: that they see; left out: all.
        partners: that they see; left out: all.
        subject: issuer and subject of OpenID Connect.
        disabled: since when they may not come in.
    """

    name: str
    display: str
    roles: tuple[str, ...]
    created: datetime
    posts: tuple[str, ...] | None = None
    partners: tuple[str, ...] | None = None
    language: str | None = None
    subject: str | None = None
    disabled: datetime | None = None


class UserChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody shall be.

    Attributes:
        display: what others call them; left out: their name.
        posts: that they see; left out: all.
        partners: that they see; left out: all.
        subject: issuer and subject of OpenID Connect, separated by a space.
    """

    roles: Annotated[frozenset[Role], Meta(min_length=1)]
    display: Annotated[str, Meta(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    posts: Posts | None = None
    partners: Partners | None = None
    language: Annotated[str, Meta(pattern="^(en|kk|ru|tg)$")] | None = None
    subject: Annotated[str, Meta(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")] | None = None


class NewUser(UserChange, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who shall come in.

    Attributes:
        name: they log in with; no spaces.
        password: the first one, which they are asked to change; left out: they come by OpenID Connect.
        display: what others call them; left out: their name.
        posts: that they see; left out: all.
        partners: that they see; left out: all.
        subject: issuer and subject of OpenID Connect, separated by a space.
    """

    name: LogIn
    password: Annotated[str, Meta(max_length=200)] | None = None


class NewPassword(Struct, frozen=True, forbid_unknown_fields=True):
    """Another password."""

    password: Annotated[str, Meta(max_length=200)]


class OneUser(Struct, frozen=True):
    """Whom.

    Attributes:
        name: they log in with.
    """

    name: LogIn


@operation("GET", "/users", id="listUsers", audited=True, **USERS)
def users(call: Call) -> list[User]:
    """Everybody who may come in, by name."""
    return [_user(one) for one in call.gate.store.read(Reader.accounts)]


def _user(row: Account) -> User:
    plain = only(row, User.__struct_fields__)
    lists = {name: words_of(plain[name]) for name in ("roles", "posts", "partners")}
    return User(**plain | lists)


@operation(
    "POST",
    "/users",
    id="createUser",
    codes={422: ("user-exists", "user-name", "password-weak")},
    **USERS,
)
def create(call: Call, body: NewUser, key: str) -> User:
    """Let somebody in."""
    asked = {"name": body.name, **_wanted(body)}

    def act() -> User:
        return _user(_office(call).make(Wanted(**asked), body.password))

    made: User = told_once(call, key, body, act, User)
    return made


def _wanted(body: UserChange) -> dict[str, Any]:
    return only(body, ("display", "roles", "posts", "partners", "language", "subject"))


def _office(call: Call) -> Office:
    return Office(call.gate.store, call.gate.context.clock, call.caller.doer())


@operation(
    "PUT", "/users/{name}", id="changeUser", codes={**NOBODY, 422: ("last-administrator",)}, **USERS
)
def change(call: Call, place: OneUser, body: UserChange) -> User:
    """Give somebody other roles, posts or partners; their sessions end at once."""
    _known(call, place.name)
    return _user(_office(call).change(place.name, Wanted(name=place.name, **_wanted(body))))


@operation(
    "PUT",
    "/users/{name}/disabled",
    id="disableUser",
    codes={**NOBODY, 422: ("last-administrator",)},
    **USERS,
)
def disable(call: Call, place: OneUser) -> User:
    """Let somebody in no more; their sessions end at once."""
    _known(call, place.name)
    return _user(_office(call).disable(place.name))


@operation("DELETE", "/users/{name}/disabled", id="enableUser", codes=NOBODY, **USERS)
def enable(call: Call, place: OneUser) -> User:
    """Let somebody in again."""
    _known(call, place.name)
    return _user(_office(call).enable(place.name))


@operation(
    "PUT",
    "/users/{name}/password",
    id="setPassword",
    codes={**NOBODY, 422: ("password-weak",)},
    **USERS,
)
def set_password(call: Call, place: OneUser, body: NewPassword) -> User:
    """Give somebody another password, which they are asked to change; their sessions end at once."""
    _known(call, place.name)
    return _user(_office(call).set_password(place.name, body.password))


@operation("DELETE", "/users/{name}/second-factor", id="dropSecondFactor", codes=NOBODY, **USERS)
def drop_factor(call: Call, place: OneUser) -> User:
    """Let somebody in by password alone, until they set a second factor anew."""
    _known(call, place.name)
    return _user(_office(call).drop_second_factor(place.name))


def _known(call: Call, name: str) -> None:
    if call.gate.store.read(lambda reader: reader.account_named(name.casefold())) is None:
        raise missing("user-unknown", f"There is no user {name}.")


OPERATIONS = (users, create, change, disable, enable, set_password, drop_factor)
