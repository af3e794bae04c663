"""Acts on notices of the national system: an annulment is sent, an empty vehicle is announced."""

from __future__ import annotations

from keruen.agreement import Agreement
from keruen.customs import Finding, Severity
from keruen.errors import LocalError
from keruen.exchange.context import Context
from keruen.exchange.lifecycle import Happening, State
from keruen.exchange.notices import Annulled, LeavesEmpty, Notice
from keruen.exchange.outcomes import Case, ruling_on_sending
from keruen.exchange.outgoing import new_header, send
from keruen.exchange.record import record
from keruen.exchange.submission import Result, Submitted
from keruen.exchange.versions import Validity, next_ordinal, versions
from keruen.messages import Annulment, EmptyVehicle, Mode, Stage
from keruen.store import Consignment, NationalDeclaration, Reader, Role, Transaction

CAUSE = "national-system"
NEWEST = 10
"""Consignments of one number that are looked at."""


def take_notice(tx: Transaction, context: Context, document: Notice) -> Submitted:
    """Act on a notice; one that was taken before is not taken again."""
    known = tx.declaration_by_digest(document.digest)
    if known is not None:
        return _again(document, known.corridor, known.reference)
    try:
        if isinstance(document.said, Annulled):
            return _annul(tx, context, document, document.said)
        return _leave_empty(tx, context, document, document.said)
    except LocalError as error:
        finding = Finding(code=error.code, text=error.text, path=error.path or "")
        return _refused(document, (finding,))


def _annul(tx: Transaction, context: Context, document: Notice, said: Annulled) -> Submitted:
    consignment = announced(tx, said.number)
    stated = versions(tx, consignment.corridor, consignment.consignment_id)
    asked = stated[-1].kind == Annulment.__name__ and stated[-1].validity is not Validity.REJECTED
    if asked or consignment.state == State.ANNULLED:
        return _again(document, consignment.corridor, consignment.consignment_id)
    findings = ruling_on_sending(Case.ANNULMENT, State(consignment.state)).findings()
    if findings:
        return _refused(document, findings)
    agreement = context.agreement_of(consignment.corridor)
    header = new_header(
        context,
        agreement,
        Annulment,
        stage=Stage(consignment.stage),
        mode=Mode(consignment.mode),
        refers_to=stated[-1].message_id,
    )
    message = Annulment(
        header=header,
        consignment_id=consignment.consignment_id,
        ordinal=next_ordinal(tx, consignment.corridor, consignment.consignment_id),
        reason=said.reason,
        annulled=said.annulled or context.clock.now(),
    )
    return _sent(tx, context, agreement, document, message, Happening.ANNULMENT_SENT)


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


def _leave_empty(
    tx: Transaction, context: Context, document: Notice, said: LeavesEmpty
) -> Submitted:
    agreement = _by_post(context, said.post)
    current = agreement.current(context.clock.now())
    if current is None:
        raise LocalError(
            "phase-off", f"the agreement {agreement.id} does not exchange anything now"
        )
    stage, mode = current
    message = EmptyVehicle(
        header=new_header(context, agreement, EmptyVehicle, stage=stage, mode=mode),
        consignment_id=context.clock.new_id(),
        transport_means=said.means,
        post=said.post,
        eta=said.eta,
        departed=said.departed,
        remark=said.remark,
    )
    return _sent(tx, context, agreement, document, message, Happening.LEFT_EMPTY)


def _by_post(context: Context, code: str) -> Agreement:
    posts = {
        post.code: agreement
        for agreement in context.agreements
        for post in agreement.posts_of(agreement.other(context.country), context.clock.now())
    }
    if code not in posts:
        there_are = ", ".join(posts) or "none"
        raise LocalError(
            "post-unknown", f"no partner has a post {code}; there are {there_are}", path="post"
        )
    return posts[code]


def _sent(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    document: Notice,
    message: Annulment | EmptyVehicle,
    happening: Happening,
) -> Submitted:
    sent = send(tx, context, agreement, message)
    tx.add_declaration(
        NationalDeclaration(
            declaration_id=context.clock.new_id(),
            corridor=agreement.corridor,
            kind=_kind(document),
            reference=sent.consignment_id,
            format="json",
            digest=document.digest,
            submitted=context.clock.now(),
            body=document.body,
        )
    )
    at = sent.annulled if isinstance(sent, Annulment) else sent.departed
    record(
        tx,
        context,
        agreement.corridor,
        sent.consignment_id,
        happening,
        at=at,
        cause=CAUSE,
        message=sent,
    )
    return Submitted(
        name=document.name,
        result=Result.QUEUED,
        format="json",
        kind=_kind(document),
        reference=_reference(document),
        partner=agreement.other(context.country),
        corridor=agreement.corridor,
        consignment_id=sent.consignment_id,
        message_id=sent.header.message_id,
    )


def _again(document: Notice, corridor: str, consignment_id: str) -> Submitted:
    finding = Finding(
        code="already-submitted",
        severity=Severity.WARNING,
        text="This was told before; nothing was done again.",
    )
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


def _refused(document: Notice, findings: tuple[Finding, ...]) -> Submitted:
    return Submitted(
        name=document.name,
        result=Result.REFUSED,
        format="json",
        kind=_kind(document),
        reference=_reference(document),
        findings=findings,
    )


def _kind(document: Notice) -> str:
    return "annulment" if isinstance(document.said, Annulled) else "empty-vehicle"


def _reference(document: Notice) -> str:
    said = document.said
    return said.number if isinstance(said, Annulled) else said.vehicle
