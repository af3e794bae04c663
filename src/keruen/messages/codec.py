"""JSON on the wire: canonical enough to digest, strict enough to trust."""

from __future__ import annotations

from typing import Any

import msgspec

from keruen.errors import RemoteError
from keruen.messages.model import (
    Acknowledgement,
    AnyMessage,
    ArrivalInformation,
    ImportInformation,
    PreliminaryInformation,
)

STRUCTURE_VERSION = "1.0"
"""Version of all message structures of this release."""

KINDS: dict[str, type[AnyMessage]] = {
    kind.__name__: kind
    for kind in (PreliminaryInformation, Acknowledgement, ArrivalInformation, ImportInformation)
}
"""Message kinds by their name on the wire."""

_encoder = msgspec.json.Encoder(decimal_format="string", order="deterministic")
_decoder: msgspec.json.Decoder[AnyMessage] = msgspec.json.Decoder(AnyMessage)


def encode(message: AnyMessage) -> bytes:
    """The message as JSON in UTF-8, members in a deterministic order."""
    return _encoder.encode(message)


def decode(data: bytes) -> AnyMessage:
    """The message in `data`.

    Raises:
        RemoteError: ``message-invalid`` with the element's path, when it is not a message of this set.
    """
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        text, _, path = str(error).partition(" - at `")
        raise RemoteError(
            "message-invalid",
            f"the message does not follow its JSON Schema: {text}",
            path=path.rstrip("`") or "$",
        ) from error


def kind_of(message: AnyMessage) -> str:
    """Name of the message's kind on the wire."""
    return type(message).__name__


def structure_of(kind: type[Any]) -> str:
    """Structure code of a message kind, as it stands in its header."""
    return f"keruen:{kind.__name__}"


def json_schema(kind: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of one message kind.

    Raises:
        KeyError: no such kind.
    """
    schema = msgspec.json.schema(KINDS[kind])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:keruen:schema:{kind}:{STRUCTURE_VERSION}",
        "title": kind,
    } | schema
