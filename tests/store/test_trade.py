"""What each side declared, added up by month; published series as they were imported."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from tests.store.samples import CORRIDOR, NOON, keep

from keruen.errors import LocalError
from keruen.store import Role, Store, Transaction
from keruen.store.pages import Narrowed
from keruen.store.trade import PublishedSeries, Side, TradedRow, TradedSums, TradedWanted

SERIES = PublishedSeries(series_id="1", name="a.csv", imported=NOON, sha256="00", content=b"\0a")


def row(number: int, side: Side = Side.EXPORTER, **more: Any) -> TradedRow:
    given: dict[str, Any] = {"source": "", "month": "2026-11", "post": "TJ-FOT"}
    given |= {"value": 100, "net_mass": 2000}
    return TradedRow(
        corridor=CORRIDOR,
        consignment_id=f"consignment-{number}",
        side=side,
        role=Role.RECEIVER,
        partner="KZ",
        **(given | more),
    )


def put(store: Store, *rows: TradedRow) -> None:
    keep(store, Transaction.put_traded, rows)


def sums(store: Store, **wanted: Any) -> list[TradedSums]:
    return store.read(lambda reader: reader.traded_sums(TradedWanted(**wanted)))


def test_sums_say_of_how_many_they_are(store: Store) -> None:
    put(store, row(1), row(2, value=None), row(3, month="2026-12"))
    november, december = sums(store)
    assert (november.consignments, november.valued, november.weighed) == (2, 1, 2)
    assert (november.value, november.net_mass) == (100, 4000)
    assert (december.month, december.consignments) == ("2026-12", 1)


def test_an_import_in_parts_is_one_consignment(store: Store) -> None:
    put(store, row(1, Side.IMPORTER, source="a"), row(1, Side.IMPORTER, source="b"))
    (found,) = sums(store)
    assert (found.consignments, found.value, found.net_mass) == (1, 200, 4000)


def test_a_row_takes_the_place_of_the_one_before(store: Store) -> None:
    put(store, row(1), row(1, value=500, month="2026-10"))
    (found,) = sums(store)
    assert (found.month, found.value) == ("2026-10", 500)


def test_one_side_is_forgotten_without_the_other(store: Store) -> None:
    put(store, row(1), row(1, Side.IMPORTER, source="a"))
    store.write_now(partial(Transaction.drop_traded, corridor=CORRIDOR,
                            consignment_id="consignment-1", side=Side.EXPORTER))  # fmt: skip
    assert [one.side for one in sums(store)] == [Side.IMPORTER]


def test_sums_are_narrowed_to_months_posts_and_partners(store: Store) -> None:
    put(store, row(1), row(2, month="2026-12"), row(3, post="TJ-NAU"), row(4, post=None))
    assert sum(one.consignments for one in sums(store, since="2026-12")) == 1
    assert sum(one.consignments for one in sums(store, until="2026-11")) == 3
    seen = Narrowed(posts=frozenset({"TJ-FOT"}))
    assert sum(one.consignments for one in sums(store, narrowed=seen)) == 2
    assert sums(store, narrowed=Narrowed(partners=frozenset({"UZ"}))) == []


def test_a_series_is_kept_byte_for_byte_until_it_is_removed(store: Store) -> None:
    store.write_now(lambda tx: tx.add_series(SERIES))
    assert store.read(lambda reader: reader.published_series()) == [SERIES]
    with pytest.raises(LocalError, match="already-stored"):
        store.write_now(lambda tx: tx.add_series(SERIES))
    assert store.write_now(lambda tx: tx.remove_series("1"))
    assert not store.write_now(lambda tx: tx.remove_series("1"))
