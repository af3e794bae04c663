"""Enquiries by the clock, their replies from the books or by a person, and verification of a declaration."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace
from tests.as4.world import NOW
from tests.exchange.papers import arrive, declaration, header, paper, sealed_by
from tests.exchange.world import CORRIDOR, Node, Pair, pair_of, the_agreement, with_agreement

from keruen.customs import DiscrepancyCode
from keruen.errors import LocalError, UsageError
from keruen.exchange import Context, State
from keruen.exchange.enquiries import REPLIES, Earlier, Effect, ask_for, earlier, verify
from keruen.exchange.replies import answer
from keruen.messages import (
    AnyMessage,
    Enquiry,
    EnquiryOutcome,
    EnquiryReply,
    Mode,
    PreliminaryInformation,
    Question,
    decode,
)
from keruen.store import Direction, EnquiryRow, EnquiryState, Reader, Store

O = EnquiryOutcome  # noqa: E741 - as short as the table's cells
ETA, OVERDUE, ENQUIRY, REMINDER, ESCALATION = 40, 24, 36, 24, 24
"""Hours: of the paper, and by the agreement's deadlines for road."""


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request: pytest.FixtureRequest, new_database: Callable[[], str]) -> Any:
    """A pair whose sender is on either database; the receiver is on SQLite."""
    dsn = request.getfixturevalue("postgres_dsn") if request.param == "postgresql" else None
    made = pair_of(dsn() if dsn else new_database(), new_database())
    yield made
    made.close()


async def announced(pair: Pair, *papers: bytes) -> str:
    (result,) = pair.kz.submit(*(papers or (paper(declaration()),)))
    await pair.settle()
    return result.consignment_id or ""


def leave_empty(node: Node) -> str:
    """An empty truck leaves; gives the id of its journey."""
    eta = (node.clock.now() + timedelta(hours=ETA)).isoformat()
    said = {"kind": "empty-vehicle", "vehicle": "555AAA02", "post": "TJ-GUL", "eta": eta}
    (result,) = node.submit(json.dumps(said).encode())
    return result.consignment_id or ""


async def hours(pair: Pair, count: float) -> None:
    """Time passes, and both nodes do what the clock says."""
    pair.clock.advance(hours=count)
    for _ in range(3):
        pair.kz.sweep()
        pair.tj.sweep()
        await pair.settle()


def enquiries(store: Store, direction: Direction) -> list[EnquiryRow]:
    found = store.read(lambda r: r.enquiries(direction=direction))
    return [one for one in found if one.question == Question.ARRIVAL]


def row(pair: Pair) -> EnquiryRow:
    (found,) = enquiries(pair.kz.store, Direction.OUT)
    return found


def alarms(store: Store) -> list[str]:
    return [one.code for one in store.read(lambda r: r.alarms())]


def sent(pair: Pair) -> list[Enquiry]:
    found = (decode(one.body) for one in pair.kz.messages(kind="Enquiry", direction=Direction.OUT))
    return [one for one in found if isinstance(one, Enquiry) and one.consignment_id]


async def test_an_empty_vehicle_that_does_not_come_is_overdue_and_asked_for_like_a_loaded_one(
    both: Pair,
) -> None:
    pair = both
    journey = leave_empty(pair.kz)
    await pair.settle()
    await hours(pair, ETA + OVERDUE - 1)
    assert pair.kz.state(journey) is pair.tj.state(journey) is State.EMPTY
    await hours(pair, 2)
    assert pair.kz.state(journey) is pair.tj.state(journey) is State.OVERDUE
    (found,) = pair.tj.store.read(lambda r: r.discrepancies(CORRIDOR, journey))
    assert (found.discrepancy.code, found.discrepancy.path) == ("not-arrived", "eta")
    await hours(pair, ENQUIRY - OVERDUE)
    assert row(pair).state is EnquiryState.ASKED
    assert arrive(pair.tj, vehicle="555AAA02").consignment_id == journey
    await hours(pair, 0)
    assert pair.kz.state(journey) is pair.tj.state(journey) is State.ARRIVED
    assert row(pair).outcome == O.FOUND


