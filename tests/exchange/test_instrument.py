"""What the exchange rests on comes to its end: nothing begins any more, and what was begun is completed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from tests.as4.world import NOW
from tests.exchange.papers import (
    PLATE,
    answers,
    arrive,
    declaration,
    imported,
    information,
    number,
    paper,
    rejected,
)
from tests.exchange.world import Node, Pair, the_agreement, with_agreement

from keruen.agreement.model import Period
from keruen.errors import LocalError
from keruen.exchange.reporting import by_hand
from keruen.messages import Outcome

CODE = "instrument-not-in-force"
TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
ENDED, NEVER = (Period(until=YESTERDAY),), ()


def rests_on(node: Node, usable: tuple[Period, ...] | None) -> None:
    with_agreement(node, replace(the_agreement(), instrument="protocol", usable=usable))


def codes(pair: Pair, one: str = "1") -> set[str]:
    (result,) = pair.kz.submit(paper(number(int(one))))
    return {finding.code for finding in result.findings}


def test_while_it_is_in_force_nothing_is_said_of_it(pair: Pair) -> None:
    rests_on(pair.kz, (Period(since=TODAY, until=TODAY + timedelta(days=2)),))
    assert codes(pair) == set()


@pytest.mark.parametrize("usable", [ENDED, NEVER])
def test_nothing_is_sent_once_it_is_not_in_force(pair: Pair, usable: tuple[Period, ...]) -> None:
    rests_on(pair.kz, usable)
    (result,) = pair.kz.submit(paper(declaration()))
    (finding,) = result.findings
    assert finding.code == CODE
    assert "rests on protocol, which is not in force on 2026-11-2" in finding.text
    assert pair.kz.messages() == []


async def test_what_a_partner_begins_all_the_same_is_refused_and_told_why(pair: Pair) -> None:
    rests_on(pair.tj, ENDED)
    assert await rejected(pair, information(pair.kz)) == {"header.agreement": CODE}
    (answer,) = answers(pair.tj)
    assert "rests on protocol" in answer.findings[0].text
    assert pair.tj.counts()["consignments"] == {}


def test_an_unannounced_vehicle_is_not_registered_under_it(pair: Pair) -> None:
    rests_on(pair.tj, ENDED)
    (finding,) = arrive(pair.tj).findings
    assert (finding.code, finding.path) == (CODE, "partner")


def test_no_report_is_made_under_it(pair: Pair) -> None:
    rests_on(pair.tj, ENDED)
    context = pair.tj.context
    with pytest.raises(LocalError, match=CODE):
        pair.tj.store.write_now(lambda tx: by_hand(tx, context, context.agreements[0]))


async def test_what_was_begun_before_is_brought_to_its_end(pair: Pair) -> None:
    for node in (pair.kz, pair.tj):
        rests_on(node, (Period(until=TODAY + timedelta(days=1)),))
    (sent,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.clock.advance(hours=60)
    assert codes(pair) == {CODE}
    (registered,) = [arrive(pair.tj, vehicle=PLATE)]
    assert not registered.unannounced
    await pair.settle()
    pair.tj.submit(paper(imported()))
    await pair.settle()
    assert pair.kz.state(sent.consignment_id or "") == pair.tj.state(sent.consignment_id or "")
    assert {one.outcome for one in (*answers(pair.kz), *answers(pair.tj))} == {Outcome.ACCEPTED}
    assert pair.kz.refusals() == pair.tj.refusals() == []
