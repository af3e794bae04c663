"""Accounts: made, changed, disabled. Whatever takes something from somebody ends their sessions at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from keruen.access import Person, Role
from keruen.access.passwords import SALT_SIZE, hashed, require_good
from keruen.clock import Clock
from keruen.errors import LocalError, UsageError
from keruen.store import Account, Transaction


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody shall be.

    Attributes:
        posts, partners: codes; None for all.
        subject: issuer and subject of OpenID Connect, separated by a space.
    """

    name: str
    display: str
    roles: frozenset[Role]
    posts: frozenset[str] | None = None
    partners: frozenset[str] | None = None
    language: str | None = None
    subject: str | None = None


def folded(name: str) -> str:
    """A name as it is kept and compared."""
    return name.strip().casefold()


def person_of(row: Account) -> Person:
    """Who an account stands for; a role that this release does not know counts for nothing."""
    known = {role.value for role in Role}
    return Person(
        user_id=row.user_id,
        name=row.name,
        display=row.display,
        roles=frozenset(Role(word) for word in row.roles.split() if word in known),
        posts=_codes(row.posts),
        partners=_codes(row.partners),
        language=row.language,
    )


def made(
    tx: Transaction, clock: Clock, wanted: Wanted, kept: str | None, *, must_change: bool = True
) -> Account:
    """A new account, stored.

    Args:
        kept: of its first password; None: they come in without one.
        must_change: they are asked for another one.

    Raises:
        UsageError: ``user-name``, ``user-roles``, ``user-exists``.
    """
    row = Account(
        user_id=clock.new_id(),
        created=clock.wall(),
        stamp=clock.new_id(),
        password=kept,
        must_change=must_change and kept is not None,
        **columns(wanted),
    )
    try:
        tx.add_account(row)
    except LocalError as error:
        raise UsageError("user-exists", f"there is a user {row.name} already") from error
    return row


def changed(tx: Transaction, clock: Clock, row: Account, wanted: Wanted) -> Account:
    """The same account with other roles, posts, partners; its name stays."""
    return _put(tx, replace(row, **columns(wanted) | {"name": row.name}, stamp=clock.new_id()))


def disabled(tx: Transaction, clock: Clock, row: Account) -> Account:
    """The same account, not let in any more."""
    return _put(tx, replace(row, disabled=clock.wall(), stamp=clock.new_id()))


def enabled(tx: Transaction, clock: Clock, row: Account) -> Account:
    """The same account, let in again."""
    return _put(tx, replace(row, disabled=None, stamp=clock.new_id()))


def with_password(
    tx: Transaction, clock: Clock, row: Account, kept: str, *, by_others: bool
) -> Account:
    """The same account with another password.

    Args:
        kept: of that password, as `password_of` gives it.
        by_others: not by themselves: they are asked to change it.
    """
    return _put(tx, replace(row, password=kept, must_change=by_others, stamp=clock.new_id()))


def without_second_factor(tx: Transaction, clock: Clock, row: Account) -> Account:
    """The same account, let in by password alone until they set a second factor anew."""
    tx.drop_second_factor(row.user_id)
    return _put(tx, replace(row, stamp=clock.new_id()))


def password_of(clock: Clock, name: str, password: str) -> str:
    """What is kept of a new password; made outside of transactions, as it takes its time.

    Raises:
        UsageError: it is no good one.
    """
    require_good(password, name)
    return hashed(password, clock.entropy(SALT_SIZE))


def words_of(codes: Iterable[str] | None) -> str | None:
    """Codes as they are kept: None for all."""
    return None if codes is None else " ".join(sorted(codes))


def _put(tx: Transaction, row: Account) -> Account:
    tx.put_account(row)
    tx.end_sessions(row.user_id)
    return row


def columns(wanted: Wanted) -> dict[str, Any]:
    """What an account keeps of it.

    Raises:
        UsageError: ``user-name``, ``user-roles``.
    """
    name = folded(wanted.name)
    if not name.isprintable() or not 2 <= len(name) <= 64 or " " in name:  # noqa: PLR2004
        raise UsageError("user-name", "a log-in name has 2 to 64 characters and no spaces")
    if not wanted.roles:
        raise UsageError("user-roles", f"name at least one role: {', '.join(Role)}")
    return {
        "name": name,
        "display": wanted.display.strip() or name,
        "roles": " ".join(sorted(wanted.roles)),
        "posts": words_of(wanted.posts),
        "partners": words_of(wanted.partners),
        "language": wanted.language,
        "subject": wanted.subject,
    }


def _codes(words: str | None) -> frozenset[str] | None:
    return None if words is None else frozenset(words.split())
