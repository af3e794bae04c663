"""What an incoming message does: one function a kind, in the transaction that takes it from the inbox."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping

from keruen.agreement import Agreement, agreed, lateness, unlisted
from keruen.customs import Finding, check, refuses
from keruen.errors import RemoteError
from keruen.exchange.context import Context
from keruen.exchange.incoming import Incoming
from keruen.exchange.lifecycle import Happening
from keruen.exchange.outgoing import new_header, send
from keruen.exchange.record import EventData, record
from keruen.messages import (
    Acknowledgement,
    AnyMessage,
    ArrivalInformation,
    ImportInformation,
    Outcome,
    PreliminaryInformation,
    kind_of,
)
from keruen.store import Direction, Event, Message, Role, Transaction

Handler = Callable[[Transaction, Context, Agreement, Incoming], None]
"""Takes a message whose header fits the agreement; answers by `acknowledge` where the message is answered."""

MAXIMUM_FINDINGS = 100
"""Findings that one acknowledgement carries; the first ones are the useful ones."""


def list_findings(agreement: Agreement, incoming: Incoming) -> Iterator[Finding]:
    """What in a message the agreement does not allow, lacks, or does not name."""
    yield from agreed(incoming.message, agreement)
    for path in unlisted(incoming.plain, kind_of(incoming.message), agreement):
        yield Finding(
            code="element-not-agreed",
            path=path,
            text="The agreement's data list does not name this element; leave it out.",
        )


def acknowledge(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    message: AnyMessage,
    findings: tuple[Finding, ...],
    *,
    registration_number: str | None = None,
) -> Acknowledgement:
    """Answer a message: rejected when a finding is an error, else accepted."""
    header = message.header
    return send(
        tx,
        context,
        agreement,
        Acknowledgement(
            header=new_header(
                context,
                agreement,
                Acknowledgement,
                stage=header.stage,
                mode=header.mode,
                refers_to=header.message_id,
            ),
            outcome=Outcome.REJECTED if refuses(findings) else Outcome.ACCEPTED,
            consignment_id=getattr(message, "consignment_id", None),
            registration_number=registration_number,
            findings=findings[:MAXIMUM_FINDINGS],
        ),
    )


def preliminary_information(
    tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming
) -> None:
    """Register what is announced, or reject it with findings; either way it is kept and answered."""
    message = incoming.message
    assert isinstance(message, PreliminaryInformation)  # noqa: S101 - the table's key says so
    known = tx.consignment(agreement.corridor, message.consignment_id)
    if known is not None:
        finding = Finding(
            code="consignment-known",
            path="consignment_id",
            declared=message.consignment_id,
            text="This consignment was announced before; a change is sent as an amendment.",
        )
        acknowledge(tx, context, agreement, message, (finding,))
        return
    now = context.clock.now()
    findings = (
        *list_findings(agreement, incoming),
        *check(message.declaration, today=now.date()),
        *lateness(message, agreement, now),
    )
    _happened(tx, context, agreement, message, Happening.ANNOUNCED)
    if refuses(findings):
        acknowledge(tx, context, agreement, message, findings)
        _happened(tx, context, agreement, message, Happening.REJECTED)
        return
    number = registration_number(context, message)
    acknowledge(tx, context, agreement, message, findings, registration_number=number)
    _happened(
        tx, context, agreement, message, Happening.ACCEPTED, EventData(registration_number=number)
    )


def _happened(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    message: PreliminaryInformation | ArrivalInformation | ImportInformation,
    happening: Happening,
    data: EventData | None = None,
) -> None:
    record(
        tx,
        context,
        agreement.corridor,
        _subject(message),
        happening,
        cause=kind_of(message),
        message=message,
        data=data,
    )


def _subject(message: PreliminaryInformation | ArrivalInformation | ImportInformation) -> str:
    """The consignment that a message is about; an unannounced arrival is one of its own."""
    if isinstance(message, ArrivalInformation):
        return message.consignment_id or message.arrival_id
    return message.consignment_id


def registration_number(context: Context, message: PreliminaryInformation) -> str:
    """Country, date and nine characters, as the EAEU numbers preliminary information.

    The nine characters are derived from the consignment's id, so that the same information always gets
    the same number.
    """
    digest = hashlib.sha256(message.consignment_id.encode()).digest()
    serial = base64.b32encode(digest)[:9].decode()
    return f"{context.country}/{context.clock.now():%Y%m%d}/{serial}"


def acknowledgement(
    tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming
) -> None:
    """The other side could use what we sent, or not.

    Raises:
        RemoteError: ``answer-misplaced``, ``already-answered``: it answers nothing that waits for an answer.
    """
    message = incoming.message
    assert isinstance(message, Acknowledgement)  # noqa: S101 - the table's key says so
    about = _answered(tx, context, agreement, incoming)
    if about is None or about.consignment_id is None:
        return
    accepted = message.outcome is Outcome.ACCEPTED
    if about.kind == PreliminaryInformation.__name__:
        happening = Happening.ACCEPTED if accepted else Happening.REJECTED
    elif about.kind == ImportInformation.__name__ and accepted:
        happening = Happening.CLOSED
    else:
        return
    record(
        tx,
        context,
        agreement.corridor,
        about.consignment_id,
        happening,
        cause=kind_of(message),
        message=message,
    )


def _answered(
    tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming
) -> Message | None:
    """The message of ours that an answer is about; None where it names none."""
    message = incoming.message
    refers_to, subject = message.header.refers_to, getattr(message, "consignment_id", None)
    if refers_to is None:
        return None
    about = tx.message(agreement.corridor, refers_to)
    ours = about is not None and about.direction is Direction.OUT
    if about is None or not ours or subject not in (None, about.consignment_id):
        raise RemoteError(
            "answer-misplaced",
            f"{context.country} sent no message of this id about this consignment.",
            path="header.refers_to",
        )
    if any(_answers(tx, event, refers_to) for event in _events(tx, about)):
        raise RemoteError(
            "already-answered",
            "This message was answered before; the first answer holds.",
            path="header.refers_to",
        )
    return about


def _events(tx: Transaction, about: Message) -> list[Event]:
    return tx.events(about.corridor, about.consignment_id) if about.consignment_id else []


def _answers(tx: Transaction, event: Event, refers_to: str) -> bool:
    """Whether an event came of an answer to a message of ours."""
    if event.cause != Acknowledgement.__name__ or event.message_id is None:
        return False
    stored = tx.message(event.corridor, event.message_id)
    return stored is not None and stored.refers_to == refers_to


def arrival_information(
    tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming
) -> None:
    """The other side tells what came: of our consignment, or unannounced."""
    message = incoming.message
    assert isinstance(message, ArrivalInformation)  # noqa: S101 - the table's key says so
    findings = tuple(_answer_findings(tx, context, agreement, incoming))
    if not refuses(findings):
        if message.consignment_id is None:
            happening = Happening.UNANNOUNCED
        else:
            happening = Happening.PARTLY_ARRIVED if message.partial else Happening.ARRIVED
        _happened(tx, context, agreement, message, happening)
    acknowledge(tx, context, agreement, message, findings)


def import_information(
    tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming
) -> None:
    """The other side tells what was imported of our consignment."""
    message = incoming.message
    assert isinstance(message, ImportInformation)  # noqa: S101 - the table's key says so
    findings = tuple(_answer_findings(tx, context, agreement, incoming))
    if not refuses(findings):
        _happened(tx, context, agreement, message, Happening.IMPORTED)
    acknowledge(tx, context, agreement, message, findings)


def _answer_findings(
    tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming
) -> Iterator[Finding]:
    """What is wrong with an answer about a consignment that we announced."""
    yield from list_findings(agreement, incoming)
    message = incoming.message
    if isinstance(message, ArrivalInformation) and message.consignment_id is None:
        if tx.consignment(agreement.corridor, message.arrival_id) is not None:
            yield Finding(
                code="consignment-known",
                path="arrival_id",
                declared=message.arrival_id,
                text="This arrival was told before, or its id is that of a consignment.",
            )
        return
    consignment_id = getattr(message, "consignment_id", None)
    known = tx.consignment(agreement.corridor, consignment_id) if consignment_id else None
    if known is None or known.role is not Role.SENDER:
        yield Finding(
            code="consignment-unknown",
            path="consignment_id",
            declared=consignment_id,
            text=f"{context.country} announced nothing under this id.",
        )
    elif known.mode != message.header.mode:
        yield Finding(
            code="phase-differs",
            path="header.mode",
            declared=message.header.mode,
            text=f"The consignment was announced as {known.mode}.",
        )


HANDLERS: Mapping[str, Handler] = {
    PreliminaryInformation.__name__: preliminary_information,
    Acknowledgement.__name__: acknowledgement,
    ArrivalInformation.__name__: arrival_information,
    ImportInformation.__name__: import_information,
}
"""The exchange's own handlers; the composition root may add to them."""
