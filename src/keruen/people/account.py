"""What people do with their own account: another password, a second factor, the end of a session."""

from __future__ import annotations

from msgspec.structs import replace

from keruen.access.second import (
    CODES,
    digest_of_code,
    recovery_codes,
    secret_of,
    taken_step,
)
from keruen.errors import UsageError
from keruen.people import accounts
from keruen.people.audit import Deed, note
from keruen.people.entering import Door, counted, knows_password, used_up
from keruen.store import Account, SecondFactor, Transaction

RECOVERY_SIZE = CODES * 10


def renewed(door: Door, account: Account, present: str, wanted: str) -> str:
    """Another password, by who knows the present one; all sessions end, and a new one begins.

    Returns:
        The secret of the new session.

    Raises:
        UsageError: ``password-wrong``, ``try-later``, or what is wrong with the new password.
    """
    if not knows_password(door, account, present):
        raise UsageError("password-wrong", "the present password is not right")
    kept = accounts.password_of(door.clock, account.name, wanted)

    def operation(tx: Transaction) -> str:
        row = tx.account(account.user_id) or account
        after = accounts.with_password(tx, door.clock, row, kept, by_others=False)
        note(tx, door.clock, door.doer(row.name, row.user_id), Deed.SET_PASSWORD, row.name)
        return door.opened(tx, after)

    return door.store.write_now(operation)


def factor_begun(door: Door, account: Account) -> SecondFactor:
    """A new secret to be shown to an authenticator app; nothing is asked for until it is confirmed."""
    row = SecondFactor(user_id=account.user_id, secret=secret_of(door.clock.entropy()))

    def operation(tx: Transaction) -> SecondFactor:
        known = tx.second_factor(account.user_id)
        if known is not None and known.confirmed is not None:
            return known
        tx.put_second_factor(row)
        return row

    return door.store.write_now(operation)


def factor_confirmed(door: Door, account: Account, code: str) -> list[str]:
    """Take the second factor into use; gives its recovery codes, which are shown this once.

    Raises:
        UsageError: ``code-wrong``.
    """
    codes = recovery_codes(door.clock.entropy(RECOVERY_SIZE))

    def operation(tx: Transaction) -> list[str]:
        row, now = tx.second_factor(account.user_id), door.clock.wall()
        step = None if row is None else taken_step(row.secret, code, now, row.last_step)
        if row is None or row.confirmed is not None or step is None:
            raise UsageError("code-wrong", "this code does not count")
        recovery = " ".join(map(digest_of_code, codes))
        tx.put_second_factor(replace(row, confirmed=now, last_step=step, recovery=recovery))
        doer = door.doer(account.name, account.user_id)
        note(tx, door.clock, doer, Deed.CONFIRM_FACTOR, account.name)
        return codes

    return door.store.write_now(operation)


def factor_dropped(door: Door, account: Account, code: str) -> None:
    """Come in by password alone again, by who can show a code.

    Raises:
        UsageError: ``code-wrong``, ``try-later``.
    """

    def operation(tx: Transaction) -> bool:
        row = tx.second_factor(account.user_id)
        if row is None or used_up(row, code, door.clock.wall()) is None:
            return False
        tx.drop_second_factor(account.user_id)
        doer = door.doer(account.name, account.user_id)
        note(tx, door.clock, doer, Deed.DROP_FACTOR, account.name)
        return True

    if not counted(door, account, lambda: door.store.write_now(operation)):
        raise UsageError("code-wrong", "this code does not count")


def session_ended(door: Door, account: Account, session_id: str) -> None:
    """End one of one's sessions."""

    def operation(tx: Transaction) -> None:
        if tx.end_session(account.user_id, session_id):
            doer = door.doer(account.name, account.user_id)
            note(tx, door.clock, doer, Deed.END_SESSION, session_id)

    door.store.write_now(operation)
