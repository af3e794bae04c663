"""Somebody who has come in."""

from __future__ import annotations

import msgspec

from keruen.access.acts import Act, acts_of
from keruen.access.roles import Role


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who somebody is and what they may.

    Attributes:
        user_id: UUIDv7.
        name: what they log in with.
        display: what others call them.
        posts: codes of the posts that they see; None for all.
        partners: countries of the partners that they see; None for all.
        language: of the pages; None: as the browser asks.
    """

    user_id: str
    name: str
    display: str
    roles: frozenset[Role]
    posts: frozenset[str] | None = None
    partners: frozenset[str] | None = None
    language: str | None = None

    def may(self, act: Act, *, post: str | None = None, partner: str | None = None) -> bool:
        """Whether they may do that: at all, or at a post, or with what a partner and they exchange."""
        return act in acts_of(self.roles) and self.sees(post=post, partner=partner)

    def sees(self, *, post: str | None = None, partner: str | None = None) -> bool:
        """Whether a post and a partner are theirs; None asks for none."""
        mine = post is None or self.posts is None or post in self.posts
        return mine and (partner is None or self.partners is None or partner in self.partners)