async def test_what_is_overdue_is_asked_for_reminded_of_and_put_to_a_person_once_each(
    both: Pair,
) -> None:
    pair = both
    consignment = await announced(pair)
    await hours(pair, ETA + ENQUIRY - 1)
    assert (row(pair).state, sent(pair)) == (EnquiryState.PLANNED, [])
    await hours(pair, 1)
    assert row(pair).state is EnquiryState.ASKED
    await hours(pair, REMINDER)
    assert row(pair).state is EnquiryState.REMINDED
    assert alarms(pair.kz.store) == []
    await hours(pair, ESCALATION)
    assert row(pair).state is EnquiryState.ESCALATED
    assert alarms(pair.kz.store) == ["enquiry-unanswered"]
    await hours(pair, 1000)
    assert [one.reminder for one in sent(pair)] == [0, 1]
    told = [
        one for one in pair.kz.happened(consignment) if one in ("enquired", "reminded", "escalated")
    ]
    assert told == ["enquired", "reminded", "escalated"]
    assert pair.kz.state(consignment) is State.OVERDUE
    (asked,) = enquiries(pair.tj.store, Direction.IN)
    assert (asked.state, asked.subject) == (EnquiryState.REMINDED, row(pair).subject)
    assert pair.tj.refusals() == pair.kz.refusals() == []


async def test_steps_survive_a_restart_and_are_not_taken_twice(pair: Pair) -> None:
    await announced(pair)
    await hours(pair, ETA + ENQUIRY)
    pair.kz.__post_init__()
    await hours(pair, REMINDER)
    pair.kz.__post_init__()
    assert [pair.kz.sweep() for _ in range(2)] == [0, 0]
    assert [one.reminder for one in sent(pair)] == [0, 1]


async def test_where_the_agreement_states_no_time_nobody_asks(pair: Pair) -> None:
    agreement = the_agreement()
    silent = replace(agreement, deadlines=replace(agreement.deadlines, enquiry_after={}))
    with_agreement(pair.kz, silent)
    await announced(pair)
    await hours(pair, 500)
    assert sent(pair) == []


async def test_an_arrival_whose_message_was_lost_is_found(pair: Pair) -> None:
    consignment = await announced(pair)
    pair.clock.advance(hours=ETA)
    arrive(pair.tj)
    (told,) = pair.tj.messages(kind="ArrivalInformation")
    pair.tj.store.write_now(
        lambda tx: tx.outbox_failed(CORRIDOR, told.message_id, "its time is over")
    )
    await hours(pair, ENQUIRY)
    assert row(pair).state in (EnquiryState.ANSWERED, EnquiryState.WITHDRAWN)
    assert pair.kz.state(consignment) is State.ARRIVED
    assert pair.kz.consignment(consignment).arrived == pair.tj.consignment(consignment).arrived
    assert DiscrepancyCode.NOT_ARRIVED not in {
        one.code for one in pair.kz.discrepancies(consignment)
    }
    assert len(pair.kz.messages(kind="ArrivalInformation", direction=Direction.IN)) == 1


async def test_what_arrives_while_an_enquiry_waits_for_a_person_answers_it(pair: Pair) -> None:
    consignment = await announced(pair)
    await hours(pair, ETA + ENQUIRY)
    assert enquiries(pair.tj.store, Direction.IN)[0].state is EnquiryState.ASKED
    arrive(pair.tj)
    await hours(pair, 0)
    assert enquiries(pair.tj.store, Direction.IN)[0].outcome == O.FOUND
    assert row(pair).state in (EnquiryState.ANSWERED, EnquiryState.WITHDRAWN)
    await hours(pair, 1000)
    assert [one.reminder for one in sent(pair)] == [0]
    assert alarms(pair.kz.store) == []
    assert pair.kz.state(consignment) is State.ARRIVED


async def test_what_came_under_another_number_is_found_by_its_marks(pair: Pair) -> None:
    """It came before it was announced, and was not tied to what was announced later."""
    came = arrive(pair.tj, partner="KZ")
    consignment = await announced(pair)
    if pair.tj.state(consignment) is State.ARRIVED:
        pytest.skip("tied at once")
    await hours(pair, ETA + ENQUIRY)
    assert row(pair).outcome == O.OTHER_NUMBER
    assert pair.kz.state(consignment) is State.ARRIVED
    (stored,) = pair.kz.messages(kind="EnquiryReply")
    said = decode(stored.body)
    assert isinstance(said, EnquiryReply)
    assert (said.arrival_id, said.post) == (came.arrival_id, "TJ-GUL")


