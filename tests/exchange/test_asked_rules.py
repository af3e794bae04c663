"""Enquiries, replies, reports and answers × what is known × rule → outcome, on both databases.

The other messages are in `test_rules`.
"""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from tests.as4.world import NOW
from tests.exchange.agreements import ruled_by
from tests.exchange.cells import Bench, bench, every_state, message_of, put
from tests.exchange.papers import arrived, header
from tests.exchange.test_enquiries import cells
from tests.exchange.test_outcomes import moved
from tests.exchange.world import CORRIDOR, Node, Pair, the_agreement

from keruen.agreement import Agreement
from keruen.exchange import State
from keruen.exchange.enquiries import HAPPENED
from keruen.exchange.lifecycle import Happening
from keruen.exchange.outcomes import ANSWERED, Case
from keruen.exchange.outgoing import send
from keruen.exchange.rules import Asking, Rule, bearing
from keruen.messages import (
    Acknowledgement,
    AnyMessage,
    Enquiry,
    EnquiryOutcome,
    EnquiryReply,
    Outcome,
    Question,
    encode,
)
from keruen.store import Direction, EnquiryRow, EnquiryState, Message, Role, Transaction

pytestmark = pytest.mark.slow

OURS = frozenset({State.RELEASED, State.SENT, State.DELIVERED})
"""States in which only the side is that announced the consignment."""
CAME = frozenset({State.PARTLY_ARRIVED, State.ARRIVED, State.FORMALITIES, State.CLOSED})
FOUND = frozenset({*CAME, State.UNANNOUNCED})


def refused(rule: Rule, column: Asking) -> tuple[str, ...]:
    """The codes for which a rule refuses such a message whole; none where the rule has no say."""
    said = bearing(rule, column)
    return (said.code,) if said else ()


def tell_of_arrivals(one: Bench, states: dict[State | None, str]) -> None:
    """What has come was told, as the node's books have it."""
    for state in FOUND:
        named = {"consignment_id": states[state]} if state in CAME else {}
        arrival = send(one.tx, one.node.context, the_agreement(), arrived(one.node, **named))
        if state not in CAME:
            row = one.tx.consignment(CORRIDOR, states[state])
            assert row is not None
            one.tx.put_consignment(replace(row, information_id=arrival.header.message_id))


def role_there(state: State) -> Role:
    return Role.SENDER if state in OURS else Role.RECEIVER


def asked(one: Bench, message: AnyMessage, agreement: Agreement) -> tuple[tuple[str, ...], Any]:
    """Codes for which it was refused whole, and what stands in the books of it: state and outcome."""
    row: list[EnquiryRow | None] = []
    did = one.took(message, agreement, look=lambda tx: row.append(_row(tx, message)))
    known = row[0]
    return tuple(sorted(set(did.codes))), known and (known.state, known.outcome)


def _row(tx: Transaction, message: AnyMessage) -> EnquiryRow | None:
    return tx.enquiry(CORRIDOR, getattr(message, "enquiry_id", ""))


def enquiry(node: Node, **values: Any) -> Enquiry:
    made = Enquiry(
        header=header(node, Enquiry), enquiry_id=node.clock.new_id(), question=Question.ARRIVAL
    )
    return replace(made, **values)


def test_an_enquiry_about_a_consignment_in_every_state_under_every_rule(either: Pair) -> None:
    """Found where it has come, unknown where nothing was announced, else put to a person."""
    answered, expected = {}, {}
    with bench(either.tj) as one:
        live, test = every_state(one, role_there), every_state(one, role_there, "test")
        tell_of_arrivals(one, live)
        for rule in Rule:
            for state, consignment in (test if rule is Rule.MODE else live).items():
                message = enquiry(either.kz, consignment_id=consignment)
                agreement = ruled_by(rule, "Enquiry")
                answered[rule.value, state] = asked(one, message, agreement)
                unknown = state is None or state in OURS or rule is Rule.MODE
                outcome = "unknown" if unknown else "found" if state in FOUND else None
                said = (EnquiryState.ANSWERED if outcome else EnquiryState.ASKED, outcome)
                codes = refused(rule, Asking.ENQUIRY)
                expected[rule.value, state] = (codes, None if codes else said)
    assert answered == expected


AT_LARGE: dict[str, dict[str, Any]] = {
    "declaration": {"question": Question.DECLARATION, "declaration_number": "55301/231126/0000001"},
    "messages": {
        "question": Question.MESSAGES,
        "message_ids": (NOW.strftime("%Y%m%d-") + "0" * 4,),
    },
}


@pytest.mark.parametrize(
    ("question", "outcome"), [("declaration", "absent"), ("messages", "unknown")]
)
def test_an_enquiry_about_no_consignment_under_every_rule(
    either: Pair, question: str, outcome: str
) -> None:
    answered, expected = {}, {}
    with bench(either.tj) as one:
        for rule in Rule:
            message = enquiry(either.kz, **AT_LARGE[question])
            answered[rule.value] = asked(one, message, ruled_by(rule, "Enquiry"))
            codes = refused(rule, Asking.ENQUIRY_AT_LARGE)
            said = (EnquiryState.ANSWERED, outcome)
            expected[rule.value] = (codes, None if codes else said)
    assert answered == expected


