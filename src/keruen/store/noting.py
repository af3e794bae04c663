"""Writes what is asked afterwards: attempts that failed, looks for what was kept long enough."""

from __future__ import annotations

from sqlalchemy import delete

from keruen.store import schema
from keruen.store.insertion import insert_new
from keruen.store.recording import Recording, values_of
from keruen.store.watched import FailedTry, PurgeRun


class Noting(Recording):
    """Appends to what an operator looks at."""

    def add_failed_try(self, row: FailedTry) -> None:
        """Note an attempt that brought no receipt; one of the same moment is noted once."""
        insert_new(self._connection, schema.failed_try, values_of(row))

    def drop_tries(self, corridor: str, message_id: str) -> None:
        """Remove what was said of the attempts of a message."""
        table = schema.failed_try
        self._connection.execute(
            delete(table).where(table.c.message_id == message_id, table.c.corridor == corridor)
        )

    def add_purge_run(self, row: PurgeRun) -> None:
        """Note a look for what was kept long enough."""
        self._add(schema.purge_run, values_of(row), "run")
