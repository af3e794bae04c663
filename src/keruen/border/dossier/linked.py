"""Consignments that belong together: on one vehicle, under one transport document, in one container.

Goods are split over several declarations, several declarations travel on one truck (groupage), and what was
announced apart arrives merged. What they have in common is a mark, at about the same time: a plate alone
comes back with other goods next week.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from keruen.customs import Struct
from keruen.store import Consignment, Identifier, IdentifierKind, Reader

APART = timedelta(days=4)
"""Times at the border between which one mark is taken for one journey: a train's parts come over days."""
MOST = 50
"""Linked consignments that are looked for; a container train has more."""


class Linked(Struct, frozen=True):
    """Another consignment, and the marks that it has in common with this one."""

    consignment: Consignment
    marks: tuple[tuple[IdentifierKind, str], ...]

    @property
    def kind(self) -> IdentifierKind:
        """What kind of mark ties them: a document more than a container, a container more than a plate."""
        return min((kind for kind, _ in self.marks), key=_STRENGTH.index)


_STRENGTH = (
    IdentifierKind.TRANSPORT_DOCUMENT,
    IdentifierKind.CONTAINER,
    IdentifierKind.WAGON,
    IdentifierKind.VEHICLE,
    IdentifierKind.TRAILER,
)


def linked(reader: Reader, one: Consignment) -> tuple[Linked, ...]:
    """The consignments that belong to this one; none where it has no time at all."""
    time = one.arrived or one.eta or one.departed
    if time is None:
        return ()
    place = one.corridor, one.consignment_id
    return _by_consignment(reader.beside(*place, time - APART, time + APART, MOST))


def _by_consignment(found: Iterable[tuple[Identifier, Consignment]]) -> tuple[Linked, ...]:
    marks: dict[tuple[str, str], list[tuple[IdentifierKind, str]]] = {}
    consignments: dict[tuple[str, str], Consignment] = {}
    for mark, other in found:
        key = other.corridor, other.consignment_id
        consignments[key] = other
        marks.setdefault(key, []).append((mark.kind, mark.declared))
    return tuple(
        Linked(consignment=other, marks=tuple(dict.fromkeys(marks[key])))
        for key, other in consignments.items()
    )
