"""Enquiries of this node: planned, asked, repeated, put to a person, each at its time and once.

    planned ─► asked ─► reminded ─► escalated          by the clock, each at the agreement's time
       └──────────┴─────────┴──────────┴──► answered   by the reply
                                        └─► withdrawn  what was asked for came by itself

Each step is a row's change and what it sends in one transaction, so that it is taken once, whatever happens.
What a reply does is the table `REPLIES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from keruen.agreement import Agreement
from keruen.customs import refuses
from keruen.errors import LocalError, RemoteError
from keruen.exchange.again import send_information_again
from keruen.exchange.alarms import raise_alarm, settle
from keruen.exchange.answering import list_findings, mode_findings
from keruen.exchange.context import Context
from keruen.exchange.incoming import Incoming, UnusableError
from keruen.exchange.lifecycle import EXPECTED, Happening
from keruen.exchange.outgoing import current_phase, new_header, send
from keruen.exchange.record import record
from keruen.messages import Enquiry, EnquiryOutcome, EnquiryReply, Mode, Question, Stage
from keruen.store import (
    Consignment,
    Direction,
    EnquiryRow,
    EnquiryState,
    Role,
    Transaction,
)

HOUR = timedelta(hours=1)
VERIFICATION_LIMIT = "verification-limit"
"""Numbers are verified, not tried out: there is a limit on how many in an hour."""
UNANSWERED = "enquiry-unanswered"
CONTRADICTED = "enquiry-contradicted"
CLOCK = "clock"

_S, _H, _O = EnquiryState, Happening, EnquiryOutcome


class Step(NamedTuple):
    """What follows when no reply came in time.

    Attributes:
        happening: what the consignment's history says.
        to: the enquiry's state after it.
        waits: the agreement's deadline for the step after it.
    """

    happening: Happening
    to: EnquiryState
    waits: str | None


STEPS: Mapping[EnquiryState, Step] = MappingProxyType(
    {
        _S.PLANNED: Step(_H.ENQUIRED, _S.ASKED, "reminder_after"),
        _S.ASKED: Step(_H.REMINDED, _S.REMINDED, "escalation_after"),
        _S.REMINDED: Step(_H.ESCALATED, _S.ESCALATED, None),
    }
)


class Effect(StrEnum):
    """What a reply does."""

    CLOSES = "closes"
    CORRECTS = "corrects"
    """An earlier reply left open where it is; this one says more."""
    KNOWN = "known"
    """It is kept and changes nothing."""
    CONTRADICTS = "contradicts"
    """It is kept and changes nothing; a person is told."""


class Earlier(StrEnum):
    """How the reply that came before, if any, stands to this one."""

    NONE = "none"
    SAME = "same"
    UNDECIDED = "undecided"
    """Another one, that left open what became of it."""
    DECIDED = "decided"
    """Another one, that decided it."""
    ITSELF = "itself"
    """None: what was asked for came by itself before."""


REPLIES: Mapping[Earlier, Effect] = MappingProxyType(
    {
        Earlier.NONE: Effect.CLOSES,
        Earlier.SAME: Effect.KNOWN,
        Earlier.UNDECIDED: Effect.CORRECTS,
        Earlier.DECIDED: Effect.CONTRADICTS,
        Earlier.ITSELF: Effect.KNOWN,
    }
)
"""What came before → what a reply does."""

UNDECIDED = frozenset({_O.NOT_ARRIVED, _O.UNKNOWN, _O.ABSENT})
"""Outcomes that a later reply may better."""

HAPPENED: Mapping[EnquiryOutcome, Happening] = MappingProxyType(
    {
        _O.FOUND: _H.FOUND,
        _O.OTHER_NUMBER: _H.FOUND,
        _O.DIVERTED: _H.DIVERTED,
        _O.NOT_ARRIVED: _H.NOT_FOUND,
        _O.UNKNOWN: _H.NOT_KNOWN,
    }
)
"""Outcome of an enquiry about a consignment → what its history says."""


def wait_of(agreement: Agreement, name: str | None, mode: str | None) -> timedelta | None:
    """A deadline of the agreement by transport mode; None where nothing is stated."""
    stated = getattr(agreement.deadlines, name) if name else None
    return agreement.deadline(stated, mode) if stated else None


def plan(tx: Transaction, context: Context, one: Consignment) -> None:
    """An overdue consignment of ours will be asked for, if the agreement says when."""
    agreement = context.agreement_of(one.corridor)
    wait = wait_of(agreement, "enquiry_after", one.transport_mode)
    if one.role is not Role.SENDER or wait is None or one.eta is None:
        return
    if not tx.enquiries(direction=Direction.OUT, consignment_id=one.consignment_id, limit=1):
        tx.add_enquiry(_row(context, one, one.eta + wait))


def _row(context: Context, one: Consignment, next_step: datetime) -> EnquiryRow:
    return EnquiryRow(
        corridor=one.corridor,
        enquiry_id=context.clock.new_id(),
        direction=Direction.OUT,
        partner=one.partner,
        question=Question.ARRIVAL,
        subject=one.reference,
        state=EnquiryState.PLANNED,
        stage=one.stage,
        mode=one.mode,
        message_id="",
        raised=context.clock.now(),
        consignment_id=one.consignment_id,
        next_step=next_step,
    )


def ask_for(tx: Transaction, context: Context, one: Consignment) -> EnquiryRow:
    """Ask at once where a consignment of ours is.

    Raises:
        LocalError: ``already-asked``; ``not-awaited``: it is not ours, or not on its way.
    """
    if one.role is not Role.SENDER or one.state not in EXPECTED:
        raise LocalError(
            "not-awaited",
            f"{one.reference} is {one.state}; only what {context.country} announced and the other "
            "side awaits can be asked for",
        )
    known = tx.enquiries(direction=Direction.OUT, consignment_id=one.consignment_id, limit=1)
    if known and known[0].state not in (_S.PLANNED, _S.ANSWERED, _S.WITHDRAWN):
        raise LocalError("already-asked", f"the enquiry {known[0].enquiry_id} waits for its reply")
    if known and known[0].state is _S.PLANNED:
        return advance(tx, context, known[0])
    row = _row(context, one, context.clock.now())
    tx.add_enquiry(row)
    return advance(tx, context, row)


def verify(tx: Transaction, context: Context, agreement: Agreement, number: str) -> EnquiryRow:
    """Ask the other side whether there is a declaration of this number.

    Raises:
        LocalError: ``verification-limit``: so many were asked in the last hour that another one waits.
    """
    since = context.clock.now() - HOUR
    asked = tx.asked_since(agreement.corridor, Direction.OUT, Question.DECLARATION, since)
    if asked >= context.verifications:
        raise LocalError(
            VERIFICATION_LIMIT,
            f"{asked} declarations were verified within an hour, and {context.verifications} may be: "
            "ask later, or raise [api] verifications_per_hour of node.toml",
        )
    return _ask(tx, context, agreement, Question.DECLARATION, number, declaration_number=number)


def ask_again(
    tx: Transaction, context: Context, agreement: Agreement, ids: tuple[str, ...]
) -> EnquiryRow:
    """Ask the other side to send messages again that are not here."""
    subject = ids[0] if len(ids) == 1 else f"{len(ids)} messages"
    return _ask(tx, context, agreement, Question.MESSAGES, subject, message_ids=ids)


def _ask(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    question: Question,
    subject: str,
    *,
    declaration_number: str | None = None,
    message_ids: tuple[str, ...] = (),
) -> EnquiryRow:
    now = context.clock.now()
    stage, mode = current_phase(context, agreement)
    sent = send(
        tx,
        context,
        agreement,
        Enquiry(
            header=new_header(context, agreement, Enquiry, stage=stage, mode=mode),
            enquiry_id=context.clock.new_id(),
            question=question,
            declaration_number=declaration_number,
            message_ids=message_ids,
        ),
    )
    wait = wait_of(agreement, "reminder_after", None)
    by_person = question is Question.DECLARATION and wait is not None
    row = EnquiryRow(
        corridor=agreement.corridor,
        enquiry_id=sent.enquiry_id,
        direction=Direction.OUT,
        partner=agreement.other(context.country),
        question=question,
        subject=subject,
        state=EnquiryState.ASKED,
        stage=stage,
        mode=mode,
        message_id=sent.header.message_id,
        raised=now,
        next_step=now + wait if by_person and wait else None,
    )
    tx.add_enquiry(row)
    return row


def advance(tx: Transaction, context: Context, row: EnquiryRow) -> EnquiryRow:
    """Take the next step of an enquiry of ours; one whose consignment has come is withdrawn."""
    one = tx.consignment(row.corridor, row.consignment_id) if row.consignment_id else None
    if row.consignment_id is not None and (one is None or one.state not in EXPECTED):
        return withdraw(tx, context, row)
    if row.state not in STEPS or row.direction is Direction.IN:
        return tx.put_enquiry(row, next_step=None)
    agreement = context.agreement_of(row.corridor)
    step = STEPS[row.state]
    message = None
    if step.to is EnquiryState.ESCALATED:
        _escalate(tx, context, row)
    else:
        message = _send(tx, context, agreement, row, one)
    if one is not None:
        record(
            tx,
            context,
            row.corridor,
            one.consignment_id,
            step.happening,
            cause=CLOCK,
            message=message,
        )
    wait = wait_of(agreement, step.waits, one.transport_mode if one else None)
    return tx.put_enquiry(
        row,
        state=step.to,
        message_id=message.header.message_id if message else row.message_id,
        next_step=context.clock.now() + wait if wait is not None else None,
    )


def _send(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    row: EnquiryRow,
    one: Consignment | None,
) -> Enquiry:
    """The enquiry, or its reminder."""
    return send(
        tx,
        context,
        agreement,
        Enquiry(
            header=new_header(
                context,
                agreement,
                Enquiry,
                stage=Stage(row.stage),
                mode=Mode(row.mode),
                refers_to=row.message_id or None,
            ),
            enquiry_id=row.enquiry_id,
            question=Question(row.question),
            reminder=0 if row.state is EnquiryState.PLANNED else 1,
            consignment_id=row.consignment_id,
            expected=one.eta if one else None,
            declaration_number=row.subject if row.question == Question.DECLARATION else None,
        ),
    )


def _escalate(tx: Transaction, context: Context, row: EnquiryRow) -> None:
    raise_alarm(
        tx,
        context,
        row.corridor,
        UNANSWERED,
        row.enquiry_id,
        f"{row.partner} has answered neither the enquiry about {row.subject} nor its reminder; "
        "ask by another way.",
        consignment_id=row.consignment_id,
        message_id=row.message_id,
    )


def withdraw(tx: Transaction, context: Context, row: EnquiryRow) -> EnquiryRow:
    """Nothing is to be answered any more: what was asked for came by itself, or was annulled."""
    settle(tx, context, row.corridor, UNANSWERED, row.enquiry_id)
    return tx.put_enquiry(
        row, state=EnquiryState.WITHDRAWN, next_step=None, settled=context.clock.now()
    )


def replied(tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming) -> None:
    """A reply to an enquiry of ours has come.

    Raises:
        RemoteError: ``answer-misplaced``: nothing of the kind was asked.
    """
    message = incoming.message
    assert isinstance(message, EnquiryReply)  # noqa: S101 - the table's key says so
    findings = tuple(list_findings(agreement, incoming))
    if refuses(findings):
        raise UnusableError(findings)
    row = tx.enquiry(agreement.corridor, message.enquiry_id)
    asked = row is not None and row.direction is Direction.OUT and row.message_id
    if row is None or not asked or message.consignment_id != row.consignment_id:
        raise RemoteError(
            "answer-misplaced",
            f"{context.country} asked nothing under this id about this consignment.",
            path="enquiry_id",
        )
    if mixed := tuple(mode_findings(row, message)):
        raise UnusableError(mixed)
    effect = REPLIES[earlier(row, message.outcome)]
    if effect in (Effect.CLOSES, Effect.CORRECTS):
        _close(tx, context, agreement, row, message)
    elif effect is Effect.CONTRADICTS:
        _contradicted(tx, context, row, message)


def earlier(row: EnquiryRow, outcome: EnquiryOutcome) -> Earlier:
    """How what is known of an enquiry stands to a reply."""
    if row.state is EnquiryState.WITHDRAWN:
        return Earlier.ITSELF
    if row.outcome is None:
        return Earlier.NONE
    if row.outcome == outcome:
        return Earlier.SAME
    return Earlier.UNDECIDED if row.outcome in UNDECIDED else Earlier.DECIDED


def _close(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    row: EnquiryRow,
    message: EnquiryReply,
) -> None:
    settle(tx, context, row.corridor, UNANSWERED, row.enquiry_id)
    tx.put_enquiry(
        row,
        state=EnquiryState.ANSWERED,
        outcome=message.outcome.value,
        reply_id=message.header.message_id,
        next_step=None,
        settled=context.clock.now(),
    )
    if row.consignment_id is None or message.outcome not in HAPPENED:
        return
    record(
        tx,
        context,
        row.corridor,
        row.consignment_id,
        HAPPENED[message.outcome],
        cause=EnquiryReply.__name__,
        message=message,
    )
    if message.outcome is EnquiryOutcome.UNKNOWN:
        send_information_again(tx, context, agreement, row.consignment_id)


def _contradicted(
    tx: Transaction, context: Context, row: EnquiryRow, message: EnquiryReply
) -> None:
    raise_alarm(
        tx,
        context,
        row.corridor,
        CONTRADICTED,
        row.enquiry_id,
        f"{row.partner} answered {row.outcome} about {row.subject} before, and now {message.outcome}; "
        "the first reply holds until somebody asks again.",
        consignment_id=row.consignment_id,
        message_id=message.header.message_id,
    )
