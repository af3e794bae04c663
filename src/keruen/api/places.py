"""Where things are: parameters that several paths and queries share."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from keruen.customs import Struct

Id = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
Corridor = Annotated[str, Meta(pattern="^[A-Z]{2}-[A-Z]{2}$", examples=["KZ-TJ"])]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", examples=["TJ"])]
Code = Annotated[str, Meta(min_length=1, max_length=64)]
Words = Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]


class InCorridor(Struct, frozen=True):
    """In a corridor.

    Attributes:
        corridor: pair of countries, sorted.
    """

    corridor: Corridor


class OneConsignment(InCorridor, frozen=True):
    """Which consignment.

    Attributes:
        corridor: pair of countries, sorted.
        consignment_id: its id.
    """

    consignment_id: Id


class OneMessage(InCorridor, frozen=True):
    """Which message.

    Attributes:
        corridor: pair of countries, sorted.
        message_id: its id.
    """

    message_id: Id


class OnePartner(Struct, frozen=True):
    """Which partner.

    Attributes:
        country: of the partner, ISO 3166 alpha-2.
    """

    country: Country
