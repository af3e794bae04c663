"""Who comes into the pages, in tests: accounts of any roles and scope, with a session and no log-in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from litestar.testing import TestClient

from keruen.access import Role
from keruen.clock import Clock
from keruen.console import create_app
from keruen.exchange import Context
from keruen.people.accounts import Wanted, made
from keruen.people.sessions import begun
from keruen.store import Account, Store, Transaction

NONE: Mapping[str, Any] = MappingProxyType({})
LOCAL = "http://127.0.0.1"


def account(store: Store, *roles: str, name: str | None = None, **scope: Any) -> Account:
    """Somebody of these roles; of every role if none is given."""
    clock = Clock()
    wanted = Wanted(
        name=name or f"someone-{clock.new_id()[-12:]}",
        display=scope.get("display", "Айгүл"),
        roles=frozenset(map(Role, roles or Role)),
        posts=frozenset(scope["posts"]) if scope.get("posts") is not None else None,
        partners=frozenset(scope["partners"]) if scope.get("partners") is not None else None,
        language=scope.get("language"),
        subject=scope.get("subject"),
    )
    return store.write_now(lambda tx: made(tx, clock, wanted, None))


def session(store: Store, context: Context, one: Account) -> str:
    """The secret of a new session of theirs."""

    def begin(tx: Transaction) -> str:
        return begun(tx, context.clock, one, complete=True, address="127.0.0.1", agent="a test")[1]

    return store.write_now(begin)


def session_cookie(store: Store, context: Context, *roles: str, **scope: Any) -> tuple[str, str]:
    """Name and value of the cookie of somebody new who is in."""
    name = f"keruen-session-{context.country.lower()}"
    return name, session(store, context, account(store, *roles, **scope))


def client_in(
    store: Store, context: Context, *roles: str, pages: Mapping[str, Any] = NONE, **scope: Any
) -> TestClient[Any]:
    """A client in which somebody new is, to be entered as a context.

    Args:
        pages: what `create_app` takes beside.
    """
    name, secret = session_cookie(store, context, *roles, **scope)
    app = create_app(store=store, context=context, **pages)
    return TestClient(app, base_url=LOCAL, cookies={name: secret})
