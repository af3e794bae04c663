"""What an administrator does with accounts, each act with its entry in the audit trail, in one transaction."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from keruen.access import Role
from keruen.clock import Clock
from keruen.errors import UsageError
from keruen.people import accounts
from keruen.people.accounts import Wanted, folded, password_of
from keruen.people.audit import Deed, Doer, note
from keruen.store import Account, Store, Transaction


class Office(msgspec.Struct, frozen=True):
    """Where accounts are kept, and who acts on them."""

    store: Store
    clock: Clock
    doer: Doer

    def make(self, wanted: Wanted, password: str | None) -> Account:
        """A new account.

        Args:
            password: the first one, which they are asked to change; None: they come in without.

        Raises:
            UsageError: ``user-name``, ``user-roles``, ``user-exists``, or what is wrong with the password.
        """
        name = folded(wanted.name)
        kept = None if password is None else password_of(self.clock, name, password)

        def operation(tx: Transaction) -> Account:
            row = accounts.made(tx, self.clock, wanted, kept)
            note(tx, self.clock, self.doer, Deed.MAKE_USER, row.name, detail=_told(row))
            return row

        return self.store.write_now(operation)

    def change(self, name: str, wanted: Wanted) -> Account:
        """Give somebody other roles, posts, partners."""
        return self._act(
            name, Deed.CHANGE_USER, lambda tx, row: accounts.changed(tx, self.clock, row, wanted)
        )

    def disable(self, name: str) -> Account:
        """Let somebody in no more; their sessions end at once."""
        return self._act(
            name, Deed.DISABLE_USER, lambda tx, row: accounts.disabled(tx, self.clock, row)
        )

    def enable(self, name: str) -> Account:
        """Let somebody in again, and forget how often they failed."""

        def operation(tx: Transaction, row: Account) -> Account:
            tx.drop_attempts(f"name:{row.name}")
            return accounts.enabled(tx, self.clock, row)

        return self._act(name, Deed.ENABLE_USER, operation)

    def set_password(self, name: str, password: str) -> Account:
        """Give somebody another password, which they are asked to change."""
        kept = password_of(self.clock, folded(name), password)

        def operation(tx: Transaction, row: Account) -> Account:
            tx.drop_attempts(f"name:{row.name}")
            return accounts.with_password(tx, self.clock, row, kept, by_others=True)

        return self._act(name, Deed.SET_PASSWORD, operation)

    def drop_second_factor(self, name: str) -> Account:
        """Let somebody in by password alone, until they set a second factor anew."""
        return self._act(
            name,
            Deed.DROP_FACTOR,
            lambda tx, row: accounts.without_second_factor(tx, self.clock, row),
        )

    def _act(self, name: str, deed: Deed, do: Callable[[Transaction, Account], Account]) -> Account:
        """Do something with an account, and note it.

        Raises:
            UsageError: ``user-unknown``, ``last-administrator``.
        """

        def operation(tx: Transaction) -> Account:
            row = tx.account_named(folded(name))
            if row is None:
                raise UsageError("user-unknown", f"there is no user {name}")
            after = do(tx, row)
            if _leads(row) and not any(map(_leads, tx.accounts())):
                text = "this is the last administrator who may come in: make another one first"
                raise UsageError("last-administrator", text)
            note(tx, self.clock, self.doer, deed, row.name, detail=_told(after))
            return after

        return self.store.write_now(operation)


def _leads(row: Account) -> bool:
    """Whether this is an administrator who may come in."""
    return row.disabled is None and Role.ADMINISTRATOR in row.roles.split()


def _told(row: Account) -> str:
    """What somebody is, in a line of the audit trail."""
    parts = [f"roles: {row.roles}"]
    parts += [f"posts: {row.posts or '–'}"] if row.posts is not None else []
    parts += [f"partners: {row.partners or '–'}"] if row.partners is not None else []
    return "; ".join(parts)
