"""Message × state → outcome: the table as it is meant, and each cell of it as a node carries it out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from msgspec.structs import replace
from tests.exchange.cells import Did, bench, every_state, message_of, put, sides, take
from tests.exchange.papers import answers, header
from tests.exchange.world import Pair, the_agreement

from keruen.exchange import State, after
from keruen.exchange.lifecycle import Happening
from keruen.exchange.outcomes import (
    ANSWERED,
    BY_ARRIVAL,
    BY_ORDINAL,
    ELSEWHERE,
    REFUSED,
    RULINGS,
    TAKEN_BY,
    Case,
    Standing,
    case_of,
    ruling,
)
from keruen.exchange.wordings import TEXTS
from keruen.messages import KINDS, Outcome
from keruen.store import Role, Transaction

CELLS = list(product(Case, [None, *State]))

TABLE = """
               information                      amendment                        annulment                           empty              arrival                             partial                             unannounced        import                        withdrawn
-              announced                        amended/original-missing         annulled/original-missing           empty-expected     !consignment-unknown                !consignment-unknown                unannounced        !consignment-unknown          !consignment-unknown
released       !consignment-not-yours           !consignment-not-yours           !consignment-not-yours              !consignment-known arrived                             partly-arrived                      !consignment-known imported                      arrival-withdrawn
sent           !consignment-not-yours           !consignment-not-yours           !consignment-not-yours              !consignment-known arrived                             partly-arrived                      !consignment-known imported                      arrival-withdrawn
delivered      !consignment-not-yours           !consignment-not-yours           !consignment-not-yours              !consignment-known arrived                             partly-arrived                      !consignment-known imported                      arrival-withdrawn
announced      amended                          amended                          annulled                            !consignment-known !consignment-unknown                !consignment-unknown                !consignment-known !consignment-unknown          !consignment-unknown
empty          !vehicle-empty                   !vehicle-empty                   annulled                            !consignment-known arrived                             !vehicle-empty                      !consignment-known !vehicle-empty                arrival-withdrawn
rejected       amended                          amended                          annulled                            !consignment-known arrived/consignment-rejected        partly-arrived/consignment-rejected !consignment-known imported/consignment-rejected arrival-withdrawn
accepted       amended                          amended                          annulled                            !consignment-known arrived                             partly-arrived                      !consignment-known imported                      arrival-withdrawn
under-way      amended                          amended                          annulled                            !consignment-known arrived                             partly-arrived                      !consignment-known imported                      arrival-withdrawn
overdue        amended                          amended                          annulled                            !consignment-known arrived                             partly-arrived                      !consignment-known imported                      arrival-withdrawn
partly-arrived amended/amended-after-arrival    amended/amended-after-arrival    !annulled-after-arrival             !consignment-known arrived                             partly-arrived                      !consignment-known imported                      arrival-withdrawn
arrived        amended/amended-after-arrival    amended/amended-after-arrival    !annulled-after-arrival             !consignment-known arrived                             partly-arrived                      !consignment-known imported                      arrival-withdrawn
formalities    amended/amended-after-arrival    amended/amended-after-arrival    !annulled-after-arrival             !consignment-known arrived                             partly-arrived                      !consignment-known imported                      arrival-withdrawn
closed         amended/amended-after-closing    amended/amended-after-closing    !annulled-after-arrival             !consignment-known arrived                             partly-arrived                      !consignment-known imported                      arrival-withdrawn
annulled       !consignment-annulled            !consignment-annulled            -/already-annulled                  !consignment-known arrived/consignment-annulled        partly-arrived/consignment-annulled !consignment-known imported/consignment-annulled arrival-withdrawn
unannounced    !consignment-known               !consignment-known               !consignment-known                  !consignment-known !consignment-unknown                !consignment-unknown                !consignment-known !consignment-unknown          unannounced-withdrawn
"""  # noqa: E501
"""What is recorded, and after a stroke the finding; with a mark of exclamation the message is rejected."""


def told(case: Case, state: State | None) -> str:
    one = ruling(case, state)
    if not one.accepted:
        return f"!{one.code}"
    return f"{one.happening or '-'}{'/' if one.code else ''}{one.code or ''}"


def test_the_table_is_meant_as_it_stands() -> None:
    _, *lines = (line.split() for line in TABLE.strip().splitlines())
    stated = {state: dict(zip(Case, cells, strict=True)) for state, *cells in lines}
    assert stated == {
        str(state or "-"): {case: told(case, state) for case in Case} for state in (None, *State)
    }


def test_every_kind_and_every_state_has_a_row() -> None:
    cases = {case.value.partition(",")[0] for case in Case}
    assert cases | ELSEWHERE == set(KINDS)
    assert not cases & ELSEWHERE
    for table in (RULINGS, TAKEN_BY, REFUSED):
        assert set(table) == set(Case)
    for case, rows in RULINGS.items():
        assert set(rows) == {None, *State}, case
    assert {kind for kind, _ in ANSWERED} == cases
    assert {outcome for _, outcome in ANSWERED} == set(Outcome)
    assert len(ANSWERED) == len(cases) * len(Outcome)


def test_every_code_has_its_text_and_every_text_is_used() -> None:
    ruled = [ruling(case, state, None, one) for case, state in CELLS for one in Standing]
    ruled += [foreign for _, foreign in TAKEN_BY.values()]
    assert {one.code for one in ruled if one.code} == set(TEXTS)


@pytest.mark.parametrize(("case", "state"), CELLS)
def test_a_consignment_of_the_other_role_is_not_touched(case: Case, state: State | None) -> None:
    side, foreign = TAKEN_BY[case]
    other = Role.SENDER if side is Role.RECEIVER else Role.RECEIVER
    assert ruling(case, state, other) is foreign
    assert (foreign.happening, foreign.accepted) == (None, False)


@pytest.mark.parametrize(("case", "state"), CELLS)
def test_an_ordinal_or_an_arrival_that_came_before_does_nothing_in_any_state(
    case: Case, state: State | None
) -> None:
    came_before = BY_ARRIVAL if "Arrival" in case else BY_ORDINAL
    assert set(came_before) - {Standing.LATE} == {Standing.SAME, Standing.OTHER}
    for standing, outcome in came_before.items():
        assert ruling(case, state, None, standing) == outcome
        assert outcome.happening is None
    assert came_before[Standing.SAME].accepted
    assert not came_before[Standing.OTHER].accepted


def ruled(case: Case, state: State | None) -> Did:
    """What the table says that a message does."""
    one = ruling(case, state)
    begins = state is None and one.happening in (Happening.ANNOUNCED, Happening.EMPTY_EXPECTED)
    happened = (
        *([one.happening] if one.happening else []),
        *([Happening.ACCEPTED] if begins else []),
    )
    return Did(
        outcome=Outcome.ACCEPTED if one.accepted else Outcome.REJECTED,
        codes=(one.code,) if one.code else (),
        happened=tuple(happened),
        state=moved(state, happened),
    )


def moved(state: State | None, happened: Iterable[Happening]) -> State | None:
    for one in happened:
        state = after(state, one)
    return state


@pytest.mark.parametrize("case", Case)
def test_a_node_does_what_the_table_says(either: Pair, case: Case) -> None:
    sender, node = sides(either, case)
    side = TAKEN_BY[case][0]
    with bench(node) as one:
        states = every_state(one, lambda _: side)
        did = {
            state: one.took(message_of(case, sender, consignment), subject=consignment)
            for state, consignment in states.items()
        }
    assert case_of(message_of(case, sender, node.clock.new_id())) is case
    assert did == {state: ruled(case, state) for state in states}


ARRIVED_IN = {
    Case.ARRIVAL: State.ACCEPTED,
    Case.PARTIAL_ARRIVAL: State.ACCEPTED,
    Case.UNANNOUNCED_ARRIVAL: None,
}


@pytest.mark.parametrize(
    ("changes", "code"),
    [({}, "arrival-known"), ({"weighbridge": Decimal(7)}, "arrival-differs")],
)
@pytest.mark.parametrize("case", ARRIVED_IN)
def test_an_arrival_told_twice_happens_once(
    mixed_pair: Pair, case: Case, changes: dict[str, Any], code: str
) -> None:
    """Another message with its `arrival_id`: acknowledged again, or refused where it says something else."""
    sender, node = sides(mixed_pair, case)
    consignment, state = node.clock.new_id(), ARRIVED_IN[case]
    first = message_of(case, sender, consignment)
    again = replace(first, header=header(sender, type(first)), **changes)

    def act(tx: Transaction) -> None:
        if state is not None:
            put(tx, node, TAKEN_BY[case][0], consignment, state)
        for message in (first, again):
            take(tx, node, the_agreement(), message)

    node.store.write_now(act)
    assert len(node.happened(consignment)) == 1
    said = {answer.header.refers_to: answer for answer in answers(node)}
    assert said[first.header.message_id].findings == ()
    (finding,) = said[again.header.message_id].findings
    assert (finding.code, finding.path) == (code, "arrival_id")
    assert finding.declared == getattr(first, "arrival_id", None)
    refused = said[again.header.message_id].outcome is Outcome.REJECTED
    assert refused == bool(changes)


def test_an_arrival_that_was_refused_may_be_told_again(pair: Pair) -> None:
    sender, node = sides(pair, Case.ARRIVAL)
    consignment = node.clock.new_id()
    first = message_of(Case.ARRIVAL, sender, consignment)
    again = replace(first, header=header(sender, type(first)))
    node.store.write_now(lambda tx: take(tx, node, the_agreement(), first))
    node.store.write_now(lambda tx: put(tx, node, Role.SENDER, consignment, State.ACCEPTED))
    node.store.write_now(lambda tx: take(tx, node, the_agreement(), again))
    assert [answer.outcome for answer in answers(node)] == [Outcome.REJECTED, Outcome.ACCEPTED]
    assert node.state(consignment) is State.ARRIVED
