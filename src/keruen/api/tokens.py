"""API tokens: 32 random bytes that a program shows; the node keeps their SHA-256, the scope and the end."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from keruen.access import Act
from keruen.errors import UsageError
from keruen.store import ApiToken, Store

PREFIX = "keruen_"
"""What every secret opens with, so that scanners find one that was published by mistake."""


class Scope(StrEnum):
    """What a token is good for: one scope for each kind of resource, so that a program gets what it needs."""

    SUBMIT = "submit"
    """Hand documents in."""
    EVENTS = "events"
    """Be told of events."""
    CONSIGNMENTS = "consignments"
    """Look at consignments, find them, see what posts await."""
    ARRIVALS = "arrivals"
    """Look at arrivals and register them, with the files that travel with them."""
    MESSAGES = "messages"
    """Look at messages, their raw parts, proofs and files."""
    SEND = "send"
    """Send messages again, carry them as packages, try the way to a partner."""
    ENQUIRIES = "enquiries"
    """Ask the other side, answer what it asks."""
    CASES = "cases"
    """See what does not add up between the two sides; close it, take candidates."""
    REFERENCE = "reference"
    """Read agreements and code lists."""
    CONTROL = "control"
    """See partners, refusals, alarms, missed deadlines and counts."""
    FIGURES = "figures"
    """See figures: quality, arrivals, discrepancies."""
    ADMINISTRATION = "administration"
    """See users and the audit trail."""


SCOPES = tuple(Scope)

SCOPE_OF: Mapping[Act, Scope] = {
    Act.SUBMIT: Scope.SUBMIT,
    Act.FOLLOW: Scope.EVENTS,
    Act.SEE_BOARD: Scope.CONSIGNMENTS,
    Act.FIND: Scope.CONSIGNMENTS,
    Act.SEE_CONSIGNMENT: Scope.CONSIGNMENTS,
    Act.REGISTER_ARRIVAL: Scope.ARRIVALS,
    Act.SEE_MESSAGE: Scope.MESSAGES,
    Act.SEE_RAW: Scope.MESSAGES,
    Act.RESEND: Scope.SEND,
    Act.EXPORT_PACKAGE: Scope.SEND,
    Act.ENQUIRE: Scope.ENQUIRIES,
    Act.SETTLE_ALARM: Scope.CONTROL,
    Act.SEE_CASES: Scope.CASES,
    Act.CLOSE_CASE: Scope.CASES,
    Act.LINK_CASE: Scope.CASES,
    Act.SEE_REFERENCE: Scope.REFERENCE,
    Act.SEE_CONTROL: Scope.CONTROL,
    Act.SEE_QUALITY: Scope.FIGURES,
    Act.SEE_OVERVIEW: Scope.FIGURES,
    Act.SEE_TURNOVER: Scope.FIGURES,
    Act.SEE_INSTRUMENTS: Scope.FIGURES,
    Act.DOWNLOAD: Scope.FIGURES,
    Act.SEE_AUDIT: Scope.ADMINISTRATION,
    Act.MANAGE_USERS: Scope.ADMINISTRATION,
    Act.MANAGE_TOKENS: Scope.ADMINISTRATION,
}
"""What a program may do, as a person may, and the scope that it needs for that."""


def made(
    token_id: str,
    entropy: bytes,
    name: str,
    scopes: Iterable[Scope],
    wall: datetime,
    days: int,
    *,
    posts: Iterable[str] | None = None,
    partners: Iterable[str] | None = None,
) -> tuple[ApiToken, str]:
    """A new token, and its secret, which is shown once.

    Args:
        entropy: 32 fresh random bytes.
        days: for which it is good.
        posts, partners: codes of those that it sees; None for all.
    """
    secret = PREFIX + base64.urlsafe_b64encode(entropy).decode().rstrip("=")
    token = ApiToken(
        token_id=token_id,
        name=name,
        digest=digest_of(secret),
        scopes=" ".join(sorted(set(scopes))),
        created=wall,
        expires=wall + timedelta(days=days),
        posts=None if posts is None else " ".join(sorted(posts)),
        partners=None if partners is None else " ".join(sorted(partners)),
    )
    return token, secret


def parse_scopes(words: Iterable[str]) -> tuple[Scope, ...]:
    """Scopes by name.

    Raises:
        UsageError: ``scope-unknown``.
    """
    try:
        return tuple(Scope(word) for word in words)
    except ValueError as error:
        raise UsageError("scope-unknown", f"{error}; there are {', '.join(SCOPES)}") from error


def digest_of(secret: str) -> bytes:
    """What is kept of a secret: it is random, so no slow function is needed."""
    return hashlib.sha256(secret.encode()).digest()


def token_shown(store: Store, authorization: str, wall: datetime) -> ApiToken | None:
    """The token of an ``Authorization: Bearer`` header, if it is good now (RFC 6750, 2.1)."""
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secret.startswith(PREFIX):
        return None
    token = store.read(lambda reader: reader.api_token(digest_of(secret)))
    good = token is not None and token.revoked is None and token.expires > wall
    return token if good else None
