"""The declaration: what a trader told one administration about goods on the road.

One model serves export, transit and import. Names are those of the WCO Data Model; where the EAEU
structures (R.055, R.048, ESADout_CU) or ASYCUDA know more, the element is added under its plain name.
Every element is optional that some real format leaves out: completeness is a matter of checks and of
the agreement, not of the type. Declared strings are kept as declared; nothing is normalised here.

Units: masses in kg, money as (amount, ISO 4217), times UTC-aware, dates as ISO dates, countries ISO 3166
alpha-2, transport modes UN/ECE Recommendation 19 (one digit) beside the declared code.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

HS_DIGITS = 6
"""Digits of a Harmonized System code that all countries share."""


class DeclarationKind(StrEnum):
    """Which customs operation the declaration asks for."""

    EXPORT = "export"
    TRANSIT = "transit"
    IMPORT = "import"


class EtaBasis(StrEnum):
    """Where an expected time of arrival comes from."""

    DECLARED = "declared"
    ESTIMATED = "estimated"


class TransportStage(StrEnum):
    """Where on the journey a means of transport is used (EAEU boxes 18 and 21)."""

    DEPARTURE = "departure"
    BORDER = "border"


class TransportKind(StrEnum):
    """What a means of transport is, as far as the source says."""

    VEHICLE = "vehicle"
    TRAILER = "trailer"
    WAGON = "wagon"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"


class DocumentKind(StrEnum):
    """Why a document is named in a declaration."""

    TRANSPORT = "transport"
    PRECEDING = "preceding"
    PRESENTED = "presented"
    GUARANTEE = "guarantee"
    AUTHORITY = "authority"


class ChargeKind(StrEnum):
    """A component of the value of goods (ASYCUDA valuation note)."""

    INVOICE = "invoice"
    EXTERNAL_FREIGHT = "external-freight"
    INTERNAL_FREIGHT = "internal-freight"
    INSURANCE = "insurance"
    OTHER_COST = "other-cost"
    DEDUCTION = "deduction"


class Struct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all values of the domain: immutable, compared by value, absent elements not written."""


class Amount(Struct, frozen=True):
    """Money. `currency` is ISO 4217, absent where the source leaves it out."""

    value: Decimal | None = None
    currency: str | None = None


class Quantity(Struct, frozen=True):
    """A number of supplementary units; `unit` as declared (UN/ECE Rec 20 or the EAEU classifier)."""

    value: Decimal | None = None
    unit: str | None = None
    unit_name: str | None = None


class Address(Struct, frozen=True):
    """Where a party is registered."""

    country: str | None = None
    country_name: str | None = None
    region: str | None = None
    city: str | None = None
    street: str | None = None
    postcode: str | None = None


class IdentityDocument(Struct, frozen=True):
    """A passport or the like. Personal data: never sent unless the agreement's data list names it."""

    code: str | None = None
    name: str | None = None
    series: str | None = None
    number: str | None = None
    issued: date | None = None
    issuer: str | None = None


class Person(Struct, frozen=True):
    """A natural person: driver or signatory. Personal data."""

    surname: str | None = None
    given_name: str | None = None
    middle_name: str | None = None
    post: str | None = None
    phone: str | None = None
    email: str | None = None
    identity: IdentityDocument | None = None


class Party(Struct, frozen=True):
    """A trader or carrier. `id` is BIN/IIN in Kazakhstan, INN in Tajikistan, EORI in Great Britain."""

    id: str | None = None
    name: str | None = None
    address: Address | None = None
    function: str | None = None
    representative: str | None = None


class CustomsOffice(Struct, frozen=True):
    """A customs office or border post, by the national code."""

    code: str | None = None
    name: str | None = None
    country: str | None = None


class ItineraryStop(Struct, frozen=True):
    """One point of the journey in order of passage; a post of a third country may have no office code."""

    ordinal: int
    country: str | None = None
    office: CustomsOffice | None = None
    place: str | None = None
    eta: datetime | None = None
    eta_basis: EtaBasis | None = None


class TransportMeans(Struct, frozen=True):
    """A truck, trailer, wagon, vessel. `identity` is the plate or number exactly as declared."""

    stage: TransportStage = TransportStage.BORDER
    kind: TransportKind = TransportKind.VEHICLE
    mode: str | None = None
    mode_declared: str | None = None
    identity: str | None = None
    identity_type: str | None = None
    vin: str | None = None
    nationality: str | None = None


class Seal(Struct, frozen=True):
    """A customs or carrier's seal."""

    number: str
    ordinal: int | None = None
    kind: str | None = None


class Container(Struct, frozen=True):
    """Transport equipment: the ISO 6346 number as declared, with the seals on it."""

    id: str = ""
    ordinal: int | None = None
    kind: str | None = None
    seals: tuple[Seal, ...] = ()


