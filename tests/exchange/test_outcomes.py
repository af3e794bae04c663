"""Message × state → outcome: the table as it is meant, and each cell of it as a node carries it out."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from msgspec import to_builtins
from msgspec.structs import replace
from tests.exchange.papers import answers, arrived, declaration, header, information, item
from tests.exchange.world import CORRIDOR, Node, Pair, the_agreement

from keruen.agreement import Agreement, PhaseState
from keruen.customs import TransportMeans, refuses
from keruen.exchange import HANDLERS, Incoming, State, after
from keruen.exchange.incoming import UnusableError, check_header
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
from keruen.messages import (
    KINDS,
    Amendment,
    Annulment,
    AnyMessage,
    EmptyVehicle,
    ImportInformation,
    Outcome,
    Stage,
    encode,
    kind_of,
)
from keruen.store import Direction, Event, Message, Role, Transaction

CELLS = list(product(Case, [None, *State]))
CONTENT = declaration(drivers=(), invoice=None, items=(item(price=None),))

TABLE = """
               information                      amendment                        annulment                           empty              arrival                             partial                             unannounced        import
-              announced                        amended/original-missing         annulled/original-missing           empty-expected     !consignment-unknown                !consignment-unknown                unannounced        !consignment-unknown
released       !consignment-not-yours           !consignment-not-yours           !consignment-not-yours              !consignment-known arrived                             partly-arrived                      !consignment-known imported
sent           !consignment-not-yours           !consignment-not-yours           !consignment-not-yours              !consignment-known arrived                             partly-arrived                      !consignment-known imported
delivered      !consignment-not-yours           !consignment-not-yours           !consignment-not-yours              !consignment-known arrived                             partly-arrived                      !consignment-known imported
announced      amended                          amended                          annulled                            !consignment-known !consignment-unknown                !consignment-unknown                !consignment-known !consignment-unknown
empty          !vehicle-empty                   !vehicle-empty                   annulled                            !consignment-known arrived                             !vehicle-empty                      !consignment-known !vehicle-empty
rejected       amended                          amended                          annulled                            !consignment-known arrived/consignment-rejected        partly-arrived/consignment-rejected !consignment-known imported/consignment-rejected
accepted       amended                          amended                          annulled                            !consignment-known arrived                             partly-arrived                      !consignment-known imported
under-way      amended                          amended                          annulled                            !consignment-known arrived                             partly-arrived                      !consignment-known imported
overdue        amended                          amended                          annulled                            !consignment-known arrived                             partly-arrived                      !consignment-known imported
partly-arrived amended/amended-after-arrival    amended/amended-after-arrival    !annulled-after-arrival             !consignment-known arrived                             partly-arrived                      !consignment-known imported
arrived        amended/amended-after-arrival    amended/amended-after-arrival    !annulled-after-arrival             !consignment-known arrived                             partly-arrived                      !consignment-known imported
formalities    amended/amended-after-arrival    amended/amended-after-arrival    !annulled-after-arrival             !consignment-known arrived                             partly-arrived                      !consignment-known imported
closed         amended/amended-after-closing    amended/amended-after-closing    !annulled-after-arrival             !consignment-known arrived                             partly-arrived                      !consignment-known imported
annulled       !consignment-annulled            !consignment-annulled            -/already-annulled                  !consignment-known arrived/consignment-annulled        partly-arrived/consignment-annulled !consignment-known imported/consignment-annulled
unannounced    !consignment-known               !consignment-known               !consignment-known                  !consignment-known !consignment-unknown                !consignment-unknown                !consignment-known !consignment-unknown
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
    assert set(came_before) == {Standing.SAME, Standing.OTHER}
    for standing, outcome in came_before.items():
        assert ruling(case, state, None, standing) == outcome
        assert outcome.happening is None
    assert came_before[Standing.SAME].accepted
    assert not came_before[Standing.OTHER].accepted


def message_of(  # noqa: PLR0911 - one for each case
    case: Case, node: Node, consignment: str
) -> AnyMessage:
    """A message that nothing is wrong with, from `node`."""
    match case:
        case Case.ANNOUNCEMENT:
            return information(node, consignment_id=consignment, declaration=CONTENT, ordinal=2)
        case Case.AMENDMENT:
            return Amendment(
                header=header(node, Amendment),
                consignment_id=consignment,
                ordinal=2,
                declaration=CONTENT,
            )
        case Case.ANNULMENT:
            return Annulment(
                header=header(node, Annulment), consignment_id=consignment, ordinal=2, reason="sold"
            )
        case Case.EMPTY_VEHICLE:
            return EmptyVehicle(
                header=header(node, EmptyVehicle),
                consignment_id=consignment,
                transport_means=(TransportMeans(identity="1"),),
                post="TJ-GUL",
                eta=node.clock.now(),
            )
        case Case.ARRIVAL:
            return arrived(node, consignment_id=consignment)
        case Case.PARTIAL_ARRIVAL:
            return arrived(node, consignment_id=consignment, partial=True)
        case Case.UNANNOUNCED_ARRIVAL:
            return arrived(node, arrival_id=consignment)
        case Case.IMPORT:
            number = header(node, ImportInformation)
            return ImportInformation(
                header=replace(number, sender=replace(number.sender, office="TJ-DUS")),
                consignment_id=consignment,
                declaration_number="IM-1",
            )


def sides(pair: Pair, case: Case) -> tuple[Node, Node]:
    """Who sends a message and who takes it."""
    taken_by_receiver = TAKEN_BY[case][0] is Role.RECEIVER
    return (pair.kz, pair.tj) if taken_by_receiver else (pair.tj, pair.kz)


