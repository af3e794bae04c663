"""What a notice comes to: the consignment that it names, the message that is sent, the answer that is given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from keruen.agreement import Agreement
from keruen.customs import Finding, Severity
from keruen.errors import LocalError
from keruen.exchange.context import Context
from keruen.exchange.lifecycle import Happening, State
from keruen.exchange.notices import LeavesEmpty, Notice
from keruen.exchange.outgoing import send
from keruen.exchange.record import record
from keruen.exchange.submission import Result, Submitted
from keruen.exchange.wordings import WORDING
from keruen.messages import Amendment, Annulment, EmptyVehicle
from keruen.store import Consignment, NationalDeclaration, Reader, Role, Transaction

CAUSE = "national-system"
NEWEST = 10
"""Consignments of one number that are looked at."""


def announced(reader: Reader, number: str) -> Consignment:
    """The consignment of this node that a number, reference or id names; of several the newest.

    Raises:
        LocalError: ``consignment-unknown``.
    """
    by_id = reader.by_consignment_id(number.strip().lower())
    if by_id is not None and by_id.role is Role.SENDER:
        return by_id
    found = reader.consignments(role=Role.SENDER, reference=number.strip(), limit=NEWEST)
    live = [one for one in found if one.state not in (State.CLOSED, State.ANNULLED)]
    for one in (*live, *found):
        return one
    raise LocalError(
        "consignment-unknown",
        f"nothing was announced under {number}; give the declaration's number or the consignment's id",
        path="number",
    )


def no_post(code: str, there_are: Iterable[str]) -> LocalError:
    """No partner has a post of this code."""
    listed = ", ".join(there_are) or "none"
    return LocalError(
        "post-unknown", f"no partner has a post {code}; there are {listed}", path="post"
    )


def sent(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    document: Notice,
    message: Amendment | Annulment | EmptyVehicle,
    happening: Happening,
) -> Submitted:
    """Send what a notice says, keep the notice, record what it means; gives the answer."""
    message = send(tx, context, agreement, message)
    tx.add_declaration(
        NationalDeclaration(
            declaration_id=context.clock.new_id(),
            corridor=agreement.corridor,
            kind=_kind(document),
            reference=message.consignment_id,
            format="json",
            digest=document.digest,
            submitted=context.clock.now(),
            body=document.body,
        )
    )
    record(
        tx,
        context,
        agreement.corridor,
        message.consignment_id,
        happening,
        at=_moment(message),
        cause=CAUSE,
        message=message,
    )
    return Submitted(
        name=document.name,
        result=Result.QUEUED,
        format="json",
        kind=_kind(document),
        reference=_reference(document),
        partner=agreement.other(context.country),
        corridor=agreement.corridor,
        consignment_id=message.consignment_id,
        message_id=message.header.message_id,
    )


def _moment(message: Amendment | Annulment | EmptyVehicle) -> datetime | None:
    """When it happened, where that is not now."""
    if isinstance(message, Annulment):
        return message.annulled
    return message.departed if isinstance(message, EmptyVehicle) else None


def again(document: Notice, corridor: str, consignment_id: str) -> Submitted:
    """The answer about a notice that says nothing new."""
    finding = WORDING.finding("already-submitted/told", severity=Severity.WARNING)
    return Submitted(
        name=document.name,
        result=Result.KNOWN,
        format="json",
        kind=_kind(document),
        reference=_reference(document),
        corridor=corridor,
        consignment_id=consignment_id,
        findings=(finding,),
    )


def refused(document: Notice, findings: tuple[Finding, ...]) -> Submitted:
    """The answer about a notice of which nothing became."""
    return Submitted(
        name=document.name,
        result=Result.REFUSED,
        format="json",
        kind=_kind(document),
        reference=_reference(document),
        findings=findings,
    )


def _kind(document: Notice) -> str:
    tag = document.said.__struct_config__.tag
    return str(tag)


def _reference(document: Notice) -> str:
    said = document.said
    return said.vehicle if isinstance(said, LeavesEmpty) else said.number
