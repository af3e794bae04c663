"""Sends declarations ahead of the vehicle: the first as preliminary information, a corrected one as amendment.

A declaration that has the number of one that was sent is its correction: what was stated last is compared with
it, and only a difference is sent.
"""

from __future__ import annotations

from msgspec.structs import replace

from keruen.agreement import Agreement, agreed, cut, lateness, with_entry
from keruen.customs import Declaration, Finding, Severity, refuses
from keruen.exchange.context import Context
from keruen.exchange.correcting import with_what_is_known
from keruen.exchange.lifecycle import Happening, State, carrying
from keruen.exchange.outcomes import Case, ruling_on_sending
from keruen.exchange.outgoing import mode_of, new_header, send
from keruen.exchange.record import record
from keruen.exchange.submission import Document, Result, Submitted, keep, refused, submitted
from keruen.exchange.versions import Validity, Version, next_ordinal, versions
from keruen.exchange.wordings import WORDING
from keruen.messages import Amendment, Header, Mode, PreliminaryInformation, Stage
from keruen.store import Consignment, Reader, Role, Transaction

CAUSE = "national-system"
NEWEST = 10
"""Consignments of one reference that are looked at."""


def announce(tx: Transaction, context: Context, document: Document) -> Submitted:
    """Send an export or transit declaration: what is new, or what has changed."""
    stage = Stage(document.declaration.kind.value)
    mode = mode_of(context, document.agreement, stage)
    known = sent_before(tx, document.agreement, document.declaration.reference, stage)
    if known is not None:
        return _amend(tx, context, document, known)
    consignment_id = context.clock.new_id()
    message = PreliminaryInformation(
        header=_header(context, document, PreliminaryInformation, stage, mode),
        consignment_id=consignment_id,
        declaration=_completed(context, document.agreement, document.declaration),
    )
    findings = (*document.findings, *findings_on(context, document.agreement, message))
    if refuses(findings):
        return refused(document.name, document.reading, findings)
    sent = send(tx, context, document.agreement, message)
    keep(tx, context, document, consignment_id)
    record(
        tx,
        context,
        document.agreement.corridor,
        consignment_id,
        Happening.RELEASED,
        at=document.declaration.released,
        cause=CAUSE,
        message=sent,
    )
    return _queued(context, document, sent, findings)


def sent_before(
    reader: Reader, agreement: Agreement, reference: str | None, stage: Stage
) -> Consignment | None:
    """The consignment that was announced under a reference, the newest."""
    if not reference:
        return None
    found = reader.consignments(role=Role.SENDER, reference=reference, limit=NEWEST)
    same = (one for one in found if (one.corridor, one.stage) == (agreement.corridor, stage))
    return next(same, None)


def _amend(tx: Transaction, context: Context, document: Document, known: Consignment) -> Submitted:
    """Send what was corrected, unless nothing was, it is older, or nothing can be corrected any more."""
    agreement, stage = document.agreement, Stage(known.stage)
    stated = versions(tx, known.corridor, known.consignment_id)
    last = next(one for one in reversed(stated) if one.declaration is not None)
    assert last.declaration is not None  # noqa: S101 - tells the type checker
    receiver = agreement.other(context.country)
    corrected = with_what_is_known(tx, agreement, receiver, document.declaration, last.declaration)
    message = Amendment(
        header=replace(
            _header(context, document, Amendment, stage, Mode(known.mode)),
            refers_to=last.message_id,
        ),
        consignment_id=known.consignment_id,
        ordinal=next_ordinal(tx, known.corridor, known.consignment_id),
        declaration=_completed(context, agreement, corrected),
    )
    if nothing_new(message, agreement, last):
        return _known(context, document, known)
    findings = (
        *document.findings,
        *correctable(known, stated),
        *_older(document.declaration, last),
        *findings_on(context, agreement, message),
    )
    if refuses(findings):
        return refused(document.name, document.reading, findings)
    sent = send(tx, context, agreement, message)
    keep(tx, context, document, context.clock.new_id())
    record(
        tx,
        context,
        agreement.corridor,
        known.consignment_id,
        Happening.AMENDMENT_SENT,
        cause=CAUSE,
        message=sent,
    )
    return replace(_queued(context, document, sent, findings), ordinal=sent.ordinal)


def nothing_new(message: Amendment, agreement: Agreement, last: Version) -> bool:
    """Whether the partner was told just this, and did not reject it."""
    sent = cut(message, agreement)
    assert isinstance(sent, Amendment)  # noqa: S101 - tells the type checker
    return last.validity is not Validity.REJECTED and sent.declaration == last.declaration


def correctable(known: Consignment, stated: tuple[Version, ...]) -> tuple[Finding, ...]:
    """Why a correction cannot be sent, or what is remarkable about it.

    Args:
        known: the consignment; `stated`: its versions, at least one.
    """
    ending = stated[-1]
    state = carrying(State(known.state), known.goods)
    if ending.declaration is None and ending.validity is Validity.WAITING:
        state = State.ANNULLED
    return ruling_on_sending(Case.AMENDMENT, state).findings()


def _older(declaration: Declaration, last: Version) -> tuple[Finding, ...]:
    before = last.declaration.created if last.declaration else None
    if before is None or declaration.created is None or declaration.created >= before:
        return ()
    return (
        WORDING.finding(
            "declaration-older",
            before.isoformat(),
            path="created",
            declared=declaration.created.isoformat(),
        ),
    )


def _known(context: Context, document: Document, known: Consignment) -> Submitted:
    finding = WORDING.finding("already-submitted/same", severity=Severity.WARNING)
    return submitted(
        context,
        document,
        Result.KNOWN,
        consignment_id=known.consignment_id,
        findings=(finding,),
    )


def _header(
    context: Context,
    document: Document,
    kind: type[PreliminaryInformation | Amendment],
    stage: Stage,
    mode: Mode,
) -> Header:
    office = document.declaration.office or document.declaration.office_of_departure
    return new_header(
        context,
        document.agreement,
        kind,
        stage=stage,
        mode=mode,
        office=office.code if office else None,
    )


def findings_on(
    context: Context, agreement: Agreement, message: PreliminaryInformation | Amendment
) -> tuple[Finding, ...]:
    """What the agreement says of a message before it is sent."""
    late = lateness(message, agreement, context.clock.now())
    return (*agreed(message, agreement), *late)


def _queued(
    context: Context,
    document: Document,
    sent: PreliminaryInformation | Amendment,
    findings: tuple[Finding, ...],
) -> Submitted:
    return submitted(
        context,
        document,
        Result.QUEUED,
        consignment_id=sent.consignment_id,
        message_id=sent.header.message_id,
        findings=findings,
    )


def _completed(context: Context, agreement: Agreement, declaration: Declaration) -> Declaration:
    """With an entry post and ETA where the route table knows them, and the HS edition stated."""
    receiver = agreement.other(context.country)
    return replace(
        with_entry(declaration, agreement, receiver),
        items=tuple(
            item if item.hs_edition else replace(item, hs_edition=agreement.hs_edition)
            for item in declaration.items
        ),
    )
