"""The receiver's papers: what an importer declares of the goods that came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from keruen.agreement import Agreement
from keruen.customs import (
    Amount,
    Container,
    Declaration,
    DeclarationKind,
    Document,
    DocumentKind,
    GoodsItem,
)
from keruen.simulate.consignment import Consignment, Transport, post_office
from keruen.simulate.exports import (
    CURRENCY,
    WAYBILL_CODES,
    all_packages,
    charges_of,
    code_of,
    means_of,
    offset_of,
    packages_of,
    precision_of,
    total_price,
)
from keruen.simulate.goods import RAIL, Load
from keruen.simulate.traders import COUNTRY_NAMES


@dataclass(frozen=True, slots=True)
class Clearing:
    """What an import declaration rests on: the goods and the vehicle as they came.

    Attributes:
        reference: of the declaration that announced the goods; None where the importer does not name it.
        waybill: number of the transport document; None where it is not named.
        codes: HS codes of the items, ten digits, and their descriptions.
        plate: the truck's plate as it was written down.
    """

    format: str
    serial: int
    at: datetime
    post: str
    reference: str | None
    waybill: str | None
    transport: Transport
    plate: str | None
    loads: tuple[Load, ...]
    codes: tuple[tuple[str, str], ...]


def import_declaration(one: Consignment, clearing: Clearing, agreement: Agreement) -> Declaration:
    """What the receiver's national system hands in for the goods that came."""
    format = clearing.format
    day = (clearing.at + offset_of(agreement, one.receiver)).date()
    documents = tuple(_import_documents(one, clearing))
    on_items = format == "asycuda"
    items = tuple(
        _import_item(one, clearing, ordinal, documents if on_items and ordinal == 1 else ())
        for ordinal in range(1, len(clearing.loads) + 1)
    )
    return Declaration(
        kind=DeclarationKind.IMPORT,
        number=_import_number(one, clearing, day),
        procedure="4" if format == "asycuda" else "40",
        created=clearing.at,
        registered=day,
        released=clearing.at,
        office=one.destination,
        office_of_entry=post_office(agreement, clearing.post),
        consignor=one.exporter,
        consignee=one.importer,
        declarant=one.importer,
        country_of_dispatch=one.sender,
        country_of_dispatch_name=COUNTRY_NAMES[one.sender],
        country_of_destination=one.receiver,
        country_of_destination_name=COUNTRY_NAMES[one.receiver],
        containerised=clearing.transport.container is not None,
        transport_means=tuple(means_of(format, one.mode, clearing.transport, clearing.plate)),
        containers=tuple(
            Container(id=container) for container in (clearing.transport.container,) if container
        ),
        invoice=total_price(clearing.loads),
        charges=charges_of(clearing.loads),
        item_count=len(items),
        package_count=all_packages(clearing.loads),
        gross_mass=sum((load.gross for load in clearing.loads), Decimal(0)),
        documents=() if on_items else documents,
        items=items,
    )


def _import_number(one: Consignment, clearing: Clearing, day: date) -> str:
    if clearing.format == "asycuda":
        return f"I {clearing.serial}"
    return f"{one.destination.code}/{day:%d%m%y}/{clearing.serial:07}"


def _import_item(
    one: Consignment, clearing: Clearing, ordinal: int, documents: tuple[Document, ...]
) -> GoodsItem:
    load, (hs, description) = clearing.loads[ordinal - 1], clearing.codes[ordinal - 1]
    container = clearing.transport.container
    return GoodsItem(
        ordinal=ordinal,
        hs=code_of(clearing.format, hs),
        commodity_codes=precision_of(clearing.format, hs),
        description=description,
        gross_mass=load.gross,
        net_mass=load.net,
        packages=packages_of(clearing.format, load),
        origin=one.sender,
        procedure="4000" if clearing.format == "asycuda" else "40",
        price=Amount(value=load.price, currency=CURRENCY),
        containers=(container,) if container else (),
        documents=documents,
    )


def _import_documents(one: Consignment, clearing: Clearing) -> Iterator[Document]:
    """Waybill and announcing declaration, as far as the importer names them."""
    day = (one.released + timedelta(hours=5)).date()
    road, rail = WAYBILL_CODES["*"]
    by_rail = one.mode == RAIL
    if clearing.waybill:
        yield Document(
            kind=DocumentKind.TRANSPORT,
            code=rail if by_rail else road,
            name="СМГС" if by_rail else "CMR",
            number=clearing.waybill,
            issued=day,
        )
    if clearing.reference:
        yield Document(
            kind=DocumentKind.PRECEDING,
            code="821" if one.format == "esadout" else "830",
            name="Декларация страны отправления",
            number=clearing.reference,
            issued=day,
        )