def reply(node: Node, row: EnquiryRow, outcome: str) -> EnquiryReply:
    return EnquiryReply(
        header=header(node, EnquiryReply),
        enquiry_id=row.enquiry_id,
        outcome=EnquiryOutcome(outcome),
        consignment_id=row.consignment_id,
    )


def raised(one: Bench, before: str, state: State = State.OVERDUE, mode: str = "live") -> EnquiryRow:
    """An enquiry of ours, with what is known of it before a reply comes."""
    consignment = one.node.clock.new_id()
    put(one.tx, one.node, Role.SENDER, consignment, state, mode)
    known = EnquiryState.WITHDRAWN if before == "withdrawn" else EnquiryState.ANSWERED
    row = EnquiryRow(
        corridor=CORRIDOR, enquiry_id=one.node.clock.new_id(), direction=Direction.OUT, partner="TJ",
        question="arrival", subject="", stage="export", mode=mode, message_id="m", raised=NOW,
        consignment_id=consignment, state=EnquiryState.ASKED if before == "nothing" else known,
        outcome=None if before in ("nothing", "withdrawn") else before,
    )  # fmt: skip
    one.tx.add_enquiry(row)
    return row


def after_reply(row: EnquiryRow, outcome: str, effect: str) -> tuple[Any, Any]:
    """What the books say of an enquiry and of its consignment after a reply."""
    if effect not in ("closes", "corrects"):
        return (row.state, row.outcome), ((), State.OVERDUE)
    happened = (HAPPENED[EnquiryOutcome(outcome)],)
    return (EnquiryState.ANSWERED, outcome), (happened, moved(State.OVERDUE, happened))


def test_every_reply_after_every_other_under_every_rule(either: Pair) -> None:
    did, expected = {}, {}
    with bench(either.kz) as one:
        for before, outcome, effect in cells():
            live, test = raised(one, before), raised(one, before, mode="test")
            for rule in Rule:
                row = test if rule is Rule.MODE else live
                codes = refused(rule, Asking.REPLY)
                key = (before, outcome, rule.value)
                did[key] = _replied(
                    one, reply(either.tj, row, outcome), ruled_by(rule, "EnquiryReply")
                )
                expected[key] = (codes, *after_reply(row, outcome, "" if codes else effect))
    assert did == expected


def _replied(one: Bench, message: EnquiryReply, agreement: Agreement) -> tuple[Any, ...]:
    row: list[EnquiryRow | None] = []
    subject = message.consignment_id or ""
    did = one.took(message, agreement, subject, look=lambda tx: row.append(_row(tx, message)))
    known = row[0]
    assert known is not None
    return tuple(set(did.codes)), (known.state, known.outcome), (did.happened, did.state)


def test_a_reply_in_every_state_of_its_consignment(either: Pair) -> None:
    did, expected = {}, {}
    with bench(either.kz) as one:
        for state in State:
            row = raised(one, "nothing", state)
            for outcome, happening in HAPPENED.items():
                found = one.took(reply(either.tj, row, outcome), subject=row.consignment_id or "")
                did[state, outcome] = (found.happened, found.state)
                expected[state, outcome] = ((happening,), moved(state, (happening,)))
    assert did == expected


def ours(one: Bench, kind: str, consignment: str) -> str:
    """The id of a message that this node has sent about a consignment."""
    message = message_of(Case(kind), one.node, consignment)
    one.tx.add_message(
        Message(
            corridor=CORRIDOR, message_id=message.header.message_id, direction=Direction.OUT,
            partner="TJ", kind=kind, created=NOW, stored=NOW, body=encode(message),
            ebms_id=f"{message.header.message_id}@x", consignment_id=consignment,
        )
    )  # fmt: skip
    return message.header.message_id


def answered_by(node: Node, about: str, outcome: Outcome) -> Acknowledgement:
    return Acknowledgement(header=header(node, Acknowledgement, refers_to=about), outcome=outcome)


def test_an_answer_to_every_message_in_every_state(either: Pair) -> None:
    did, expected = {}, {}
    with bench(either.kz) as one:
        states = every_state(one, lambda _: Role.SENDER)
        del states[None]
        for (kind, outcome), happening in ANSWERED.items():
            for state, consignment in states.items():
                answer = answered_by(either.tj, ours(one, kind, consignment), outcome)
                found = one.took(answer, subject=consignment)
                happened = (happening,) if happening else ()
                did[kind, outcome, state] = (found.codes, found.happened, found.state)
                expected[kind, outcome, state] = ((), happened, moved(state, happened))
    assert did == expected


def test_an_answer_in_every_state_under_every_rule(either: Pair) -> None:
    did, expected = {}, {}
    with bench(either.kz) as one:
        for mode in ("live", "test"):
            states = every_state(one, lambda _: Role.SENDER, mode)
            del states[None]
            about = {state: ours(one, "Amendment", that) for state, that in states.items()}
            for rule in (
                (Rule.MODE,) if mode == "test" else (one for one in Rule if one is not Rule.MODE)
            ):
                for state, consignment in states.items():
                    answer = answered_by(either.tj, about[state], Outcome.ACCEPTED)
                    agreement = ruled_by(rule, "Acknowledgement")
                    found = one.took(answer, agreement, consignment)
                    codes = refused(rule, Asking.ACKNOWLEDGEMENT)
                    happened = () if codes else (Happening.AMENDED,)
                    did[rule.value, state] = (found.codes, found.happened, found.state)
                    expected[rule.value, state] = (codes, happened, moved(state, happened))
    assert did == expected
