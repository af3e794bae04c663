"""Counts the quality of what each side supplied: added up in a transaction, written once at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, and_, delete, update

from keruen.store import schema
from keruen.store.insertion import insert_new
from keruen.store.prepared import remove_where
from keruen.store.recording import Recording, values_of
from keruen.store.supplied import AnswerDue, Place, SuppliedRow


class Supplying(Recording):
    """Writes counts and awaited answers."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._counted: dict[Place, Counter[str]] = {}

    def count_supplied(self, place: Place, more: Mapping[str, int]) -> None:
        """Add to the counts of an office and month."""
        self._counted.setdefault(place, Counter()).update(more)

    def await_answer(self, row: AnswerDue) -> bool:
        """Note an answer that is awaited; gives whether it was not there already."""
        return insert_new(self._connection, schema.answer_due, values_of(row))

    def awaited_answer(self, corridor: str, key: str, answer: str) -> AnswerDue | None:
        """Take an awaited answer out; None where none is awaited."""
        equal = {"corridor": corridor, "key": key, "answer": answer}
        found = self._one(AnswerDue, schema.answer_due, **equal)
        if found is not None:
            remove_where(self._connection, schema.answer_due, equal)
        return found

    def clear_counts(self, corridor: str, after: str) -> None:
        """Throw away what can be counted again: that of the months after one."""
        for table in schema.COUNTS:
            old = table.c.corridor == corridor, table.c.month > after
            self._connection.execute(delete(table).where(*old))

    def finish(self) -> None:
        """Write the counts, in the same order in every process: two of them never wait for each other."""
        for place in sorted(self._counted, key=repr):
            self._add_counts(place, self._counted[place])
        self._counted.clear()
        super().finish()

    def _add_counts(self, place: Place, more: Mapping[str, int]) -> None:
        table = schema.supplied
        key, added = values_of(place), {name: count for name, count in more.items() if count}
        where = and_(*(table.c[name] == value for name, value in key.items()))
        values = {table.c[name]: table.c[name] + count for name, count in added.items()}
        if not values:
            return
        if self._connection.execute(update(table).where(where).values(values)).rowcount:
            return
        if not insert_new(self._connection, table, values_of(SuppliedRow(**{**key, **added}))):
            self._connection.execute(update(table).where(where).values(values))
