"""Keys by which people and matchers find a consignment, taken from the message that states it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from keruen.customs import (
    Declaration,
    DocumentKind,
    TransportKind,
    TransportMeans,
    fold,
    skeleton,
)
from keruen.messages import (
    Amendment,
    AnyMessage,
    ArrivalInformation,
    EmptyVehicle,
    PreliminaryInformation,
)
from keruen.store import Event, Identifier, IdentifierKind

RAIL = "2"
"""Transport mode, UN/ECE Rec 19."""
_KINDS = {
    TransportKind.VEHICLE: IdentifierKind.VEHICLE,
    TransportKind.TRAILER: IdentifierKind.TRAILER,
    TransportKind.WAGON: IdentifierKind.WAGON,
}


def identifiers(event: Event, message: AnyMessage | None) -> Iterator[Identifier]:
    """The keys of a consignment that a message announces, each once."""
    match message:
        case PreliminaryInformation(declaration=declaration) | Amendment(declaration=declaration):
            keys = _declared_keys(declaration)
        case EmptyVehicle(transport_means=means):
            keys = _means_keys(means)
        case ArrivalInformation():
            keys = _found_keys(message)
        case _:
            return
    seen = set()
    for kind, declared in keys:
        folded = fold(declared or "")
        if declared and folded and (kind, folded) not in seen:
            seen.add((kind, folded))
            yield Identifier(
                corridor=event.corridor,
                consignment_id=event.consignment_id,
                kind=kind,
                declared=declared,
                folded=folded,
                skeleton=skeleton(declared),
            )


def _means_keys(means: Iterable[TransportMeans]) -> Iterator[tuple[IdentifierKind, str | None]]:
    """Formats that know no wagons only tell the mode."""
    for one in means:
        by_rail = one.kind is TransportKind.VEHICLE and one.mode == RAIL
        kind = TransportKind.WAGON if by_rail else one.kind
        yield _KINDS.get(kind, IdentifierKind.VEHICLE), one.identity


def _found_keys(message: ArrivalInformation) -> Iterator[tuple[IdentifierKind, str | None]]:
    yield from _means_keys(message.transport_means)
    for container in message.containers:
        yield IdentifierKind.CONTAINER, container.id


def _declared_keys(declaration: Declaration) -> Iterator[tuple[IdentifierKind, str | None]]:
    yield from _means_keys(declaration.transport_means)
    for container in declaration.containers:
        yield IdentifierKind.CONTAINER, container.id
    for seal in declaration.all_seals():
        yield IdentifierKind.SEAL, seal.number
    for document in declaration.all_documents(DocumentKind.TRANSPORT):
        yield IdentifierKind.TRANSPORT_DOCUMENT, document.number
    for reference in (
        declaration.number,
        declaration.local_reference,
        declaration.document_id,
        declaration.consignment_reference,
    ):
        yield IdentifierKind.REFERENCE, reference
