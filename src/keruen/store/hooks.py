"""Queries about API tokens, kept answers and webhooks."""

from __future__ import annotations

from sqlalchemy import select

from keruen.store import schema
from keruen.store.outside import ApiToken, HookPosition, KeptAnswer
from keruen.store.snapshot import Snapshot


class OutsideQueries(Snapshot):
    """Who may call, what was answered, and what hooks were told."""

    def api_token(self, digest: bytes) -> ApiToken | None:
        """The token with a secret of this digest."""
        return self._first(
            ApiToken, select(schema.api_token).where(schema.api_token.c.digest == digest)
        )

    def api_tokens(self) -> list[ApiToken]:
        """All tokens, the oldest first."""
        table = schema.api_token
        return self._all(ApiToken, select(table).order_by(table.c.token_id))

    def kept_answer(self, token_id: str, key: str) -> KeptAnswer | None:
        """The answer that was given to this key of this token."""
        return self._one(KeptAnswer, schema.kept_answer, token_id=token_id, key=key)

    def hook_position(self, hook: str) -> HookPosition | None:
        """How far a hook was told; None before its first look."""
        return self._one(HookPosition, schema.hook_position, hook=hook)

    def hook_positions(self) -> list[HookPosition]:
        """The same of all hooks, by name."""
        table = schema.hook_position
        return self._all(HookPosition, select(table).order_by(table.c.hook))
