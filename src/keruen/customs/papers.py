"""Documents that a declaration names, and the numbers that administrations gave them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from keruen.customs.values import Amount, Quantity, Struct


class DocumentKind(StrEnum):
    """Why a document is named in a declaration."""

    TRANSPORT = "transport"
    PRECEDING = "preceding"
    PRESENTED = "presented"
    GUARANTEE = "guarantee"
    AUTHORITY = "authority"


class NumberForm(StrEnum):
    """Whose rule the parts of a registration number follow (EAEU)."""

    CUSTOMS = "customs"
    VEHICLE = "vehicle"
    PRELIMINARY = "preliminary"
    CERTIFICATE = "certificate"
    TIR = "tir"


class RegistrationNumber(Struct, frozen=True):
    """The parts of a number that an administration gave: office or country, day, number in its journal."""

    form: NumberForm = NumberForm.CUSTOMS
    office: str | None = None
    country: str | None = None
    series: str | None = None
    registered: date | None = None
    serial: str | None = None
    amendment: str | None = None
    mode: str | None = None


class Document(Struct, frozen=True):
    """A document that the declaration names: waybill, preceding declaration, certificate, guarantee."""

    kind: DocumentKind = DocumentKind.PRESENTED
    category: str | None = None
    code: str | None = None
    name: str | None = None
    number: str | None = None
    registration: RegistrationNumber | None = None
    issued: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    presentation: str | None = None
    amount: Amount | None = None
    line: int | None = None
    exemption: str | None = None
    written_off: Quantity | None = None
    electronic_id: str | None = None
    archive_id: str | None = None
    structure: str | None = None
    from_rule: str | None = None
