"""Everything that changes the node's database; a transaction also reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, insert

from keruen.store import rows, schema
from keruen.store.admitting import Admitting
from keruen.store.casing import Casing
from keruen.store.enquiring import Enquiring
from keruen.store.entering import Entering
from keruen.store.figuring import Figuring
from keruen.store.hooking import Hooking
from keruen.store.insertion import insert_new
from keruen.store.overdue import Overdue
from keruen.store.prepared import change_where
from keruen.store.recording import values_of
from keruen.store.removing import Removing
from keruen.store.supplying import Supplying
from keruen.store.trading import Trading

_NO_ITEM = -1


class Transaction(
    Admitting, Casing, Enquiring, Entering, Figuring, Hooking, Overdue, Removing, Supplying, Trading
):
    """One transaction, projections included; it is committed by the writer, never here."""

    def put_consignment(self, row: rows.Consignment) -> None:
        """Store where a consignment stands now."""
        table, values = schema.consignment, values_of(row)
        key = {"corridor": row.corridor, "consignment_id": row.consignment_id}
        if not change_where(self._connection, table, key, values):
            self._connection.execute(insert(table), values)

    def put_identifiers(
        self, corridor: str, consignment_id: str, identifiers: Sequence[rows.Identifier]
    ) -> None:
        """Store the keys of a consignment in place of those it had."""
        table = schema.identifier
        self._connection.execute(
            delete(table).where(
                table.c.corridor == corridor, table.c.consignment_id == consignment_id
            )
        )
        if identifiers:
            self._connection.execute(insert(table), [values_of(one) for one in identifiers])

    def add_discrepancies(self, found: Iterable[rows.DiscrepancyRow]) -> None:
        """Store coded differences; one that is there already is not stored again."""
        table = schema.discrepancy
        for row in found:
            one = row.discrepancy
            values = {
                **values_of(row),
                "code": one.code.value,
                "item": _NO_ITEM if one.item is None else one.item,
                "path": one.path,
            }
            insert_new(self._connection, table, values)

    def withdraw_discrepancies(
        self,
        corridor: str,
        consignment_id: str,
        codes: Collection[str],
        sources: Collection[str] | None = None,
    ) -> None:
        """Take back differences of these codes: what came later shows that they do not hold.

        Args:
            sources: only those that these messages or events stated; None for all.
        """
        table = schema.discrepancy
        query = delete(table).where(
            table.c.corridor == corridor,
            table.c.consignment_id == consignment_id,
            table.c.code.in_([str(code) for code in codes]),
        )
        if sources is not None:
            query = query.where(table.c.source.in_(list(sources)))
        self._connection.execute(query)

    def put_match(self, row: rows.ImportMatch) -> None:
        """Store which consignment an import declaration belongs to; one that merges several belongs to each."""
        insert_new(self._connection, schema.import_match, values_of(row))

    def clear_projections(self) -> None:
        """Throw away what can be rebuilt from events and messages."""
        for table in schema.PROJECTIONS:
            self._connection.execute(delete(table))
