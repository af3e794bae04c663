"""Writes of cases and of what persons did with them."""

from __future__ import annotations

from keruen.store import schema
from keruen.store.cases import CaseAct, CaseRow
from keruen.store.insertion import insert_new
from keruen.store.prepared import change_where, remove_where
from keruen.store.recording import Recording, values_of


class Casing(Recording):
    """Keeps what is open between the two sides."""

    def put_case(self, row: CaseRow) -> None:
        """Store how a case stands now."""
        key = {"corridor": row.corridor, "subject": row.subject}
        if not change_where(self._connection, schema.reconciliation, key, values_of(row)):
            insert_new(self._connection, schema.reconciliation, values_of(row))

    def drop_case(self, corridor: str, subject: str) -> None:
        """Both sides agree on it: nothing is open; no harm where nothing was."""
        key = {"corridor": corridor, "subject": subject}
        remove_where(self._connection, schema.reconciliation, key)

    def add_case_act(self, row: CaseAct) -> None:
        """Append what a person did with a case."""
        self._add(schema.case_act, values_of(row), "act")
