"""Enquiries of the other side: answered from this node's books where they know, else put to a person.

An enquiry that waits is looked at again when its consignment moves, so that an arrival that is registered
later answers it by itself. A reminder of what was answered gets the same reply once more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

import msgspec

from keruen.agreement import Agreement
from keruen.customs import Declaration, Finding, refuses
from keruen.errors import LocalError, UsageError
from keruen.exchange.again import send_again
from keruen.exchange.answering import list_findings
from keruen.exchange.context import Context
from keruen.exchange.enquiries import HOUR, VERIFICATION_LIMIT
from keruen.exchange.incoming import Incoming, UnusableError
from keruen.exchange.lifecycle import State
from keruen.exchange.outgoing import new_header, send
from keruen.exchange.retold import standing_arrivals
from keruen.messages import (
    ArrivalInformation,
    DeclarationStatus,
    Enquiry,
    EnquiryOutcome,
    EnquiryReply,
    Mode,
    Question,
    Stage,
    decode,
)
from keruen.store import (
    OPEN,
    Consignment,
    Direction,
    EnquiryRow,
    EnquiryState,
    Message,
    NationalDeclaration,
    Role,
    Transaction,
)

Said = dict[str, Any]
"""Elements of a reply by name, `outcome` among them."""

BY_PERSON = (
    EnquiryOutcome.FOUND,
    EnquiryOutcome.NOT_ARRIVED,
    EnquiryOutcome.DIVERTED,
    EnquiryOutcome.OTHER_NUMBER,
)
"""What a person may answer about a consignment."""


def enquired(tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming) -> None:
    """The other side asks something, or reminds of it."""
    message = incoming.message
    assert isinstance(message, Enquiry)  # noqa: S101 - the table's key says so
    findings = tuple(list_findings(agreement, incoming))
    if refuses(findings):
        raise UnusableError(findings)
    known = tx.enquiry(agreement.corridor, message.enquiry_id)
    if known is not None and (known.direction is Direction.OUT or not _same(known, message)):
        raise LocalError(
            "enquiry-known", "Something else was asked under this id before.", path="enquiry_id"
        )
    if known is not None and known.reply_id is not None:
        _again(tx, context, known)
        return
    if known is None:
        _require_patience(tx, context, agreement, message)
    row = (
        _noted(tx, context, agreement, message) if known is None else _reminded(tx, known, message)
    )
    said = FROM_BOOKS[message.question](tx, context, agreement, message)
    if said is not None:
        reply(tx, context, agreement, row, said)


def _require_patience(
    tx: Transaction, context: Context, agreement: Agreement, message: Enquiry
) -> None:
    """That numbers are verified, not tried out.

    Raises:
        UnusableError: ``verification-limit``: so many were asked for in the last hour.
    """
    if message.question is not Question.DECLARATION:
        return
    since = context.clock.now() - HOUR
    asked = tx.asked_since(agreement.corridor, Direction.IN, message.question, since)
    if asked >= context.verifications:
        text = (
            f"{context.verifications} declarations may be verified by number in an hour; ask later."
        )
        number = message.declaration_number
        path = "declaration_number"
        finding = Finding(code=VERIFICATION_LIMIT, path=path, declared=number, text=text)
        raise UnusableError((finding,))


def _same(known: EnquiryRow, message: Enquiry) -> bool:
    before = (known.question, known.consignment_id, known.mode)
    return before == (message.question, message.consignment_id, message.header.mode)


def _noted(tx: Transaction, context: Context, agreement: Agreement, message: Enquiry) -> EnquiryRow:
    header = message.header
    row = EnquiryRow(
        corridor=agreement.corridor,
        enquiry_id=message.enquiry_id,
        direction=Direction.IN,
        partner=header.sender.country,
        question=message.question,
        subject=_subject(tx, agreement, message),
        state=EnquiryState.ASKED,
        stage=header.stage,
        mode=header.mode,
        message_id=header.message_id,
        raised=context.clock.now(),
        consignment_id=message.consignment_id,
    )
    tx.add_enquiry(row)
    return row


def _subject(tx: Transaction, agreement: Agreement, message: Enquiry) -> str:
    if message.question is Question.MESSAGES:
        ids = message.message_ids
        return ids[0] if len(ids) == 1 else f"{len(ids)} messages"
    if message.consignment_id is None:
        return message.declaration_number or message.enquiry_id
    known = tx.consignment(agreement.corridor, message.consignment_id)
    return known.reference if known else message.consignment_id


def _reminded(tx: Transaction, row: EnquiryRow, message: Enquiry) -> EnquiryRow:
    return tx.put_enquiry(row, state=EnquiryState.REMINDED, message_id=message.header.message_id)


def _again(tx: Transaction, context: Context, row: EnquiryRow) -> None:
    answer = tx.message(row.corridor, row.reply_id or "")
    if answer is not None:
        send_again(tx, context, answer)


def _of_arrival(
    tx: Transaction, context: Context, agreement: Agreement, message: Enquiry
) -> Said | None:
    """Where the consignment is; None where only a person can find out."""
    asked = message.consignment_id or ""
    one = tx.consignment(agreement.corridor, asked)
    if one is None or one.role is not Role.RECEIVER or one.mode != message.header.mode:
        return {"outcome": EnquiryOutcome.UNKNOWN}
    return where(tx, context, one)


def where(tx: Transaction, context: Context, one: Consignment) -> Said | None:
    """What this node's books say of a consignment that it awaited: here, or here under another number."""
    arrivals = _arrivals(tx, one)
    if arrivals:
        _tell_again(tx, context, arrivals)
        return _arrival(EnquiryOutcome.FOUND, arrivals[0])
    other = _elsewhere(tx, one)
    if other is not None:
        told = _arrivals(tx, other)
        if told:
            return {
                **_arrival(EnquiryOutcome.OTHER_NUMBER, told[0]),
                "number": other.reference,
            }
    return None


