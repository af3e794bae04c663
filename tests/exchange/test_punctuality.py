"""Deadlines that were missed are counted, by what the agreement says and apart for test data."""

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace
from tests.exchange.papers import arrive, declaration, imported, paper
from tests.exchange.test_agreement import LIVE, TEXT
from tests.exchange.world import CORRIDOR, Node, Pair, the_agreement, with_agreement

from keruen.agreement import read_agreement
from keruen.exchange import rebuild
from keruen.exchange.deadlines import look, missed_deadlines
from keruen.exchange.enquiries import verify

HOUR = timedelta(hours=1)


def missed(node: Node) -> dict[str, int]:
    """What `keruen status` counts after the worker's look."""
    while node.store.write_now(lambda tx: look(tx, node.context)):
        pass
    return node.store.read(lambda reader: missed_deadlines(reader, node.context))


def told(node: Node, consignment: str) -> list[tuple[str, str | None]]:
    """Events about deadlines, each with which it was."""
    events = node.store.read(lambda r: r.events(CORRIDOR, consignment))
    codes = [(one.name, msgspec.json.decode(one.data).get("code")) for one in events]
    return [one for one in codes if one[0] in ("deadline-missed", "answered-late")]


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


async def test_no_acknowledgement_is_due_for_what_one_side_asks_the_other(pair: Pair) -> None:
    """An enquiry is answered by a reply, a status report by nothing."""
    agreed = the_agreement()
    pair.kz.store.write_now(lambda tx: verify(tx, pair.kz.context, agreed, "55301/231126/1"))
    await pair.settle()
    pair.clock.advance(hours=5)
    assert (missed(pair.kz), missed(pair.tj)) == ({}, {})


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


async def test_a_missed_answer_is_an_event_once_and_a_late_one_is_recorded_as_late(
    pair: Pair,
) -> None:
    (submitted,) = pair.kz.submit(paper(declaration()))
    consignment = submitted.consignment_id or ""
    pair.clock.advance(hours=2)
    missed(pair.kz)
    missed(pair.kz)
    assert told(pair.kz, consignment) == [("deadline-missed", "acknowledgement-late")]
    (waiting,) = pair.kz.store.read(lambda r: r.deadlines_missed())
    assert waiting.due == pair.clock.now() - HOUR
    await pair.settle()
    missed(pair.kz)
    missed(pair.kz)
    assert told(pair.kz, consignment)[1:] == [("answered-late", "acknowledgement-late")]
    assert pair.kz.store.read(lambda r: r.deadlines_missed()) == []
    assert str(pair.kz.state(consignment)) == "accepted"
    before = pair.kz.consignment(consignment)
    rebuild(pair.kz.store, pair.kz.context)
    assert pair.kz.consignment(consignment) == before


async def test_a_late_import_is_waited_for_and_then_met(pair: Pair) -> None:
    (submitted,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.clock.advance(hours=40)
    arrive(pair.tj)
    await pair.settle()
    pair.clock.advance(hours=241)
    for node in (pair.kz, pair.tj):
        missed(node)
        assert [one.code for one in node.store.read(lambda r: r.deadlines_missed())] == [
            "import_information"
        ]
    pair.tj.submit(paper(imported()))
    await pair.settle()
    for node in (pair.kz, pair.tj):
        assert missed(node) == {"import_information": 1}
        assert told(node, submitted.consignment_id or "") == [
            ("deadline-missed", "import-information-late"),
            ("answered-late", "import-information-late"),
        ]
        assert node.store.read(lambda r: r.deadlines_missed()) == []


async def test_an_arrival_told_late_is_an_event_on_both_sides(pair: Pair) -> None:
    (submitted,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.clock.advance(hours=66)
    arrive(pair.tj, arrived=pair.clock.now() - 25 * HOUR)
    await pair.settle()
    for node in (pair.kz, pair.tj):
        assert missed(node) == {"arrival_information": 1}
        assert ("answered-late", "arrival-information-late") in told(
            node, submitted.consignment_id or ""
        )
