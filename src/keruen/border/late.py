"""Announcements that come after the vehicle: the line was down, or the declaration was late.

The vehicle was registered as unannounced. Its arrival is told once more, now with the consignment and under
the same arrival id: else the consignment would be awaited in vain and end as not arrived.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from keruen.border.announced import unannounced_arrival
from keruen.border.arrival import Arrival, InspectedItem
from keruen.border.identify import CARRIERS, MINIMUM, WINDOW, Candidate, judged
from keruen.border.marks import FoundMark, wagons_of
from keruen.border.parts import ArrivalRegistered, part_of, tell_part
from keruen.border.rules import Evidence, gather
from keruen.customs import Struct, TransportKind
from keruen.exchange import Context, State
from keruen.messages import ArrivalInformation, PreliminaryInformation
from keruen.store import Consignment, Reader, Transaction

CAUSE = PreliminaryInformation.__name__
"""What brings such an arrival about."""


class Come(Struct, frozen=True):
    """An unannounced arrival, and the consignment as a candidate for it."""

    message: ArrivalInformation
    arrival: Arrival
    candidate: Candidate


def take_late(
    tx: Transaction, context: Context, consignment: Consignment
) -> ArrivalRegistered | None:
    """Register that a consignment has come already, unannounced; None where it has not, or it is not clear.

    Only an arrival at about the expected time counts. Of two such ones a person decides by the number.
    """
    come = [one for one in coming(tx, context, consignment) if has_come(one.candidate, one.arrival)]
    if len(come) != 1:
        return None
    part = part_of(tx, context, come[0].candidate, come[0].arrival)
    return tell_part(tx, context, part, cause=CAUSE, unannounced=come[0].message)


def coming(reader: Reader, context: Context, consignment: Consignment) -> Iterator[Come]:
    """Unannounced arrivals that have a mark of a consignment."""
    own = reader.identifiers(consignment.corridor, consignment.consignment_id)
    marks = [FoundMark(kind=row.kind, text=row.declared) for row in own if row.kind in CARRIERS]
    start = consignment.eta or consignment.departed or consignment.updated
    telling = [mark for mark in marks if mark.telling]
    for key, evidence in gather(reader, telling, since=start - WINDOW).items():
        other = reader.consignment(*key)
        message = _unannounced(reader, consignment, other) if other else None
        if message is None:
            continue
        arrival = arrival_of(message)
        turned = tuple(_turned(one) for one in evidence)
        candidate = judged(reader, context, arrival, consignment, turned)
        if candidate is not None:
            yield Come(message=message, arrival=arrival, candidate=candidate)


def _unannounced(
    reader: Reader, consignment: Consignment, other: Consignment
) -> ArrivalInformation | None:
    alike = (other.corridor, other.role, other.mode) == (
        consignment.corridor,
        consignment.role,
        consignment.mode,
    )
    if not alike or other.state != State.UNANNOUNCED:
        return None
    return unannounced_arrival(reader, other)


def has_come(one: Candidate, arrival: Arrival) -> bool:
    """Whether it may well be the one that came."""
    start = one.consignment.departed
    has_set_out = start is None or start <= arrival.arrived
    return one.timely and has_set_out and not one.contradicted and one.score >= MINIMUM


def _turned(evidence: Evidence) -> Evidence:
    """What was looked up here is what was declared; what it was found in is what was seen."""
    return Evidence(
        rule=evidence.rule,
        declared=evidence.found,
        found=evidence.declared,
        weight=evidence.weight,
        kind=evidence.kind,
    )


def arrival_of(message: ArrivalInformation) -> Arrival:
    """As the post handed it in, as far as it was told."""
    of = {
        kind: _identities(message, kind) for kind in (TransportKind.VEHICLE, TransportKind.TRAILER)
    }
    wagons = wagons_of(message.transport_means)
    vehicle = next((mark for mark in of[TransportKind.VEHICLE] if mark not in wagons), None)
    return Arrival(
        post=message.post,
        arrived=message.arrived,
        vehicle=vehicle,
        trailers=of[TransportKind.TRAILER],
        wagons=wagons,
        containers=tuple(container.id for container in message.containers),
        seals=tuple(seal.number for seal in message.seals),
        seals_broken=message.seals_broken,
        weighbridge=message.weighbridge,
        items=tuple(
            msgspec.convert(item, InspectedItem, from_attributes=True) for item in message.items
        ),
        partial=message.partial,
        remark=message.remark,
    )


def _identities(message: ArrivalInformation, kind: TransportKind) -> tuple[str, ...]:
    return tuple(
        means.identity for means in message.transport_means if means.kind is kind and means.identity
    )
