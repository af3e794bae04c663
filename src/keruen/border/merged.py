"""Consignments that were put together on the way: on one truck at the post, or in one import declaration.

Goods that were announced on one vehicle travel together from the start; that is no difference (groupage), and
neither are the wagons of a train. Those of several announced vehicles that come on one truck were merged. So
were those of several announced declarations that one import declaration names as preceding documents, if none
of them accounts for it alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.border.align import align
from keruen.border.arrival import Arrival
from keruen.border.compare import Share, consignee, left_over, share_of
from keruen.border.items import KILOGRAM, figure, found_item, tolerance_of
from keruen.customs import Declaration, Discrepancy, DiscrepancyCode, fold
from keruen.customs.codelists import CodeLists

_MASS = DiscrepancyCode.GROSS_MASS_DIFFERS


def on_one_truck(
    announced: Sequence[Declaration | None], arrival: Arrival
) -> tuple[tuple[Discrepancy, ...], ...]:
    """What is said of each consignment of an arrival, in their order: nothing, or that it was merged."""
    own = [_vehicles(one) for one in announced]
    names = [one.reference for one in announced if one is not None and one.reference]
    return tuple(
        (_merged("transport_means", " + ".join(marks.values()), arrival.vehicle, names),)
        if arrival.vehicle and any(_apart(marks, others) for others in own)
        else ()
        for marks in own
    )


def _vehicles(announced: Declaration | None) -> dict[str, str]:
    """Announced vehicles, by what is compared of them."""
    means = announced.means() if announced is not None else ()
    return {fold(one.identity): one.identity for one in means if one.identity}


def _apart(one: dict[str, str], other: dict[str, str]) -> bool:
    return bool(one) and bool(other) and not one.keys() & other.keys()


def _merged(path: str, declared: str | None, where: str, names: Sequence[str]) -> Discrepancy:
    return Discrepancy(
        code=DiscrepancyCode.MERGED_SHIPMENT,
        path=path,
        declared=declared,
        found=f"{where} ({', '.join(sorted(names))})",
    )


def merges(announced: Sequence[Declaration], imported: Declaration, agreement: Agreement) -> bool:
    """Whether an import declaration holds the goods of several announced ones.

    Papers name all that came before, the transit of the same goods beside their export, too: then each of
    the announced declarations has the mass that was imported.
    """
    tolerance = tolerance_of(agreement, _MASS, KILOGRAM)
    found = imported.total_gross_mass
    masses = [one.total_gross_mass for one in announced]
    if len(announced) < 2 or found is None:  # noqa: PLR2004 - one alone is not merged
        return False
    return all(
        one is not None and one < found and not tolerance.allows(one, found) for one in masses
    )


def shares(
    announced: Sequence[Declaration],
    imported: Declaration,
    agreement: Agreement,
    lists: CodeLists,
    number: str,
) -> list[Share]:
    """What an import declaration says of each of the consignments that it merges.

    Where lines were merged, too, nobody can say how much of a line was whose: the sum of masses is compared
    with that of all announced ones, and each is told all lines.
    """
    names = [one.reference for one in announced if one.reference]
    told = [_merged("number", one.reference, number, names) for one in announced]
    pairs = align(tuple(chain.from_iterable(one.items for one in announced)), imported.items)
    whole = all(there is not None for one, there in pairs if one is not None)
    if not whole and len(imported.items) < sum(len(one.items) for one in announced):
        weighed = tuple(_sum(announced, imported, agreement))
        lines = tuple(found_item(None, one, agreement) for one in imported.items)
        return [
            Share(lines, (said, *consignee(one, imported), *weighed))
            for one, said in zip(announced, told, strict=True)
        ]
    made, start = [], 0
    for one, said in zip(announced, told, strict=True):
        own = pairs[start : start + len(one.items)]
        start += len(one.items)
        share = share_of(own, one, imported, agreement, lists)
        made.append(replace(share, discrepancies=(said, *share.discrepancies)))
    beyond = left_over(len(announced[0].items), pairs, agreement)
    first = replace(made[0], discrepancies=(*made[0].discrepancies, *beyond))
    return [first, *made[1:]]


def _sum(
    announced: Sequence[Declaration], imported: Declaration, agreement: Agreement
) -> Iterator[Discrepancy]:
    found = imported.total_gross_mass
    declared = sum((one.total_gross_mass or Decimal(0) for one in announced), Decimal(0))
    tolerance = tolerance_of(agreement, _MASS, KILOGRAM)
    if found is not None and not tolerance.allows(declared, found):
        yield Discrepancy(
            code=_MASS,
            path="gross_mass",
            declared=figure(declared, KILOGRAM),
            found=figure(found, KILOGRAM),
            tolerance=str(tolerance),
        )
