"""Who may call, and what for: the door before every operation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from keruen.access import Act
from keruen.agreement import Agreement
from keruen.api.limits import Limits
from keruen.api.problems import missing, problem
from keruen.api.tokens import SCOPE_OF, Scope, token_shown
from keruen.api.uploads import Uploads
from keruen.config.cards import Partner
from keruen.exchange import Context, Pong, Receiver, Submitted, drop
from keruen.people.audit import Doer
from keruen.store import ApiToken, Consignment, Reader, Store
from keruen.store.pages import Narrowed

UNAUTHORIZED, FORBIDDEN = 401, 403
NARROWED = {FORBIDDEN: ("scope-narrowed",)}
"""Codes of an operation that is for callers who see all."""

SubmitOnce = Callable[[str, str, str, bytes], tuple[Submitted, bool]]
"""Token, idempotency key, name, document → what became of it, and whether it came before."""
Ping = Callable[[str], Awaitable[Pong]]
"""Country of a partner → what trying the way to it proved."""
Treaty = Callable[[Agreement, str], str]
"""Agreement and language → its text."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The program that calls.

    Attributes:
        posts: codes of the posts that it may see; None: all.
        partners: countries of the partners that it may see; None: all.
    """

    token: ApiToken
    posts: frozenset[str] | None = None
    partners: frozenset[str] | None = None

    @property
    def narrowed(self) -> Narrowed:
        """To what lists are narrowed for it."""
        return Narrowed(posts=self.posts, partners=self.partners)

    def doer(self, address: str = "api") -> Doer:
        """As the audit trail calls it."""
        return Doer(self.token.token_id, f"token {self.token.name}", address)

    def sees_partner(self, country: str) -> bool:
        """Whether what concerns a partner is for it."""
        return self.partners is None or country in self.partners

    def sees_post(self, code: str | None) -> bool:
        """Whether what concerns a post is for it; what no post is stated of is for those who see all."""
        return self.posts is None or code in self.posts

    def sees(self, one: Consignment) -> bool:
        """Whether a consignment is for it."""
        return self.sees_partner(one.partner) and self.sees_post(one.post)

    def sees_between(
        self, reader: Reader, partner: str, corridor: str, consignment_id: str | None
    ) -> bool:
        """Whether what passes between this node and a partner, about a consignment or none, is for it."""
        if self.posts is None or not self.sees_partner(partner):
            return self.sees_partner(partner)
        about = reader.consignment(corridor, consignment_id) if consignment_id else None
        return about is not None and self.sees_post(about.post)


@dataclass(frozen=True, slots=True)
class Gate:
    """What the operations stand on."""

    store: Store
    context: Context
    submit: SubmitOnce
    ping: Ping
    treaty: Treaty
    receiver: Receiver
    partners: Sequence[Partner] = ()
    limits: Limits = field(default_factory=Limits)
    owner: str = "api"
    uploads: Uploads = field(init=False)

    def __post_init__(self) -> None:
        """Remember uploads."""
        object.__setattr__(self, "uploads", Uploads(lambda one: drop(self.store, one)))

    def admit(self, authorization: str, scope: Scope) -> Caller:
        """The caller that a header names.

        Raises:
            ProblemError: 401 ``token-missing``, 403 ``scope-missing``.
        """
        token = token_shown(self.store, authorization, self.context.clock.wall())
        if token is None:
            detail = "Show a good token: Authorization: Bearer …; `keruen token DIR add` makes one."
            challenge = {"WWW-Authenticate": 'Bearer realm="keruen"'}
            raise problem(UNAUTHORIZED, "token-missing", detail, challenge)
        if scope not in token.scopes.split():
            detail = f"This token is good for {token.scopes}, and this needs {scope}."
            raise problem(FORBIDDEN, "scope-missing", detail)
        return Caller(token, codes_of(token.posts), codes_of(token.partners))


def codes_of(words: str | None) -> frozenset[str] | None:
    """Codes as a token states them; None: all."""
    return None if words is None else frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Call:
    """One call: on what, and by whom."""

    gate: Gate
    who: Caller | None

    @property
    def caller(self) -> Caller:
        """Who calls; of an operation that needs a token."""
        assert self.who is not None  # noqa: S101 - `handling` has admitted it
        return self.who

    def may(self, act: Act) -> bool:
        """Whether the caller's token is good for an act."""
        return SCOPE_OF.get(act) in self.caller.token.scopes.split()


def require_whole(call: Call) -> None:
    """What is nobody's in particular is for who sees all posts and partners.

    Raises:
        ProblemError: 403 ``scope-narrowed``.
    """
    if call.caller.posts is not None or call.caller.partners is not None:
        detail = "This token is narrowed to posts or partners, and this concerns all of them."
        raise problem(FORBIDDEN, "scope-narrowed", detail)


def agreement_with(call: Call, partner: str) -> Agreement:
    """The agreement with a partner that the caller sees.

    Raises:
        ProblemError: 404 ``partner-unknown``.
    """
    known = [one.other(call.gate.context.country) for one in call.gate.context.agreements]
    if partner not in known or not call.caller.sees_partner(partner):
        raise missing("partner-unknown", f"There is no agreement with {partner}.")
    return call.gate.context.agreement_with(partner)