@pytest.mark.parametrize(
    ("outcome", "facts", "happening", "state"),
    [
        (O.FOUND, {"post": "TJ-GUL"}, "found", State.ARRIVED),
        (O.OTHER_NUMBER, {"number": "TJ-77"}, "found", State.ARRIVED),
        (O.DIVERTED, {"country": "UZ"}, "diverted", State.OVERDUE),
        (O.NOT_ARRIVED, {}, "not-found", State.OVERDUE),
    ],
)
async def test_a_person_answers_and_the_reply_closes_the_enquiry_however_late(
    pair: Pair, outcome: EnquiryOutcome, facts: dict[str, Any], happening: str, state: State
) -> None:
    consignment = await announced(pair)
    for step in (ETA + ENQUIRY, REMINDER, ESCALATION):
        await hours(pair, step)
    assert alarms(pair.kz.store) == ["enquiry-unanswered"]
    (asked,) = enquiries(pair.tj.store, Direction.IN)
    pair.tj.store.write_now(
        lambda tx: answer(tx, pair.tj.context, asked.enquiry_id, outcome, **facts)
    )
    await pair.settle()
    assert (row(pair).state, row(pair).outcome) == (EnquiryState.ANSWERED, outcome)
    assert alarms(pair.kz.store) == []
    assert pair.kz.happened(consignment)[-1] == happening
    assert pair.kz.state(consignment) is state
    codes = {one.code for one in pair.kz.discrepancies(consignment)}
    assert (DiscrepancyCode.DIVERTED in codes) is (outcome is O.DIVERTED)
    assert (DiscrepancyCode.NOT_ARRIVED in codes) is (outcome is O.NOT_ARRIVED)


REPLIED = """
                not-arrived unknown  found       other-number diverted
nothing         closes      closes   closes      closes       closes
not-arrived     known       corrects corrects    corrects     corrects
unknown         corrects    known    corrects    corrects     corrects
found           contradicts contradicts known    contradicts  contradicts
other-number    contradicts contradicts contradicts known     contradicts
diverted        contradicts contradicts contradicts contradicts known
withdrawn       known       known    known       known        known
"""


def cells() -> list[tuple[str, str, str]]:
    heads, *lines = (line.split() for line in REPLIED.strip().splitlines())
    return [(b, h, c) for b, *row in lines for h, c in zip(heads, row, strict=True)]


@pytest.mark.parametrize(("before", "outcome", "effect"), cells())
def test_every_reply_after_every_other(before: str, outcome: str, effect: str) -> None:
    values: dict[str, Any] = {"state": EnquiryState.ANSWERED, "outcome": before}
    if before in ("nothing", "withdrawn"):
        state = EnquiryState.ASKED if before == "nothing" else EnquiryState.WITHDRAWN
        values = {"state": state, "outcome": None}
    known = EnquiryRow(
        corridor=CORRIDOR, enquiry_id="e", direction=Direction.OUT, partner="TJ", question="arrival",
        subject="", stage="export", mode="live", message_id="m", raised=NOW, **values,
    )  # fmt: skip
    assert REPLIES[earlier(known, EnquiryOutcome(outcome))] is Effect(effect)


def test_every_standing_has_an_effect() -> None:
    assert set(REPLIES) == set(Earlier)


async def hand(sender: Node, receiver: Node, message: AnyMessage) -> None:
    """A message made by hand, as a partner's system might send it."""
    sealed = sealed_by(sender, message)
    answer_ = await receiver.take(sealed.content_type, b"".join(sealed.chunks()))
    assert b"Receipt" in answer_.body
    await receiver.inbox.round()


async def reply(pair: Pair, outcome: EnquiryOutcome, **values: Any) -> None:
    """A reply made by hand, as a partner's system might send it."""
    one = row(pair)
    message = EnquiryReply(
        header=header(pair.tj, EnquiryReply),
        enquiry_id=one.enquiry_id,
        outcome=outcome,
        consignment_id=one.consignment_id,
    )
    await hand(pair.tj, pair.kz, replace(message, **values))


