"""Writes the rows of which figures are made, in the transaction that moves the consignment."""

from __future__ import annotations

from collections.abc import Iterable

from keruen.store import schema
from keruen.store.figured import FigureRow
from keruen.store.insertion import insert_new
from keruen.store.prepared import remove_where, rows_where
from keruen.store.recording import Recording, values_of


class Figuring(Recording):
    """Puts the rows of one consignment in place of those that it had."""

    def figure_rows(self, corridor: str, consignment_id: str) -> list[FigureRow]:
        """The rows of one consignment."""
        key = {"corridor": corridor, "consignment_id": consignment_id}
        return list(rows_where(self._connection, FigureRow, schema.figure, key))

    def put_figures(self, corridor: str, consignment_id: str, rows: Iterable[FigureRow]) -> None:
        """Store the rows of one consignment; none for one that does not count."""
        key = {"corridor": corridor, "consignment_id": consignment_id}
        remove_where(self._connection, schema.figure, key)
        for row in rows:
            insert_new(self._connection, schema.figure, values_of(row))
