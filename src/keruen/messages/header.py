"""What all messages have in common: who says what to whom under which rules.

Each message is one JSON document: ``{"kind": …, "header": {…}, …}``. The header is the same for all.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from keruen.customs import Struct

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
