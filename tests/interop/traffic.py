"""What the two sides send each other, and Keruen's part in it: messages out and their receipts back."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from tests.interop.counterpart import PATIENCE, Counterpart, Sides

from keruen.as4 import (
    INITIATOR_ROLE,
    RESPONDER_ROLE,
    AgreementRef,
    ErrorSignal,
    PartyId,
    Payload,
    PMode,
    Receipt,
    SealedMessage,
    Seeded,
    Service,
    TokenReference,
    UserMessage,
    open_signal,
    seal,
)
from keruen.as4.curves import CURVES

TYPE = "urn:oasis:names:tc:ebcore:partyid-type:unregistered"
OURS, THEIRS = PartyId("customs-kz", TYPE), PartyId("customs-xx", TYPE)
SERVICE, ACTION = Service("urn:keruen:exchange:1"), "declaration"
AGREEMENT = AgreementRef("urn:agreement:1")

JSON = json.dumps({"declaration": "50707/231126/0000001", "goods": ["чай", "ҷав"] * 400}).encode()
XML = (
    '<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- not signed -->\n'
    "<d:Declaration  z='1' a = \"&lt;2&gt;\" xmlns:unused='urn:u' xmlns:d='urn:d'>\r\n"
    "  <d:Goods/><d:Text><![CDATA[чай & ҷав]]></d:Text>\n</d:Declaration>\n"
).encode()
CYRILLIC_XML = '<?xml version="1.0" encoding="windows-1251"?><?style  x?><Груз>чай</Груз>'
TEXT = "один\nду\r\nthree\rчетыре".encode()
PDF = b"%PDF-1.7\r\n\x00\xff\n" + bytes(range(256)) * 40

Load = tuple[bytes, str, bool]
"""Octets, media type, whether to compress."""

LOADS: dict[str, list[Load]] = {
    "compressed JSON": [(JSON, "application/json", True)],
    "uncompressed JSON": [(JSON, "application/json", False)],
    "uncompressed XML": [(XML, "application/xml", False)],
    "XML in windows-1251": [(CYRILLIC_XML.encode("cp1251"), "text/xml; charset=x", False)],
    "uncompressed +xml": [(XML.decode().encode("utf-8-sig"), "application/a+xml", False)],
    "uncompressed text": [(TEXT, "text/plain", False)],
    "several": [
        (JSON, "application/json", True),
        (XML, "application/xml", False),
        (PDF, "application/pdf", True),
        (XML, "application/xml", True),
        (TEXT, "text/plain", False),
        (b"", "application/octet-stream", True),
    ],
    "28 parts": [(b"%d" % n, "application/octet-stream", n % 2 == 0) for n in range(28)],
}

PROFILES = [
    ("edelivery-2.0",),
    *(("edelivery-2.0-ec", curve) for curve in CURVES),
    ("edelivery-1.15",),
]
each_profile = pytest.mark.parametrize("profile", PROFILES, indirect=True, ids="-".join)
each_load = pytest.mark.parametrize("load", LOADS.values(), ids=LOADS.keys())

DAMAGE: dict[str, tuple[bytes, bytes]] = {
    "header": (rb">declaration<", b">Declaration<"),
    "digest": (rb"(?<=<ds:DigestValue>).{4}", b"AAAA"),
    "signature": (rb"(?<=<ds:SignatureValue>).{4}", b"AAAA"),
    "wrapped key": (rb"(?<=<xenc:CipherValue>).{4}", b"AAAA"),
    "part": (rb".{4}(?=\r\n--[^\r]*--\r\n$)", b"AAAA"),
}
each_damage = pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())


def pmode(sides: Sides, **values: TokenReference) -> PMode:
    """What Keruen holds of the counterpart."""
    return PMode(
        own=OURS,
        partner=THEIRS,
        services=frozenset({(SERVICE, ACTION)}),
        partner_signing=(sides.certificate("signing"),),
        partner_key_agreement=(sides.certificate("key-agreement"),),
        agreement_ref=AGREEMENT,
        suite=sides.profile,
        **values,  # type: ignore[arg-type]
    )


def user_message(**values: Any) -> UserMessage:
    """The header of a message to the counterpart; `values` differ from the usual one."""
    usual: dict[str, Any] = {
        "message_id": f"{uuid4()}@kz",
        "timestamp": datetime.now(UTC),
        "sender": OURS,
        "sender_role": INITIATOR_ROLE,
        "receiver": THEIRS,
        "receiver_role": RESPONDER_ROLE,
        "service": SERVICE,
        "action": ACTION,
        "conversation_id": "c-1",
        "agreement_ref": AGREEMENT,
    }
    return UserMessage(**usual | values)


def sealed(
    sides: Sides, load: list[Load], message: UserMessage | None = None, **values: TokenReference
) -> SealedMessage:
    """A message to the counterpart, signed and encrypted."""
    return seal(
        message or user_message(),
        [payload(number, *one) for number, one in enumerate(load)],
        pmode=pmode(sides, **values),
        signer=sides.keruen.signing,
        now=datetime.now(UTC),
        entropy=Seeded(uuid4().bytes * 2),
    )


def payload(number: int, octets: bytes, mime_type: str, compress: bool) -> Payload:
    return Payload(f"part-{number}@kz", mime_type, lambda: iter((octets,)), compress)


def octets(sent: SealedMessage) -> bytes:
    """The body of the request."""
    return b"".join(sent.chunks())


def damaged(sent: SealedMessage, damage: tuple[bytes, bytes]) -> bytes:
    """The body with one thing changed."""
    pattern, by = damage
    body, count = re.subn(pattern, by, octets(sent), count=1, flags=re.DOTALL)
    assert count == 1
    return body


def post(url: str, sent: SealedMessage, body: bytes, sides: Sides) -> Receipt | ErrorSignal:
    """The counterpart's answer to `body`."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    try:
        connection.request("POST", urlsplit(url).path, body, {"Content-Type": sent.content_type})
        answer = connection.getresponse()
        return open_signal(
            answer.headers["Content-Type"],
            answer.read(),
            pmode=pmode(sides),
            now=datetime.now(UTC),
        )
    finally:
        connection.close()


def send(counterpart: Counterpart, url: str, load: list[Load], **values: object) -> list[str]:
    """What the counterpart says, having sent this; `values` add to the usual header or differ from it."""
    told: dict[str, object] = {
        "url": url,
        "message-id": f"{uuid4()}@xx",
        "from": THEIRS.value,
        "to": OURS.value,
        "party-type": TYPE,
        "agreement": AGREEMENT.value,
        "service": SERVICE.value,
        "action": ACTION,
        "conversation": "c-2",
    }
    told |= {name.replace("_", "-"): value for name, value in values.items()}
    for number, (content, mime_type, compress) in enumerate(load):
        file = counterpart.folder / f"{number}.out"
        file.write_bytes(content)
        told |= {
            f"{number}.file": file,
            f"{number}.mime-type": mime_type,
            f"{number}.packed": str(compress).lower(),
        }
    return counterpart.send(told)
