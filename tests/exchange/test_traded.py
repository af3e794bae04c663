"""What each side declared of a consignment: a node counts its own whole, the other's as far as it is told."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from tests.exchange.papers import arrive, declaration, imported, item, paper
from tests.exchange.world import Node, Pair

from keruen.customs import Amount, Declaration
from keruen.exchange.traded import mass_of, value_of
from keruen.store.trade import Side, TradedSums, TradedWanted

VALUE = Amount(value=Decimal("1234.56"), currency="USD")


def sums(node: Node) -> dict[Side, TradedSums]:
    found = node.store.read(lambda reader: reader.traded_sums(TradedWanted()))
    return {one.side: one for one in found}


def priced(one: Declaration) -> Declaration:
    return declaration(number=one.number, items=(item(statistical_value=VALUE),))


async def test_the_sender_knows_its_values_and_the_receiver_is_not_told_them(pair: Pair) -> None:
    pair.kz.submit(paper(priced(declaration())))
    await pair.settle()
    here, there = sums(pair.kz)[Side.EXPORTER], sums(pair.tj)[Side.EXPORTER]
    assert (here.consignments, here.valued, here.value) == (1, 1, 123456)
    assert (there.consignments, there.valued, there.value) == (1, 0, 0)
    assert here.net_mass == there.net_mass > 0


async def test_an_import_counts_for_the_importer_in_the_month_of_its_acceptance(pair: Pair) -> None:
    pair.kz.submit(paper(priced(declaration())))
    await pair.settle()
    pair.clock.advance(hours=41)
    arrive(pair.tj)
    whole = imported(items=(item(net_mass=17000, statistical_value=VALUE),))
    pair.tj.submit(paper(whole))
    await pair.settle()
    for node, valued in ((pair.tj, 1), (pair.kz, 0)):
        found = sums(node)[Side.IMPORTER]
        assert (found.consignments, found.valued, found.net_mass) == (1, valued, 17_000_000)


async def test_what_is_annulled_does_not_count(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    assert sums(pair.tj)[Side.EXPORTER].consignments == 1
    notice = {"kind": "annulment", "number": declaration().number, "reason": "withdrawn"}
    pair.kz.submit(json.dumps(notice).encode())
    await pair.settle()
    assert sums(pair.kz) == sums(pair.tj) == {}


@pytest.mark.parametrize(
    ("items", "cents"),
    [
        ((item(statistical_value=VALUE, price=Amount(value=Decimal(1), currency="USD")),), 123456),
        ((item(statistical_value=Amount(value=Decimal(9), currency="KZT"), price=VALUE),), 123456),
        ((item(statistical_value=VALUE), item(customs_value=VALUE)), 246912),
        ((item(statistical_value=VALUE), item(price=None)), None),
        ((), None),
        ((item(price=Amount(value=Decimal("1e30"), currency="USD")),), None),
    ],
)
def test_a_value_is_that_of_every_item_in_dollars(
    items: tuple[object, ...], cents: int | None
) -> None:
    assert value_of(declaration(items=items, invoice=None)) == cents


def test_without_values_of_items_the_invoice_says_it() -> None:
    assert value_of(declaration(items=(item(price=None),), invoice=VALUE)) == 123456


def test_a_mass_is_that_of_every_item() -> None:
    assert mass_of((item(net_mass=Decimal("1.5")), item(net_mass=Decimal(2)))) == 3500
    assert mass_of((item(net_mass=Decimal(1)), item(net_mass=None))) is None
