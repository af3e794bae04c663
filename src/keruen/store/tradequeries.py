"""Queries of trade: sums by month, side and partner; published series."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, distinct, exists, func, select

from keruen.store import schema
from keruen.store.figured import Aspect
from keruen.store.prepared import rows_where
from keruen.store.snapshot import Snapshot
from keruen.store.trade import PublishedSeries, TradedRow, TradedSums, TradedWanted

_OF = schema.traded.c
KEYS = ("month", "side", "role", "partner")
SUMS = ("consignments", "valued", "weighed", "value", "net_mass")


class TradeQueries(Snapshot):
    """What was declared in which month, and what was published."""

    def traded_sums(self, wanted: TradedWanted) -> list[TradedSums]:
        """Sums of the months, in the order of `KEYS`."""
        keys = [_OF[name] for name in KEYS]
        query = (
            select(
                *keys,
                func.count(distinct(_OF.consignment_id)).label("consignments"),
                func.count(_OF.value).label("valued"),
                func.count(_OF.net_mass).label("weighed"),
                func.coalesce(func.sum(_OF.value), 0).label("value"),
                func.coalesce(func.sum(_OF.net_mass), 0).label("net_mass"),
            )
            .where(*_where(wanted))
            .group_by(*keys)
            .order_by(*keys)
        )
        return [_plain(one) for one in self._all(TradedSums, query)]

    def traded_rows(self, corridor: str, consignment_id: str) -> list[TradedRow]:
        """What both sides declared of one consignment."""
        key = {"corridor": corridor, "consignment_id": consignment_id}
        return list(rows_where(self._connection, TradedRow, schema.traded, key))

    def published_series(self) -> list[PublishedSeries]:
        """All series, the first imported first."""
        table = schema.published_series
        return self._all(PublishedSeries, select(table).order_by(table.c.series_id))


def _where(wanted: TradedWanted) -> list[ColumnElement[bool]]:
    seen = {"post": wanted.narrowed.posts, "partner": wanted.narrowed.partners}
    found: list[ColumnElement[bool]] = [
        _OF[name].in_(sorted(codes)) for name, codes in seen.items() if codes is not None
    ]
    if wanted.chapters is not None:
        found.append(_has_goods_of(wanted.chapters))
    if wanted.since is not None:
        found.append(_OF.month >= wanted.since)
    if wanted.until is not None:
        found.append(_OF.month <= wanted.until)
    return found


def _has_goods_of(chapters: frozenset[str]) -> ColumnElement[bool]:
    of = schema.figure.c
    return exists().where(
        of.corridor == _OF.corridor,
        of.consignment_id == _OF.consignment_id,
        of.aspect == Aspect.CHAPTER,
        of.key.in_(sorted(chapters)),
    )


def _plain(one: TradedSums) -> TradedSums:
    """PostgreSQL adds up to decimals."""
    numbers: dict[str, Any] = {name: int(getattr(one, name)) for name in SUMS}
    return TradedSums(**{name: getattr(one, name) for name in KEYS}, **numbers)
