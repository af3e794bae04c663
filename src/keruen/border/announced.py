"""What this node knows of a consignment from its messages: the announcement, and the parts that came."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from keruen.border.arrival import Arrival
from keruen.border.marks import forms, strange, wagons_of
from keruen.customs import Declaration, Struct, fold, skeleton
from keruen.exchange.kept import said
from keruen.exchange.retold import standing_arrivals
from keruen.messages import ArrivalInformation
from keruen.store import Consignment, Direction, Identifier, IdentifierKind, Reader

PARTS = 1000
"""Parts in which one consignment may come at most."""


def announced_declaration(reader: Reader, consignment: Consignment) -> Declaration | None:
    """The declaration of a consignment, in the version that holds; None where there is none."""
    stored = reader.message(consignment.corridor, consignment.information_id)
    message = said(stored)
    return getattr(message, "declaration", None)


def arrivals_of(reader: Reader, consignment: Consignment) -> tuple[ArrivalInformation, ...]:
    """The arrivals of a consignment that this node has registered and not taken back, the newest first."""
    stored = reader.messages(
        corridor=consignment.corridor,
        consignment_id=consignment.consignment_id,
        direction=Direction.OUT,
        kind=ArrivalInformation.__name__,
        limit=PARTS,
    )
    decoded = (said(one) for one in stored)
    return standing_arrivals(one for one in decoded if isinstance(one, ArrivalInformation))


def unannounced_arrival(reader: Reader, consignment: Consignment) -> ArrivalInformation | None:
    """The message that told of an arrival which nothing had announced."""
    stored = reader.message(consignment.corridor, consignment.information_id)
    message = said(stored)
    return message if isinstance(message, ArrivalInformation) else None


class Units(Struct, frozen=True):
    """Wagons and containers: what a consignment is divided into when it comes in parts."""

    wagons: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wagons or self.containers)

    def pairs(self, other: Units) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """Units of each kind, with those of the same kind of another."""
        return (self.wagons, other.wagons), (self.containers, other.containers)


def units_announced(announced: Declaration) -> Units:
    """The wagons and containers that a declaration names."""
    return Units(
        wagons=wagons_of(announced.means()),
        containers=tuple(one.id for one in announced.containers if fold(one.id)),
    )


def units_come(arrival: Arrival) -> Units:
    """The wagons and containers of one arrival."""
    return Units(wagons=arrival.wagons, containers=arrival.containers)


def units_earlier(earlier: Sequence[ArrivalInformation]) -> Units:
    """The wagons and containers of earlier arrivals."""
    return Units(
        wagons=tuple(mark for one in earlier for mark in wagons_of(one.transport_means)),
        containers=tuple(container.id for one in earlier for container in one.containers),
    )


def more_to_come(announced: Units, earlier: Units, now: Units) -> bool:
    """Whether some of the announced units came and others are still awaited.

    A unit that nobody announced stands for one that did not come: exchanged, not awaited.
    """
    for (wanted, came), (_, before) in zip(
        announced.pairs(now), announced.pairs(earlier), strict=True
    ):
        awaited = strange(wanted, (*before, *came))
        known = forms(came) & forms(wanted)
        if known and len(awaited) > len(strange((*before, *came), wanted)):
            return True
    return False


def nothing_new(earlier: Units, now: Units) -> bool:
    """Whether all wagons and containers of an arrival came before."""
    return bool(now) and all(forms(came) <= forms(before) for came, before in now.pairs(earlier))


def share(
    arrival: Arrival, own: Sequence[Identifier], others: Sequence[Identifier], *, alone: bool
) -> Arrival:
    """What of an arrival concerns one consignment: not the wagons, containers and seals of the others.

    The weight of a shared vehicle is nobody's own.
    """
    return replace(
        arrival,
        wagons=_own(arrival.wagons, IdentifierKind.WAGON, own, others),
        containers=_own(arrival.containers, IdentifierKind.CONTAINER, own, others),
        seals=_own(arrival.seals, IdentifierKind.SEAL, own, others),
        seals_broken=_own(arrival.seals_broken, IdentifierKind.SEAL, own, others),
        seals_missing=_own(arrival.seals_missing, IdentifierKind.SEAL, own, others),
        weighbridge=arrival.weighbridge if alone else None,
    )


def _own(
    marks: Sequence[str],
    kind: IdentifierKind,
    own: Sequence[Identifier],
    others: Sequence[Identifier],
) -> tuple[str, ...]:
    foreign = _declared(kind, others) - _declared(kind, own)
    return tuple(mark for mark in marks if skeleton(mark) not in foreign)


def _declared(kind: IdentifierKind, rows: Sequence[Identifier]) -> set[str]:
    return {row.skeleton for row in rows if row.kind is kind}
