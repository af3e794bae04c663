"""Rows of the programs of an administration: those that call the API, and hooks that are told of events."""

from __future__ import annotations

from datetime import datetime

from keruen.store.rows import Row


class ApiToken(Row, frozen=True):
    """What a program calls the API with. The secret itself is not kept.

    Attributes:
        token_id: UUIDv7.
        name: whose it is, in words.
        digest: SHA-256 of the secret.
        scopes: what it may do, separated by spaces.
        posts, partners: codes of those that it sees, separated by spaces; None for all, empty for none.
        created, expires, revoked: wall time.
    """

    token_id: str
    name: str
    digest: bytes
    scopes: str
    created: datetime
    expires: datetime
    revoked: datetime | None = None
    posts: str | None = None
    partners: str | None = None


class KeptAnswer(Row, frozen=True):
    """The answer to a request with an idempotency key: the same request gets it again.

    Attributes:
        token_id: whose key it is.
        key: as the program chose it.
        digest: SHA-256 of the request's body.
        answer: JSON.
        at: wall time.
    """

    token_id: str
    key: str
    digest: bytes
    answer: bytes
    at: datetime


class HookPosition(Row, frozen=True):
    """How far a webhook has been told.

    Attributes:
        hook: its name in node.toml.
        event_id: the last event that it took; empty: none.
        attempts: at telling it the next one.
        next_attempt: wall time.
        last_error: why the last attempt failed.
    """

    hook: str
    event_id: str
    attempts: int = 0
    next_attempt: datetime | None = None
    last_error: str | None = None
