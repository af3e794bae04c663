"""Queries about those who use the console."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from keruen.store import schema
from keruen.store.people import Account, Attempts, AuditEntry, SecondFactor, Session
from keruen.store.snapshot import Snapshot, filtered, rows_of


class AdmittedQueries(Snapshot):
    """Who may come in, who is in, and what they did."""

    def account(self, user_id: str) -> Account | None:
        """One account."""
        return self._one(Account, schema.account, user_id=user_id)

    def account_named(self, name: str) -> Account | None:
        """The account of a name."""
        return self._one(Account, schema.account, name=name)

    def account_of_subject(self, subject: str) -> Account | None:
        """The account of an issuer and subject of OpenID Connect."""
        return self._one(Account, schema.account, subject=subject)

    def accounts(self) -> list[Account]:
        """All accounts, by name."""
        return self._all(Account, select(schema.account).order_by(schema.account.c.name))

    def has_accounts(self) -> bool:
        """Whether there is any."""
        return bool(self._scalar(select(func.count()).select_from(schema.account)))

    def session_shown(self, digest: bytes) -> Session | None:
        """The session with a secret of this digest."""
        return self._one(Session, schema.session, digest=digest)

    def sessions_of(self, user_id: str) -> list[Session]:
        """Somebody's sessions, the newest first."""
        table = schema.session
        return self._all(
            Session, rows_of(table, user_id=user_id).order_by(table.c.session_id.desc())
        )

    def second_factor(self, user_id: str) -> SecondFactor | None:
        """Somebody's second factor, confirmed or not."""
        return self._one(SecondFactor, schema.second_factor, user_id=user_id)

    def attempts(self, key: str) -> Attempts | None:
        """Failed log-ins in a row."""
        return self._one(Attempts, schema.attempts, key=key)

    def audit(
        self,
        *,
        name: str | None = None,
        act: str | None = None,
        subject: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        before: str | None = None,
        limit: int = 100,
    ) -> list[AuditEntry]:
        """Entries of the audit trail, the newest first.

        Args:
            since, until: from the first moment on, up to the second, which is not in it.
            before: id of the entry that the page before ended with.
        """
        table = schema.audit_entry
        query = filtered(table, name=name, act=act, subject=subject)
        if since is not None:
            query = query.where(table.c.at >= since)
        if until is not None:
            query = query.where(table.c.at < until)
        if before is not None:
            query = query.where(table.c.entry_id < before)
        return self._all(AuditEntry, query.order_by(table.c.entry_id.desc()).limit(limit))
