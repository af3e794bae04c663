"""Deadlines that were missed are counted, by what the agreement says and apart for test data."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from tests.exchange.papers import arrive, declaration, paper
from tests.exchange.test_agreement import LIVE, TEXT
from tests.exchange.world import Node, Pair, with_agreement

from keruen.agreement import read_agreement
from keruen.exchange.punctuality import missed_deadlines

HOUR = timedelta(hours=1)


def missed(node: Node) -> dict[str, int]:
    return node.store.read(lambda reader: missed_deadlines(reader, node.context))


async def test_nothing_is_missed_where_all_is_in_time(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.clock.advance(hours=5)
    assert (missed(pair.kz), missed(pair.tj)) == ({}, {})


@pytest.mark.parametrize(("allowed", "counted"), [(1, {"acknowledgement": 1}), (30, {})])
async def test_an_answer_that_is_not_there_is_counted(
    allowed: int, counted: dict[str, int], pair: Pair
) -> None:
    edited = TEXT.replace("acknowledgement = 1 ", f"acknowledgement = {allowed} ")
    with_agreement(pair.kz, read_agreement(edited))
    pair.kz.submit(paper(declaration()))
    pair.clock.advance(hours=2)
    assert missed(pair.kz) == counted


async def test_an_answer_that_came_late_stays_counted(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    pair.clock.advance(hours=2)
    await pair.settle()
    pair.clock.advance(hours=48)
    assert missed(pair.kz) == {"acknowledgement": 1}
    assert missed(pair.tj) == {}


async def test_information_that_came_late_is_counted_at_the_receiver(pair: Pair) -> None:
    first, last = declaration().itinerary
    late = replace(last, eta=pair.clock.now() + HOUR)
    pair.kz.submit(paper(declaration(itinerary=(first, late))))
    await pair.settle()
    assert missed(pair.tj) == {"before_crossing": 1}


async def test_an_import_that_is_not_told_is_counted_on_both_sides(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.clock.advance(hours=40)
    arrive(pair.tj)
    await pair.settle()
    pair.clock.advance(hours=241)
    assert missed(pair.tj) == missed(pair.kz) == {"import_information": 1}


async def test_test_data_is_counted_apart(pair: Pair) -> None:
    edited = TEXT.replace(LIVE, LIVE.replace("live", "test"))
    for node in (pair.kz, pair.tj):
        with_agreement(node, read_agreement(edited))
    pair.kz.submit(paper(declaration()))
    pair.clock.advance(hours=2)
    await pair.settle()
    assert missed(pair.kz) == {"acknowledgement test": 1}
    assert pair.tj.counts()["consignments"] == {}
    assert pair.tj.counts()["test"] == {"accepted": 1}
