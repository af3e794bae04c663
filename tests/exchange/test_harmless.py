"""A message can move nothing but what it may speak of: ids, answers and reports that are out of place."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from tests.exchange.papers import (
    answers,
    arrived,
    declaration,
    deliver,
    header,
    information,
    number,
    paper,
    rejected,
)
from tests.exchange.world import Node, Pair

from keruen.exchange import State
from keruen.messages import (
    Acknowledgement,
    ImportInformation,
    Outcome,
    PreliminaryInformation,
)


async def test_a_business_id_known_under_another_as4_id_is_refused_by_name(pair: Pair) -> None:
    (result,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    known = pair.kz.messages(kind="PreliminaryInformation")[0]
    before = pair.tj.counts()
    forged = replace(
        information(pair.kz),
        header=header(pair.kz, PreliminaryInformation, message_id=known.message_id),
    )
    await deliver(pair, forged)
    (refusal,) = pair.tj.refusals()
    assert (refusal.code, refusal.detail) == ("message-id-known", "header.message_id")
    answer = answers(pair.tj)[-1]
    assert answer.header.refers_to is None
    (finding,) = answer.findings
    assert (finding.code, finding.declared) == ("message-id-known", known.message_id)
    await pair.settle()
    assert pair.tj.counts()["consignments"] == before["consignments"] == {"accepted": 1}
    assert pair.kz.state(result.consignment_id or "") is State.ACCEPTED
    assert pair.kz.happened(result.consignment_id or "")[-1] == "accepted"


async def test_a_consignment_announced_again_is_not_done_again_and_with_other_goods_rejected(
    pair: Pair,
) -> None:
    first = information(pair.kz)
    await deliver(pair, first)
    await deliver(pair, information(pair.kz, consignment_id=first.consignment_id))
    other = replace(first.declaration, number="another")
    await deliver(
        pair, information(pair.kz, consignment_id=first.consignment_id, declaration=other)
    )
    _, same, differs = answers(pair.tj)
    assert (same.outcome, [f.code for f in same.findings]) == ("accepted", ["version-known"])
    assert (differs.outcome, [f.code for f in differs.findings]) == (
        "rejected",
        ["version-differs"],
    )
    assert pair.tj.happened(first.consignment_id) == ["announced", "accepted"]
    assert pair.tj.consignment(first.consignment_id).reference == first.declaration.reference


async def test_an_answer_is_never_answered(pair: Pair) -> None:
    bad = [
        answer_to("0" * 8 + "-0000-7000-8000-" + "0" * 12, pair.kz),
        replace(answer_to(None, pair.kz), header=header(pair.kz, Acknowledgement, version="7.0")),
    ]
    for message in bad:
        await deliver(pair, message)
    await deliver(pair, bad[0], action="ImportInformation")
    await deliver(pair, b"{}", action="Acknowledgement")
    assert [one.code for one in pair.tj.refusals()][::-1] == [
        "answer-misplaced",
        "header-mismatch",
        "kind-mismatch",
        "message-invalid",
    ]
    assert answers(pair.tj) == []


def answer_to(message_id: str | None, sender: Node, **values: Any) -> Acknowledgement:
    return replace(
        Acknowledgement(
            header=header(sender, Acknowledgement, refers_to=message_id),
            outcome=Outcome.ACCEPTED,
            registration_number="FORGED",
        ),
        **values,
    )


async def test_nobody_can_accept_his_own_message(pair: Pair) -> None:
    """KZ announces what TJ rejects, then says itself that it was accepted."""
    message = information(pair.kz, declaration=declaration())
    await deliver(pair, message)
    assert pair.tj.state(message.consignment_id) is State.REJECTED
    await deliver(pair, answer_to(message.header.message_id, pair.kz))
    (refusal,) = pair.tj.refusals()
    assert refusal.code == "answer-misplaced"
    assert pair.tj.happened(message.consignment_id) == ["announced", "rejected"]
    assert pair.tj.consignment(message.consignment_id).registration_number is None


async def two_announced(pair: Pair) -> tuple[str, str, str]:
    """TJ announces two; gives the first one's message and both consignments. Nothing is answered yet."""
    one, two = pair.tj.submit(
        *(paper(replace(number(n), country_of_destination="KZ")) for n in (1, 2))
    )
    await pair.tj.send_once()
    return one.message_id or "", one.consignment_id or "", two.consignment_id or ""


async def test_an_answer_cannot_move_another_consignment(pair: Pair) -> None:
    message_id, first, second = await two_announced(pair)
    await deliver(pair, answer_to(message_id, pair.kz, consignment_id=second))
    (refusal,) = pair.tj.refusals()
    assert refusal.code == "answer-misplaced"
    assert pair.tj.state(first) is pair.tj.state(second) is State.DELIVERED


async def test_the_first_answer_holds(pair: Pair) -> None:
    message_id, first, _ = await two_announced(pair)
    await deliver(pair, answer_to(message_id, pair.kz, registration_number="KZ/1"))
    assert pair.tj.state(first) is State.ACCEPTED
    await deliver(pair, answer_to(message_id, pair.kz, outcome=Outcome.REJECTED))
    await deliver(pair, answer_to(message_id, pair.kz, registration_number="KZ/2"))
    assert [one.code for one in pair.tj.refusals()] == ["already-answered"] * 2
    assert pair.tj.happened(first)[-1] == "accepted"
    assert pair.tj.consignment(first).registration_number == "KZ/1"


async def test_who_announced_a_consignment_cannot_say_that_it_arrived(pair: Pair) -> None:
    announcement = information(pair.kz)
    await deliver(pair, announcement)
    await deliver(pair, arrived(pair.kz, consignment_id=announcement.consignment_id))
    answer = answers(pair.tj)[-1]
    assert [(f.code, f.path) for f in answer.findings] == [
        ("consignment-unknown", "consignment_id")
    ]
    assert pair.tj.state(announcement.consignment_id) is State.ACCEPTED


async def test_an_arrival_of_what_was_never_announced_is_rejected(pair: Pair) -> None:
    found = await rejected(pair, arrived(pair.kz, consignment_id=pair.clock.new_id()))
    assert found == {"consignment_id": "consignment-unknown"}


async def test_an_import_of_what_was_never_announced_is_rejected(pair: Pair) -> None:
    message = ImportInformation(
        header=header(pair.kz, ImportInformation),
        consignment_id=pair.clock.new_id(),
        declaration_number="1",
    )
    assert await rejected(pair, message) == {"consignment_id": "consignment-unknown"}


async def test_an_unannounced_arrival_cannot_take_the_id_of_a_consignment(pair: Pair) -> None:
    announcement = information(pair.kz)
    await deliver(pair, announcement)
    await deliver(pair, arrived(pair.kz, arrival_id=announcement.consignment_id))
    answer = answers(pair.tj)[-1]
    assert [(f.code, f.path) for f in answer.findings] == [("consignment-known", "arrival_id")]
    assert pair.tj.consignment(announcement.consignment_id).arrived is None
    assert pair.tj.happened(announcement.consignment_id) == ["announced", "accepted"]
