"""Messages → counts of the quality of what each side supplied, in the transaction that stores them.

    a message ─► an answer is awaited, by the agreement's limit
    its answer ─► in time or not; and the message is counted: what it stated, what was found in it

Everything counted is said in messages that both sides hold: declarations, the times in their headers, the
findings of their acknowledgements. So both sides count the same, and neither has to believe the other. A
message counts once it is answered, in the month of its creation; test messages never do.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import msgspec

from keruen.agreement import Agreement, border_mode
from keruen.agreement.completeness import stated
from keruen.customs import Severity
from keruen.exchange.context import Context
from keruen.messages import (
    ASKING,
    Acknowledgement,
    Amendment,
    Annulment,
    ArrivalInformation,
    Enquiry,
    EnquiryReply,
    ImportInformation,
    Mode,
    Outcome,
    PreliminaryInformation,
    Question,
    decode,
)
from keruen.store import Direction, Message, Transaction
from keruen.store.supplied import AnswerDue, Place

LATE = "information-late"
"""The finding that says that preliminary information came too late before the crossing."""
ACKNOWLEDGED, IMPORTED, REPLIED = "acknowledgement", "import", "enquiry"
"""Answers, as the counts are named."""
DECLARING = {
    PreliminaryInformation.__name__: PreliminaryInformation,
    Amendment.__name__: Amendment,
}
"""Kinds of messages that state a declaration."""
_BACK = {Direction.IN: Direction.OUT, Direction.OUT: Direction.IN}


class _Sender(msgspec.Struct):
    office: str | None = None


class _Header(msgspec.Struct):
    created: datetime
    mode: str
    sender: _Sender


class Outline(msgspec.Struct):
    """As much of a message as can be read of one that was refused, too."""

    kind: str
    header: _Header


def count(tx: Transaction, context: Context, stored: Message) -> None:
    """Count a message that has just been stored, sent or received."""
    agreement = context.agreement_of(stored.corridor)
    if stored.kind == Acknowledgement.__name__:
        _acknowledged(tx, agreement, stored)
    elif stored.kind == Enquiry.__name__:
        _asked(tx, agreement, stored)
    elif stored.kind == EnquiryReply.__name__:
        _replied(tx, stored)
    elif stored.kind not in ASKING:
        _await(tx, agreement, stored, ACKNOWLEDGED, agreement.deadlines.acknowledgement)


def _await(
    tx: Transaction,
    agreement: Agreement,
    asking: Message,
    answer: str,
    within: timedelta,
    key: str | None = None,
) -> None:
    """The other side of a live message owes an answer to it."""
    if outline(asking.body).header.mode == Mode.LIVE:
        tx.await_answer(_due(agreement, asking, answer, within, key or asking.message_id))


def _due(
    agreement: Agreement, asking: Message, answer: str, within: timedelta, key: str
) -> AnswerDue:
    return AnswerDue(
        corridor=asking.corridor,
        key=key,
        answer=answer,
        direction=_BACK[asking.direction],
        office="",
        month=month_of(agreement, asking.created),
        due=asking.created + within,
    )


def outline(body: bytes) -> Outline:
    """What a message is, who sent it and when.

    Raises:
        msgspec.MsgspecError: it says so nowhere.
    """
    return msgspec.json.decode(body, type=Outline)


def month_of(agreement: Agreement, at: datetime) -> str:
    """The month of a moment, as the agreement counts days."""
    return f"{agreement.day(at):%Y-%m}"


def _given(tx: Transaction, awaited: AnswerDue, at: datetime) -> None:
    """An answer has come."""
    in_time = awaited.due is None or at <= awaited.due
    tx.count_supplied(
        _place_of(awaited),
        {f"{awaited.answer}_given": 1, f"{awaited.answer}_in_time": int(in_time)},
    )


def _place_of(row: AnswerDue) -> Place:
    return Place(corridor=row.corridor, direction=row.direction, office=row.office, month=row.month)


def _asked(tx: Transaction, agreement: Agreement, stored: Message) -> None:
    """An enquiry is to be answered before its reminder is due; messages asked for come by themselves."""
    enquiry = msgspec.json.decode(stored.body, type=Enquiry)
    if enquiry.reminder or enquiry.question is Question.MESSAGES:
        return
    limits = agreement.deadlines.reminder_after
    if limits:
        within = agreement.deadline(limits, _mode(tx, stored))
        key = enquiry.consignment_id or enquiry.enquiry_id
        _await(tx, agreement, stored, REPLIED, within, key)


def _mode(tx: Transaction, about: Message) -> str | None:
    """The transport mode at the border of a consignment as it was first announced."""
    if about.consignment_id is None:
        return None
    first = tx.messages(
        corridor=about.corridor,
        consignment_id=about.consignment_id,
        kind=PreliminaryInformation.__name__,
    )
    message = decode(first[-1].body) if first and first[-1].body else None
    return border_mode(message.declaration) if isinstance(message, PreliminaryInformation) else None


def _replied(tx: Transaction, stored: Message) -> None:
    reply = msgspec.json.decode(stored.body, type=EnquiryReply)
    key = reply.consignment_id or reply.enquiry_id
    awaited = tx.awaited_answer(stored.corridor, key, REPLIED)
    if awaited is not None:
        _given(tx, awaited, stored.created)


def _acknowledged(tx: Transaction, agreement: Agreement, stored: Message) -> None:
    """Count the answer, and what it answers: an answer to a message that nobody waits for counts nothing."""
    if stored.refers_to is None:
        return
    awaited = tx.awaited_answer(stored.corridor, stored.refers_to, ACKNOWLEDGED)
    if awaited is not None:
        about = tx.message(stored.corridor, stored.refers_to)
    elif about := _refused(tx, agreement, stored):
        within = agreement.deadlines.acknowledgement
        awaited = _due(agreement, about, ACKNOWLEDGED, within, about.message_id)
    if about is not None and awaited is not None:
        _given(tx, awaited, stored.created)
        judge(tx, agreement, about, msgspec.json.decode(stored.body, type=Acknowledgement))


def _refused(tx: Transaction, agreement: Agreement, answer: Message) -> Message | None:
    """A live message that could not be stored: it lies in the inbox only; None if it was answered before."""
    place = answer.corridor, answer.message_id
    sent = tx.outbox_entry(*place) if answer.direction is Direction.OUT else None
    known = tx.message(answer.corridor, answer.refers_to or "")
    entry = tx.inbox_entry(sent.answers, answer.partner) if sent and sent.answers else None
    if known is not None or entry is None or tx.is_answered(answer):
        return None
    body = b"".join(tx.payload(entry.payload_id))
    read = _legible(agreement, body)
    if read is None or read.kind in ASKING or read.header.mode != Mode.LIVE:
        return None
    return Message(
        corridor=answer.corridor,
        message_id=answer.refers_to or "",
        direction=Direction.IN,
        partner=answer.partner,
        kind=read.kind,
        created=read.header.created,
        stored=entry.received,
        body=body,
        ebms_id=entry.ebms_id,
    )


def _legible(agreement: Agreement, body: bytes) -> Outline | None:
    """What can be read of something that was refused, if it is enough to count it."""
    try:
        read = outline(body)
        month_of(agreement, read.header.created + agreement.deadlines.acknowledgement)
    except (msgspec.MsgspecError, RecursionError, OverflowError, ValueError):
        return None
    return read if read.header.created.tzinfo is not None else None


def judge(tx: Transaction, agreement: Agreement, about: Message, answer: Acknowledgement) -> None:
    """Count a message by what was answered to it."""
    accepted = answer.outcome is Outcome.ACCEPTED
    counts: Counter[str] = Counter()
    office = outline(about.body).header.sender.office
    if about.kind in DECLARING:
        counts.update(found(answer))
        if answer.consignment_id is not None:  # else it could not even be read
            declared = msgspec.json.decode(about.body, type=DECLARING[about.kind])
            counts.update(stated(declared, agreement))
    if accepted and about.kind in _ACCEPTED:
        counts[_ACCEPTED[about.kind]] += 1
    if accepted and about.kind == PreliminaryInformation.__name__:
        counts["in_time"] += not any(one.code == LATE for one in answer.findings)
    place = Place(
        corridor=about.corridor,
        direction=about.direction,
        office=office or "",
        month=month_of(agreement, about.created),
    )
    if accepted and about.kind == ArrivalInformation.__name__:
        counts.update(_arrived(tx, agreement, about, place))
    elif accepted and about.kind == ImportInformation.__name__:
        _imported(tx, about, place)
    tx.count_supplied(place, counts)


_ACCEPTED = {
    PreliminaryInformation.__name__: "announced",
    Amendment.__name__: "amendments",
    Annulment.__name__: "annulments",
}


def found(answer: Acknowledgement) -> dict[str, int]:
    """What was found in a declaration; that it came late is told by another part of the score."""
    severities = [one.severity for one in answer.findings if one.code != LATE]
    accepted = answer.outcome is Outcome.ACCEPTED
    return {
        "declarations": 1,
        "clean": int(accepted and not severities),
        "warned": int(accepted and bool(severities)),
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
    }


def _arrived(tx: Transaction, agreement: Agreement, about: Message, place: Place) -> dict[str, int]:
    """An arrival was told: in time or not. The import is to follow; who enquired is answered."""
    arrival = msgspec.json.decode(about.body, type=ArrivalInformation)
    limits, key = agreement.deadlines, arrival.consignment_id
    if arrival.withdrawn:
        if key is not None:
            tx.awaited_answer(about.corridor, key, IMPORTED)
        return {}
    if key is not None:
        asked = tx.awaited_answer(about.corridor, key, REPLIED)
        if asked is not None:
            _given(tx, asked, about.created)
        if not arrival.partial:
            _await_import(tx, key, place, arrival.arrived + limits.import_information)
    in_time = about.created <= arrival.arrived + limits.arrival_information
    return {"arrival_given": 1, "arrival_in_time": int(in_time)}


def _await_import(tx: Transaction, key: str, place: Place, due: datetime) -> None:
    awaited = _import_due(key, place, due)
    if tx.await_answer(awaited):
        return
    early = tx.awaited_answer(place.corridor, key, IMPORTED)
    if early is not None and early.due is None:
        _given(tx, awaited, due)
    elif early is not None:
        tx.await_answer(early)


def _imported(tx: Transaction, about: Message, place: Place) -> None:
    """An import was told; one that comes before the arrival is remembered until that."""
    key = about.consignment_id or ""
    awaited = tx.awaited_answer(about.corridor, key, IMPORTED)
    if awaited is None or awaited.due is None:
        tx.await_answer(_import_due(key, place, None))
    else:
        _given(tx, awaited, about.created)


def _import_due(key: str, place: Place, due: datetime | None) -> AnswerDue:
    return AnswerDue(
        corridor=place.corridor,
        key=key,
        answer=IMPORTED,
        direction=place.direction,
        office=place.office,
        month=place.month,
        due=due,
    )


def recount(tx: Transaction, context: Context) -> None:
    """Count all messages again, in the order in which they were stored.

    A month in which content was removed cannot be counted again: what was counted of it and before it stays.
    """
    kept = {}
    for agreement in context.agreements:
        removed = tx.last_removed(agreement.corridor)
        month = month_of(agreement, removed) if removed is not None else ""
        tx.clear_counts(agreement.corridor, month)
        kept[agreement.corridor] = month
    for stored in tx.messages_in_order():
        agreement = context.agreement_of(stored.corridor)
        if month_of(agreement, stored.created) > kept[stored.corridor]:
            count(tx, context, stored)
