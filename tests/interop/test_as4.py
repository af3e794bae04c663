"""AS4 1.15 messages exchanged live with PyPI `as4`, in both directions."""

from __future__ import annotations

import json
import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.venvs import python_of

from keruen.as4 import (
    INITIATOR_ROLE,
    RESPONDER_ROLE,
    SOAP_CONTENT_TYPE,
    AgreementRef,
    Certificate,
    DecryptionIdentity,
    EbmsError,
    ErrorCode,
    ErrorSignal,
    PartyId,
    Payload,
    PMode,
    Property,
    Receipt,
    ReceivedUserMessage,
    Reception,
    SealedMessage,
    Seeded,
    Service,
    SigningIdentity,
    TokenReference,
    UserMessage,
    Validity,
    build_error,
    build_receipt,
    issue_key_agreement,
    issue_signing,
    make_authority,
    open_signal,
    seal,
    verify_receipt,
)

pytestmark = pytest.mark.interop

TYPE = "urn:oasis:names:tc:ebcore:partyid-type:unregistered"
OURS, THEIRS = PartyId("customs-kz", TYPE), PartyId("customs-as4", TYPE)
SERVICE, ACTION = Service("urn:keruen:exchange:1"), "declaration"
AGREEMENT = AgreementRef("urn:agreement:1")
CORNERS = {"originalSender": "urn:c1", "finalRecipient": "urn:c4", "trackingIdentifier": "t-1"}
LOADS: dict[str, list[tuple[str, bytes]]] = {
    "JSON": [("application/json", b'{"goods": "\xd1\x87\xd0\xb0\xd0\xb9"}' * 300)],
    "XML": [("application/xml", b"<a  b = '1'/>")],
    "several": [
        ("application/json", b"{}"),
        ("application/pdf", bytes(range(256)) * 40),
        ("text/plain", b"one\ntwo"),
    ],
}
each_load = pytest.mark.parametrize("load", LOADS.values(), ids=LOADS.keys())


@dataclass(frozen=True)
class Keys:
    """Of one side: the peer has one pair for all, we have two."""

    signing: SigningIdentity
    decryption: DecryptionIdentity


def keys_of(name: str, pairs: int) -> Keys:
    begin = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    validity = Validity(
        serial=uuid4().int >> 1, not_before=begin, not_after=begin + timedelta(days=9)
    )
    authority = make_authority(name, Ed25519PrivateKey.generate(), validity)
    first = generate_private_key(65537, 2048)
    other = first if pairs == 1 else generate_private_key(65537, 2048)
    signing = issue_signing(authority, f"{name} signing", first.public_key(), validity)
    decryption = (
        signing
        if pairs == 1
        else issue_key_agreement(authority, f"{name} decryption", other.public_key(), validity)
    )
    return Keys(SigningIdentity(first, signing), DecryptionIdentity(other, decryption))


