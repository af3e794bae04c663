"""Declared against found, as coded differences. Pure: the same two documents always differ the same.

`compare_arrival` states what the post can see: time, vehicle, containers, seals, weight, inspected items.
`compare_import` states what only the import declaration knows: each item and the consignee; it never
repeats what is the post's to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from keruen.agreement import Agreement, border_mode, entry_stop
from keruen.border.align import Pair, align
from keruen.border.arrival import Arrival
from keruen.border.carriage import containers, seals, vehicles
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
from keruen.border.split import as_part
from keruen.customs import (
    Declaration,
    Discrepancy,
    DiscrepancyCode,
    EtaBasis,
    Party,
    Struct,
    fold,
)
from keruen.customs.codelists import BUILT_IN, CodeLists
from keruen.messages import FoundItem

_HOUR = timedelta(hours=1)


def compare_arrival(
    announced: Declaration,
    arrival: Arrival,
    agreement: Agreement,
    eta: datetime | None,
    lists: CodeLists = BUILT_IN,
) -> tuple[Discrepancy, ...]:
    """Where an arrival is not what was announced.

    Of a part of a consignment (`arrival.partial`) nothing is said to be missing or less, and it is not
    weighed against the whole: see `compare_whole`.
    """
    return (
        *_late(announced, arrival, agreement, eta),
        *_diverted(announced, arrival, agreement),
        *vehicles(announced, arrival),
        *containers(announced, arrival),
        *seals(announced, arrival),
        *_weight(announced, arrival, agreement),
        *_inspected(announced, arrival, agreement, lists),
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
    announced: Declaration, arrival: Arrival, agreement: Agreement, lists: CodeLists
) -> Iterator[Discrepancy]:
    places = {item.ordinal: (index, item) for index, item in enumerate(announced.items)}
    beyond = len(announced.items)
    for found in arrival.items:
        if found.item not in places:
            yield surplus(beyond, found)
            beyond += 1
            continue
        index, item = places[found.item]
        place = Place(agreement=agreement, item=item.ordinal, index=index, lists=lists)
        yield from compare_item(place, item, as_part(item, found) if arrival.partial else found)


def compare_whole(
    announced: Declaration, whole: Arrival, agreement: Agreement
) -> tuple[Discrepancy, ...]:
    """Where all parts of a consignment together are not what was announced: weight and quantities.

    Args:
        whole: what the parts brought, see `keruen.border.split.together`.
    """
    return (
        *_weight(announced, whole, agreement),
        *_inspected(announced, whole, agreement, BUILT_IN),
    )


class Share(Struct, frozen=True):
    """What an import declaration says of one consignment: its items, and what differs."""

    items: tuple[FoundItem, ...]
    discrepancies: tuple[Discrepancy, ...]


def answered(
    announced: Declaration,
    imported: Declaration,
    agreement: Agreement,
    lists: CodeLists = BUILT_IN,
) -> Share:
    """An import declaration against the one that it answers, item by item."""
    pairs = align(announced.items, imported.items)
    share = share_of(pairs, announced, imported, agreement, lists)
    beyond = left_over(len(announced.items), pairs, agreement)
    return replace(share, discrepancies=(*share.discrepancies, *beyond))


def share_of(
    pairs: Sequence[Pair],
    announced: Declaration,
    imported: Declaration,
    agreement: Agreement,
    lists: CodeLists,
) -> Share:
    """The announced items with their answers; what nobody announced is among the items alone."""
    known = [(index, pair) for index, pair in enumerate(pairs) if pair[0] is not None]
    return Share(
        items=tuple(
            found_item(one.ordinal if one else None, other, agreement)
            for one, other in pairs
            if other is not None
        ),
        discrepancies=(
            *consignee(announced, imported),
            *(one for index, pair in known for one in _pair(index, pair, agreement, lists)),
        ),
    )


def left_over(start: int, pairs: Sequence[Pair], agreement: Agreement) -> Iterator[Discrepancy]:
    """Imported items that nobody announced; they would stand behind the announced ones."""
    strange = (other for one, other in pairs if one is None and other is not None)
    for index, other in enumerate(strange, start):
        yield surplus(index, found_item(None, other, agreement))


def compare_import(
    announced: Declaration,
    imported: Declaration,
    agreement: Agreement,
    lists: CodeLists = BUILT_IN,
) -> tuple[Discrepancy, ...]:
    """Where an import declaration is not what was announced, item by item."""
    return answered(announced, imported, agreement, lists).discrepancies


def _pair(index: int, pair: Pair, agreement: Agreement, lists: CodeLists) -> Iterator[Discrepancy]:
    """One announced item and its answer; `align` gives announced items first and in their order."""
    announced, imported = pair
    if announced is None:
        return
    place = Place(agreement=agreement, item=announced.ordinal, index=index, lists=lists)
    if imported is None:
        yield absent(place, announced)
        return
    differences = tuple(
        compare_item(place, announced, found_item(announced.ordinal, imported, agreement))
    )
    yield from differences
    if not any(one.code is DiscrepancyCode.OTHER_GOODS for one in differences):
        yield from compare_units(place, announced, imported)


def consignee(announced: Declaration, imported: Declaration) -> Iterator[Discrepancy]:
    """By taxpayer's number where both state one.

    A name is written in too many ways to prove anything but that it is the same.
    """
    declared, found = announced.consignee, imported.consignee
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
