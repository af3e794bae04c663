"""Sessions: begun at the log-in, looked up at each request, ended by age, by hand or by a changed account."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

import msgspec

from keruen.access import Person, SessionRules
from keruen.access.sessions import SECOND_STEP
from keruen.clock import Clock
from keruen.people.accounts import person_of
from keruen.store import Account, Reader, Session, Transaction

SEEN_STEP = timedelta(minutes=1)
"""Activity is noted no finer than this: looking is not writing."""
AGENT_SIZE = 200
FORGOTTEN = timedelta(days=4)
"""No session lasts so long, and no failed log-in counts so long: their rows go."""


class Entered(msgspec.Struct, frozen=True):
    """A browser in which somebody is.

    Attributes:
        person: who; if the session is not complete, who has only shown a password.
        must_change: their password was set by somebody else.
        secret: of the cookie.
    """

    person: Person
    session: Session
    secret: str
    must_change: bool

    def is_stale(self, now: datetime) -> bool:
        """Whether it is time to note that the session is in use."""
        return now - self.session.seen >= SEEN_STEP


def begun(
    tx: Transaction, clock: Clock, account: Account, *, complete: bool, address: str, agent: str
) -> tuple[Session, str]:
    """A new session, stored, and the secret of its cookie, which is kept nowhere else."""
    secret = base64.urlsafe_b64encode(clock.entropy()).decode().rstrip("=")
    wall = clock.wall()
    row = Session(
        session_id=clock.new_id(),
        user_id=account.user_id,
        digest=digest_of(secret),
        stamp=account.stamp,
        begun=wall,
        seen=wall,
        complete=complete,
        address=address,
        agent=agent[:AGENT_SIZE],
    )
    tx.drop_sessions(begun_before=wall - FORGOTTEN)
    tx.forget_attempts(before=wall - FORGOTTEN)
    tx.add_session(row)
    return row, secret


def entered(reader: Reader, secret: str, rules: SessionRules, now: datetime) -> Entered | None:
    """Who is in by this secret, now; None if the session has ended or its account has changed."""
    row = reader.session_shown(digest_of(secret))
    if row is None or rules.over(begun=row.begun, seen=row.seen, now=now):
        return None
    if not row.complete and now - row.begun >= SECOND_STEP:
        return None
    account = reader.account(row.user_id)
    if account is None or account.disabled is not None or account.stamp != row.stamp:
        return None
    return Entered(person_of(account), row, secret, account.must_change)


def digest_of(secret: str) -> bytes:
    """What is kept of a secret: it is random, so no slow function is needed."""
    return hashlib.sha256(secret.encode()).digest()


def form_token(secret: str) -> str:
    """What a form of this session shows: another site cannot know it, and it tells nothing of the secret."""
    return hmac.new(secret.encode(), b"form", hashlib.sha256).hexdigest()