def _arrival(outcome: EnquiryOutcome, message: Message) -> Said:
    told = decode(message.body)
    assert isinstance(told, ArrivalInformation)  # noqa: S101 - its row says so
    return {
        "outcome": outcome,
        "arrival_id": told.arrival_id,
        "post": told.post,
        "arrived": told.arrived,
    }


def _arrivals(tx: Transaction, one: Consignment) -> list[Message]:
    """Messages by which this node told that it has come, the last first."""
    if one.state == State.UNANNOUNCED:
        found = tx.message(one.corridor, one.information_id)
        return [found] if found is not None and found.removed is None else []
    told = tx.messages(
        corridor=one.corridor,
        consignment_id=one.consignment_id,
        direction=Direction.OUT,
        kind=ArrivalInformation.__name__,
    )
    kept = {message.message_id: message for message in told if message.removed is None}
    said = [decode(message.body) for message in kept.values()]
    standing = standing_arrivals(one for one in said if isinstance(one, ArrivalInformation))
    return [kept[one.header.message_id] for one in standing]


def _tell_again(tx: Transaction, context: Context, arrivals: list[Message]) -> None:
    """Whoever asks has not got them: what nobody has answered is sent again."""
    for message in reversed(arrivals):
        if tx.answer_to(message.corridor, message.message_id) is None:
            send_again(tx, context, message)


def _elsewhere(tx: Transaction, one: Consignment) -> Consignment | None:
    """An unannounced arrival that bears one of its marks, not before it set out."""
    marks = {key.folded for key in tx.identifiers(one.corridor, one.consignment_id)}
    for key in tx.find_identifiers(folded=sorted(marks)) if marks else ():
        found = tx.consignment(key.corridor, key.consignment_id)
        if found is None or found.corridor != one.corridor or found.state != State.UNANNOUNCED:
            continue
        late_enough = not (found.arrived and one.departed) or found.arrived >= one.departed
        if found.role is Role.RECEIVER and found.mode == one.mode and late_enough:
            return found
    return None


def _of_declaration(
    tx: Transaction,
    context: Context,  # noqa: ARG001 - as all of the table
    agreement: Agreement,
    message: Enquiry,
) -> Said:
    """Whether there is a national declaration of this number, of this corridor and in this mode."""
    number = message.declaration_number or ""
    for found in tx.declarations(reference=number) if number else ():
        one = tx.consignment(found.corridor, found.declaration_id)
        counts = one is None or one.mode == message.header.mode
        if found.corridor == agreement.corridor and counts:
            return {
                "outcome": EnquiryOutcome.EXISTS,
                "number": number,
                "declaration": _status(found, one),
            }
    return {"outcome": EnquiryOutcome.ABSENT, "number": number or None}


