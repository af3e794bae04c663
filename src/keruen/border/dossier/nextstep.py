"""What to do next with a consignment: one table, by this node's side, its state and what else is known.

The first row that fits and that the reader may do counts; whoever may do none of them is told what is awaited.
Each step says what is the matter, so that a page need not explain it again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from keruen.access import Act
from keruen.border.dossier.whole import Dossier
from keruen.customs import Struct
from keruen.exchange import State
from keruen.store import OPEN, Direction, EnquiryRow, EnquiryState, OutboxState, Role


class Step(StrEnum):
    """What to do, or what is awaited."""

    ANSWER = "answer"
    """The other side asks, and its question is open."""
    ASK_OTHERWISE = "ask-otherwise"
    """Neither the enquiry nor its reminder was answered."""
    SEND_AGAIN = "send-again"
    """A message about it failed on the line."""
    CORRECT = "correct"
    """The other side has rejected it."""
    REGISTER = "register"
    """It is due: register it when it is here."""
    REGISTER_REST = "register-rest"
    """A part has come."""
    SEARCH = "search"
    """It is overdue at the post: look for it, then register or enquire."""
    ENQUIRE = "enquire"
    AWAIT_REPLY = "await-reply"
    AWAIT_ARRIVAL = "await-arrival"
    AWAIT_DELIVERY = "await-delivery"
    AWAIT_ANSWER = "await-answer"
    AWAIT_IMPORT = "await-import"
    FIND_DECLARATION = "find-declaration"
    """It came unannounced: ask the other side for its declaration."""
    LOOK_AT_DIFFERENCES = "look-at-differences"
    NOTHING = "nothing"


class Situation(Struct, frozen=True):
    """What the step depends on.

    Attributes:
        due: the ETA is past, or there is none.
        asked: an enquiry of the other side is open here.
        enquiry: state of this node's own enquiry.
        failed: the last message of this node about it has failed.
    """

    role: Role
    state: State
    due: bool = False
    asked: bool = False
    enquiry: EnquiryState | None = None
    failed: bool = False
    differs: bool = False


class Next(Struct, frozen=True):
    """The step, whether it is the reader's to take, and until when to wait."""

    step: Step
    mine: bool = False
    until: datetime | None = None


class Rule(NamedTuple):
    """One row: which situations it fits; `act`: what its step needs, None where one can only wait."""

    fits: Callable[[Situation], bool]
    step: Step
    act: Act | None = None


def _receives(*states: State) -> Callable[[Situation], bool]:
    return lambda one: one.role is Role.RECEIVER and one.state in states


def _sends(*states: State) -> Callable[[Situation], bool]:
    return lambda one: one.role is Role.SENDER and one.state in states


_AWAITED = (State.ACCEPTED, State.UNDER_WAY, State.EMPTY)
_MISSING = (*_AWAITED, State.OVERDUE)

RULES: tuple[Rule, ...] = (
    Rule(lambda one: one.asked, Step.ANSWER, Act.ENQUIRE),
    Rule(lambda one: one.failed, Step.SEND_AGAIN, Act.RESEND),
    Rule(
        lambda one: one.enquiry is EnquiryState.ESCALATED and _sends(*_MISSING)(one),
        Step.ASK_OTHERWISE,
        Act.ENQUIRE,
    ),
    Rule(_sends(State.REJECTED), Step.CORRECT, Act.SUBMIT),
    Rule(_receives(State.PARTLY_ARRIVED), Step.REGISTER_REST, Act.REGISTER_ARRIVAL),
    Rule(_receives(State.OVERDUE), Step.SEARCH, Act.REGISTER_ARRIVAL),
    Rule(lambda one: one.due and _receives(*_AWAITED)(one), Step.REGISTER, Act.REGISTER_ARRIVAL),
    Rule(lambda one: one.enquiry in OPEN and _sends(*_MISSING)(one), Step.AWAIT_REPLY),
    Rule(
        lambda one: one.enquiry not in OPEN and _sends(State.OVERDUE)(one),
        Step.ENQUIRE,
        Act.ENQUIRE,
    ),
    Rule(_receives(*_MISSING, State.PARTLY_ARRIVED), Step.AWAIT_ARRIVAL),
    Rule(_sends(*_MISSING, State.PARTLY_ARRIVED), Step.AWAIT_ARRIVAL),
    Rule(_sends(State.RELEASED, State.SENT), Step.AWAIT_DELIVERY),
    Rule(_sends(State.DELIVERED), Step.AWAIT_ANSWER),
    Rule(_receives(State.ANNOUNCED), Step.AWAIT_ANSWER),
    Rule(_receives(State.UNANNOUNCED), Step.FIND_DECLARATION, Act.ENQUIRE),
    Rule(lambda one: one.state is State.ARRIVED, Step.AWAIT_IMPORT),
    Rule(
        lambda one: one.differs and one.state in (State.FORMALITIES, State.CLOSED),
        Step.LOOK_AT_DIFFERENCES,
    ),
    Rule(lambda _: True, Step.NOTHING),
)
"""In order of urgency."""


def what_next(found: Dossier, may: Callable[[Act], bool], now: datetime) -> Next:
    """What the reader can do with a consignment, else what is awaited and until when.

    Args:
        may: what the reader is allowed, at this post and towards this partner.
    """
    step, mine = next_step(situation(found, now), may)
    return Next(step=step, mine=mine, until=_until(step, found, now))


def next_step(one: Situation, may: Callable[[Act], bool]) -> tuple[Step, bool]:
    """The step, and whether it is the reader's to take."""
    fitting = [rule for rule in RULES if rule.fits(one)]
    mine = next((r for r in fitting if r.act is not None and may(r.act)), None)
    rule = mine or next(r for r in fitting if r.act is None)
    return rule.step, rule is mine


def _until(step: Step, found: Dossier, now: datetime) -> datetime | None:
    """The ETA that lies ahead, the next step of an enquiry, the deadline of the import information."""
    one, agreement = found.consignment, found.agreement
    if step is Step.AWAIT_ARRIVAL:
        return one.eta if one.eta is not None and one.eta >= now else None
    if step is Step.AWAIT_REPLY:
        return _own(found)[0].next_step
    if step is Step.AWAIT_IMPORT and one.arrived is not None and agreement is not None:
        return one.arrived + agreement.deadlines.import_information
    return None


def _own(found: Dossier) -> list[EnquiryRow]:
    """What this node asked about it, the newest first."""
    return [row for row in found.enquiries if row.direction is Direction.OUT]


def situation(found: Dossier, now: datetime) -> Situation:
    """What the step of a consignment depends on."""
    one = found.consignment
    own = _own(found)
    sent = [row for row in found.messages if row.message.direction is Direction.OUT]
    return Situation(
        role=one.role,
        state=State(one.state),
        due=one.eta is None or one.eta <= now,
        asked=any(row.direction is Direction.IN and row.state in OPEN for row in found.enquiries),
        enquiry=own[0].state if own else None,
        failed=bool(sent) and sent[-1].state == OutboxState.FAILED,
        differs=bool(found.differences),
    )