async def test_a_doubled_reply_changes_nothing_and_a_contrary_one_is_told_to_a_person(
    pair: Pair,
) -> None:
    consignment = await announced(pair)
    await hours(pair, ETA + ENQUIRY)
    for outcome in (O.NOT_ARRIVED, O.NOT_ARRIVED, O.DIVERTED, O.DIVERTED):
        await reply(pair, outcome)
    assert [one for one in pair.kz.happened(consignment) if one in ("not-found", "diverted")] == [
        "not-found",
        "diverted",
    ]
    assert alarms(pair.kz.store) == []
    await reply(pair, O.NOT_ARRIVED)
    assert alarms(pair.kz.store) == ["enquiry-contradicted"]
    assert row(pair).outcome == O.DIVERTED
    assert pair.kz.refusals() == []


async def test_a_reply_to_what_nobody_asked_is_refused(pair: Pair) -> None:
    await announced(pair)
    await hours(pair, ETA + ENQUIRY)
    await reply(pair, O.FOUND, enquiry_id=pair.tj.clock.new_id())
    (refusal,) = pair.kz.refusals()
    assert refusal.code == "answer-misplaced"
    assert row(pair).state is EnquiryState.ASKED


async def test_a_consignment_that_is_not_known_there_is_told_again(pair: Pair) -> None:
    for node in (pair.kz, pair.tj):  # else the daily report is faster
        with_agreement(node, replace(the_agreement(), reporting=None))
    consignment = await announced(pair)
    forget(pair.tj.store, consignment)
    await hours(pair, ETA + ENQUIRY)
    assert row(pair).outcome == O.UNKNOWN
    assert pair.kz.happened(consignment).count("not-known") == 1
    assert pair.tj.consignment(consignment).reference == row(pair).subject
    assert len(pair.tj.messages(kind="PreliminaryInformation")) == 1


def forget(store: Store, consignment_id: str) -> None:
    """As if a database had been restored that never saw this consignment."""
    ids = store.read(lambda r: [m.ebms_id for m in r.messages(consignment_id=consignment_id)])

    def erase(tx: Any) -> None:
        for table in ("message", "event", "consignment", "identifier"):
            tx._connection.exec_driver_sql(
                f"DELETE FROM {table} WHERE consignment_id = '{consignment_id}'"
            )
        for one in ids:
            tx._connection.exec_driver_sql(f"DELETE FROM inbox WHERE ebms_id = '{one}'")

    store.write_now(erase)


async def test_by_hand_one_may_ask_before_the_time_and_once(pair: Pair) -> None:
    consignment = await announced(pair)
    one = pair.kz.consignment(consignment)
    pair.kz.store.write_now(lambda tx: ask_for(tx, pair.kz.context, one))
    with pytest.raises(LocalError, match="already-asked"):
        pair.kz.store.write_now(lambda tx: ask_for(tx, pair.kz.context, one))
    await pair.settle()
    assert enquiries(pair.tj.store, Direction.IN)[0].consignment_id == consignment
    arrive(pair.tj)
    await pair.settle()
    here = pair.kz.consignment(consignment)
    with pytest.raises(LocalError, match="not-awaited"):
        pair.kz.store.write_now(lambda tx: ask_for(tx, pair.kz.context, here))


async def test_an_answered_enquiry_is_not_answered_again_by_hand(pair: Pair) -> None:
    await announced(pair)
    await hours(pair, ETA + ENQUIRY)
    (asked,) = enquiries(pair.tj.store, Direction.IN)

    def say(outcome: EnquiryOutcome) -> None:
        pair.tj.store.write_now(lambda tx: answer(tx, pair.tj.context, asked.enquiry_id, outcome))

    say(O.NOT_ARRIVED)
    say(O.DIVERTED)
    with pytest.raises(UsageError, match="enquiry-answered"):
        say(O.FOUND)
    with pytest.raises(UsageError, match="enquiry-unknown"):
        pair.tj.store.write_now(lambda tx: answer(tx, pair.tj.context, "nobody", O.FOUND))


async def test_a_reminder_of_what_was_answered_gets_the_same_reply(pair: Pair) -> None:
    await announced(pair)
    await hours(pair, ETA + ENQUIRY)
    (asked,) = enquiries(pair.tj.store, Direction.IN)
    pair.tj.store.write_now(lambda tx: answer(tx, pair.tj.context, asked.enquiry_id, O.NOT_ARRIVED))
    await pair.settle()
    again = replace(sent(pair)[0], header=header(pair.kz, Enquiry), reminder=1)
    await hand(pair.kz, pair.tj, again)
    await pair.settle()
    assert len(pair.tj.messages(kind="EnquiryReply", direction=Direction.OUT)) == 1
    assert len(pair.kz.messages(kind="EnquiryReply", direction=Direction.IN)) == 1
    assert pair.kz.refusals() == pair.tj.refusals() == []


