"""What is taken of a partner at most, as its card says; each is refused as early as it can be known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from keruen.as4 import Limits

XML_PART_SIZE = 1 << 20
"""Octets of an uncompressed XML payload: its digest needs the whole of it in memory."""


class PartnerLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of what the partner sends.

    Attributes:
        message_size: octets of a message as it comes (1 GiB and 64 MiB). Refused unread where more is
            announced, else where it becomes more, with EBMS:0004.
        part_size: octets of one payload, unpacked (1 GiB); EBMS:0004, of a packed one EBMS:0303. The document
            itself, the first payload, may be 32 MiB whatever stands here.
        parts: payloads of one message; EBMS:0004. How many files may travel with which message is a matter
            of the agreement.
        ratio: octets unpacked per octet packed, judged beyond 1 MiB; EBMS:0303.
        envelope_size: octets of the SOAP part; EBMS:0004.
        header_size: octets of the MIME header of one part; EBMS:0004.
        depth: elements of the SOAP part within each other; EBMS:0009.
    """

    message_size: Annotated[int, Meta(ge=16_384, le=1 << 40)] = (1 << 30) + (64 << 20)
    part_size: Annotated[int, Meta(ge=1024, le=1 << 40)] = 1 << 30
    parts: Annotated[int, Meta(ge=1, le=255)] = 28
    ratio: Annotated[int, Meta(ge=2, le=10_000)] = 200
    envelope_size: Annotated[int, Meta(ge=8192, le=1 << 24)] = 256 << 10
    header_size: Annotated[int, Meta(ge=256, le=65_536)] = 16_384
    depth: Annotated[int, Meta(ge=12, le=40)] = 40

    def limits(self) -> Limits:
        """As AS4 takes them."""
        return Limits(xml_part_size=XML_PART_SIZE, **msgspec.structs.asdict(self))


def limits_table(limits: PartnerLimits) -> Iterator[str]:
    """The table of a card, where it says something else than the default."""
    default = PartnerLimits()
    given = {
        name: value
        for name, value in msgspec.structs.asdict(limits).items()
        if value != getattr(default, name)
    }
    if given:
        yield "\n[limits]\n"
    for name, value in given.items():
        yield f"{name} = {value}\n"
