"""Writes about API tokens, kept answers and webhooks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, update

from keruen.store import schema
from keruen.store.outside import ApiToken, HookPosition, KeptAnswer
from keruen.store.recording import Recording, values_of


class Hooking(Recording):
    """Writes what concerns programs outside."""

    def add_api_token(self, row: ApiToken) -> None:
        """Store a token."""
        self._add(schema.api_token, values_of(row), "token")

    def revoke_api_token(self, token_id: str, wall: datetime) -> bool:
        """End a token; gives whether there was one to end."""
        table = schema.api_token
        query = update(table).where(table.c.token_id == token_id, table.c.revoked.is_(None))
        return bool(self._connection.execute(query.values(revoked=wall)).rowcount)

    def keep_answer(self, row: KeptAnswer) -> None:
        """Keep an answer for when the request is repeated.

        Raises:
            LocalError: ``already-stored``.
        """
        self._add(schema.kept_answer, values_of(row), "answer")

    def drop_answers(self, before: datetime) -> None:
        """Forget answers given before a wall time."""
        table = schema.kept_answer
        self._connection.execute(delete(table).where(table.c.at < before))

    def put_hook_position(self, row: HookPosition) -> None:
        """Note how far a hook was told."""
        table = schema.hook_position
        self._connection.execute(delete(table).where(table.c.hook == row.hook))
        self._connection.execute(insert(table), values_of(row))
