"""What this side tells the other: an arrival or an import as a message, before it is cut and sent."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from keruen.agreement import Agreement
from keruen.border.arrival import Arrival
from keruen.border.compare import Share
from keruen.border.marks import RAIL
from keruen.customs import (
    Container,
    Declaration,
    Discrepancy,
    Seal,
    TransportKind,
    TransportMeans,
)
from keruen.exchange import Context, new_header
from keruen.messages import (
    ArrivalInformation,
    FoundItem,
    ImportInformation,
    MatchBasis,
    Mode,
    Stage,
)
from keruen.store import Consignment

ROAD = "3"
"""Transport mode, UN/ECE Rec 19."""


def arrival_information(
    context: Context,
    agreement: Agreement,
    arrival: Arrival,
    *,
    stage: Stage,
    mode: Mode,
    consignment_id: str | None = None,
    discrepancies: tuple[Discrepancy, ...] = (),
    unannounced: ArrivalInformation | None = None,
) -> ArrivalInformation:
    """An arrival, or one consignment's part of it, with what differs.

    Args:
        unannounced: the message that told of this very arrival before anything had announced it; the new one
            refers to it.
    """
    return ArrivalInformation(
        header=new_header(
            context,
            agreement,
            ArrivalInformation,
            stage=stage,
            mode=mode,
            refers_to=unannounced.header.message_id if unannounced else None,
            office=arrival.post,
        ),
        arrival_id=unannounced.arrival_id if unannounced else context.clock.new_id(),
        consignment_id=consignment_id,
        post=arrival.post,
        arrived=arrival.arrived,
        registered=context.clock.now(),
        partial=arrival.partial,
        transport_means=tuple(_means(arrival)),
        containers=tuple(
            Container(id=number, ordinal=ordinal)
            for ordinal, number in enumerate(arrival.containers, start=1)
        ),
        seals=tuple(Seal(number=number) for number in arrival.seals),
        seals_broken=arrival.seals_broken,
        weighbridge=arrival.weighbridge,
        items=tuple(
            msgspec.convert(item, FoundItem, from_attributes=True) for item in arrival.items
        ),
        remark=arrival.remark,
        discrepancies=discrepancies,
    )


def _means(arrival: Arrival) -> Iterator[TransportMeans]:
    for kind, mode, identities in (
        (TransportKind.VEHICLE, ROAD, (arrival.vehicle,) if arrival.vehicle else ()),
        (TransportKind.TRAILER, ROAD, arrival.trailers),
        (TransportKind.WAGON, RAIL, arrival.wagons),
    ):
        for identity in identities:
            yield TransportMeans(
                kind=kind, mode=mode, identity=identity, nationality=arrival.nationality
            )


def import_information(
    context: Context,
    agreement: Agreement,
    consignment: Consignment,
    imported: Declaration,
    share: Share,
    *,
    number: str,
    matched_by: tuple[MatchBasis, ...],
) -> ImportInformation:
    """An import declaration in answer to an announcement, with what differs item by item.

    Args:
        share: what it says of the consignment.
    """
    office = imported.office
    procedures = (imported.procedure, *(item.procedure for item in imported.items))
    return ImportInformation(
        header=new_header(
            context,
            agreement,
            ImportInformation,
            stage=Stage(consignment.stage),
            mode=Mode(consignment.mode),
            office=office.code if office else None,
        ),
        consignment_id=consignment.consignment_id,
        declaration_number=number,
        procedure=next((one for one in procedures if one), None),
        accepted=imported.registered or (imported.released.date() if imported.released else None),
        items=share.items,
        matched_by=matched_by,
        discrepancies=share.discrepancies,
    )
