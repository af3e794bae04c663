"""Writes of trade, in the transaction that moves the consignment; and of published series."""

from __future__ import annotations

from collections.abc import Iterable

from keruen.store import schema
from keruen.store.insertion import insert_new
from keruen.store.prepared import remove_where
from keruen.store.recording import Recording, values_of
from keruen.store.trade import PublishedSeries, Side, TradedRow


class Trading(Recording):
    """Keeps what each side declared."""

    def put_traded(self, row: TradedRow) -> None:
        """Store a row in place of the one of its key."""
        remove_where(self._connection, schema.traded, _key(row))
        insert_new(self._connection, schema.traded, values_of(row))

    def drop_traded(self, corridor: str, consignment_id: str, side: Side | None = None) -> None:
        """Forget what a side declared of a consignment, or both did; no harm where nothing was."""
        key = {"corridor": corridor, "consignment_id": consignment_id}
        remove_where(self._connection, schema.traded, key | ({"side": side} if side else {}))

    def put_all_traded(self, corridor: str, consignment_id: str, rows: Iterable[TradedRow]) -> None:
        """Store these rows in place of all of a consignment."""
        self.drop_traded(corridor, consignment_id)
        for row in rows:
            insert_new(self._connection, schema.traded, values_of(row))

    def add_series(self, row: PublishedSeries) -> None:
        """Keep a published series.

        Raises:
            LocalError: ``already-stored``.
        """
        self._add(schema.published_series, values_of(row), "series")

    def remove_series(self, series_id: str) -> bool:
        """Forget a series; gives whether there was one."""
        key = {"series_id": series_id}
        return bool(remove_where(self._connection, schema.published_series, key))


def _key(row: TradedRow) -> dict[str, str]:
    names = ("corridor", "consignment_id", "side", "source")
    return {name: getattr(row, name) for name in names}
