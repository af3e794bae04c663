"""What the sender tells of a consignment: that it comes, that it was corrected, that it does not come.

    message ─► ruling (message × state × ordinal) ─► content ─► acknowledgement and event

Whatever is told is kept and answered; what it does is the table of `keruen.exchange.outcomes`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from keruen.agreement import Agreement, lateness
from keruen.customs import Declaration, Finding, check, refuses
from keruen.exchange.answering import (
    acknowledge,
    happened,
    list_findings,
    mode_findings,
    subject_of,
)
from keruen.exchange.context import Context
from keruen.exchange.incoming import Incoming
from keruen.exchange.lifecycle import FIRST, Happening, State, carrying
from keruen.exchange.outcomes import REFUSED, Ruling, case_of, ruling
from keruen.exchange.record import EventData
from keruen.exchange.versions import standing_of
from keruen.messages import Annulment, AnyMessage
from keruen.store import Consignment, Transaction


def information(
    tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming
) -> None:
    """Take note of preliminary information, an amendment, an annulment or an empty vehicle, and answer it."""
    message = incoming.message
    known = tx.consignment(agreement.corridor, subject_of(message))
    ruled = _ruling(tx, agreement, message, known)
    if ruled.happening is None or not ruled.accepted:
        acknowledge(tx, context, agreement, message, ruled.findings())
        if ruled.happening is not None:
            happened(tx, context, agreement, message, ruled.happening)
        return
    findings = (
        *list_findings(agreement, incoming),
        *mode_findings(known, message),
        *_content_findings(context, agreement, message),
        *ruled.findings(),
    )
    if refuses(findings):
        acknowledge(tx, context, agreement, message, findings)
        _refused(tx, context, agreement, message, known)
    else:
        _taken(tx, context, agreement, message, known, ruled.happening, findings)


def _ruling(
    tx: Transaction, agreement: Agreement, message: AnyMessage, known: Consignment | None
) -> Ruling:
    case = case_of(message)
    if known is None:
        return ruling(case, None)
    standing = standing_of(tx, agreement.corridor, message)
    state = carrying(State(known.state), known.goods)
    return ruling(case, state, known.role, standing)


def _content_findings(
    context: Context, agreement: Agreement, message: AnyMessage
) -> Iterator[Finding]:
    declaration = getattr(message, "declaration", None)
    if isinstance(declaration, Declaration):
        now = context.clock.now()
        yield from check(declaration, today=now.date(), lists=context.lists)
        yield from lateness(message, agreement, now)


def _refused(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    message: AnyMessage,
    known: Consignment | None,
) -> None:
    """What can begin nothing is not recorded; what began something before only notes that it was refused."""
    happenings = REFUSED[case_of(message)]
    if known is not None:
        happenings = happenings[-1:]
    elif happenings[0] not in FIRST:
        return
    for happening in happenings:
        happened(tx, context, agreement, message, happening)


def _taken(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    message: AnyMessage,
    known: Consignment | None,
    happening: Happening,
    findings: tuple[Finding, ...],
) -> None:
    number = None
    if not isinstance(message, Annulment):
        number = (known and known.registration_number) or registration_number(context, message)
    acknowledge(tx, context, agreement, message, findings, registration_number=number)
    data = EventData(registration_number=number)
    begins = known is None and happening in (Happening.ANNOUNCED, Happening.EMPTY_EXPECTED)
    happened(tx, context, agreement, message, happening, None if begins else data)
    if begins:
        happened(tx, context, agreement, message, Happening.ACCEPTED, data)


def registration_number(context: Context, message: AnyMessage) -> str:
    """Country, date and nine characters, as the EAEU numbers preliminary information.

    The nine characters are derived from the consignment's id, so that the same information always gets
    the same number.
    """
    digest = hashlib.sha256(subject_of(message).encode()).digest()
    serial = base64.b32encode(digest)[:9].decode()
    return f"{context.country}/{context.clock.now():%Y%m%d}/{serial}"
