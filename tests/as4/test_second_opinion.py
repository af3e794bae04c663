"""What two libraries that nobody here wrote say of our signatures, and of our encrypted keys.

pybergshamra (Rust) verifies all three signature schemes, but has no brainpool curve; xmlsec (libxmlsec)
verifies RSA and ECDSA on all curves, and decrypts RSA-OAEP. Neither opens ``cid:`` references: what concerns
the parts is compared by hand.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from typing import Any, cast

import pybergshamra
import pytest
import xmlsec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from lxml import etree
from tests.as4.world import KEYS, NOW, Node, Pair, body_of, pair_by, payload

from keruen.as4 import SealedMessage, TokenReference, build_receipt
from keruen.as4.namespaces import AES128_GCM, DS, EB, ECDSA_SHA256, RSA_SHA256, S12, WSU, XENC

BY_BERGSHAMRA = [kind for kind in KEYS if kind != "brainpoolP256r1"]
BY_XMLSEC = [kind for kind in KEYS if kind != "eddsa"]
TWO = [payload(b"<one/>", "a@kz"), payload(b"<two/>", "b@kz")]


def receipt_for(pair: Pair, sent: SealedMessage) -> bytes:
    return build_receipt(
        sent.envelope,
        pmode=pair.tj_from_kz,
        signer=pair.tj.signer,
        receipt_id="r-1@tj",
        timestamp=NOW,
    )


# pybergshamra


def bergshamra(envelope: bytes, signer: Node) -> pybergshamra.VerifyResult:
    keys = pybergshamra.KeysManager()
    keys.add_key(pybergshamra.load_x509_cert_der(signer.signer.certificate.der))
    context = pybergshamra.DsigContext(keys, secure_defaults=False, require_reference_digests=False)
    return pybergshamra.verify(context, envelope.decode())


@pytest.mark.parametrize("kind", BY_BERGSHAMRA)
def test_pybergshamra_agrees_with_our_messages_and_receipts(kind: str) -> None:
    pair = pair_by(kind)
    sent = pair.sealed(*TWO)
    result = bergshamra(sent.envelope, pair.kz)
    assert result.is_valid, result.reason
    held = {r.uri for r in result.references or [] if r.digest_verified}
    assert held == {"#eb-messaging", "#soap-body"}
    result = bergshamra(receipt_for(pair, sent), pair.tj)
    assert result.is_valid, result.reason
    assert result.all_reference_digests_verified


@pytest.mark.parametrize("kind", BY_BERGSHAMRA)
def test_pybergshamra_refuses_another_signer_and_changed_text(kind: str) -> None:
    pair = pair_by(kind)
    envelope = pair.sealed().envelope
    assert not bergshamra(envelope, pair.tj).is_valid
    for text in (b"submit", b"2026-11-23"):
        assert not bergshamra(envelope.replace(text, text + b" "), pair.kz).is_valid


# libxmlsec


def xmlsec_key(node: Node) -> Any:
    pem = node.signer.certificate.public_key.public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    return xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem)


def signature_value_verified(envelope: bytes, signer: Node) -> bool:
    """Whether SignatureValue is that of SignedInfo; of a message, whose parts libxmlsec cannot open."""
    root = etree.fromstring(envelope)
    (info,) = root.iter(f"{{{DS}}}SignedInfo")
    (method,) = root.iter(f"{{{DS}}}SignatureMethod")
    (element,) = root.iter(f"{{{DS}}}SignatureValue")
    value = base64.b64decode(element.text or "")
    transform = {
        RSA_SHA256: xmlsec.constants.TransformRsaSha256,
        ECDSA_SHA256: xmlsec.constants.TransformEcdsaSha256,
    }[method.get("Algorithm", "")]
    context = xmlsec.SignatureContext()
    context.key = xmlsec_key(signer)
    try:
        context.verify_binary(etree.tostring(info, method="c14n", exclusive=True), transform, value)
    except xmlsec.Error:
        return False
    return True


def wholly_verified(envelope: bytes, signer: Node) -> bool:
    """Whether the signature holds, the digests of Messaging and Body included."""
    root = etree.fromstring(envelope)
    context = xmlsec.SignatureContext()
    context.key = xmlsec_key(signer)
    for element in root.iter(f"{{{S12}}}Body", f"{{{EB}}}Messaging"):
        context.register_id(element, "Id", WSU)
    try:
        context.verify(next(root.iter(f"{{{DS}}}Signature")))
    except xmlsec.Error:
        return False
    return True


@pytest.mark.parametrize("kind", BY_XMLSEC)
def test_libxmlsec_agrees_with_our_signature_values(kind: str) -> None:
    pair = pair_by(kind)
    sent = pair.sealed(*TWO)
    receipt = receipt_for(pair, sent)
    assert signature_value_verified(sent.envelope, pair.kz)
    assert signature_value_verified(receipt, pair.tj)
    assert not signature_value_verified(sent.envelope, pair.tj)
    spoilt = re.sub(rb"(?<=<ds:DigestValue>)....", b"AAAA", sent.envelope, count=1)
    assert not signature_value_verified(spoilt, pair.kz)


@pytest.mark.parametrize("kind", BY_XMLSEC)
def test_libxmlsec_agrees_with_our_receipts_as_a_whole(kind: str) -> None:
    pair = pair_by(kind)
    receipt = receipt_for(pair, pair.sealed())
    assert wholly_verified(receipt, pair.tj)
    assert not wholly_verified(receipt, pair.kz)
    assert not wholly_verified(receipt.replace(b"r-1@tj", b"r-2@tj"), pair.tj)


def decrypted_by_xmlsec(pair: Pair, key: etree._Element, octets: bytes) -> bytes:
    """A part, put where libxmlsec looks for it: into an EncryptedData that holds the EncryptedKey."""
    pem = pair.tj.decryption.private_key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem))
    data = etree.fromstring(
        f'<xenc:EncryptedData xmlns:xenc="{XENC}" xmlns:ds="{DS}"><xenc:EncryptionMethod'
        f' Algorithm="{AES128_GCM}"/><ds:KeyInfo/><xenc:CipherData><xenc:CipherValue>'
        f"{base64.b64encode(octets).decode()}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>"
    )
    data[1].append(key)
    # The stubs know elements only; what is no XML comes as octets.
    return cast("bytes", xmlsec.EncryptionContext(manager).decrypt(data))


@pytest.mark.parametrize("reference", TokenReference)
def test_libxmlsec_decrypts_our_parts_by_rsa_oaep(reference: TokenReference) -> None:
    """RSA-OAEP with MGF1-SHA256, then AES-128-GCM; the digest that was signed is that of the result."""
    pair = pair_by("rsa")
    sent = pair.sealed(*TWO, recipient_reference=reference)
    boundary = b"\r\n--" + sent.content_type.split('"')[1].encode()
    bodies = [p.split(b"\r\n\r\n", 1)[1] for p in body_of(sent).split(boundary)[1:3]]
    digests = [r.digest for r in sent.references if r.target == "part"]
    for octets, digest, plain in zip(bodies, digests, (b"<one/>", b"<two/>"), strict=True):
        (key,) = etree.fromstring(sent.envelope).iter(f"{{{XENC}}}EncryptedKey")
        packed = decrypted_by_xmlsec(pair, key, octets)
        assert hashlib.sha256(packed).digest() == digest
        assert gzip.decompress(packed) == plain
        spoilt = bytes((octets[0] ^ 1,)) + octets[1:]
        with pytest.raises(xmlsec.Error):
            decrypted_by_xmlsec(pair, key, spoilt)
