"""The messages that two administrations exchange (business level, above AS4)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from keruen.customs import (
    Amount,
    Container,
    Declaration,
    Discrepancy,
    Finding,
    Seal,
    Struct,
    TransportMeans,
)
from keruen.messages.asking import Enquiry, EnquiryReply, StatusReport
from keruen.messages.header import Id, Message, Name


class PreliminaryInformation(Message, frozen=True):
    """What will come: the sender's declaration, cut to the agreement's data list.

    Attributes:
        consignment_id: the sender's id of the consignment (UUID), the same in all later messages.
        ordinal: version of the information, 1 for the first.
    """

    consignment_id: Id
    declaration: Declaration
    ordinal: Annotated[int, Meta(ge=1)] = 1


class Amendment(Message, frozen=True):
    """The declaration was corrected: its whole new version, in place of the one before.

    `header.refers_to` is the message that it replaces.

    Attributes:
        consignment_id: that of the information which it amends.
        ordinal: version of the information; each is higher than the one before.
        declaration: cut to the data list, as in preliminary information.
        reason: why it was corrected.
    """

    consignment_id: Id
    ordinal: Annotated[int, Meta(ge=2)]
    declaration: Declaration
    reason: str | None = None


class Annulment(Message, frozen=True):
    """The declaration was cancelled: the consignment will not come.

    `header.refers_to` is the message with the version that held.

    Attributes:
        ordinal: higher than that of every version before.
        annulled: when, with offset.
    """

    consignment_id: Id
    ordinal: Annotated[int, Meta(ge=2)]
    reason: Name
    annulled: datetime | None = None


class EmptyVehicle(Message, frozen=True):
    """A vehicle leaves without goods.

    Attributes:
        consignment_id: the sender's id of this journey (UUID); it takes the place of a consignment's.
        transport_means: the vehicle and its trailers.
        post: code of the entry post.
        eta: when it is expected there, with offset.
        departed: when it left, with offset.
    """

    consignment_id: Id
    transport_means: Annotated[tuple[TransportMeans, ...], Meta(min_length=1)]
    post: Name
    eta: datetime
    departed: datetime | None = None
    remark: str | None = None


class Outcome(StrEnum):
    """Whether the content of a message could be used."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Acknowledgement(Message, frozen=True):
    """The business answer to one message: accepted with a registration number, or rejected with findings."""

    outcome: Outcome
    consignment_id: Id | None = None
    registration_number: Name | None = None
    findings: tuple[Finding, ...] = ()


class FoundItem(Struct, frozen=True):
    """What was found of one item, at the post or in the import declaration; absent means not examined.

    Attributes:
        item: ordinal of the announced item it answers; None where none corresponds.
        masses in kg.
    """

    item: int | None = None
    hs: str | None = None
    hs_edition: str | None = None
    description: str | None = None
    gross_mass: Decimal | None = None
    net_mass: Decimal | None = None
    packages: Decimal | None = None
    origin: str | None = None
    value: Amount | None = None


class ArrivalInformation(Message, frozen=True):
    """What came: recorded at the entry post.

    Attributes:
        consignment_id: None for an unannounced arrival.
        arrival_id: the receiver's id of this arrival (UUID): a consignment may arrive in parts.
        partial: whether more of the consignment is still expected.
        withdrawn: this arrival was registered by mistake and is taken back; what was said of it holds no more.
            `header.refers_to` is the message that told of it.
        weighbridge: gross mass of the goods by the weighbridge, tare deducted, kg.
        seals_broken: numbers of seals found broken.
    """

    arrival_id: Id
    post: Name
    arrived: datetime
    registered: datetime
    consignment_id: Id | None = None
    partial: bool = False
    withdrawn: bool = False
    transport_means: tuple[TransportMeans, ...] = ()
    containers: tuple[Container, ...] = ()
    seals: tuple[Seal, ...] = ()
    seals_broken: tuple[str, ...] = ()
    weighbridge: Decimal | None = None
    items: tuple[FoundItem, ...] = ()
    remark: str | None = None
    discrepancies: tuple[Discrepancy, ...] = ()


class MatchBasis(Struct, frozen=True):
    """Why an import declaration was tied to a consignment: rule, declared and found key."""

    rule: str
    declared: str
    found: str


class ImportInformation(Message, frozen=True):
    """What was imported: made from the import declaration, matched to the announced consignment."""

    consignment_id: Id
    declaration_number: Name
    procedure: str | None = None
    accepted: date | None = None
    items: tuple[FoundItem, ...] = ()
    matched_by: tuple[MatchBasis, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()


AnyMessage = (
    PreliminaryInformation
    | Amendment
    | Annulment
    | EmptyVehicle
    | Acknowledgement
    | ArrivalInformation
    | ImportInformation
    | Enquiry
    | EnquiryReply
    | StatusReport
)