class Document(Struct, frozen=True):
    """A document that the declaration names: waybill, preceding declaration, certificate, guarantee."""

    kind: DocumentKind = DocumentKind.PRESENTED
    category: str | None = None
    code: str | None = None
    name: str | None = None
    number: str | None = None
    issued: date | None = None
    valid_until: date | None = None
    line: int | None = None
    exemption: str | None = None
    written_off: Quantity | None = None
    electronic_id: str | None = None
    archive_id: str | None = None
    structure: str | None = None
    from_rule: str | None = None


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


class AdditionalInformation(Struct, frozen=True):
    """A coded statement (WCO: AdditionalInformation)."""

    code: str | None = None
    text: str | None = None


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


class Declaration(Struct, frozen=True):
    """A whole declaration, as one administration accepted it."""

    kind: DeclarationKind
    type: str | None = None
    function: str | None = None
    document_id: str | None = None
    number: str | None = None
    local_reference: str | None = None
    consignment_reference: str | None = None
    manifest: str | None = None
    structure: str | None = None
    structure_version: str | None = None
    language: str | None = None
    created: datetime | None = None
    registered: date | None = None
    released: datetime | None = None
    exited: date | None = None
    procedure: str | None = None
    direction: str | None = None
    feature: str | None = None
    execution_place: str | None = None
    responsible_country: str | None = None
    responsible_agency: str | None = None
    customization: str | None = None

    office: CustomsOffice | None = None
    office_of_departure: CustomsOffice | None = None
    office_of_exit: CustomsOffice | None = None
    actual_office_of_exit: CustomsOffice | None = None
    office_of_entry: CustomsOffice | None = None
    office_of_destination: CustomsOffice | None = None

    consignor: Party | None = None
    consignee: Party | None = None
    declarant: Party | None = None
    representative: Party | None = None
    carrier: Party | None = None
    principal: Party | None = None
    settlement_party: Party | None = None
    authorisations: tuple[Party, ...] = ()
    drivers: tuple[Person, ...] = ()
    signatory: Person | None = None
    signed: datetime | None = None

    country_of_dispatch: str | None = None
    country_of_dispatch_name: str | None = None
    country_of_destination: str | None = None
    country_of_destination_name: str | None = None
    country_of_first_destination: str | None = None
    country_of_origin_name: str | None = None
    trading_country: str | None = None
    recipient_country: str | None = None
    itinerary: tuple[ItineraryStop, ...] = ()

    containerised: bool | None = None
    transport_means: tuple[TransportMeans, ...] = ()
    transport_means_count: int | None = None
    transport_nationality: str | None = None
    departure_means_count: int | None = None
    departure_nationality: str | None = None
    inland_mode: str | None = None
    containers: tuple[Container, ...] = ()
    seals: tuple[Seal, ...] = ()
    goods_location: str | None = None
    goods_location_type: str | None = None
    goods_location_qualifier: str | None = None
    goods_location_country: str | None = None

    incoterms: str | None = None
    delivery_place: str | None = None
    transaction_nature: str | None = None
    transaction_nature_detail: str | None = None
    place_of_loading: CustomsOffice | None = None
    freight_payment: str | None = None
    payment_mode: str | None = None
    payment_reference: str | None = None
    invoice: Amount | None = None
    exchange_rate: Decimal | None = None
    customs_value: Amount | None = None
    value_note: str | None = None
    charges: tuple[Charge, ...] = ()
    costs: Amount | None = None
    guarantee: Amount | None = None

    item_count: int | None = None
    package_count: Decimal | None = None
    gross_mass: Decimal | None = None

    additional_information: tuple[AdditionalInformation, ...] = ()
    documents: tuple[Document, ...] = ()
    items: tuple[GoodsItem, ...] = ()

    @property
    def reference(self) -> str | None:
        """What names this declaration towards the other side: number, else local reference, else id."""
        return self.number or self.local_reference or self.document_id

    def all_documents(self, kind: DocumentKind | None = None) -> Iterator[Document]:
        """Documents of the whole declaration and of its items, of one kind or of all."""
        for document in self.documents:
            if kind in (None, document.kind):
                yield document
        for item in self.items:
            for document in item.documents:
                if kind in (None, document.kind):
                    yield document

    def all_seals(self) -> Iterator[Seal]:
        """Seals of the vehicle and of its containers."""
        yield from self.seals
        for container in self.containers:
            yield from container.seals

    def means(self, *kinds: TransportKind) -> tuple[TransportMeans, ...]:
        """Means of transport that cross the border, else those at departure; of these kinds if given."""
        wanted = [m for m in self.transport_means if not kinds or m.kind in kinds]
        border = tuple(m for m in wanted if m.stage is TransportStage.BORDER)
        return border or tuple(wanted)

    @property
    def total_gross_mass(self) -> Decimal | None:
        """Declared total in kg, else the sum of the items, else None."""
        if self.gross_mass is not None:
            return self.gross_mass
        masses = [i.gross_mass for i in self.items if i.gross_mass is not None]
        return sum(masses, Decimal(0)) if masses else None
