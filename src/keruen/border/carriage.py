"""Vehicle, containers and seals: those that came against those that were announced.

Each difference has a path of its own: that of the announced mark, and where there is none, the place behind
the announced ones where the found mark would have stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from keruen.border.arrival import Arrival
from keruen.border.marks import forms, is_trailer, is_wagon, strange
from keruen.customs import (
    Declaration,
    Discrepancy,
    DiscrepancyCode,
    TransportMeans,
    fold,
    skeleton,
)

_VEHICLE = DiscrepancyCode.OTHER_VEHICLE


class Marked(NamedTuple):
    """An announced mark and where it stands in the declaration."""

    path: str
    mark: str


class Group(NamedTuple):
    """The announced marks of one kind.

    Attributes:
        name: path of the list that they stand in; `size`: how many elements that has.
    """

    name: str
    size: int
    marked: tuple[Marked, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """Without their places."""
        return tuple(one.mark for one in self.marked)


def vehicles(announced: Declaration, arrival: Arrival) -> Iterator[Discrepancy]:
    """None of the announced vehicles came, or other trailers; of a train, wagons that nobody announced."""
    wagons, trailers = _means(announced, is_wagon), _means(announced, is_trailer)
    declared = [means.identity for means in announced.means() if means.identity]
    came = [mark for mark in (arrival.vehicle, *arrival.trailers, *arrival.wagons) if mark]
    if arrival.wagons and wagons.marked:
        yield from _exchanged(_VEHICLE, wagons, arrival.wagons, partial=arrival.partial)
    elif _none_of(came, declared):
        yield Discrepancy(
            code=_VEHICLE,
            path=wagons.name,
            declared=" + ".join(declared),
            found=" + ".join(came),
        )
    elif _none_of(arrival.trailers, declared) and _none_of(came, trailers.marks):
        yield from _exchanged(_VEHICLE, trailers, arrival.trailers, partial=arrival.partial)


def _none_of(came: Sequence[str], declared: Sequence[str]) -> bool:
    return bool(came and declared and not forms(came) & forms(declared))


def _means(announced: Declaration, wanted: Callable[[TransportMeans], bool]) -> Group:
    """Means of transport at the border of one sort."""
    stages = {means.stage for means in announced.means()}
    return Group(
        name="transport_means",
        size=len(announced.transport_means),
        marked=tuple(
            Marked(f"transport_means[{index}]", means.identity)
            for index, means in enumerate(announced.transport_means)
            if means.stage in stages and means.identity and wanted(means)
        ),
    )


def containers(announced: Declaration, arrival: Arrival) -> Iterator[Discrepancy]:
    """Other containers than the announced ones."""
    marked = [
        Marked(f"containers[{index}]", one.id) for index, one in enumerate(announced.containers)
    ]
    group = _group("containers", len(marked), marked)
    if arrival.containers and group.marked:
        yield from _exchanged(
            DiscrepancyCode.OTHER_CONTAINER, group, arrival.containers, partial=arrival.partial
        )


def seals(announced: Declaration, arrival: Arrival) -> Iterator[Discrepancy]:
    """Broken seals, and whole ones that are not the announced ones; a broken seal has its own code only."""
    group = _seals(announced)
    yield from _broken(group, arrival)
    checked = (*arrival.seals, *arrival.seals_broken, *arrival.seals_missing)
    if checked and group.marked:
        broken = forms(arrival.seals_broken)
        whole = tuple(one for one in group.marked if skeleton(one.mark) not in broken)
        yield from _exchanged(
            DiscrepancyCode.OTHER_SEAL,
            group._replace(marked=whole),
            arrival.seals,
            partial=arrival.partial,
        )


def _seals(announced: Declaration) -> Group:
    """Seals of the vehicle and of its containers."""
    marked = [Marked(f"seals[{index}]", seal.number) for index, seal in enumerate(announced.seals)]
    marked += [
        Marked(f"containers[{outer}].seals[{index}]", seal.number)
        for outer, container in enumerate(announced.containers)
        for index, seal in enumerate(container.seals)
    ]
    return _group("seals", len(announced.seals), marked)


def _group(name: str, size: int, marked: Iterable[Marked]) -> Group:
    return Group(name, size, tuple(one for one in marked if fold(one.mark)))


def _broken(group: Group, arrival: Arrival) -> Iterator[Discrepancy]:
    paths = {skeleton(one.mark): one.path for one in reversed(group.marked)}
    beyond = group.size
    for number in strange(arrival.seals_broken, ()):
        path = paths.get(skeleton(number))
        yield Discrepancy(
            code=DiscrepancyCode.SEAL_BROKEN,
            path=path or f"{group.name}[{beyond}]",
            declared=number if path else None,
            found=f"{number} broken",
        )
        beyond += path is None


def _exchanged(
    code: DiscrepancyCode, group: Group, came: Iterable[str], *, partial: bool
) -> Iterator[Discrepancy]:
    """Marks that came instead of announced ones, one for one as far as they go."""
    came = tuple(came)
    absent = set(strange(group.marks, came))
    missing = () if partial else tuple(one for one in _once(group.marked) if one.mark in absent)
    pairs = zip_longest(missing, strange(came, group.marks))
    for behind, (instead_of, found) in enumerate(pairs, start=group.size - len(missing)):
        yield Discrepancy(
            code=code,
            path=instead_of.path if instead_of else f"{group.name}[{behind}]",
            declared=instead_of.mark if instead_of else None,
            found=found,
        )


def _once(marked: Sequence[Marked]) -> Iterator[Marked]:
    seen: set[str] = set()
    for one in marked:
        if skeleton(one.mark) not in seen:
            seen.add(skeleton(one.mark))
            yield one
