"""Takes import declarations: each is kept, tied to the announced consignment, compared and told.

One that holds the goods of several announced consignments is told for each of them.
One that comes before its announcement is kept unmatched; the announcement, or the arrival, tries it again.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import json

from keruen.agreement import Agreement
from keruen.border.claims import Claim, claim
from keruen.border.compare import Share, answered
from keruen.border.marks import marks_of_import
from keruen.border.merged import shares
from keruen.border.notice import import_information
from keruen.customs import Declaration, Finding, skeleton
from keruen.exchange import (
    Context,
    Document,
    EventData,
    Happening,
    Result,
    Submitted,
    keep,
    record,
    send,
    submitted,
)
from keruen.exchange.cases.following import orphaned
from keruen.messages import ImportInformation
from keruen.store import NationalDeclaration, Reader, Transaction

CAUSE = "national-system"
"""Who brings an import about."""
WAITING = 100
"""Import declarations with a mark of the consignment, the newest, that are tried again."""


def take_import(tx: Transaction, context: Context, document: Document) -> Submitted:
    """Keep an import declaration and tell the other side, if it is known which consignment it answers."""
    declaration_id = context.clock.new_id()
    keep(tx, context, document, declaration_id)
    found = claim(tx, context, document.agreement, document.declaration)
    if isinstance(found, Finding):
        marks = marks_of_import(document.declaration)
        tx.put_import_marks(
            document.agreement.corridor, declaration_id, (skeleton(mark.text) for mark in marks)
        )
        waiting = tx.declaration(declaration_id)
        assert waiting is not None  # noqa: S101 - it was kept above
        orphaned(tx, waiting, document.agreement.other(context.country))
        findings = (*document.findings, found)
        return submitted(context, document, Result.UNMATCHED, findings=findings)
    sent, *_ = tell(tx, context, document.agreement, found, declaration_id, document.declaration)
    return submitted(
        context,
        document,
        Result.MATCHED,
        consignment_id=sent.consignment_id,
        message_id=sent.header.message_id,
    )


def tell(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    found: Sequence[Claim],
    declaration_id: str,
    imported: Declaration,
    cause: str = CAUSE,
) -> list[ImportInformation]:
    """Tell of the import, each consignment by itself.

    Args:
        cause: who found which consignments they are.
    """
    number = imported.reference or declaration_id
    announced = [one.announced for one in found]
    told = (
        shares(announced, imported, agreement, context.lists, number)
        if len(found) > 1
        else [answered(announced[0], imported, agreement, context.lists)]
    )
    return [
        _tell_one(tx, context, agreement, (declaration_id, imported), one, share, cause)
        for one, share in zip(found, told, strict=True)
    ]


def _tell_one(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    handed_in: tuple[str, Declaration],
    found: Claim,
    share: Share,
    cause: str,
) -> ImportInformation:
    declaration_id, imported = handed_in
    message = import_information(
        context,
        agreement,
        found.consignment,
        imported,
        share,
        number=imported.reference or declaration_id,
        matched_by=tuple(one.basis for one in found.evidence if one.weight > 0),
    )
    sent = send(tx, context, agreement, message)
    record(
        tx,
        context,
        agreement.corridor,
        sent.consignment_id,
        Happening.IMPORTED,
        at=imported.released,
        cause=cause,
        message=sent,
        data=EventData(declaration_id=declaration_id),
    )
    return sent


def retry_unmatched(
    tx: Transaction, context: Context, corridor: str, consignment_id: str
) -> list[str]:
    """Try the import declarations again that share a mark with a consignment; gives the matched ones' ids.

    Called when a consignment has been announced or has arrived.
    """
    agreement = context.agreement_of(corridor)
    matched = []
    for waiting, imported in waiting_for(tx, corridor, consignment_id):
        found = claim(tx, context, agreement, imported)
        if not isinstance(found, Finding):
            tell(tx, context, agreement, found, waiting.declaration_id, imported)
            tx.put_import_marks(corridor, waiting.declaration_id, ())
            matched.append(waiting.declaration_id)
    return matched


def waiting_for(
    reader: Reader, corridor: str, consignment_id: str
) -> list[tuple[NationalDeclaration, Declaration]]:
    """Unmatched import declarations that share a mark with the consignment, the oldest first."""
    marks = {row.skeleton for row in reader.identifiers(corridor, consignment_id)}
    waiting = reader.imports_waiting(corridor, marks, limit=WAITING)
    return [(one, json.decode(one.body, type=Declaration)) for one in reversed(waiting)]
