"""JSON on the wire: canonical enough to digest, strict enough to trust.

What a message may hold is stated once for both sides: the types of the model, and the bounds of values in
`keruen.customs`. The published JSON Schema says the same.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from keruen.customs import unsound
from keruen.customs.findings import shown
from keruen.errors import RemoteError
from keruen.messages.asking import Enquiry, EnquiryReply, StatusReport
from keruen.messages.model import (
    Acknowledgement,
    Amendment,
    Annulment,
    AnyMessage,
    ArrivalInformation,
    EmptyVehicle,
    ImportInformation,
    PreliminaryInformation,
)

STRUCTURE_VERSION = "1.0"
"""Version of all message structures of this release."""

KINDS: dict[str, type[AnyMessage]] = {
    kind.__name__: kind
    for kind in (
        PreliminaryInformation,
        Amendment,
        Annulment,
        EmptyVehicle,
        Acknowledgement,
        ArrivalInformation,
        ImportInformation,
        Enquiry,
        EnquiryReply,
        StatusReport,
    )
}
"""Message kinds by their name on the wire."""

SAID = 200
"""Characters that a refusal says of a message; some of them may be the partner's."""

_encoder = msgspec.json.Encoder(decimal_format="string", order="deterministic")
_decoder: msgspec.json.Decoder[AnyMessage] = msgspec.json.Decoder(AnyMessage)


def encode(message: AnyMessage) -> bytes:
    """The message as JSON in UTF-8, members in a deterministic order."""
    return _encoder.encode(message)


def decode(data: bytes) -> AnyMessage:
    """The message in `data`. Members that the model does not know are passed over.

    Raises:
        RemoteError: ``message-invalid`` with the element's path, when it is not a message of this set.
    """
    try:
        message = _decoder.decode(data)
        json.loads(data, object_pairs_hook=_once, parse_int=str, parse_float=str)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        text, _, path = str(error).partition(" - at `$")
        raise _invalid(text, path.rstrip("`").lstrip(".")) from error
    except RecursionError as error:
        raise _invalid("objects and lists lie too deep in each other") from error
    for finding in unsound(message):
        raise _invalid(finding.text, finding.path)
    return message


def _invalid(text: str, path: str | None = None) -> RemoteError:
    said = f"the message does not follow its JSON Schema: {shown(text, SAID)}"
    return RemoteError("message-invalid", said, path=path or None)


def _once(pairs: list[tuple[str, Any]]) -> None:
    """Of two members with one name, two readers may take different ones (RFC 8259, clause 4)."""
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise _invalid(f"this member stands twice in one object: {name}")
        seen.add(name)


def kind_of(message: AnyMessage) -> str:
    """Name of the message's kind on the wire."""
    return type(message).__name__


def structure_of(kind: type[Any]) -> str:
    """Structure code of a message kind, as it stands in its header."""
    return f"keruen:{kind.__name__}"
