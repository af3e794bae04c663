"""What the exchange measures of an instrument: goods by chapter, share on time, clearance."""

from __future__ import annotations

from datetime import timedelta

from tests.as4.world import NOW
from tests.exchange.papers import PLATE, arrive, declaration, imported, paper
from tests.exchange.world import Node, Pair

from keruen.agreement.instruments import Field, Instrument, Kind
from keruen.exchange.indicators import Month, measured

BEFORE = NOW.date() - timedelta(days=40)


def months(node: Node, field: Field) -> list[Month]:
    one = Instrument(
        key="plan", kind=Kind.PLAN, title={"en": "Plan"}, parties=(), signed=BEFORE, field=field
    )
    now = node.clock.now()
    found = node.store.read(lambda reader: measured(reader, one, now))
    return [month for month in found if month.consignments]


async def test_a_lorry_of_flour_is_agriculture_and_no_industry(mixed_pair: Pair) -> None:
    pair = mixed_pair
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    for node in (pair.kz, pair.tj):
        (month,) = months(node, Field.AGRICULTURE)
        assert month.consignments == 1
        assert month.net_mass_kg
        assert months(node, Field.TRADE) == [month]
        assert months(node, Field.INDUSTRY) == []
        assert months(node, Field.TOURISM) == []


async def test_clearance_runs_from_the_arrival_to_the_import_declaration(mixed_pair: Pair) -> None:
    pair = mixed_pair
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.clock.advance(hours=40)
    arrive(pair.tj, vehicle=PLATE)
    await pair.settle()
    pair.clock.advance(hours=9)
    pair.tj.submit(paper(imported()))
    await pair.settle()
    for node, hours in ((pair.tj, 8), (pair.kz, None)):  # accepted after 48 h, arrived after 40 h
        (month,) = months(node, Field.CUSTOMS)
        assert (month.consignments, month.on_time_share) == (1, 1.0)
        assert month.clearance_hours == hours
