"""Rows of those who use the console: accounts, sessions, second factors, failed log-ins, the audit trail.

`AuditEntry` is append-only. All times are wall time.
"""

from __future__ import annotations

from datetime import datetime

from keruen.store.rows import Row


class Account(Row, frozen=True):
    """Somebody who may come in.

    Attributes:
        user_id: UUIDv7.
        name: what they log in with, lower case; nobody else has it.
        display: what others call them.
        roles: separated by spaces.
        posts, partners: codes of those that they see, separated by spaces; None for all, empty for none.
        language: of the pages; None: as the browser asks.
        password: Argon2id with parameters and salt; None: comes in by OpenID Connect only.
        must_change: the password was set by somebody else.
        subject: issuer and subject of OpenID Connect, separated by a space.
        by_groups: made by a log-in of OpenID Connect, whose groups say what they are.
        stamp: changes with whatever ends open sessions: they keep the one that they began with.
        disabled: since when they may not come in.
    """

    user_id: str
    name: str
    display: str
    roles: str
    created: datetime
    stamp: str
    posts: str | None = None
    partners: str | None = None
    language: str | None = None
    password: str | None = None
    must_change: bool = False
    subject: str | None = None
    by_groups: bool = False
    disabled: datetime | None = None


class Session(Row, frozen=True):
    """A browser in which somebody has come in. The secret of its cookie is not kept.

    Attributes:
        session_id: UUIDv7.
        digest: SHA-256 of the secret.
        stamp: of the account when it began.
        begun, seen: log-in, and the last page that was asked for (to a minute).
        complete: False while the second factor is awaited.
        address: where from.
        agent: the browser, as it names itself.
    """

    session_id: str
    user_id: str
    digest: bytes
    stamp: str
    begun: datetime
    seen: datetime
    complete: bool
    address: str
    agent: str


class SecondFactor(Row, frozen=True):
    """What beside the password shows that it is they.

    Attributes:
        secret: base32, shared with their authenticator app.
        confirmed: when they first showed a code; None: not asked for yet.
        last_step: time step of the last code that was taken.
        recovery: SHA-256 of the recovery codes that are left, separated by spaces.
    """

    user_id: str
    secret: str
    confirmed: datetime | None = None
    last_step: int = 0
    recovery: str = ""


class Attempts(Row, frozen=True):
    """Failed log-ins in a row.

    Attributes:
        key: ``name:…`` or ``address:…``.
        until: before then none is taken.
    """

    key: str
    failures: int
    last: datetime
    until: datetime


class AuditEntry(Row, frozen=True):
    """One look at personal data, or one act. Append-only.

    Attributes:
        entry_id: UUIDv7: orders entries.
        name: who, as they log in; of a failed log-in what was typed.
        act: as `keruen.access.Act`, or ``log-in``, ``log-out``.
        subject: what it was about, such as an id.
        address: where from; ``cli`` for the command line.
        outcome: ``done``, ``refused`` or ``failed``.
        detail: further facts, in words or JSON.
    """

    entry_id: str
    at: datetime
    user_id: str | None
    name: str
    act: str
    subject: str
    address: str
    outcome: str
    corridor: str | None = None
    detail: str | None = None
