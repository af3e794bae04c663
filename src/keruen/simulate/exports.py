"""The sender's papers: a declaration of the model with what its format can carry.

Codes of documents, packages and means of transport are those of the format.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from keruen.agreement import Agreement
from keruen.customs import (
    Amount,
    Charge,
    ChargeKind,
    CommodityCode,
    Container,
    Declaration,
    DeclarationKind,
    Document,
    DocumentKind,
    EtaBasis,
    GoodsItem,
    ItineraryStop,
    PackageDetail,
    Packaging,
    Party,
    Seal,
    TransportKind,
    TransportMeans,
    TransportStage,
)
from keruen.simulate.consignment import Consignment, Transport, exit_post, post_office
from keruen.simulate.goods import RAIL, Load
from keruen.simulate.traders import COUNTRY_NAMES

CURRENCY = "USD"
WAYBILL_CODES = {"esadout": ("02015", "02013"), "*": ("730", "720")}
"""Format → document codes of a CMR note and of a rail waybill: EAEU classifier, UN/EDIFACT 1001."""
INVOICE_CODES = {"esadout": "04021", "*": "380"}
MEANS_TYPES = {
    "esadout": {TransportKind.TRAILER: "391"},
    "wco-dm": {TransportKind.VEHICLE: "30", TransportKind.TRAILER: "31", TransportKind.WAGON: "21"},
}
"""Format → kind of means → its identification type."""
MODES_DECLARED = {("esadout", "3"): "31", ("esadout", "2"): "20", ("asycuda", "3"): "31"}
"""A truck with its trailer is 31 where the mode has two digits."""


def export_declaration(consignment: Consignment, agreement: Agreement) -> Declaration:
    """What the sender's national system hands in."""
    one, format = consignment, consignment.format
    is_transit = format == "esadout"
    zone = offset_of(agreement, one.sender)
    number = _number(one, (one.released + zone).date())
    items = tuple(_item(one, ordinal, load) for ordinal, load in enumerate(one.loads, start=1))
    return Declaration(
        kind=DeclarationKind.TRANSIT if is_transit else DeclarationKind.EXPORT,
        direction="ЭК" if is_transit else None,
        procedure={"esadout": "80", "asycuda": "1"}.get(format),
        document_id=one.document_id if is_transit else None,
        number=None if is_transit else number,
        local_reference=number if is_transit else None,
        structure="R.036" if is_transit else None,
        language="RU" if is_transit else None,
        created=one.released - timedelta(hours=1) if not is_transit else one.released,
        registered=(one.released + zone).date(),
        released=one.released,
        office=one.office,
        office_of_departure=one.office,
        office_of_exit=exit_post(one, agreement),
        office_of_destination=one.destination,
        consignor=one.exporter,
        consignee=_importer(one),
        declarant=one.exporter,
        carrier=one.transport.carrier,
        drivers=(one.transport.driver,) if one.transport.driver else (),
        country_of_dispatch=one.sender,
        country_of_dispatch_name=COUNTRY_NAMES[one.sender],
        country_of_destination=one.receiver,
        country_of_destination_name=COUNTRY_NAMES[one.receiver],
        itinerary=tuple(_itinerary(one, agreement)),
        containerised=one.transport.container is not None,
        transport_means=tuple(means_of(format, one.mode, one.transport)),
        transport_nationality=one.transport.nationality,
        containers=tuple(_containers(one)),
        seals=tuple(Seal(number=seal) for seal in _loose_seals(one)),
        incoterms="DAP" if one.mode == RAIL else "CPT",
        delivery_place=one.destination.name,
        invoice=total_price(one.loads),
        charges=charges_of(one.loads),
        item_count=len(items),
        package_count=all_packages(one.loads),
        gross_mass=sum((load.gross for load in one.loads), Decimal(0)),
        items=items,
    )


def _importer(one: Consignment) -> Party:
    """The EAEU form has a place for numbers of its own countries' firms only."""
    return (
        msgspec.structs.replace(one.importer, id=None) if one.format == "esadout" else one.importer
    )


def offset_of(agreement: Agreement, country: str) -> timedelta:
    """A country's time ahead of UTC."""
    return next(
        timedelta(minutes=party.utc_offset_minutes)
        for party in agreement.parties
        if party.country == country
    )


def _number(one: Consignment, day: date) -> str:
    """Kazakh numbers are office/date/serial; ASYCUDA has a letter and a serial."""
    if one.format == "asycuda":
        return f"E {one.serial}"
    office = (one.office.code or "").removeprefix("398")
    return f"{office}/{day:%d%m%y}/{one.serial:07}"


def _itinerary(one: Consignment, agreement: Agreement) -> Iterator[ItineraryStop]:
    if one.format != "esadout":
        for ordinal, country in enumerate(one.route.via, start=1):
            yield ItineraryStop(ordinal=ordinal, country=country)
        return
    yield ItineraryStop(
        ordinal=1,
        country=one.receiver,
        office=post_office(agreement, one.post),
        eta=(one.released + one.travel).replace(second=0, microsecond=0),
        eta_basis=EtaBasis.DECLARED,
    )


