"""A consignment that comes in parts: what all parts brought together, and whether that is the whole.

Each part is compared by itself in what can be seen of it (vehicle, seals, other goods). How much there is, only
all parts tell: once the last one has come, or their sum is what was announced, it is compared with the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.border.arrival import Arrival, InspectedItem
from keruen.border.items import KILOGRAM, tolerance_of
from keruen.customs import Declaration, Discrepancy, DiscrepancyCode, GoodsItem
from keruen.messages import ArrivalInformation, FoundItem


def together(arrival: Arrival, earlier: Sequence[ArrivalInformation]) -> Arrival:
    """An arrival with what it and all earlier parts brought: a sum is known where every part of it is."""
    weights = [*(one.weighbridge for one in earlier), arrival.weighbridge]
    seen: list[Sequence[FoundItem]] = [*(one.items for one in earlier), arrival.items]
    return replace(
        arrival,
        partial=False,
        weighbridge=_sum(weights),
        items=tuple(_summed(seen)) if all(seen) else (),
    )


def _sum(figures: Iterable[Decimal | None]) -> Decimal | None:
    known = list(figures)
    stated = [one for one in known if one is not None]
    return sum(stated, Decimal(0)) if len(stated) == len(known) else None


def _summed(parts: Sequence[Sequence[FoundItem]]) -> Iterator[InspectedItem]:
    """Items by their number; what nobody announced stays with its part."""
    found: dict[int, list[FoundItem]] = defaultdict(list)
    for one in (item for part in parts for item in part if item.item is not None):
        found[one.item or 0].append(one)
    for ordinal, of_item in sorted(found.items()):
        yield InspectedItem(
            item=ordinal,
            gross_mass=_sum(one.gross_mass for one in of_item),
            net_mass=_sum(one.net_mass for one in of_item),
            packages=_sum(one.packages for one in of_item),
        )


def balances(announced: Declaration, whole: Arrival, agreement: Agreement) -> bool:
    """Whether what has come is all that was announced, by weight and by items as far as they are known."""
    weight = (DiscrepancyCode.GROSS_MASS_DIFFERS, announced.total_gross_mass, whole.weighbridge)
    known = [
        _reached(agreement, code, declared, found)
        for code, declared, found in (weight, *_measured(announced.items, whole.items))
        if declared is not None and found is not None
    ]
    items = {one.item for one in whole.items}
    all_seen = not items or items >= {one.ordinal for one in announced.items}
    return bool(known) and all(known) and all_seen


def _measured(
    announced: Sequence[GoodsItem], found: Sequence[FoundItem]
) -> Iterator[tuple[DiscrepancyCode, Decimal | None, Decimal | None]]:
    by_ordinal = {one.item: one for one in found}
    for item in announced:
        if one := by_ordinal.get(item.ordinal):
            yield DiscrepancyCode.QUANTITY_SHORT, item.package_count, one.packages
            yield DiscrepancyCode.GROSS_MASS_DIFFERS, item.gross_mass, one.gross_mass


def _reached(
    agreement: Agreement, code: DiscrepancyCode, declared: Decimal, found: Decimal
) -> bool:
    unit = "" if code is DiscrepancyCode.QUANTITY_SHORT else KILOGRAM
    return found >= declared or tolerance_of(agreement, code, unit).allows(declared, found)


def as_part(item: GoodsItem, found: FoundItem) -> FoundItem:
    """What was found of an item in a part: less than announced is no difference yet, more is."""
    less = {
        name: None
        for name, declared in (
            ("gross_mass", item.gross_mass),
            ("net_mass", item.net_mass),
            ("packages", item.package_count),
        )
        if declared is not None and (now := getattr(found, name)) is not None and now < declared
    }
    return replace(found, **less)


def split(announced: Declaration, arrival: Arrival) -> Discrepancy:
    """That a consignment comes in parts; it is told with the first of them."""
    came = (arrival.vehicle, *arrival.trailers, *arrival.wagons, *arrival.containers)
    declared = [means.identity for means in announced.means() if means.identity]
    declared += [one.id for one in announced.containers if one.id]
    return Discrepancy(
        code=DiscrepancyCode.SPLIT_SHIPMENT,
        path="transport_means",
        declared=" + ".join(declared) or None,
        found=" + ".join(mark for mark in came if mark) or arrival.number,
    )
