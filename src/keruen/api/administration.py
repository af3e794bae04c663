"""Tokens of programs and the audit trail, for whoever says who may come in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from msgspec import Meta

from keruen.access import Act
from keruen.api.gate import Call
from keruen.api.operation import operation
from keruen.api.paging import Page, Paged, page, place_of
from keruen.api.places import Id
from keruen.api.problems import missing
from keruen.api.shown import only, words_of
from keruen.customs import Struct
from keruen.people.audit import Deed, note
from keruen.people.trail import Search
from keruen.store import ApiToken, AuditEntry, Reader, Transaction

TOKENS: dict[str, Any] = {"tag": "Administration", "act": Act.MANAGE_TOKENS}


class TokenShown(Struct, frozen=True):
    """A token of a program, without its secret.

    Attributes:
        posts: that it sees; left out: all.
        partners: that it sees; left out: all.
    """

    token_id: str
    name: str
    scopes: tuple[str, ...]
    created: datetime
    expires: datetime
    revoked: datetime | None = None
    posts: tuple[str, ...] | None = None
    partners: tuple[str, ...] | None = None


class OneToken(Struct, frozen=True):
    """Which token.

    Attributes:
        token_id: its id.
    """

    token_id: Id


class WantedEntries(Paged, frozen=True, forbid_unknown_fields=True):
    """Which entries of the audit trail.

    Attributes:
        who: name, as they log in.
        act: what was done.
        subject: what it was about.
        since: first day, UTC.
        until: last day, UTC.
    """

    who: Annotated[str, Meta(max_length=100)] | None = None
    act: Annotated[str, Meta(max_length=100)] | None = None
    subject: Annotated[str, Meta(max_length=200)] | None = None
    since: date | None = None
    until: date | None = None


@operation("GET", "/tokens", id="listTokens", **TOKENS)
def tokens(call: Call) -> list[TokenShown]:
    """Tokens of programs, the oldest first, without their secrets.

    A new one is made by a person, on the page of tokens or by `keruen token DIR add`: no token makes another.
    """
    return [_token(one) for one in call.gate.store.read(Reader.api_tokens)]


def _token(row: ApiToken) -> TokenShown:
    plain = only(row, TokenShown.__struct_fields__)
    lists = {name: words_of(plain[name]) for name in ("scopes", "posts", "partners")}
    return TokenShown(**plain | lists)


@operation(
    "DELETE", "/tokens/{token_id}", id="revokeToken", codes={404: ("token-unknown",)}, **TOKENS
)
def revoke(call: Call, place: OneToken) -> TokenShown:
    """End a token at once. One that has ended stays so."""

    def act(tx: Transaction) -> TokenShown:
        clock = call.gate.context.clock
        if tx.revoke_api_token(place.token_id, clock.wall()):
            note(tx, clock, call.caller.doer(), Deed.REVOKE_TOKEN, place.token_id)
        for one in tx.api_tokens():
            if one.token_id == place.token_id:
                return _token(one)
        raise missing("token-unknown", f"There is no token {place.token_id}.")

    return call.gate.store.write_now(act)


@operation(
    "GET", "/audit", id="listAuditEntries", tag="Administration", act=Act.SEE_AUDIT, audited=True
)
def audit(call: Call, query: WantedEntries) -> Page[AuditEntry]:
    """The audit trail, the newest entry first: who looked at what, who did what."""
    search = Search(**only(query, ("who", "act", "subject", "since", "until")))
    before = place_of(query.cursor, str)
    found = call.gate.store.read(lambda reader: search.page(reader, before, query.limit + 1))
    return page(found, query.limit, lambda one: one.entry_id)


OPERATIONS = (tokens, revoke, audit)
