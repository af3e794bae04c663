"""Who comes in because an identity provider vouches for them: by their subject, or by groups."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from keruen.config.people import Group, Oidc
from keruen.errors import LocalError
from keruen.people import accounts
from keruen.people.accounts import Wanted, folded
from keruen.people.audit import Deed, Outcome, note
from keruen.people.entering import Admitted, Door
from keruen.store import Account, Transaction

UNKNOWN = "oidc-unknown"


def vouched(door: Door, settings: Oidc, claims: Mapping[str, Any]) -> Admitted:
    """Let somebody in of whom a provider says this.

    An account that an administrator gave the subject stays what it is. Without one the groups say what somebody
    is, each time anew; who is in none of them any more does not come in.

    Raises:
        LocalError: ``oidc-unknown``: nobody here, or disabled.
    """
    subject = f"{settings.issuer} {claims['sub']}"

    def operation(tx: Transaction) -> Admitted | None:
        account = _account(tx, door, settings, claims, subject)
        if account is None or account.disabled is not None:
            doer = door.doer(str(claims["sub"]), account.user_id if account else None)
            note(tx, door.clock, doer, Deed.LOG_IN, subject, outcome=Outcome.FAILED)
            return None
        doer = door.doer(account.name, account.user_id)
        note(tx, door.clock, doer, Deed.LOG_IN, account.name, detail=settings.issuer)
        return Admitted(account, door.opened(tx, account), complete=True)

    found = door.store.write_now(operation)
    if found is None:
        raise LocalError(UNKNOWN, "the identity provider knows them, and this node does not")
    return found


def _account(
    tx: Transaction, door: Door, settings: Oidc, claims: Mapping[str, Any], subject: str
) -> Account | None:
    account = tx.account_of_subject(subject)
    if account is not None and not account.by_groups:
        return account
    groups = claims.get(settings.claim)
    theirs = [one for one in settings.group if isinstance(groups, list) and one.name in groups]
    if not theirs:
        return None
    wanted = _wanted(tx, claims, theirs, subject, account)
    if account is None:
        made = accounts.made(tx, door.clock, wanted, None)
        note(tx, door.clock, door.doer(made.name, made.user_id), Deed.MAKE_USER, made.name)
        return _marked(tx, made)
    after = replace(account, **accounts.columns(wanted) | {"name": account.name})
    return account if after == account else accounts.changed(tx, door.clock, account, wanted)


def _marked(tx: Transaction, account: Account) -> Account:
    row = replace(account, by_groups=True)
    tx.put_account(row)
    return row


def _wanted(
    tx: Transaction,
    claims: Mapping[str, Any],
    groups: list[Group],
    subject: str,
    account: Account | None,
) -> Wanted:
    """What groups say that somebody is, all together."""
    return Wanted(
        name=account.name if account else _free_name(tx, claims, subject),
        display=str(claims.get("name") or claims.get("preferred_username") or ""),
        roles=frozenset(role for one in groups for role in one.roles),
        posts=_all(one.posts for one in groups),
        partners=_all(one.partners for one in groups),
        subject=subject,
    )


def _all(scopes: Iterable[tuple[str, ...] | None]) -> frozenset[str] | None:
    found = list(scopes)
    stated = [one for one in found if one is not None]
    return frozenset().union(*stated) if len(stated) == len(found) else None


def _free_name(tx: Transaction, claims: Mapping[str, Any], subject: str) -> str:
    """A name that is nobody's: an account of that name is somebody else's, and is not taken over."""
    stated = folded(str(claims.get("preferred_username") or ""))[:40].replace(" ", "")
    own = hashlib.sha256(subject.encode()).hexdigest()[:10]
    usable = stated.isprintable() and len(stated) > 1
    return stated if usable and tx.account_named(stated) is None else f"{stated or 'user'}-{own}"
