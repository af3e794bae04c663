"""What the national system hands in, and what it is answered."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import msgspec

from keruen.agreement import Agreement
from keruen.customs import Declaration, Finding, Struct
from keruen.exchange.context import Context
from keruen.formats import WORDING, Reading
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
        consignment_id: the consignment that it began, corrected or was matched to.
        ordinal: version of an amendment.
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
    ordinal: int | None = None
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


def refused(name: str, reading: Reading, findings: tuple[Finding, ...]) -> Submitted:
    """The answer about a document of which nothing became."""
    return Submitted(
        name=name,
        result=Result.REFUSED,
        format=reading.format,
        kind=reading.declaration.kind,
        reference=reading.declaration.reference,
        findings=findings,
    )


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


def too_large(name: str, limit: int) -> Submitted:
    """The answer for a file that is not even read, as it has more bytes than that."""
    finding = WORDING.finding("input-too-large", limit)
    return Submitted(name=name, result=Result.REFUSED, findings=(finding,))
