"""The messages that two administrations exchange (business level, above AS4).

Each is one JSON document: ``{"kind": …, "header": {…}, …}``. The header is the same for all.
"""

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

Id = Annotated[str, Meta(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$(?!\\n)")]
"""UUID (RFC 9562, clause 4). Ids are compared as text, so only lower case is taken."""
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$(?!\\n)")]
"""ISO 3166-1 alpha-2."""
Version = Annotated[str, Meta(pattern="^[0-9]{1,4}[.][0-9]{1,4}$(?!\\n)")]
"""Major and minor: another minor one adds elements only."""
Name = Annotated[str, Meta(min_length=1)]
"""What names something; the empty text names nothing."""


class Stage(StrEnum):
    """Which declarations the phase covers."""

    EXPORT = "export"
    TRANSIT = "transit"


class Mode(StrEnum):
    """Whether the data counts. Test messages never mix with live data."""

    TEST = "test"
    LIVE = "live"


class Office(Struct, frozen=True):
    """An administration and, where one acts, its office."""

    country: Country
    office: str | None = None


class Header(Struct, frozen=True):
    """Who says what to whom under which rules.

    Attributes:
        message_id: UUID, globally unique; the key of idempotent handling.
        refers_to: the message that this one answers or replaces.
        created: with offset.
        structure: structure code, ``keruen:PreliminaryInformation``.
        version: version of that structure.
        agreement: id of the agreement.
    """

    message_id: Id
    created: datetime
    structure: Name
    version: Version
    agreement: Name
    stage: Stage
    mode: Mode
    sender: Office
    receiver: Office
    refers_to: str | None = None


class Message(Struct, frozen=True, tag_field="kind", tag=True):
    """Base of all messages; `kind` on the wire is the class's name."""

    header: Header


class PreliminaryInformation(Message, frozen=True):
    """What will come: the sender's declaration, cut to the agreement's data list.

    Attributes:
        consignment_id: the sender's id of the consignment (UUID), the same in all later messages.
        ordinal: version of the information, 1 for the first.
    """

    consignment_id: Id
    declaration: Declaration
    ordinal: Annotated[int, Meta(ge=1)] = 1


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
        weighbridge: gross mass of the goods by the weighbridge, tare deducted, kg.
        seals_broken: numbers of seals found broken.
    """

    arrival_id: Id
    post: Name
    arrived: datetime
    registered: datetime
    consignment_id: Id | None = None
    partial: bool = False
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


AnyMessage = PreliminaryInformation | Acknowledgement | ArrivalInformation | ImportInformation
