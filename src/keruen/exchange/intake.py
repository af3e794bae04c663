"""Takes documents of the national system.

An export or transit declaration goes to the partner as preliminary information; what to do with an import
declaration is plugged in by the composition root.

Bad input leaves the store untouched: everything is read, checked and cut before anything is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from keruen.agreement import Agreement, agreed, lateness, with_entry
from keruen.customs import (
    Declaration,
    DeclarationKind,
    Finding,
    Severity,
    Struct,
    check,
    refuses,
)
from keruen.errors import InputError, LocalError
from keruen.exchange.context import Context
from keruen.exchange.lifecycle import Happening
from keruen.exchange.outgoing import mode_of, new_header, send
from keruen.exchange.record import record
from keruen.formats import Reading, read
from keruen.messages import PreliminaryInformation, Stage
from keruen.store import NationalDeclaration, Transaction

_encoder = msgspec.json.Encoder(decimal_format="string", order="deterministic")


class Result(StrEnum):
    """What became of a document that the national system handed in."""

    QUEUED = "queued"
    KNOWN = "known"
    REFUSED = "refused"
    MATCHED = "matched"
    UNMATCHED = "unmatched"


class Submitted(Struct, frozen=True):
    """The answer to the national system for one document.

    Attributes:
        consignment_id: the consignment that it began or was matched to.
        findings: errors refuse the document, warnings travel along.
    """

    name: str
    result: Result
    format: str | None = None
    kind: str | None = None
    reference: str | None = None
    partner: str | None = None
    corridor: str | None = None
    consignment_id: str | None = None
    message_id: str | None = None
    findings: tuple[Finding, ...] = ()


class Document(Struct, frozen=True):
    """A document that was read and checked, ready to be acted on in one transaction."""

    name: str
    digest: bytes
    reading: Reading
    agreement: Agreement
    findings: tuple[Finding, ...]

    @property
    def declaration(self) -> Declaration:
        """The declaration in it."""
        return self.reading.declaration


Taker = Callable[[Transaction, Context, Document], Submitted]
"""What takes a checked document of one kind, in the caller's transaction."""


def prepare(context: Context, name: str, data: bytes) -> Document | Submitted:
    """Read and check a document; touches no store.

    Gives:
        the document, or the refusal when it cannot be used.
    """
    try:
        reading = read(data)
    except InputError as error:
        finding = Finding(code=error.code, text=error.text, path=_where(error))
        return Submitted(name=name, result=Result.REFUSED, findings=(finding,))
    declaration = reading.declaration
    findings = (*reading.findings, *check(declaration, today=context.clock.now().date()))
    agreement = context.agreement_for(declaration)
    if agreement is None:
        findings = (*findings, _not_covered(context, declaration))
    if agreement is None or refuses(findings):
        return _refused(name, reading, findings)
    return Document(
        name=name,
        digest=hashlib.sha256(data).digest(),
        reading=reading,
        agreement=agreement,
        findings=findings,
    )


def _where(error: InputError) -> str:
    line = f"line {error.line}" if error.line else ""
    return ", ".join(part for part in (error.path, line) if part)


def _not_covered(context: Context, declaration: Declaration) -> Finding:
    partners = sorted(a.other(context.country) for a in context.agreements)
    is_import = declaration.kind is DeclarationKind.IMPORT
    path = "country_of_dispatch" if is_import else "country_of_destination"
    return Finding(
        code="country-not-covered",
        path=path,
        declared=getattr(declaration, path),
        text=f"None of the countries concerned has an agreement with {context.country}; "
        f"this node exchanges with {', '.join(partners) or 'nobody yet'}.",
    )


def _refused(name: str, reading: Reading, findings: tuple[Finding, ...]) -> Submitted:
    return Submitted(
        name=name,
        result=Result.REFUSED,
        format=reading.format,
        kind=reading.declaration.kind,
        reference=reading.declaration.reference,
        findings=findings,
    )


