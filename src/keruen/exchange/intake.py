"""Takes documents of the national system.

A declaration goes to the taker of its kind: export and transit are announced, imports matched. A notice
(something was annulled, a vehicle leaves empty) is acted on here.

Bad input leaves the store untouched: everything is read, checked and cut before anything is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from keruen.customs import Declaration, DeclarationKind, Finding, Severity, check, refuses
from keruen.customs.wording import finding_of, listed
from keruen.errors import InputError, LocalError
from keruen.exchange.announcing import sent_before
from keruen.exchange.context import Context
from keruen.exchange.notices import Notice, read_notice
from keruen.exchange.noticing import take_notice
from keruen.exchange.submission import Document, Result, Submitted, Taker, refused, submitted
from keruen.exchange.wordings import WORDING
from keruen.formats import read
from keruen.messages import Stage
from keruen.store import NationalDeclaration, Transaction


def prepare(context: Context, name: str, data: bytes) -> Document | Notice | Submitted:
    """Read and check a document; touches no store.

    Gives:
        the document, or the refusal when it cannot be used.
    """
    notice = read_notice(name, data)
    if isinstance(notice, Finding):
        return Submitted(name=name, result=Result.REFUSED, findings=(notice,))
    if notice is not None:
        return notice
    try:
        reading = read(data)
    except InputError as error:
        return Submitted(name=name, result=Result.REFUSED, findings=(finding_of(error),))
    declaration = reading.declaration
    findings = (
        *reading.findings,
        *check(declaration, today=context.clock.now().date(), lists=context.lists),
    )
    agreement = context.agreement_for(declaration)
    if agreement is None:
        findings = (*findings, _not_covered(context, declaration))
    if agreement is None or refuses(findings):
        return refused(name, reading, findings)
    return Document(
        name=name,
        digest=hashlib.sha256(data).digest(),
        reading=reading,
        agreement=agreement,
        findings=findings,
    )


def _not_covered(context: Context, declaration: Declaration) -> Finding:
    partners = sorted(a.other(context.country) for a in context.agreements)
    is_import = declaration.kind is DeclarationKind.IMPORT
    path = "country_of_dispatch" if is_import else "country_of_destination"
    values = (context.country, listed(partners))
    declared = getattr(declaration, path)
    return WORDING.finding("country-not-covered", *values, path=path, declared=declared)


def take(
    tx: Transaction, context: Context, takers: Mapping[str, Taker], document: Document | Notice
) -> Submitted:
    """Act on a checked document; a document that was taken before is not taken again."""
    if isinstance(document, Notice):
        return take_notice(tx, context, document)
    known = tx.declaration_by_digest(document.digest)
    if known is not None:
        return submitted(
            context,
            document,
            Result.KNOWN,
            consignment_id=_consignment_of(tx, document, known),
            findings=(WORDING.finding("already-submitted", severity=Severity.WARNING),),
        )
    try:
        return takers[document.declaration.kind](tx, context, document)
    except LocalError as error:
        findings = (*document.findings, finding_of(error))
        return refused(document.name, document.reading, findings)


def _consignment_of(tx: Transaction, document: Document, known: NationalDeclaration) -> str | None:
    """The consignment that a declaration began, corrected or was matched to."""
    if known.kind == DeclarationKind.IMPORT:
        matches = tx.matches_of(known.declaration_id)
        return matches[0].consignment_id if matches else None
    if tx.consignment(known.corridor, known.declaration_id) is not None:
        return known.declaration_id
    sent = sent_before(tx, document.agreement, known.reference, Stage(known.kind))
    return sent.consignment_id if sent else None
