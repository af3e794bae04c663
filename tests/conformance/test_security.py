"""What is signed, what is encrypted, and in which order with compression (CP12, CP13, CP34 to CP38)."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import hashlib

import pytest
from tests.as4 import forge
from tests.conformance.world import Exchange, each_profile, sealed, seen
from tests.exchange.papers import information

from keruen.as4 import ErrorCode, Payload, Receipt, Reference, SealedMessage
from keruen.messages import encode

SIGNATURE = "//wsse:Security/ds:Signature"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
SIGNED_BY = {
    "edelivery-2.0": "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519",
    "edelivery-2.0-ec": "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    "edelivery-1.15": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
}
AES128_GCM = "http://www.w3.org/2009/xmlenc11#aes128-gcm"


async def receipted(exchange: Exchange, sent: SealedMessage) -> bool:
    return isinstance(exchange.signal(await exchange.send(sent)), Receipt)


@pytest.mark.assertion("CP12")
@each_profile
async def test_cp12_messaging_body_and_every_part_are_signed_by_the_sender(
    exchange: Exchange,
) -> None:
    sent = await exchange.push()
    request = seen(sent.content_type, sent.body)
    info = f"{SIGNATURE}/ds:SignedInfo"
    assert request.text(f"{info}/ds:SignatureMethod/@Algorithm") == SIGNED_BY[exchange.profile]
    assert set(request.texts(f"{info}/ds:Reference/ds:DigestMethod/@Algorithm")) == {SHA256}
    token = request.text(f"{SIGNATURE}/ds:KeyInfo//wsse:Reference/@URI").removeprefix("#")
    der = request.text(f"//wsse:BinarySecurityToken[@wsu:Id='{token}']")
    assert base64.b64decode(der) == exchange.kz.line.signing.certificate.der
    assert request.texts(f"{info}/ds:Reference/@URI") == [
        "#" + request.text("//eb:Messaging/@wsu:Id"),
        "#" + request.text("/S12:Envelope/S12:Body/@wsu:Id"),
        *(f"cid:{header['content-id'].strip('<>')}" for header, _ in request.parts),
    ]


@pytest.mark.assertion("CP13")
@each_profile
async def test_cp13_parts_are_encrypted_for_the_receiver(exchange: Exchange) -> None:
    sent = await exchange.push()
    request = seen(sent.content_type, sent.body)
    data = "//wsse:Security/xenc:EncryptedData"
    assert request.text(f"{data}/xenc:EncryptionMethod/@Algorithm") == AES128_GCM
    certificate = exchange.tj.line.decryption[0].certificate
    named = request.text("//xenc:EncryptedKey//wsse:KeyIdentifier")
    assert base64.b64decode(named) == certificate.subject_key_identifier
    assert len(exchange.decrypted(sent.content_type, sent.body)) == len(request.parts) == 1


@pytest.mark.assertion("CP34")
@each_profile
async def test_cp34_first_compressed_then_signed(exchange: Exchange) -> None:
    sent = sealed(exchange.kz)
    (packed,) = exchange.decrypted(sent.content_type, b"".join(sent.chunks()))
    assert sent.references[-1].digest == hashlib.sha256(packed).digest()
    assert packed.startswith(b"\x1f\x8b")
    assert await receipted(exchange, sent)


@pytest.mark.assertion("CP35")
async def test_cp35_first_signed_then_compressed_is_refused(exchange: Exchange) -> None:
    octets = encode(information(exchange.kz))
    sent = sealed(exchange.kz, Payload("content", "application/json", lambda: iter((octets,))))

    def of_the_unpacked(references: list[Reference]) -> list[Reference]:
        digest = hashlib.sha256(octets).digest()
        return [*references[:-1], dataclasses.replace(references[-1], digest=digest)]

    message = forge.wire(sent).resigned(sent, edit_references=of_the_unpacked)
    assert await exchange.refused_for(message) == [ErrorCode.FAILED_AUTHENTICATION.code]


@pytest.mark.assertion("CP36")
@each_profile
async def test_cp36_first_compressed_then_encrypted(exchange: Exchange) -> None:
    octets = encode(information(exchange.kz))
    sent = sealed(exchange.kz, Payload("content", "application/json", lambda: iter((octets,))))
    (packed,) = exchange.decrypted(sent.content_type, b"".join(sent.chunks()))
    assert gzip.decompress(packed) == octets
    assert await receipted(exchange, sent)


@pytest.mark.assertion("CP37")
async def test_cp37_first_encrypted_then_compressed_is_refused(exchange: Exchange) -> None:
    sent = sealed(exchange.kz)
    ((_, ciphertext),) = seen(sent.content_type, b"".join(sent.chunks())).parts
    message = forge.wire(sent).edit_rest(
        lambda rest: rest.replace(ciphertext, gzip.compress(ciphertext))
    )
    assert await exchange.refused_for(message) == [ErrorCode.FAILED_DECRYPTION.code]


@pytest.mark.assertion("CP38")
@each_profile
async def test_cp38_compressed_signed_and_encrypted(exchange: Exchange) -> None:
    sent = await exchange.push()
    assert isinstance(exchange.signal(sent.reply), Receipt)
    (packed,) = exchange.decrypted(sent.content_type, sent.body)
    signed = seen(sent.content_type, sent.body).texts(f"{SIGNATURE}//ds:DigestValue")[-1]
    assert base64.b64decode(signed) == hashlib.sha256(packed).digest()
    assert exchange.waiting() == [gzip.decompress(packed)]
