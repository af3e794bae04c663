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

from keruen.customs.carriage import (
    Container,
    CustomsIdentification,
    EtaBasis,
    ItineraryStop,
    Seal,
    TirCarnet,
    TransportKind,
    TransportMeans,
    TransportStage,
    Transshipment,
)
from keruen.customs.goods import (
    HS_DIGITS,
    Charge,
    ChargeKind,
    CommodityCode,
    GoodsItem,
    PackageDetail,
    Packaging,
    Vehicle,
)
from keruen.customs.papers import (
    Document,
    DocumentKind,
    NumberForm,
    RegistrationNumber,
)
from keruen.customs.parties import (
    Address,
    Branch,
    Communication,
    CustomsOffice,
    IdentityDocument,
    Party,
    Person,
)
from keruen.customs.values import (
    AdditionalInformation,
    Amount,
    Quantity,
    Struct,
)

__all__ = [
    "HS_DIGITS",
    "AdditionalInformation",
    "Address",
    "Amount",
    "Branch",
    "Charge",
    "ChargeKind",
    "CommodityCode",
    "Communication",
    "Consignment",
    "Container",
    "CustomsIdentification",
    "CustomsOffice",
    "Declaration",
    "DeclarationKind",
    "Document",
    "DocumentKind",
    "EtaBasis",
    "GoodsItem",
    "IdentityDocument",
    "ItineraryStop",
    "NumberForm",
    "PackageDetail",
    "Packaging",
    "Party",
    "Person",
    "Quantity",
    "RegistrationNumber",
    "Seal",
    "Struct",
    "TirCarnet",
    "TransportKind",
    "TransportMeans",
    "TransportStage",
    "Transshipment",
    "Vehicle",
]


class DeclarationKind(StrEnum):
    """Which customs operation the declaration asks for."""

    EXPORT = "export"
    TRANSIT = "transit"
    IMPORT = "import"


class Consignment(Struct, frozen=True):
    """One of several consignments in a transit declaration; `GoodsItem.consignment` is its ordinal."""

    ordinal: int
    item_count: int | None = None
    package_count: Decimal | None = None
    gross_mass: Decimal | None = None
    value: Amount | None = None
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    consignor: Party | None = None
    consignee: Party | None = None
    office_of_destination: CustomsOffice | None = None
    destination_station: str | None = None
    documents: tuple[Document, ...] = ()


class Declaration(Struct, frozen=True):
    """A whole declaration, as one administration accepted it."""

    kind: DeclarationKind
    type: str | None = None
    function: str | None = None
    document_id: str | None = None
    refers_to: str | None = None
    correction: int | None = None
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
    release_number: str | None = None
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
    office_of_release: CustomsOffice | None = None
    further_offices: tuple[CustomsOffice, ...] = ()
    destination_station: str | None = None

    consignor: Party | None = None
    consignee: Party | None = None
    declarant: Party | None = None
    representative: Party | None = None
    carrier: Party | None = None
    further_carriers: tuple[Party, ...] = ()
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
    country_of_origin: str | None = None
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
    border_mode: str | None = None
    departure_mode: str | None = None
    inland_mode: str | None = None
    containers: tuple[Container, ...] = ()
    seals: tuple[Seal, ...] = ()
    identification: tuple[CustomsIdentification, ...] = ()
    transshipments: tuple[Transshipment, ...] = ()
    tir: TirCarnet | None = None
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
    exchange_currency: str | None = None
    exchange_scale: int | None = None
    customs_value: Amount | None = None
    value_note: str | None = None
    charges: tuple[Charge, ...] = ()
    costs: Amount | None = None
    guarantee: Amount | None = None
    guarantee_code: str | None = None

    item_count: int | None = None
    package_count: Decimal | None = None
    gross_mass: Decimal | None = None

    additional_information: tuple[AdditionalInformation, ...] = ()
    documents: tuple[Document, ...] = ()
    consignments: tuple[Consignment, ...] = ()
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