def _status(found: NationalDeclaration, one: Consignment | None) -> DeclarationStatus:
    if found.removed is not None:
        return DeclarationStatus(found.reference, found.kind)
    declaration = msgspec.json.decode(found.body, type=Declaration)
    office = declaration.office or declaration.office_of_departure
    return DeclarationStatus(
        number=found.reference,
        kind=found.kind,
        released=declaration.released,
        office=office.code if office else None,
        state=one.state if one else None,
    )


def _of_messages(tx: Transaction, context: Context, agreement: Agreement, message: Enquiry) -> Said:
    """Messages that are not there are sent again."""
    sent: list[str] = []
    for message_id in message.message_ids:
        one = tx.message(agreement.corridor, message_id)
        if one is not None and send_again(tx, context, one):
            sent.append(message_id)
    outcome = EnquiryOutcome.SENT_AGAIN if sent else EnquiryOutcome.UNKNOWN
    return {"outcome": outcome, "message_ids": tuple(sent)}


FROM_BOOKS: Mapping[Question, Callable[[Transaction, Context, Agreement, Enquiry], Said | None]] = (
    MappingProxyType(
        {
            Question.ARRIVAL: _of_arrival,
            Question.DECLARATION: _of_declaration,
            Question.MESSAGES: _of_messages,
        }
    )
)
"""Question → what this node's books answer; None where they do not know."""


def reply(
    tx: Transaction, context: Context, agreement: Agreement, row: EnquiryRow, said: Said
) -> EnquiryReply:
    """Answer an enquiry of the other side."""
    sent = send(
        tx,
        context,
        agreement,
        EnquiryReply(
            header=new_header(
                context,
                agreement,
                EnquiryReply,
                stage=Stage(row.stage),
                mode=Mode(row.mode),
                refers_to=row.message_id,
            ),
            enquiry_id=row.enquiry_id,
            consignment_id=row.consignment_id,
            **said,
        ),
    )
    tx.put_enquiry(
        row,
        state=EnquiryState.ANSWERED,
        outcome=sent.outcome.value,
        reply_id=sent.header.message_id,
        settled=context.clock.now(),
    )
    return sent


def overtaken(tx: Transaction, context: Context, row: EnquiryRow) -> bool:
    """Answer an enquiry that waits for a person, if the books know by now; gives whether they do."""
    one = tx.consignment(row.corridor, row.consignment_id) if row.consignment_id else None
    said = where(tx, context, one) if one is not None else None
    if said is None:
        return False
    reply(tx, context, context.agreement_of(row.corridor), row, said)
    return True


def answer(  # noqa: PLR0913 - what a person says
    tx: Transaction,
    context: Context,
    enquiry_id: str,
    outcome: EnquiryOutcome,
    *,
    post: str | None = None,
    arrived: datetime | None = None,
    country: str | None = None,
    number: str | None = None,
    remark: str | None = None,
) -> EnquiryReply:
    """A person answers an enquiry of the other side.

    A later answer may better one that left open what became of the consignment.

    Raises:
        UsageError: ``enquiry-unknown``, ``enquiry-answered``.
    """
    row = next((one for one in _asked(tx, context) if one.enquiry_id == enquiry_id), None)
    if row is None:
        raise UsageError(
            "enquiry-unknown",
            f"nobody asks under the id {enquiry_id}; keruen enquiries DIR list shows who does",
        )
    decided = row.outcome not in (None, EnquiryOutcome.NOT_ARRIVED, EnquiryOutcome.UNKNOWN)
    if row.state not in OPEN and (decided or row.outcome == outcome):
        raise UsageError("enquiry-answered", f"it was answered before: {row.outcome}")
    said = {"post": post, "arrived": arrived, "country": country, "number": number}
    agreement = context.agreement_of(row.corridor)
    return reply(tx, context, agreement, row, {"outcome": outcome, "remark": remark, **said})


def _asked(tx: Transaction, context: Context) -> list[EnquiryRow]:
    corridors = {agreement.corridor for agreement in context.agreements}
    asked = tx.enquiries(direction=Direction.IN, limit=10_000)
    return [one for one in asked if one.corridor in corridors]
