"""Message × state × rule of the agreement → outcome: every cell as a node carries it out, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from tests.exchange.agreements import CHANGED, ruled_by
from tests.exchange.cells import Did, bench, every_state, message_of, sides
from tests.exchange.test_outcomes import moved, ruled
from tests.exchange.world import Pair

from keruen.exchange import State
from keruen.exchange.lifecycle import FIRST, Happening
from keruen.exchange.outcomes import ARRIVALS, REFUSED, TAKEN_BY, Case, ruling
from keruen.exchange.rules import BEARINGS, ELSEWHERE, Bearing, Rule, Weight, bearing
from keruen.messages import Outcome, kind_of

pytestmark = pytest.mark.slow

TOLD = ARRIVALS | {Case.IMPORT}
"""What the receiver tells is looked at even where the table refuses it: its sender learns all at once."""


def expected(rule: Rule, case: Case, state: State | None) -> Did:
    """What a message does under a rule: as the table of states has it, where the rule has no say."""
    said = bearing(rule, case)
    if said is None or not _is_asked(rule, case, state):
        return ruled(case, state)
    match said.weight:
        case Weight.WHOLE:
            return Did(codes=(said.code,), whole=True, state=state)
        case Weight.NOTED:
            one = ruled(case, state)
            return replace(one, codes=(said.code, *one.codes))
        case Weight.CONTENT:
            return _rejected(said, case, state)


def _is_asked(rule: Rule, case: Case, state: State | None) -> bool:
    """Whether the content is looked at; the header always is."""
    if BEARINGS[rule].weight is Weight.WHOLE:
        return True
    if rule is Rule.MODE and state is None:
        return False
    acts = ruling(case, state).accepted and ruling(case, state).happening is not None
    return acts or (case in TOLD and rule is not Rule.MODE)


def _rejected(said: Bearing, case: Case, state: State | None) -> Did:
    code = ruling(case, state).code
    happened: tuple[Happening, ...] = ()
    if REFUSED[case] and ruling(case, state).accepted:
        begins = REFUSED[case] if REFUSED[case][0] in FIRST else ()
        happened = begins if state is None else REFUSED[case][-1:]
    return Did(
        outcome=Outcome.REJECTED,
        codes=(said.code, *([code] if code else [])),
        happened=tuple(happened),
        state=moved(state, happened),
    )


def summed_up(did: Did) -> Did:
    """A rule may be broken in several elements at once, and findings have no order."""
    return replace(did, codes=tuple(sorted(set(did.codes))))


def test_every_rule_has_its_say_or_is_said_to_have_it_elsewhere() -> None:
    assert set(BEARINGS) | set(ELSEWHERE) == set(Rule) == set(CHANGED)
    assert not set(BEARINGS) & set(ELSEWHERE)


@pytest.mark.parametrize("case", Case)
def test_every_message_in_every_state_under_every_rule(either: Pair, case: Case) -> None:
    sender, node = sides(either, case)
    did: dict[Any, Did] = {}
    with bench(node) as one:
        side = TAKEN_BY[case][0]
        live = every_state(one, lambda _: side)
        test = every_state(one, lambda _: side, mode="test")
        for rule in Rule:
            for state, consignment in (test if rule is Rule.MODE else live).items():
                message = message_of(case, sender, consignment)
                agreement = ruled_by(rule, kind_of(message))
                found = one.took(message, agreement, subject=consignment)
                did[rule.value, state] = summed_up(found)
    assert did == {
        (rule.value, state): summed_up(expected(rule, case, state))
        for rule in Rule
        for state in live
    }