@dataclass
class Peer:
    """The program, and the keys of both."""

    process: subprocess.Popen[str]
    ours: Keys
    theirs: Keys

    def do(self, what: str, **arguments: Any) -> dict[str, Any]:
        """One line to it, and its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": what, **arguments}) + "\n")
        self.process.stdin.flush()
        return cast("dict[str, Any]", json.loads(self.process.stdout.readline()))

    @property
    def pmode(self) -> PMode:
        """What Keruen holds of it."""
        return PMode(
            own=OURS,
            partner=THEIRS,
            services=frozenset({(SERVICE, ACTION)}),
            partner_signing=(self.theirs.signing.certificate,),
            partner_key_agreement=(self.theirs.decryption.certificate,),
            agreement_ref=AGREEMENT,
            suite="edelivery-1.15",
            recipient_reference=TokenReference.BST,
            four_corner=True,
        )


def pem(certificate: Certificate) -> str:
    return certificate.pem.decode()


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    """The peer, running, each side knowing the other."""
    command = [str(python_of("peer-as4")), "-I", str(Path(__file__).with_name("as4_peer.py"))]
    ours, theirs = keys_of("kz", 2), keys_of("as4", 1)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        running = Peer(process, ours, theirs)
        running.do(
            "meet",
            key=theirs.signing.private_key.private_bytes(
                Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
            ).decode(),
            certificate=pem(theirs.signing.certificate),
            partner_signing=pem(ours.signing.certificate),
            partner_encryption=pem(ours.decryption.certificate),
            party=THEIRS.value,
            partner=OURS.value,
            party_type=TYPE,
        )
        yield running
        assert process.stdin is not None
        process.stdin.close()


# Keruen sends


def sealed(peer: Peer, load: list[tuple[str, bytes]]) -> SealedMessage:
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
        properties=tuple(Property(name, value) for name, value in CORNERS.items()),
    )
    payloads = [
        Payload(f"part-{n}@kz", mime_type, lambda o=octets: iter((o,)))  # type: ignore[misc]
        for n, (mime_type, octets) in enumerate(load)
    ]
    return seal(
        message,
        payloads,
        pmode=peer.pmode,
        signer=peer.ours.signing,
        now=now,
        entropy=Seeded(os.urandom(32)),
    )


def handed_over(peer: Peer, sent: SealedMessage, body: bytes) -> dict[str, Any]:
    headers = {"Content-Type": sent.content_type}
    return peer.do("receive", headers=headers, body=b64encode(body).decode())


@each_load
def test_the_peer_accepts_what_we_send_and_we_its_receipt(
    peer: Peer, load: list[tuple[str, bytes]]
) -> None:
    sent = sealed(peer, load)
    said = handed_over(peer, sent, b"".join(sent.chunks()))
    assert said["state"] == "received", said["error"]
    assert [b64decode(octets) for octets in said["payloads"]] == [octets for _, octets in load]
    assert said["properties"] == CORNERS
    receipt = open_signal(
        said["headers"]["Content-Type"],
        b64decode(said["signal"]),
        pmode=peer.pmode,
        now=datetime.now(UTC),
    )
    assert isinstance(receipt, Receipt)
    assert receipt.certificate == peer.theirs.signing.certificate
    verify_receipt(receipt, sent.message.message_id, sent.references)


def test_the_peer_refuses_what_was_changed_and_we_read_its_signed_error(peer: Peer) -> None:
    sent = sealed(peer, LOADS["JSON"])
    body = b"".join(sent.chunks()).replace(b">declaration<", b">Declaration<")
    said = handed_over(peer, sent, body)
    assert said["state"] == "rejected"
    signal = open_signal(
        said["headers"]["Content-Type"],
        b64decode(said["signal"]),
        pmode=peer.pmode,
        now=datetime.now(UTC),
    )
    assert isinstance(signal, ErrorSignal)
    assert signal.signed
    assert signal.ref_to_message_id == sent.message.message_id


# Keruen receives


class Sink:
    """Keeps octets."""

    def __init__(self) -> None:
        self.octets = bytearray()

    def write(self, data: bytes, /) -> None:
        self.octets += data

    def discard(self) -> None:
        self.octets.clear()


def built(peer: Peer, load: list[tuple[str, bytes]], **changes: Any) -> dict[str, Any]:
    asked = {
        "message_id": f"{uuid4()}@as4",
        "service": SERVICE.value,
        "action": ACTION,
        "agreement": AGREEMENT.value,
        "properties": CORNERS,
        "payloads": [(mime_type, b64encode(octets).decode()) for mime_type, octets in load],
    }
    return peer.do("build", **(asked | changes))


def received(peer: Peer, built: dict[str, Any]) -> tuple[ReceivedUserMessage, list[bytes]]:
    reception = Reception(
        built["headers"]["Content-Type"],
        keys=(peer.ours.decryption,),
        partners=lambda header: peer.pmode,
        now=datetime.now(UTC),
        quarantine=lambda content_id: Sink(),
    )
    reception.receive_data(b64decode(built["body"]))
    message = reception.finish()
    assert isinstance(message, ReceivedUserMessage)
    return message, [bytes(cast("Sink", part.sink).octets) for part in message.parts]


def receipt_for(peer: Peer, message: ReceivedUserMessage) -> bytes:
    return build_receipt(
        message.envelope,
        pmode=peer.pmode,
        signer=peer.ours.signing,
        receipt_id=f"{uuid4()}@kz",
        timestamp=datetime.now(UTC),
    )


@each_load
def test_we_accept_what_the_peer_sends_and_it_our_receipt(
    peer: Peer, load: list[tuple[str, bytes]]
) -> None:
    message, payloads = received(peer, built(peer, load))
    assert payloads == [octets for _, octets in load]
    assert [part.mime_type for part in message.parts] == [mime_type for mime_type, _ in load]
    assert {p.name: p.value for p in message.message.properties} == CORNERS
    assert message.certificate == peer.theirs.signing.certificate
    said = peer.do("answer", body=b64encode(receipt_for(peer, message)).decode())
    assert said == {"state": "acknowledged", "error": None}


def test_the_peer_refuses_a_changed_receipt(peer: Peer) -> None:
    message, _ = received(peer, built(peer, LOADS["JSON"]))
    changed = receipt_for(peer, message).replace(b"<eb:Receipt>", b"<eb:Receipt> ")
    assert peer.do("answer", body=b64encode(changed).decode())["state"] == "failed"


def test_the_peer_reads_our_signed_error(peer: Peer) -> None:
    sent = built(peer, LOADS["JSON"], properties={"other": "x"})
    with pytest.raises(EbmsError) as refused:
        received(peer, sent)
    assert refused.value.entry is ErrorCode.VALUE_INCONSISTENT
    error = build_error(
        refused.value,
        pmode=peer.pmode,
        signer=peer.ours.signing,
        signal_id=f"{uuid4()}@kz",
        timestamp=datetime.now(UTC),
    )
    said = peer.do("answer", body=b64encode(error).decode(), content_type=SOAP_CONTENT_TYPE)
    assert said == {"state": "rejected", "error": "EBMS:0003"}