def put(tx: Transaction, node: Node, case: Case, consignment: str, state: State) -> None:
    """A consignment in a state, however it came there."""
    side, _ = TAKEN_BY[case]
    partner = "KZ" if node.country == "TJ" else "TJ"
    first = information(node, consignment_id=consignment)
    from keruen.exchange.facts import begun

    event = Event(
        corridor=CORRIDOR, event_id=node.clock.new_id(), consignment_id=consignment, name="x",
        at=node.clock.now(), recorded=node.clock.now(), cause="test",
    )  # fmt: skip
    row = begun(node.context, event, first)
    tx.put_consignment(replace(row, role=side, partner=partner, state=state))


def take(tx: Transaction, node: Node, agreement: Agreement, message: AnyMessage) -> None:
    """As the inbox does, but for payload and envelope."""
    incoming = Incoming(message, message.header.sender.country, to_builtins(message))
    check_header(node.context, agreement, incoming)
    tx.add_message(
        Message(
            corridor=CORRIDOR,
            message_id=message.header.message_id,
            direction=Direction.IN,
            partner=incoming.partner,
            kind=kind_of(message),
            created=message.header.created,
            stored=node.clock.now(),
            body=encode(message),
            ebms_id=f"{message.header.message_id}@x",
            consignment_id=getattr(message, "consignment_id", None),
        )
    )
    HANDLERS[kind_of(message)](tx, node.context, agreement, incoming)


@pytest.mark.parametrize(("case", "state"), CELLS)
def test_a_node_does_what_the_table_says(pair: Pair, case: Case, state: State | None) -> None:
    sender, node = sides(pair, case)
    consignment = node.clock.new_id()
    message = message_of(case, sender, consignment)
    assert case_of(message) is case
    ruled = ruling(case, state)

    def act(tx: Transaction) -> None:
        if state is not None:
            put(tx, node, case, consignment, state)
        take(tx, node, the_agreement(), message)

    node.store.write_now(act)
    (answer,) = answers(node)
    expected = Outcome.ACCEPTED if ruled.accepted else Outcome.REJECTED
    assert (answer.outcome, answer.header.refers_to) == (expected, message.header.message_id)
    if ruled.code:
        assert ruled.code in [finding.code for finding in answer.findings]
    happened = node.happened(consignment)
    begins = state is None and ruled.happening in (Happening.ANNOUNCED, Happening.EMPTY_EXPECTED)
    wanted = [ruled.happening] if ruled.happening else []
    assert happened == [*wanted, *([Happening.ACCEPTED] if begins else [])]
    if state is not None or ruled.happening:
        then = state
        for one in happened:
            then = after(then, Happening(one))
        assert node.state(consignment) is then


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
            put(tx, node, case, consignment, state)
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
    node.store.write_now(lambda tx: put(tx, node, Case.ARRIVAL, consignment, State.ACCEPTED))
    node.store.write_now(lambda tx: take(tx, node, the_agreement(), again))
    assert [answer.outcome for answer in answers(node)] == [Outcome.REJECTED, Outcome.ACCEPTED]
    assert node.state(consignment) is State.ARRIVED


RULES: dict[str, Any] = {
    "phase off": {"phases": {Stage.EXPORT: PhaseState.OFF, Stage.TRANSIT: PhaseState.OFF}},
    "phase test": {"phases": {Stage.EXPORT: PhaseState.TEST, Stage.TRANSIT: PhaseState.TEST}},
    "nothing listed": "lists",
    "kind not agreed": "kinds",
}
REFUSALS = {
    "phase off": "phase-differs",
    "phase test": "phase-differs",
    "nothing listed": "element-not-agreed",
    "kind not agreed": "kind-not-agreed",
}


def ruled_by(rule: str, kind: str) -> Agreement:
    agreement = the_agreement()
    changes = RULES[rule]
    if changes == "lists":
        changes = {"data_list": {**agreement.data_list, kind: {}}}
    elif changes == "kinds":
        lists = {one: elements for one, elements in agreement.data_list.items() if one != kind}
        changes = {"data_list": lists}
    return replace(agreement, **changes)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("case", Case)
def test_the_agreement_refuses_in_every_state(pair: Pair, case: Case, rule: str) -> None:
    """Whatever the table would say, nothing moves; a refusal is told by its code."""
    sender, node = sides(pair, case)
    agreement = ruled_by(rule, case.value.partition(",")[0])
    for state in (None, *State):
        consignment = node.clock.new_id()
        message = message_of(case, sender, consignment)
        codes = refused_as(node, agreement, case, message, state, consignment)
        if ruling(case, state).accepted and ruling(case, state).happening:
            assert REFUSALS[rule] in codes, state
        happened = {Happening(one) for one in node.happened(consignment)}
        noted = {*REFUSED[case], Happening.AMENDMENT_REJECTED, Happening.ANNULMENT_REJECTED}
        assert happened <= noted


def refused_as(
    node: Node,
    agreement: Agreement,
    case: Case,
    message: AnyMessage,
    state: State | None,
    consignment: str,
) -> list[str]:
    """The codes by which a message is refused, whole or by its answer."""

    def act(tx: Transaction) -> None:
        if state is not None:
            put(tx, node, case, consignment, state)
        take(tx, node, agreement, message)

    before = len(answers(node))
    try:
        node.store.write_now(act)
    except UnusableError as error:
        return [finding.code for finding in error.findings]
    answer = answers(node)[before:][-1]
    if ruling(case, state).happening:
        assert refuses(answer.findings)
    return [finding.code for finding in answer.findings]
