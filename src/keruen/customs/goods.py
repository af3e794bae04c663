"""Goods: what they are, how much, in what packages, worth what."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from keruen.customs.papers import Document
from keruen.customs.values import AdditionalInformation, Amount, Quantity, Struct

HS_DIGITS = 6
"""Digits of a Harmonized System code that all countries share."""


class ChargeKind(StrEnum):
    """A component of the value of goods (ASYCUDA valuation note)."""

    INVOICE = "invoice"
    EXTERNAL_FREIGHT = "external-freight"
    INTERNAL_FREIGHT = "internal-freight"
    INSURANCE = "insurance"
    OTHER_COST = "other-cost"
    DEDUCTION = "deduction"


class PackageDetail(Struct, frozen=True):
    """What a group of packages consists of: packing, container, pallet (EAEU box 31)."""

    information: str | None = None
    kind: str | None = None
    count: int | None = None
    description: str | None = None


class Packaging(Struct, frozen=True):
    """Packages of one kind; `kind` as declared (UN/ECE Rec 21, or a national code list)."""

    count: Decimal | None = None
    kind: str | None = None
    kind_name: str | None = None
    ordinal: int | None = None
    marks: str | None = None
    further_marks: str | None = None
    details: tuple[PackageDetail, ...] = ()


class Charge(Struct, frozen=True):
    """One component of the value, in the invoice's and in the national currency."""

    kind: ChargeKind
    foreign: Amount | None = None
    national: Amount | None = None
    rate: Decimal | None = None
    currency_name: str | None = None


class Vehicle(Struct, frozen=True):
    """A car that is itself the goods (EAEU: GoodsAutomobile)."""

    ordinal: int | None = None
    make: str | None = None
    make_code: str | None = None
    model: str | None = None
    year: int | None = None
    vin: str | None = None
    engine_volume: Quantity | None = None
    price: Amount | None = None


class CommodityCode(Struct, frozen=True):
    """A further classification of the same goods, in a national scheme (`TRA`, `Precision_1`)."""

    scheme: str
    code: str


class GoodsItem(Struct, frozen=True):
    """One line of goods. `hs` is the code as declared; its first six digits are common to both sides."""

    ordinal: int
    consignment: int | None = None
    hs: str | None = None
    hs_edition: str | None = None
    commodity_codes: tuple[CommodityCode, ...] = ()
    description: str | None = None
    trade_description: str | None = None
    language: str | None = None
    gross_mass: Decimal | None = None
    net_mass: Decimal | None = None
    packages: tuple[Packaging, ...] = ()
    supplementary: tuple[Quantity, ...] = ()
    origin: str | None = None
    origin_name: str | None = None
    origin_region: str | None = None
    destination: str | None = None
    procedure: str | None = None
    previous_procedure: str | None = None
    additional_procedures: tuple[str, ...] = ()
    transaction_nature: str | None = None
    preference: str | None = None
    quota: str | None = None
    price: Amount | None = None
    statistical_value: Amount | None = None
    customs_value: Amount | None = None
    charges: tuple[Charge, ...] = ()
    costs: Amount | None = None
    valuation_method: str | None = None
    value_note: str | None = None
    document_codes: str | None = None
    incoterms: str | None = None
    delivery_place: str | None = None
    containers: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    additional_information: tuple[AdditionalInformation, ...] = ()

    @property
    def hs6(self) -> str | None:
        """The six digits that both administrations share, or None where fewer are declared."""
        digits = (self.hs or "").replace(" ", "").replace(".", "")[:HS_DIGITS]
        plain = len(digits) == HS_DIGITS and digits.isascii() and digits.isdigit()
        return digits if plain else None

    @property
    def package_count(self) -> Decimal | None:
        """All packages of the item, or None where none is declared."""
        counts = [p.count for p in self.packages if p.count is not None]
        return sum(counts, Decimal(0)) if counts else None
