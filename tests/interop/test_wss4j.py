"""AS4 messages exchanged live with a counterpart on WSS4J, in both directions, over HTTP."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import cast
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from tests.interop.counterpart import PATIENCE, Counterpart, Endpoint, Sides

from keruen.as4 import (
    INITIATOR_ROLE,
    RESPONDER_ROLE,
    SOAP_CONTENT_TYPE,
    AgreementRef,
    ErrorSignal,
    PartyId,
    Payload,
    PMode,
    Receipt,
    ReceivedUserMessage,
    Reception,
    SealedMessage,
    Seeded,
    Service,
    TokenReference,
    UserMessage,
    build_receipt,
    open_signal,
    seal,
    verify_receipt,
)
from keruen.as4.curves import CURVES

pytestmark = pytest.mark.interop

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


# Keruen sends


def sealed(sides: Sides, load: list[Load], **values: TokenReference) -> SealedMessage:
    now = datetime.now(UTC)
    message = UserMessage(
        message_id=f"{uuid4()}@kz",
        timestamp=now,
        sender=OURS,
        sender_role=INITIATOR_ROLE,
        receiver=THEIRS,
        receiver_role=RESPONDER_ROLE,
        service=SERVICE,
        action=ACTION,
        conversation_id="c-1",
        agreement_ref=AGREEMENT,
    )
    return seal(
        message,
        [payload(number, *one) for number, one in enumerate(load)],
        pmode=pmode(sides, **values),
        signer=sides.keruen.signing,
        now=now,
        entropy=Seeded(uuid4().bytes * 2),
    )


def payload(number: int, octets: bytes, mime_type: str, compress: bool) -> Payload:
    return Payload(f"part-{number}@kz", mime_type, lambda: iter((octets,)), compress)


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


@each_load
def test_the_counterpart_accepts_what_we_send_and_we_its_receipt(
    endpoint: Endpoint, sides: Sides, load: list[Load]
) -> None:
    sent = sealed(sides, load)
    receipt = post(endpoint.url, sent, b"".join(sent.chunks()), sides)
    assert isinstance(receipt, Receipt), receipt
    verify_receipt(receipt, sent.message.message_id, sent.references)
    assert receipt.certificate == sides.certificate("signing")
    assert endpoint.payloads(sent.message.message_id) == [octets for octets, _, _ in load]
    report = endpoint.report(sent.message.message_id)
    assert report["signer"] == sides.keruen.signing.certificate.subject
    assert (report["signed"], report["decrypted"]) == (str(len(load) + 2), str(len(load)))
    for number, (_, mime_type, compress) in enumerate(load):
        assert report[f"{number}.mime-type"] == mime_type
        assert report[f"{number}.signed-as"] == ("application/gzip" if compress else mime_type)


@each_profile
@pytest.mark.parametrize("reference", TokenReference)
def test_the_counterpart_understands_every_profile_and_token_reference(
    endpoint: Endpoint, sides: Sides, reference: TokenReference
) -> None:
    load = LOADS["several"]
    sent = sealed(sides, load, token_reference=reference, recipient_reference=reference)
    receipt = post(endpoint.url, sent, b"".join(sent.chunks()), sides)
    assert isinstance(receipt, Receipt), receipt
    verify_receipt(receipt, sent.message.message_id, sent.references)
    assert endpoint.payloads(sent.message.message_id) == [octets for octets, _, _ in load]


DAMAGE: dict[str, tuple[bytes, bytes]] = {
    "header": (rb">declaration<", b">Declaration<"),
    "digest": (rb"(?<=<ds:DigestValue>).{4}", b"AAAA"),
    "signature": (rb"(?<=<ds:SignatureValue>).{4}", b"AAAA"),
    "wrapped key": (rb"(?<=<xenc:CipherValue>).{4}", b"AAAA"),
    "part": (rb".{4}(?=\r\n--[^\r]*--\r\n$)", b"AAAA"),
}


@each_profile
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_the_counterpart_refuses_what_was_changed(
    endpoint: Endpoint, sides: Sides, damage: tuple[bytes, bytes]
) -> None:
    sent = sealed(sides, LOADS["uncompressed XML"])
    pattern, by = damage
    body, count = re.subn(pattern, by, b"".join(sent.chunks()), count=1, flags=re.DOTALL)
    assert count == 1
    error = post(endpoint.url, sent, body, sides)
    assert isinstance(error, ErrorSignal)
    assert not error.signed
    assert endpoint.payloads(sent.message.message_id) == []


# Keruen receives


@dataclass
class Sink:
    octets: bytearray = field(default_factory=bytearray)

    def write(self, data: bytes, /) -> None:
        self.octets += data

    def discard(self) -> None:
        self.octets.clear()


@dataclass
class Door:
    """Takes messages as the exchange does, without its store."""

    sides: Sides
    received: list[ReceivedUserMessage] = field(default_factory=list)
    spoil: Callable[[bytes], bytes] = bytes
    """What happens to a receipt on its way."""

    def receive(self, content_type: str, body: bytes) -> bytes:
        """The receipt; EbmsError for what is refused."""
        agreed, now = pmode(self.sides), datetime.now(UTC)
        reception = Reception(
            content_type,
            keys=(self.sides.keruen.decryption,),
            partners=lambda header: agreed,
            now=now,
            quarantine=lambda content_id: Sink(),
        )
        for at in range(0, len(body), 1000):
            reception.receive_data(body[at : at + 1000])
        received = reception.finish()
        assert isinstance(received, ReceivedUserMessage)
        self.received.append(received)
        receipt = build_receipt(
            received.envelope,
            pmode=agreed,
            signer=self.sides.keruen.signing,
            receipt_id=f"{uuid4()}@kz",
            timestamp=now,
        )
        return self.spoil(receipt)

    @contextmanager
    def open(self) -> Iterator[str]:
        """Listen on loopback; gives the URL."""

        with Listener(self) as server:
            Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/as4"
            server.shutdown()


class Listener(HTTPServer):
    def __init__(self, door: Door) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.door = door


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        door = cast("Listener", self.server).door
        receipt = door.receive(self.headers["Content-Type"], body)
        self.send_response(200)
        self.send_header("Content-Type", SOAP_CONTENT_TYPE)
        self.send_header("Content-Length", str(len(receipt)))
        self.end_headers()
        self.wfile.write(receipt)

    def log_message(self, format: str, *args: object) -> None:
        """Quietly."""


def send(counterpart: Counterpart, url: str, load: list[Load], certificates_by: str) -> str:
    """What the counterpart says, having sent this."""
    values: dict[str, object] = {
        "message-id": f"{uuid4()}@xx",
        "from": THEIRS.value,
        "to": OURS.value,
        "party-type": TYPE,
        "agreement": AGREEMENT.value,
        "service": SERVICE.value,
        "action": ACTION,
        "conversation": "c-2",
        "certificates-by": certificates_by,
    }
    for number, (octets, mime_type, compress) in enumerate(load):
        file = counterpart.folder / f"{number}.out"
        file.write_bytes(octets)
        values |= {
            f"{number}.file": file,
            f"{number}.mime-type": mime_type,
            f"{number}.packed": str(compress).lower(),
        }
    return counterpart.send(url, values)


def payloads(received: ReceivedUserMessage) -> list[Load]:
    return [
        (
            bytes(cast("Sink", part.sink).octets),
            part.mime_type,
            any(p.name == "CompressionType" for p in part.properties),
        )
        for part in received.parts
    ]


@each_load
def test_we_accept_what_the_counterpart_sends_and_it_our_receipt(
    counterpart: Counterpart, sides: Sides, load: list[Load]
) -> None:
    door = Door(sides)
    with door.open() as url:
        said = send(counterpart, url, load, "token")
    assert said == f"receipt {sides.keruen.signing.certificate.subject}"
    assert [payloads(received) for received in door.received] == [load]
    assert door.received[0].certificate == sides.certificate("signing")


@each_profile
@pytest.mark.parametrize("certificates_by", ["token", "path", "ski", "issuer", "thumbprint"])
def test_we_know_certificates_however_they_are_referred_to(
    counterpart: Counterpart, sides: Sides, certificates_by: str
) -> None:
    door, load = Door(sides), LOADS["several"]
    with door.open() as url:
        said = send(counterpart, url, load, certificates_by)
    assert said.startswith("receipt ")
    assert [payloads(received) for received in door.received] == [load]


def test_the_counterpart_refuses_a_changed_receipt(counterpart: Counterpart, sides: Sides) -> None:
    door = Door(sides, spoil=lambda receipt: receipt.replace(b"<eb:Receipt>", b"<eb:Receipt> "))
    with door.open() as url, pytest.raises(AssertionError, match="WSSecurityException"):
        send(counterpart, url, LOADS["compressed JSON"], "token")
    assert len(door.received) == 1
