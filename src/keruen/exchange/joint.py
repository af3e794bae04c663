"""What both sides know of a consignment: the record that either prints, word for word the same.

It is made of nothing but the messages that went between them and their answers. Those are the same octets on
both sides, so the records are equal as soon as nothing is on the way. What one node knows by itself (when it
stored something, what its clock or its officers noted) is not in it. Times are UTC. The digest over all of it
is what two people read to each other over the telephone.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from keruen.customs import Discrepancy, Struct
from keruen.exchange.differences import Difference
from keruen.exchange.lifecycle import State
from keruen.exchange.versions import Validity


class JointVersion(Struct, frozen=True):
    """One version of what was declared, and what it changed in the one before.

    Attributes:
        findings: codes of what the receiver found in it.
    """

    ordinal: int
    kind: str
    message_id: str
    created: datetime
    validity: Validity
    reason: str | None = None
    findings: tuple[str, ...] = ()
    changed: tuple[Difference, ...] = ()


class JointStop(Struct, frozen=True):
    """One point of the journey, as the version that holds has it."""

    country: str | None = None
    office: str | None = None
    place: str | None = None
    eta: datetime | None = None
    eta_basis: str | None = None


class JointMessage(Struct, frozen=True):
    """One message: who told what and when, and what was answered.

    Attributes:
        outcome: of the business answer; None where there is none.
    """

    created: datetime
    sender: str
    kind: str
    message_id: str
    outcome: str | None = None


class JointArrival(Struct, frozen=True):
    """What came at a post: all of the consignment, or a part of it. Mass in kg."""

    arrival_id: str
    post: str
    arrived: datetime
    partial: bool
    vehicles: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()
    seals_broken: tuple[str, ...] = ()
    weighbridge: Decimal | None = None
    remark: str | None = None


class JointImport(Struct, frozen=True):
    """What was imported."""

    declaration_number: str
    procedure: str | None = None
    accepted: date | None = None


class JointDiscrepancy(Struct, frozen=True):
    """A coded difference, and the message that states it."""

    message_id: str
    discrepancy: Discrepancy


class JointRecord(Struct, frozen=True):
    """All that both sides know of one consignment.

    Attributes:
        state: what the messages make of it, by the life-cycle table.
        reference, vehicles, containers, seals, gross_mass, itinerary: of the version that holds; mass in kg.
        late: the preliminary information came later before the crossing than agreed.
        digest: SHA-256 of all the rest.
    """

    consignment_id: str
    corridor: str
    sender: str
    receiver: str
    stage: str
    mode: str
    state: State | None
    registration_number: str | None = None
    late: bool = False
    reference: str | None = None
    vehicles: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()
    gross_mass: Decimal | None = None
    itinerary: tuple[JointStop, ...] = ()
    versions: tuple[JointVersion, ...] = ()
    messages: tuple[JointMessage, ...] = ()
    arrivals: tuple[JointArrival, ...] = ()
    imports: tuple[JointImport, ...] = ()
    discrepancies: tuple[JointDiscrepancy, ...] = ()
    digest: str = ""
