"""The business answer to a message: accepted, or rejected with findings; and what it lets happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from keruen.agreement import Agreement, agreed, unlisted
from keruen.customs import Finding, refuses
from keruen.exchange.context import Context
from keruen.exchange.incoming import Incoming
from keruen.exchange.lifecycle import Happening
from keruen.exchange.outgoing import new_header, send
from keruen.exchange.record import EventData, record
from keruen.messages import Acknowledgement, AnyMessage, ArrivalInformation, Outcome, kind_of
from keruen.store import Consignment, EnquiryRow, Transaction

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


def mode_findings(known: Consignment | EnquiryRow | None, message: AnyMessage) -> Iterator[Finding]:
    """A message about a consignment, or about an enquiry, comes in the mode in which that was begun."""
    if known is not None and known.mode != message.header.mode:
        yield Finding(
            code="phase-differs",
            path="header.mode",
            declared=message.header.mode,
            text=f"What it is about was begun in {known.mode} mode.",
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


def happened(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    message: AnyMessage,
    happening: Happening,
    data: EventData | None = None,
) -> None:
    """Record what a message let happen to the consignment that it is about."""
    record(
        tx,
        context,
        agreement.corridor,
        subject_of(message),
        happening,
        cause=kind_of(message),
        message=message,
        data=data,
    )


def subject_of(message: AnyMessage) -> str:
    """The consignment that a message is about; an unannounced arrival is one of its own."""
    named: str | None = getattr(message, "consignment_id", None)
    if named is None and isinstance(message, ArrivalInformation):
        return message.arrival_id
    assert named is not None  # noqa: S101 - only messages about consignments come here
    return named
