"""One message in full: its JSON, the digests of its parts, the header that carried it."""

from __future__ import annotations

import base64

import msgspec

from keruen.as4 import EbmsError, Property, UserMessage, header_of
from keruen.customs import Struct
from keruen.exchange.kept import content
from keruen.exchange.passage import Transmission
from keruen.messages import AnyMessage
from keruen.store import Envelope


class Parcel(Struct, frozen=True):
    """One message in full.

    Attributes:
        body: its JSON, indented.
        digest: SHA-256 of the body as it was sent or received, base64.
        digests: (reference, base64) of each signed part.
        header: of the AS4 message that carried it, once it was on the wire.
    """

    transmission: Transmission
    body: str
    digest: str
    digests: tuple[tuple[str, str], ...] = ()
    envelope: Envelope | None = None
    content: AnyMessage | None = None
    header: UserMessage | None = None

    @property
    def properties(self) -> tuple[tuple[str, Property], ...]:
        """Properties of the AS4 message and of its parts, each with the part that has it."""
        if self.header is None:
            return ()
        of_parts = ((part.href or "", one) for part in self.header.parts for one in part.properties)
        return (*(("", one) for one in self.header.properties), *of_parts)


def parcel(one: Transmission, envelope: Envelope | None) -> Parcel:
    """A message with its body and digests readable."""
    return Parcel(
        transmission=one,
        body=_indented(one.message.body),
        digest=base64.b64encode(one.message.content_digest).decode(),
        digests=_digests(envelope.digests) if envelope else (),
        envelope=envelope,
        content=content(one.message),
        header=_header(envelope) if envelope else None,
    )


def _header(envelope: Envelope) -> UserMessage | None:
    try:
        return header_of(envelope.envelope)
    except EbmsError:
        return None


def _indented(body: bytes) -> str:
    try:
        return msgspec.json.format(body, indent=2).decode()
    except msgspec.DecodeError:
        return body.decode(errors="replace")


def _digests(lines: str) -> tuple[tuple[str, str], ...]:
    pairs = (line.partition("\t") for line in lines.splitlines() if line)
    return tuple((uri, digest) for uri, _, digest in pairs)
