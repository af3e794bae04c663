"""What the partner tells after it has announced: a correction, an annulment, a vehicle without goods."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from keruen.customs import Seal, TransportMeans
from keruen.messages import Amendment, Annulment, EmptyVehicle, PreliminaryInformation

if TYPE_CHECKING:
    from tests.console.conftest import Node

NUMBER = "39857201/231126/0007001"


def amended(
    node: Node, first: PreliminaryInformation, ordinal: int = 2, **changes: Any
) -> Amendment:
    message = Amendment(
        header=node.partner_header(Amendment),
        consignment_id=first.consignment_id,
        ordinal=ordinal,
        declaration=replace(first.declaration, **changes),
        reason="resealed at Yallama",
    )
    node.receive(message)
    return message


def corrected(node: Node) -> str:
    """A consignment with two versions: another seal, and goods weighed again."""
    first = node.announced(NUMBER, "555CCC02", eta=node.now + timedelta(hours=3))
    item = replace(first.declaration.items[0], gross_mass=first.declaration.items[0].net_mass)
    amended(node, first, seals=(Seal(number="UZ7700001"),), items=(item,))
    return first.consignment_id


def annulled(node: Node) -> str:
    first = node.announced("39857201/231126/0007002", "556CCC02", eta=node.now)
    node.receive(
        Annulment(
            header=node.partner_header(Annulment),
            consignment_id=first.consignment_id,
            ordinal=2,
            reason="the buyer withdrew",
        )
    )
    return first.consignment_id


def left_empty(node: Node) -> str:
    message = EmptyVehicle(
        header=node.partner_header(EmptyVehicle),
        consignment_id=node.context.clock.new_id(),
        transport_means=(TransportMeans(mode="3", identity="557CCC02"),),
        post="TJ-FOT",
        eta=node.now + timedelta(hours=1),
    )
    node.receive(message)
    return message.consignment_id
