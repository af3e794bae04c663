"""Declared against found, as coded differences. Pure: the same two documents always differ the same.

`compare_arrival` states what the post can see: time, vehicle, containers, seals, weight, inspected items.
`compare_import` states what only the import declaration knows: each item and the consignee; it never
repeats what is the post's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest

from keruen.agreement import Agreement, border_mode, entry_stop
from keruen.border.align import Pair, align
from keruen.border.arrival import Arrival
from keruen.border.items import (
    KILOGRAM,
    Place,
    absent,
    compare_item,
    compare_units,
    figure,
    found_item,
    surplus,
    tolerance_of,
)
from keruen.border.marks import among, strange, wagons_of
from keruen.customs import (
    Declaration,
    Discrepancy,
    DiscrepancyCode,
    EtaBasis,
    Party,
    fold,
)
from keruen.messages import FoundItem

_HOUR = timedelta(hours=1)


def compare_arrival(
    announced: Declaration, arrival: Arrival, agreement: Agreement, eta: datetime | None
) -> tuple[Discrepancy, ...]:
    """Where an arrival is not what was announced.

    Of a part of a consignment (`arrival.partial`) nothing is said to be missing, and it is not weighed
    against the whole.
    """
    return (
        *_late(announced, arrival, agreement, eta),
        *_diverted(announced, arrival, agreement),
        *_vehicle(announced, arrival),
        *_containers(announced, arrival),
        *_broken(announced, arrival),
        *_seals(announced, arrival),
        *_weight(announced, arrival, agreement),
        *_inspected(announced, arrival, agreement),
    )


def _late(
    announced: Declaration, arrival: Arrival, agreement: Agreement, eta: datetime | None
) -> Iterator[Discrepancy]:
    allowed = agreement.deadline(agreement.deadlines.late_after, border_mode(announced))
    if eta is not None and arrival.arrived > eta + allowed:
        yield Discrepancy(
            code=DiscrepancyCode.ARRIVED_LATE,
            path="itinerary.eta",
            declared=eta.isoformat(),
            found=arrival.arrived.astimezone(eta.tzinfo).isoformat(),
            tolerance=f"{allowed / _HOUR:g} h",
        )


def _diverted(
    announced: Declaration, arrival: Arrival, agreement: Agreement
) -> Iterator[Discrepancy]:
    """Another post than the declaration names; one that was only estimated binds nobody."""
    post = agreement.post(arrival.post)
    stop = entry_stop(announced, agreement, post.country) if post else None
    declared = stop.office.code if stop and stop.office else None
    if stop is None or stop.eta_basis is EtaBasis.ESTIMATED or agreement.post(declared) is None:
        return
    if declared != arrival.post:
        yield Discrepancy(
            code=DiscrepancyCode.DIVERTED,
            path="itinerary",
            declared=declared,
            found=arrival.post,
        )


def _vehicle(announced: Declaration, arrival: Arrival) -> Iterator[Discrepancy]:
    """None of the announced vehicles came; of a train, wagons that nobody announced."""
    came = [mark for mark in (arrival.vehicle, *arrival.trailers) if mark]
    declared = [means.identity for means in announced.means() if means.identity]
    wagons = wagons_of(announced.means())
    if arrival.wagons and wagons:
        yield from _exchanged(
            DiscrepancyCode.OTHER_VEHICLE, "transport_means", wagons, arrival.wagons, arrival
        )
        return
    came += arrival.wagons
    if came and declared and not any(among(mark, declared) for mark in came):
        yield Discrepancy(
            code=DiscrepancyCode.OTHER_VEHICLE,
            path="transport_means",
            declared=" + ".join(declared),
            found=" + ".join(came),
        )


def _containers(announced: Declaration, arrival: Arrival) -> Iterator[Discrepancy]:
    declared = [container.id for container in announced.containers if fold(container.id)]
    if arrival.containers and declared:
        yield from _exchanged(
            DiscrepancyCode.OTHER_CONTAINER, "containers", declared, arrival.containers, arrival
        )


def _seals(announced: Declaration, arrival: Arrival) -> Iterator[Discrepancy]:
    """Seals that were found whole against the announced ones; a broken seal has its own code."""
    declared = [seal.number for seal in announced.all_seals() if fold(seal.number)]
    checked = (*arrival.seals, *arrival.seals_broken)
    if not checked or not declared:
        return
    unbroken = [number for number in declared if not among(number, arrival.seals_broken)]
    yield from _exchanged(DiscrepancyCode.OTHER_SEAL, "seals", unbroken, arrival.seals, arrival)


def _exchanged(
    code: DiscrepancyCode,
    path: str,
    declared: Sequence[str],
    came: Iterable[str],
    arrival: Arrival,
) -> Iterator[Discrepancy]:
    """Marks that came instead of announced ones, one for one as far as they go."""
    came = tuple(came)
    missing = [] if arrival.partial else strange(declared, came)
    for instead_of, one in zip_longest(missing, strange(came, declared)):
        yield Discrepancy(code=code, path=path, declared=instead_of, found=one)


def _broken(announced: Declaration, arrival: Arrival) -> Iterator[Discrepancy]:
    declared = [seal.number for seal in announced.all_seals()]
    for number in strange(arrival.seals_broken, ()):
        yield Discrepancy(
            code=DiscrepancyCode.SEAL_BROKEN,
            path="seals",
            declared=number if among(number, declared) else None,
            found=f"{number} broken",
        )


def _weight(
    announced: Declaration, arrival: Arrival, agreement: Agreement
) -> Iterator[Discrepancy]:
    declared, found = announced.total_gross_mass, arrival.weighbridge
    if declared is None or found is None or arrival.partial:
        return
    tolerance = tolerance_of(agreement, DiscrepancyCode.GROSS_MASS_DIFFERS, KILOGRAM)
    if not tolerance.allows(declared, found):
        yield Discrepancy(
            code=DiscrepancyCode.GROSS_MASS_DIFFERS,
            path="gross_mass",
            declared=figure(declared, KILOGRAM),
            found=figure(found, KILOGRAM),
            tolerance=str(tolerance),
        )


def _inspected(
    announced: Declaration, arrival: Arrival, agreement: Agreement
) -> Iterator[Discrepancy]:
    places = {item.ordinal: (index, item) for index, item in enumerate(announced.items)}
    for found in arrival.items:
        if found.item not in places:
            yield surplus(found)
            continue
        index, item = places[found.item]
        place = Place(agreement=agreement, item=item.ordinal, index=index)
        yield from compare_item(place, item, found)


def compare_import(
    announced: Declaration, imported: Declaration, agreement: Agreement
) -> tuple[Discrepancy, ...]:
    """Where an import declaration is not what was announced, item by item."""
    pairs = align(announced.items, imported.items)
    return (
        *_consignee(announced.consignee, imported.consignee),
        *(one for index, pair in enumerate(pairs) for one in _pair(index, pair, agreement)),
    )


def _pair(index: int, pair: Pair, agreement: Agreement) -> Iterator[Discrepancy]:
    """One announced item and its answer; `align` gives announced items first and in their order."""
    announced, imported = pair
    if announced is None:
        if imported is not None:
            yield surplus(found_item(None, imported, agreement))
        return
    place = Place(agreement=agreement, item=announced.ordinal, index=index)
    if imported is None:
        yield absent(place, announced)
        return
    differences = tuple(
        compare_item(place, announced, found_item(announced.ordinal, imported, agreement))
    )
    yield from differences
    if not any(one.code is DiscrepancyCode.OTHER_GOODS for one in differences):
        yield from compare_units(place, announced, imported)


def _consignee(declared: Party | None, found: Party | None) -> Iterator[Discrepancy]:
    """By taxpayer's number where both state one.

    A name is written in too many ways to prove anything but that it is the same.
    """
    if declared is None or found is None or not declared.id or not found.id:
        return
    if fold(declared.id) == fold(found.id) or _same_name(declared, found):
        return
    yield Discrepancy(
        code=DiscrepancyCode.OTHER_CONSIGNEE,
        path="consignee.id",
        declared=declared.id,
        found=found.id,
    )


def _same_name(declared: Party, found: Party) -> bool:
    names = [fold(party.name or "") for party in (declared, found)]
    return bool(names[0]) and names[0] == names[1]


def found_items(
    announced: Declaration, imported: Declaration, agreement: Agreement
) -> tuple[FoundItem, ...]:
    """The imported items, each with the number of the announced item that it answers."""
    return tuple(
        found_item(one.ordinal if one else None, other, agreement)
        for one, other in align(announced.items, imported.items)
        if other is not None
    )
