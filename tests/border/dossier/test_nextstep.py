"""What to do next: for each side, state and reader one step, and the reader's own first."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from keruen.access import Act
from keruen.access.acts import GRANTS
from keruen.access.roles import Role as Reader
from keruen.border.dossier.nextstep import RULES, Situation, Step, next_step
from keruen.exchange import State
from keruen.store import EnquiryState, Role

HERE, THERE = Role.RECEIVER, Role.SENDER
OFFICER, OPERATOR, AUDITOR = Reader.OFFICER, Reader.OPERATOR, Reader.AUDITOR

TABLE: list[tuple[Role, State, dict[str, Any], Reader, Step, bool]] = [
    (HERE, State.UNDER_WAY, {"due": True}, OFFICER, Step.REGISTER, True),
    (HERE, State.EMPTY, {"due": True}, OFFICER, Step.REGISTER, True),
    (HERE, State.UNDER_WAY, {"due": True}, AUDITOR, Step.AWAIT_ARRIVAL, False),
    (HERE, State.UNDER_WAY, {}, OFFICER, Step.AWAIT_ARRIVAL, False),
    (HERE, State.OVERDUE, {"due": True}, OFFICER, Step.SEARCH, True),
    (HERE, State.OVERDUE, {"due": True, "asked": True}, OPERATOR, Step.ANSWER, True),
    (HERE, State.OVERDUE, {"due": True, "asked": True}, OFFICER, Step.SEARCH, True),
    (HERE, State.PARTLY_ARRIVED, {}, OFFICER, Step.REGISTER_REST, True),
    (HERE, State.ANNOUNCED, {}, OFFICER, Step.AWAIT_ANSWER, False),
    (HERE, State.UNANNOUNCED, {}, OPERATOR, Step.FIND_DECLARATION, True),
    (HERE, State.UNANNOUNCED, {}, OFFICER, Step.NOTHING, False),
    (HERE, State.ARRIVED, {"failed": True}, OPERATOR, Step.SEND_AGAIN, True),
    (HERE, State.ARRIVED, {"failed": True}, OFFICER, Step.AWAIT_IMPORT, False),
    (THERE, State.RELEASED, {}, OPERATOR, Step.AWAIT_DELIVERY, False),
    (THERE, State.DELIVERED, {}, OPERATOR, Step.AWAIT_ANSWER, False),
    (THERE, State.REJECTED, {}, OPERATOR, Step.CORRECT, True),
    (THERE, State.OVERDUE, {}, OPERATOR, Step.ENQUIRE, True),
    (THERE, State.OVERDUE, {"enquiry": EnquiryState.ASKED}, OPERATOR, Step.AWAIT_REPLY, False),
    (THERE, State.OVERDUE, {"enquiry": EnquiryState.ESCALATED}, OPERATOR, Step.ASK_OTHERWISE, True),
    (THERE, State.OVERDUE, {"enquiry": EnquiryState.ANSWERED}, OPERATOR, Step.ENQUIRE, True),
    (THERE, State.OVERDUE, {}, AUDITOR, Step.AWAIT_ARRIVAL, False),
    (THERE, State.CLOSED, {"differs": True}, AUDITOR, Step.LOOK_AT_DIFFERENCES, False),
    (THERE, State.CLOSED, {}, OPERATOR, Step.NOTHING, False),
    (THERE, State.ANNULLED, {}, OPERATOR, Step.NOTHING, False),
]


@pytest.mark.parametrize(("role", "state", "more", "reader", "step", "mine"), TABLE)
def test_each_reader_is_told_one_step(
    role: Role, state: State, more: dict[str, Any], reader: Reader, step: Step, mine: bool
) -> None:
    found = next_step(Situation(role=role, state=state, **more), GRANTS[reader].__contains__)
    assert found == (step, mine)


def test_whatever_is_the_case_there_is_a_step_and_nobody_is_told_what_they_may_not() -> None:
    for role, state, due in product(Role, State, (True, False)):
        one = Situation(role=role, state=state, due=due, asked=due, failed=due)
        _, mine = next_step(one, lambda _: False)
        assert not mine


def test_every_step_of_the_table_is_somebodys() -> None:
    acts = {rule.act for rule in RULES if rule.act is not None}
    assert acts <= frozenset().union(*GRANTS.values())
    assert {rule.step for rule in RULES} == set(Step)
    assert Act.REGISTER_ARRIVAL in acts
