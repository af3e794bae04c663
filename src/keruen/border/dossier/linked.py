"""Consignments that belong together: on one vehicle, under one transport document, in one container.

Goods are split over several declarations, several declarations travel on one truck (groupage), and what was
announced apart arrives merged. What they have in common is a mark, at about the same time: a plate alone
comes back with other goods next week.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from keruen.customs import Struct
from keruen.store import Consignment, Identifier, IdentifierKind, Reader

APART = timedelta(days=7)
"""Times at the border within which one mark is taken for one load: a train's parts come over days."""
ON_BOARD = timedelta(hours=24)
"""The same for a plate: the truck may be back with other goods the day after."""
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


_ROLLING = (IdentifierKind.VEHICLE, IdentifierKind.TRAILER)
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
    found = reader.beside(*place, time - APART, time + APART, MOST)
    return _by_consignment(pair for pair in found if _together(time, *pair))


def _together(time: datetime, mark: Identifier, other: Consignment) -> bool:
    """Whether a mark in common means one load, as near as the times are."""
    others = other.arrived or other.eta or other.departed or time
    return mark.kind not in _ROLLING or abs(others - time) <= ON_BOARD


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
