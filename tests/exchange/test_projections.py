"""Projections are what the events say: thrown away and built again, they are the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import Table, select
from tests.exchange.papers import arrive, declaration, imported, item, number, paper
from tests.exchange.world import Node, Pair

from keruen.customs import Container, Seal, TransportKind, TransportMeans
from keruen.exchange import rebuild
from keruen.store import Transaction, schema


def projections(node: Node) -> dict[str, list[tuple[Any, ...]]]:
    return {table.name: contents(node, table) for table in (*schema.PROJECTIONS, *schema.COUNTS)}


def contents(node: Node, table: Table) -> list[tuple[Any, ...]]:
    rows: Iterable[Any] = node.store.read(
        lambda reader: reader._connection.execute(select(table)).all()
    )
    return sorted((tuple(row) for row in rows), key=repr)


async def a_busy_day(pair: Pair) -> None:
    """Every kind of event, and one of every discrepancy that matters."""
    files = [
        declaration(),
        number(2),
        number(3),
        number(4),
        replace(
            number(5),
            number="rail",
            transport_means=tuple(
                TransportMeans(identity=wagon, kind=TransportKind.WAGON, mode="2")
                for wagon in ("52345676", "52345684")
            ),
            containers=(Container(id="MSKU7084122", seals=(Seal(number="S1"),)),),
        ),
    ]
    pair.kz.submit(*(paper(one) for one in files))
    await pair.settle()
    pair.clock.advance(hours=1)
    for node in (pair.kz, pair.tj):
        node.sweep()
    pair.clock.advance(hours=40)
    arrive(pair.tj, seals_broken=("KZ0012345",), weighbridge=19000)
    arrive(pair.tj, post="TJ-NAU", vehicle=None, wagons=("52345676",))
    arrive(pair.tj, vehicle="777YYY77")
    await pair.settle()
    pair.clock.advance(hours=30)
    for node in (pair.kz, pair.tj):
        node.sweep()
    arrive(pair.tj, vehicle="002ABC02")
    arrive(pair.tj, post="TJ-NAU", vehicle=None, wagons=("52345684",))
    pair.tj.submit(paper(imported(items=(item(net_mass=17000, hs="110220"),))))
    await pair.settle()


@pytest.mark.parametrize("country", ["KZ", "TJ"])
async def test_rebuilt_projections_equal_what_was_there(mixed_pair: Pair, country: str) -> None:
    await a_busy_day(mixed_pair)
    node = mixed_pair.wire.nodes[country]
    states = node.counts()["consignments"]
    assert {"closed", "arrived", "overdue"} <= states.keys()
    before = projections(node)
    assert all(before[table.name] for table in schema.PROJECTIONS if table.name != "import_match")
    assert country == "KZ" or before["import_match"]
    events = sum(1 for _ in node.store.read(lambda r: r.all_events(limit=10**6)))
    mixed_pair.clock.advance(days=30)
    assert rebuild(node.store, node.context) == events
    assert projections(node) == before


async def test_a_rebuild_that_fails_leaves_the_projections_as_they_were(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    before = projections(pair.kz)
    without = dataclasses.replace(pair.kz.context, agreements=())
    with pytest.raises(KeyError):
        rebuild(pair.kz.store, without)
    assert projections(pair.kz) == before


async def test_events_in_pages_are_rebuilt_in_order(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.kz.submit(*(paper(number(n)) for n in range(1, 8)))
    await pair.settle()
    before = projections(pair.kz)
    pages: list[str] = []
    whole = Transaction.all_events

    def page(self: Transaction, after: str = "", limit: int = 3) -> Any:
        pages.append(after)
        return whole(self, after, 3)

    monkeypatch.setattr(Transaction, "all_events", page)
    assert rebuild(pair.kz.store, pair.kz.context) == 28
    assert len(pages) == 11
    assert projections(pair.kz) == before
