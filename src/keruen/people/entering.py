"""The log-in: a password, then the second factor where there is one; each failure makes the next try later.

A failure is written before the password is looked at and taken back when it was right: many tries at once are
counted as many, not as one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

import msgspec

from keruen.access.attempts import BY_ADDRESS, BY_NAME, Limit, place_of
from keruen.access.passwords import DEMONSTRATION, NOBODY, fits
from keruen.access.second import left_after, taken_step
from keruen.clock import Clock
from keruen.errors import UsageError
from keruen.people.accounts import folded
from keruen.people.audit import Deed, Doer, Outcome, note
from keruen.people.sessions import begun
from keruen.store import Account, Attempts, Reader, SecondFactor, Store, Transaction

AT_ONCE = 2
"""Passwords that are looked at together: each takes 64 MiB and a processor."""
PATIENCE = 5.0
"""Seconds that a log-in waits for its turn."""

_turns = threading.BoundedSemaphore(AT_ONCE)


class Refused(msgspec.Struct, frozen=True):
    """Nobody came in.

    Attributes:
        wait: how long no further try is taken; zero where one may try at once.
        busy: too many log in just now.
    """

    wait: timedelta = timedelta(0)
    busy: bool = False


class Admitted(msgspec.Struct, frozen=True):
    """Somebody came in, or has the second factor still to show.

    Attributes:
        secret: of the new session's cookie.
        complete: False while the second factor is awaited.
    """

    account: Account
    secret: str
    complete: bool


class Door(msgspec.Struct, frozen=True):
    """Where somebody knocks.

    Attributes:
        address: of the other end.
        agent: the browser, as it names itself.
        demo: the password that demonstrations print is taken.
    """

    store: Store
    clock: Clock
    address: str
    agent: str = ""
    demo: bool = False

    def limits(self, name: str) -> Mapping[str, Limit]:
        """What is counted of this try."""
        return {f"name:{name[:64]}": BY_NAME, f"address:{place_of(self.address)}": BY_ADDRESS}

    def doer(self, name: str, user_id: str | None = None) -> Doer:
        """Who knocks, for the audit trail."""
        return Doer(user_id, name, self.address)

    def opened(self, tx: Transaction, account: Account, *, complete: bool = True) -> str:
        """The secret of a new session, begun here."""
        _, secret = begun(
            tx, self.clock, account, complete=complete, address=self.address, agent=self.agent
        )
        return secret


def with_password(door: Door, typed: str, password: str) -> Admitted | Refused:
    """Try a name and a password."""
    name = folded(typed)
    if wait := _counted(door, name):
        return Refused(wait)
    with _turn() as mine:
        if not mine:
            door.store.write_now(lambda tx: _forgive(tx, door, name, wholly=False))
            return Refused(busy=True)
        account = door.store.read(lambda reader: reader.account_named(name))
        kept = (account.password if account else None) or NOBODY
        right = fits(kept, password) and (door.demo or password != DEMONSTRATION)
    if not right or account is None or account.disabled is not None:
        return door.store.write_now(lambda tx: _failed(tx, door, name, account))
    return door.store.write_now(lambda tx: _come(tx, door, account, complete=_alone(tx, account)))


def with_code(door: Door, account: Account, session_id: str, code: str) -> Admitted | Refused:
    """Try the code of an authenticator app, or a recovery code, after the password."""
    if wait := _counted(door, account.name):
        return Refused(wait)

    def look(tx: Transaction) -> Admitted | Refused:
        factor = tx.second_factor(account.user_id)
        used = None if factor is None else used_up(factor, code, door.clock.wall())
        if used is None:
            return _failed(tx, door, account.name, account)
        tx.put_second_factor(used)
        tx.end_session(account.user_id, session_id)
        return _come(tx, door, account, complete=True)

    return door.store.write_now(look)


def counted(door: Door, account: Account, right: Callable[[], bool]) -> bool:
    """Ask for something that only its owner knows, within the limits of log-ins.

    Raises:
        UsageError: ``try-later``.
    """
    name = account.name
    if _counted(door, name):
        raise UsageError("try-later", "too many failures: wait a little before the next try")
    if not right():
        return False
    door.store.write_now(lambda tx: _forgive(tx, door, name, wholly=True))
    return True


def knows_password(door: Door, account: Account, password: str) -> bool:
    """Whether this is somebody's password.

    Raises:
        UsageError: ``try-later``.
    """

    def right() -> bool:
        with _turn() as mine:
            return mine and fits(account.password or NOBODY, password)

    return counted(door, account, right)


def used_up(factor: SecondFactor, code: str, now: datetime) -> SecondFactor | None:
    """The second factor after a code of it was shown; None if it is none, or was shown before."""
    step = taken_step(factor.secret, code, now, factor.last_step)
    if step is not None:
        return msgspec.structs.replace(factor, last_step=step)
    left = left_after(code, factor.recovery.split())
    return None if left is None else msgspec.structs.replace(factor, recovery=" ".join(left))


@contextmanager
def _turn() -> Iterator[bool]:
    mine = _turns.acquire(timeout=PATIENCE)
    try:
        yield mine
    finally:
        if mine:
            _turns.release()


def _counted(door: Door, name: str) -> timedelta:
    """Count a try as failed for now; gives how long to wait where none is taken.

    One that is not taken writes nothing: whoever tries without end fills no disk.
    """
    wait = door.store.read(lambda reader: _wait(reader, door, name))
    return wait or door.store.write_now(lambda tx: _tried(tx, door, name))


def _wait(reader: Reader, door: Door, name: str) -> timedelta:
    rows = [reader.attempts(key) for key in door.limits(name)]
    now = door.clock.wall()
    return max([timedelta(0), *(row.until - now for row in rows if row)])


def _tried(tx: Transaction, door: Door, name: str) -> timedelta:
    if wait := _wait(tx, door, name):
        return wait
    now = door.clock.wall()
    for key, limit in door.limits(name).items():
        row = tx.attempts(key)
        failures = 1 + (limit.counts(row.failures, row.last, now) if row else 0)
        tx.put_attempts(
            Attempts(key=key, failures=failures, last=now, until=now + limit.delay(failures))
        )
    return timedelta(0)


def _failed(tx: Transaction, door: Door, name: str, account: Account | None) -> Refused:
    doer = door.doer(name, account.user_id if account else None)
    note(tx, door.clock, doer, Deed.LOG_IN, name, outcome=Outcome.FAILED)
    return Refused(_wait(tx, door, name))


def _alone(tx: Transaction, account: Account) -> bool:
    """Whether the password is enough."""
    factor = tx.second_factor(account.user_id)
    return factor is None or factor.confirmed is None


def _come(tx: Transaction, door: Door, account: Account, *, complete: bool) -> Admitted:
    _forgive(tx, door, account.name, wholly=complete)
    if complete:
        note(tx, door.clock, door.doer(account.name, account.user_id), Deed.LOG_IN, account.name)
    return Admitted(account, door.opened(tx, account, complete=complete), complete)


def _forgive(tx: Transaction, door: Door, name: str, *, wholly: bool) -> None:
    """Take back what this try was counted; a whole log-in clears the name, never the address."""
    for key, limit in door.limits(name).items():
        row = tx.attempts(key)
        if row is None:
            continue
        if (wholly and limit is BY_NAME) or row.failures <= 1:
            tx.drop_attempts(key)
        else:
            now = door.clock.wall()
            tx.put_attempts(msgspec.structs.replace(row, failures=row.failures - 1, until=now))
