"""What the receiver tells of our consignment: its arrival, its import, whether it could use what we sent."""

from __future__ import annotations

from collections.abc import Iterator

from keruen.agreement import Agreement
from keruen.customs import Finding, refuses
from keruen.errors import RemoteError
from keruen.exchange.answering import (
    acknowledge,
    happened,
    list_findings,
    mode_findings,
    subject_of,
)
from keruen.exchange.context import Context
from keruen.exchange.incoming import Incoming, UnusableError
from keruen.exchange.lifecycle import State, carrying
from keruen.exchange.outcomes import ANSWERED, Ruling, case_of, ruling
from keruen.exchange.record import record
from keruen.exchange.retold import as_parts_stand, standing_of_arrival
from keruen.messages import Acknowledgement, AnyMessage, ArrivalInformation, kind_of
from keruen.store import Consignment, Direction, Event, Message, Transaction


def told(tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming) -> None:
    """The other side tells what came, or what was imported, of our consignment; or of one unannounced."""
    message = incoming.message
    known = tx.consignment(agreement.corridor, subject_of(message))
    ruled = _ruling(tx, agreement, message, known)
    findings = (
        *list_findings(agreement, incoming),
        *_ruled(message, ruled),
        *(mode_findings(known, message) if ruled.accepted else ()),
    )
    if not refuses(findings) and ruled.happening is not None:
        happening = as_parts_stand(tx, agreement.corridor, message, ruled.happening)
        happened(tx, context, agreement, message, happening)
    acknowledge(tx, context, agreement, message, findings)


def _ruling(
    tx: Transaction, agreement: Agreement, message: AnyMessage, known: Consignment | None
) -> Ruling:
    case = case_of(message)
    if known is None:
        return ruling(case, None)
    standing = standing_of_arrival(tx, agreement.corridor, known.consignment_id, message)
    state = carrying(State(known.state), known.goods)
    return ruling(case, state, known.role, standing)


def _ruled(message: AnyMessage, ruled: Ruling) -> Iterator[Finding]:
    """The table's finding, at the element that names the consignment here."""
    for finding in ruled.findings():
        path, declared = finding.path, subject_of(message)
        if isinstance(message, ArrivalInformation):
            unannounced = message.consignment_id is None
            path = "arrival_id" if unannounced else path
            declared = message.arrival_id if path == "arrival_id" else declared
        yield Finding(
            code=finding.code,
            severity=finding.severity,
            path=path,
            declared=declared,
            text=finding.text,
        )


def acknowledgement(
    tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming
) -> None:
    """The other side could use what we sent, or not.

    Raises:
        RemoteError: ``answer-misplaced``, ``already-answered``: it answers nothing that waits for an answer.
        UnusableError: ``phase-differs``: it answers in another mode.
    """
    message = incoming.message
    assert isinstance(message, Acknowledgement)  # noqa: S101 - the table's key says so
    about = _answered(tx, context, agreement, incoming)
    if about is None or about.consignment_id is None:
        return
    known = tx.consignment(agreement.corridor, about.consignment_id)
    if mixed := tuple(mode_findings(known, message)):
        raise UnusableError(mixed)
    happening = ANSWERED.get((about.kind, message.outcome))
    if happening is not None:
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
