"""The audit trail: who looked at what, who did what. Written in the transaction of the act where it has one."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from keruen.access import Person
from keruen.clock import Clock
from keruen.store import AuditEntry, Transaction


class Outcome(StrEnum):
    """What became of an act."""

    DONE = "done"
    REFUSED = "refused"
    """They may not."""
    FAILED = "failed"
    """It was wrong, or could not be done."""


class Deed(StrEnum):
    """What is recorded beside the acts of `keruen.access`."""

    LOG_IN = "log-in"
    LOG_OUT = "log-out"
    MAKE_USER = "make-user"
    CHANGE_USER = "change-user"
    DISABLE_USER = "disable-user"
    ENABLE_USER = "enable-user"
    SET_PASSWORD = "set-password"  # noqa: S105 - a name
    CONFIRM_FACTOR = "confirm-factor"
    DROP_FACTOR = "drop-factor"
    END_SESSION = "end-session"
    MAKE_TOKEN = "make-token"  # noqa: S105 - a name
    REVOKE_TOKEN = "revoke-token"  # noqa: S105 - a name


class Doer(msgspec.Struct, frozen=True):
    """Who acts, and where from.

    Attributes:
        user_id: None for a stranger and for the command line.
    """

    user_id: str | None
    name: str
    address: str


def doer_of(person: Person, address: str) -> Doer:
    """Somebody who has come in."""
    return Doer(person.user_id, person.name, address)


def note(
    tx: Transaction,
    clock: Clock,
    doer: Doer,
    act: str,
    subject: str,
    *,
    outcome: Outcome = Outcome.DONE,
    corridor: str | None = None,
    detail: str | None = None,
) -> None:
    """Append an entry."""
    tx.add_audit(
        AuditEntry(
            entry_id=clock.new_id(),
            at=clock.wall(),
            user_id=doer.user_id,
            name=doer.name[:64],
            act=act,
            subject=subject[:200],
            address=doer.address,
            outcome=outcome,
            corridor=corridor,
            detail=detail,
        )
    )