def take(
    tx: Transaction, context: Context, takers: Mapping[str, Taker], document: Document
) -> Submitted:
    """Act on a checked document; a document that was taken before is not taken again."""
    known = tx.declaration_by_digest(document.digest)
    if known is not None:
        match = tx.import_match(known.declaration_id)
        sent = known.kind != DeclarationKind.IMPORT
        matched = match.consignment_id if match else None
        return submitted(
            context,
            document,
            Result.KNOWN,
            consignment_id=known.declaration_id if sent else matched,
            findings=(
                Finding(
                    code="already-submitted",
                    severity=Severity.WARNING,
                    text="This very file was taken before; nothing was done again.",
                ),
            ),
        )
    try:
        return takers[document.declaration.kind](tx, context, document)
    except LocalError as error:
        finding = Finding(code=error.code, text=error.text, path=error.path or "")
        return _refused(document.name, document.reading, (*document.findings, finding))


def submitted(
    context: Context,
    document: Document,
    result: Result,
    *,
    consignment_id: str | None = None,
    message_id: str | None = None,
    findings: tuple[Finding, ...] | None = None,
) -> Submitted:
    """The answer about a document of which something became."""
    declaration = document.declaration
    return Submitted(
        name=document.name,
        result=result,
        format=document.reading.format,
        kind=declaration.kind,
        reference=declaration.reference,
        partner=document.agreement.other(context.country),
        corridor=document.agreement.corridor,
        consignment_id=consignment_id,
        message_id=message_id,
        findings=document.findings if findings is None else findings,
    )


def keep(tx: Transaction, context: Context, document: Document, declaration_id: str) -> None:
    """Store the national declaration itself, whole, beside what is sent of it."""
    declaration = document.declaration
    tx.add_declaration(
        NationalDeclaration(
            declaration_id=declaration_id,
            corridor=document.agreement.corridor,
            kind=declaration.kind,
            reference=declaration.reference or declaration_id,
            format=document.reading.format,
            digest=document.digest,
            submitted=context.clock.now(),
            body=_encoder.encode(declaration),
        )
    )


def announce(tx: Transaction, context: Context, document: Document) -> Submitted:
    """Send an export or transit declaration ahead of the vehicle as preliminary information."""
    declaration, agreement = document.declaration, document.agreement
    stage = Stage(declaration.kind.value)
    mode = mode_of(context, agreement, stage)
    findings = (*document.findings, *_already_announced(tx, document))
    consignment_id = context.clock.new_id()
    office = declaration.office or declaration.office_of_departure
    message = PreliminaryInformation(
        header=new_header(
            context,
            agreement,
            PreliminaryInformation,
            stage=stage,
            mode=mode,
            office=office.code if office else None,
        ),
        consignment_id=consignment_id,
        declaration=_completed(declaration, agreement, agreement.other(context.country)),
    )
    late = lateness(message, agreement, context.clock.now())
    findings = (*findings, *agreed(message, agreement), *late)
    if refuses(findings):
        return _refused(document.name, document.reading, findings)
    sent = send(tx, context, agreement, message)
    keep(tx, context, document, consignment_id)
    record(
        tx,
        context,
        agreement.corridor,
        consignment_id,
        Happening.RELEASED,
        at=declaration.released,
        cause="national-system",
        message=sent,
    )
    return submitted(
        context,
        document,
        Result.QUEUED,
        consignment_id=consignment_id,
        message_id=sent.header.message_id,
        findings=findings,
    )


def _completed(declaration: Declaration, agreement: Agreement, receiver: str) -> Declaration:
    """With an entry post and ETA where the route table knows them, and the HS edition stated."""
    return replace(
        with_entry(declaration, agreement, receiver),
        items=tuple(
            item if item.hs_edition else replace(item, hs_edition=agreement.hs_edition)
            for item in declaration.items
        ),
    )


def _already_announced(tx: Transaction, document: Document) -> tuple[Finding, ...]:
    declaration = document.declaration
    if not declaration.reference or not tx.declarations(
        kind=declaration.kind, reference=declaration.reference, limit=1
    ):
        return ()
    return (
        Finding(
            code="reference-already-sent",
            path="number" if declaration.number else "local_reference",
            declared=declaration.reference,
            text="A declaration with this number was sent with other content; correct it by an amendment.",
        ),
    )
