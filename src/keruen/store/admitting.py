"""Writes about those who use the console."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert

from keruen.store import schema
from keruen.store.people import Account, Attempts, AuditEntry, SecondFactor, Session
from keruen.store.prepared import change_where, remove_where
from keruen.store.recording import Recording, values_of


class Admitting(Recording):
    """Writes accounts, sessions and the audit trail; the trail is only ever appended to."""

    def add_account(self, row: Account) -> None:
        """Store an account.

        Raises:
            LocalError: ``already-stored``: its name, or its subject, is somebody's already.
        """
        self._add(schema.account, values_of(row), "user")

    def put_account(self, row: Account) -> None:
        """Store an account in place of what it was."""
        change_where(self._connection, schema.account, {"user_id": row.user_id}, values_of(row))

    def add_session(self, row: Session) -> None:
        """Store a session."""
        self._add(schema.session, values_of(row), "session")

    def session_seen(self, session_id: str, wall: datetime) -> None:
        """Note that a session is in use."""
        change_where(self._connection, schema.session, {"session_id": session_id}, {"seen": wall})

    def end_session(self, user_id: str, session_id: str) -> bool:
        """End one of somebody's sessions; gives whether there was one to end."""
        equal = {"session_id": session_id, "user_id": user_id}
        return bool(remove_where(self._connection, schema.session, equal))

    def end_sessions(self, user_id: str) -> None:
        """End all of somebody's sessions."""
        remove_where(self._connection, schema.session, {"user_id": user_id})

    def drop_sessions(self, begun_before: datetime) -> None:
        """Forget sessions that ended by their age."""
        table = schema.session
        self._connection.execute(delete(table).where(table.c.begun < begun_before))

    def put_second_factor(self, row: SecondFactor) -> None:
        """Store somebody's second factor in place of what it was."""
        self.drop_second_factor(row.user_id)
        self._connection.execute(insert(schema.second_factor), values_of(row))

    def drop_second_factor(self, user_id: str) -> None:
        """Ask somebody for the password only."""
        remove_where(self._connection, schema.second_factor, {"user_id": user_id})

    def put_attempts(self, row: Attempts) -> None:
        """Note failed log-ins."""
        self.drop_attempts(row.key)
        self._connection.execute(insert(schema.attempts), values_of(row))

    def drop_attempts(self, key: str) -> None:
        """Forget failed log-ins."""
        remove_where(self._connection, schema.attempts, {"key": key})

    def forget_attempts(self, before: datetime) -> None:
        """Forget failed log-ins of long ago."""
        table = schema.attempts
        self._connection.execute(delete(table).where(table.c.last < before))

    def add_audit(self, row: AuditEntry) -> None:
        """Append to the audit trail."""
        self._add(schema.audit_entry, values_of(row), "audit entry")
