"""The marks by which a consignment is known, read from what came and from what was imported.

Nowhere else in this room is a plate, number or seal taken from a document to be looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from keruen.border.arrival import Arrival
from keruen.customs import (
    Declaration,
    DocumentKind,
    Struct,
    TransportKind,
    TransportMeans,
    fold,
    skeleton,
)
from keruen.store import IdentifierKind

RAIL = "2"
"""Transport mode, UN/ECE Rec 19."""
SHORTEST = 4
"""Letters and digits of a mark that may be looked up: "б/н" and "1" stand in thousands of documents."""

_MEANS = {
    TransportKind.TRAILER: IdentifierKind.TRAILER,
    TransportKind.WAGON: IdentifierKind.WAGON,
}


class FoundMark(Struct, frozen=True):
    """A mark as it stood on the vehicle or in a paper. `stated`: a person gave it to name the consignment."""

    kind: IdentifierKind
    text: str
    stated: bool = False

    @property
    def telling(self) -> bool:
        """Whether it can tell one consignment from another."""
        folded = fold(self.text)
        return self.stated or (len(folded) >= SHORTEST and any(c.isdigit() for c in folded))


def marks_of_arrival(arrival: Arrival) -> tuple[FoundMark, ...]:
    """What may tell which consignment has come."""
    found = [
        FoundMark(kind=kind, text=text)
        for kind, texts in (
            (IdentifierKind.VEHICLE, (arrival.vehicle,) if arrival.vehicle else ()),
            (IdentifierKind.TRAILER, arrival.trailers),
            (IdentifierKind.WAGON, arrival.wagons),
            (IdentifierKind.CONTAINER, arrival.containers),
            (IdentifierKind.SEAL, (*arrival.seals, *arrival.seals_broken)),
        )
        for text in texts
    ]
    if arrival.number:
        found.append(FoundMark(kind=IdentifierKind.REFERENCE, text=arrival.number, stated=True))
    return _telling(found)


def marks_of_import(declaration: Declaration) -> tuple[FoundMark, ...]:
    """What may tell which consignment an import declaration is about."""
    return _telling(_marks_of_import(declaration))


def _marks_of_import(declaration: Declaration) -> Iterator[FoundMark]:
    for document in declaration.all_documents(DocumentKind.PRECEDING):
        yield FoundMark(kind=IdentifierKind.REFERENCE, text=document.number or "")
    yield FoundMark(kind=IdentifierKind.REFERENCE, text=declaration.consignment_reference or "")
    for document in declaration.all_documents(DocumentKind.TRANSPORT):
        yield FoundMark(kind=IdentifierKind.TRANSPORT_DOCUMENT, text=document.number or "")
    for means in declaration.transport_means:
        kind = _MEANS.get(means.kind, IdentifierKind.VEHICLE)
        yield FoundMark(kind=kind, text=means.identity or "")
    for container in declaration.containers:
        yield FoundMark(kind=IdentifierKind.CONTAINER, text=container.id)
    for seal in declaration.all_seals():
        yield FoundMark(kind=IdentifierKind.SEAL, text=seal.number)


def _telling(marks: Iterable[FoundMark]) -> tuple[FoundMark, ...]:
    """Each once, without those that tell nothing."""
    return tuple({(m.kind, fold(m.text)): m for m in marks if m.telling and fold(m.text)}.values())


def forms(marks: Iterable[str]) -> frozenset[str]:
    """Marks as they are compared: the same but for script, spacing and what plate readers confuse."""
    return frozenset(map(skeleton, marks))


def among(text: str, others: Iterable[str]) -> bool:
    """Whether a mark is one of others."""
    return skeleton(text) in forms(others)


def strange(found: Iterable[str], announced: Iterable[str]) -> list[str]:
    """Those found marks that were not announced, each once, in their order."""
    known = forms(announced)
    first: dict[str, str] = {}
    for text in found:
        first.setdefault(skeleton(text), text)
    return [text for form, text in first.items() if form not in known]


def wagons_of(means: Iterable[TransportMeans]) -> tuple[str, ...]:
    """Numbers of the wagons among means of transport."""
    return tuple(one.identity for one in means if one.identity and is_wagon(one))


def is_wagon(means: TransportMeans) -> bool:
    """Whether it is a wagon; formats that know no wagons only tell the mode."""
    by_rail = means.kind is TransportKind.VEHICLE and means.mode == RAIL
    return by_rail or means.kind is TransportKind.WAGON


def is_trailer(means: TransportMeans) -> bool:
    """Whether it is a trailer."""
    return means.kind is TransportKind.TRAILER
