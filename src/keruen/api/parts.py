"""Parts of a message as they are: JSON, envelope, receipt, files; and the proof that it was on the line."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta

from keruen.access import Act
from keruen.api.gate import Call
from keruen.api.messages import MESSAGE, ONE, files_of, message_of
from keruen.api.operation import OCTETS, Download, operation
from keruen.api.places import OneMessage
from keruen.api.problems import missing
from keruen.exchange.proving import Inclusion, inclusion
from keruen.store import Attachment, Reader

NOT_KEPT = {404: ("message-unknown", "content-removed")}
RAW: dict[str, Any] = {
    "tag": "Messages",
    "act": Act.SEE_RAW,
    "media_type": OCTETS,
    "audited": True,
    "codes": NOT_KEPT,
}


class OneFile(OneMessage, frozen=True):
    """Which file of which message.

    Attributes:
        corridor: pair of countries, sorted.
        message_id: of the message.
        ordinal: of the file, from 1.
    """

    ordinal: Annotated[int, Meta(ge=1, le=1000)]


@operation("GET", f"{ONE}/content", id="getMessageContent", **RAW)
def body(call: Call, place: OneMessage) -> Download:
    """The message's JSON, byte for byte as it was sent or received."""
    found = call.gate.store.read(lambda reader: message_of(call, reader, place))
    return _kept(found.body, f"{found.message_id}.json")


@operation("GET", f"{ONE}/envelope", id="getMessageEnvelope", **RAW)
def envelope(call: Call, place: OneMessage) -> Download:
    """The signed SOAP envelope that carried the message, byte for byte."""
    return _proof(call, place, "envelope")


@operation("GET", f"{ONE}/receipt", id="getMessageReceipt", **RAW)
def receipt(call: Call, place: OneMessage) -> Download:
    """The signed receipt for the message, byte for byte."""
    return _proof(call, place, "receipt")


def _proof(call: Call, place: OneMessage, part: str) -> Download:
    def look(reader: Reader) -> bytes | None:
        found = message_of(call, reader, place)
        kept = reader.envelope(found.corridor, found.ebms_id, found.direction)
        octets: bytes | None = getattr(kept, part) if kept else None
        return octets

    return _kept(call.gate.store.read(look) or b"", f"{place.message_id}-{part}.xml")


def _kept(octets: bytes, name: str) -> Download:
    if not octets:
        raise missing(
            "content-removed", "This part is not kept: it never was here, or was removed."
        )
    return Download(iter((octets,)), name)


@operation("GET", f"{ONE}/proof", id="getMessageProof", codes=NOT_KEPT, **MESSAGE)
def proof(call: Call, place: OneMessage) -> Inclusion:
    """That the message's transmission is in the evidence log, for anybody to verify."""

    def look(reader: Reader) -> Inclusion:
        proved = inclusion(reader, message_of(call, reader, place))
        if proved is None:
            raise missing(
                "content-removed", "The message was not on the wire: the log has no leaf of it."
            )
        return proved

    return call.gate.store.read(look)


@operation(
    "GET",
    f"{ONE}/attachments/{{ordinal}}",
    id="getMessageAttachment",
    **{**RAW, "codes": {404: ("message-unknown", "attachment-unknown")}},
)
def attachment(call: Call, place: OneFile) -> Download:
    """A file that travels with the message, chunk by chunk, however large."""

    def look(reader: Reader) -> Attachment | None:
        several = files_of(reader, message_of(call, reader, place))
        return next((one for one in several if one.ordinal == place.ordinal), None)

    found = call.gate.store.read(look)
    if found is None:
        raise missing("attachment-unknown", f"The message has no file {place.ordinal}.")
    length = {"Content-Length": str(found.size)}
    return Download(call.gate.store.payload(found.payload_id), found.name, length)


OPERATIONS = (body, envelope, receipt, proof, attachment)