async def test_a_declaration_is_verified_by_its_number(pair: Pair) -> None:
    await announced(pair)
    reference = declaration().number or ""
    agreement = the_agreement()
    for asked in (reference, "00000/000000/0000000"):
        pair.tj.store.write_now(
            partial(verify, context=pair.tj.context, agreement=agreement, number=asked)
        )
    await pair.settle()
    replies = [decode(one.body) for one in pair.tj.messages(kind="EnquiryReply")]
    exists, absent = (one for one in replies if isinstance(one, EnquiryReply))
    assert (exists.outcome, absent.outcome) == (O.EXISTS, O.ABSENT)
    assert exists.declaration is not None
    assert (exists.declaration.number, exists.declaration.kind) == (reference, "export")
    assert exists.declaration.state == "accepted"
    assert exists.declaration.released == declaration().released
    for store, direction in ((pair.tj.store, Direction.OUT), (pair.kz.store, Direction.IN)):
        logged = store.read(partial(Reader.enquiries, direction=direction, question="declaration"))
        assert {one.outcome for one in logged} == {"exists", "absent"}


async def test_numbers_are_verified_and_not_tried_out(pair: Pair) -> None:
    """Each side has the limit: whoever asks too often waits, and whoever is asked too often says so."""
    patient = dataclasses.replace(pair.tj.context, verifications=2)

    def ask(number: str, context: Context = pair.tj.context) -> None:
        pair.tj.store.write_now(lambda tx: verify(tx, context, the_agreement(), number))

    def replies() -> int:
        return len(pair.tj.messages(kind="EnquiryReply"))

    ask("1", patient)
    ask("2", patient)
    with pytest.raises(LocalError, match="verification-limit"):
        ask("3", patient)
    pair.kz.context = dataclasses.replace(pair.kz.context, verifications=2)
    pair.kz.inbox.context = pair.kz.context
    ask("3")
    await pair.settle()
    assert replies() == 2
    await hours(pair, 1.5)
    ask("4", patient)
    await pair.settle()
    assert replies() == 3


async def test_nothing_is_said_of_a_release_that_the_declaration_does_not_state(
    pair: Pair,
) -> None:
    """When it was handed in is no release."""
    pair.kz.submit(paper(replace(declaration(), released=None, registered=NOW.date())))
    await pair.settle()
    number_ = declaration().number or ""
    pair.tj.store.write_now(lambda tx: verify(tx, pair.tj.context, the_agreement(), number_))
    await pair.settle()
    (reply,) = (decode(one.body) for one in pair.tj.messages(kind="EnquiryReply"))
    assert isinstance(reply, EnquiryReply)
    assert reply.declaration is not None
    assert reply.declaration.released is None


async def test_of_a_declaration_only_what_is_agreed_is_said(pair: Pair) -> None:
    await announced(pair)
    agreement = the_agreement()
    lists = {
        **agreement.data_list,
        "EnquiryReply": {"enquiry_id": "M", "outcome": "M", "number": "O"},
    }
    with_agreement(pair.kz, replace(agreement, data_list=lists))
    number_ = declaration().number or ""
    pair.tj.store.write_now(lambda tx: verify(tx, pair.tj.context, agreement, number_))
    await pair.settle()
    (stored,) = pair.tj.messages(kind="EnquiryReply")
    said = decode(stored.body)
    assert isinstance(said, EnquiryReply)
    assert (said.outcome, said.declaration) == (O.EXISTS, None)


async def test_a_declaration_in_test_mode_is_not_there_for_one_who_asks_live(pair: Pair) -> None:
    await announced(pair)
    (information,) = pair.kz.messages(kind="PreliminaryInformation")
    assert isinstance(decode(information.body), PreliminaryInformation)
    ask = Enquiry(
        header=replace(header(pair.tj, Enquiry), mode=Mode.TEST),
        enquiry_id=pair.tj.clock.new_id(),
        question=Question.DECLARATION,
        declaration_number=declaration().number,
    )
    await hand(pair.tj, pair.kz, ask)
    await pair.settle()
    assert pair.kz.refusals()[0].code == "phase-differs"