def means_of(
    format: str, mode: str, transport: Transport, plate: str | None = None
) -> Iterator[TransportMeans]:
    """The means at the border; ASYCUDA's form has one line, the WCO's the trailer at departure."""
    marks: list[tuple[TransportKind, TransportStage, str]] = [
        (TransportKind.WAGON, TransportStage.BORDER, wagon) for wagon in transport.wagons
    ]
    if transport.vehicle:
        marks.append(
            (TransportKind.VEHICLE, TransportStage.BORDER, plate or transport.vehicle),
        )
    if transport.trailer and format != "asycuda":
        stage = TransportStage.DEPARTURE if format == "wco-dm" else TransportStage.BORDER
        marks.append((TransportKind.TRAILER, stage, transport.trailer))
    for kind, stage, mark in marks[: 1 if format == "asycuda" else None]:
        yield TransportMeans(
            stage=stage,
            kind=kind,
            mode=mode,
            mode_declared=MODES_DECLARED.get((format, mode), mode),
            identity=mark,
            identity_type=MEANS_TYPES.get(format, {}).get(kind),
            nationality=transport.nationality,
        )


def _containers(one: Consignment) -> Iterator[Container]:
    """The container with its seals; where there is none, the WCO form has a place for seals only."""
    transport = one.transport
    if transport.container:
        seals = tuple(
            Seal(number=seal, ordinal=place) for place, seal in enumerate(transport.seals, start=1)
        )
        yield Container(id=transport.container, ordinal=1, seals=seals)


def _loose_seals(one: Consignment) -> tuple[str, ...]:
    """Seals of the vehicle itself."""
    in_container = one.transport.container and one.format in {"wco-dm", "json"}
    return () if in_container else one.transport.seals


def _item(one: Consignment, ordinal: int, load: Load) -> GoodsItem:
    goods, format = load.goods, one.format
    return GoodsItem(
        ordinal=ordinal,
        hs=code_of(format, goods.hs),
        commodity_codes=precision_of(format, goods.hs),
        description=goods.description,
        language="RU" if format == "esadout" else None,
        gross_mass=load.gross,
        net_mass=load.net,
        packages=packages_of(format, load),
        origin=one.sender,
        destination=one.receiver,
        procedure={"esadout": "80", "asycuda": "1000"}.get(format, "10"),
        previous_procedure="00",
        price=Amount(value=load.price, currency=CURRENCY),
        statistical_value=Amount(value=load.price, currency=CURRENCY),
        containers=(one.transport.container,) if one.transport.container else (),
        documents=tuple(_documents(one, (one.released + timedelta(hours=5)).date()))
        if ordinal == 1
        else (),
    )


def code_of(format: str, hs: str) -> str:
    """ASYCUDA's form has eight digits here."""
    return hs[:8] if format == "asycuda" else hs


def precision_of(format: str, hs: str) -> tuple[CommodityCode, ...]:
    """… and the rest of the code there."""
    return (CommodityCode(scheme="Precision_1", code=hs[8:]),) if format == "asycuda" else ()


def packages_of(format: str, load: Load) -> tuple[Packaging, ...]:
    """The packages of a line; the EAEU names packed goods 1, bulk 2, and the kind beside it."""
    kind = load.goods.package
    if format != "esadout":
        count = None if load.packages is None else Decimal(load.packages)
        return (Packaging(ordinal=1, count=count, kind=kind, marks="БЕЗ МАРКИРОВКИ"),)
    if load.packages is None:
        return (Packaging(kind="2", details=(PackageDetail(information="0", kind=kind),)),)
    detail = PackageDetail(information="0", kind=kind, count=load.packages)
    return (Packaging(count=Decimal(load.packages), kind="1", details=(detail,)),)


def _documents(one: Consignment, day: date) -> Iterator[Document]:
    road, rail = WAYBILL_CODES.get(one.format, WAYBILL_CODES["*"])
    category = "N" if one.format == "wco-dm" else None
    by_rail = one.mode == RAIL
    yield Document(
        kind=DocumentKind.TRANSPORT,
        category=category,
        code=rail if by_rail else road,
        name="ЖД НАКЛАДНАЯ СМГС" if by_rail else "CMR",
        number=one.waybill,
        issued=day,
    )
    yield Document(
        kind=DocumentKind.PRESENTED,
        category=category,
        code=INVOICE_CODES.get(one.format, INVOICE_CODES["*"]),
        name="ИНВОЙС",
        number=f"INV-{one.serial}",
        issued=day,
    )


def total_price(loads: tuple[Load, ...]) -> Amount:
    """The invoice."""
    return Amount(value=sum((load.price for load in loads), Decimal(0)), currency=CURRENCY)


def charges_of(loads: tuple[Load, ...]) -> tuple[Charge, ...]:
    """The invoice as ASYCUDA's valuation note has it."""
    return (Charge(kind=ChargeKind.INVOICE, foreign=total_price(loads)),)


def all_packages(loads: tuple[Load, ...]) -> Decimal | None:
    """All packages; None where everything is bulk."""
    counts = [load.packages for load in loads if load.packages is not None]
    return Decimal(sum(counts)) if counts else None
