"""eDelivery AS4 2.0 on the wire (E2-01 to E2-14), read by XPath and opened with bare primitives."""

from __future__ import annotations

import base64
import re

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap
from cryptography.hazmat.primitives.serialization import load_der_public_key
from lxml import etree
from tests.as4 import forge
from tests.conformance import profiles
from tests.conformance.world import Exchange, Seen, sealed, seen

from keruen.as4 import Receipt, TokenReference

XMLDSIG_MORE = "http://www.w3.org/2021/04/xmldsig-more#"
XENC = "http://www.w3.org/2001/04/xmlenc#"
XENC11 = "http://www.w3.org/2009/xmlenc11#"
EXC_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
INFO = "//wsse:Security/ds:Signature/ds:SignedInfo"
KEY = "//wsse:Security/xenc:EncryptedKey"
METHOD = f"{KEY}/ds:KeyInfo/xenc:AgreementMethod"
HKDF_PATH = f"{METHOD}/xenc11:KeyDerivationMethod"
EC = pytest.mark.parametrize("exchange", ["edelivery-2.0-ec"], indirect=True)


async def pushed(exchange: Exchange) -> Seen:
    """A message of the program as it went out, after it was receipted."""
    sent = await exchange.push()
    assert isinstance(exchange.signal(sent.reply), Receipt)
    return seen(sent.content_type, sent.body)


async def two_pushed(exchange: Exchange) -> tuple[Seen, Seen]:
    first = await exchange.send_and_see(sealed(exchange.kz))
    return first, await exchange.send_and_see(sealed(exchange.kz))


def octets(request: Seen, path: str) -> bytes:
    return base64.b64decode(request.text(path))


def ephemeral(request: Seen) -> X25519PublicKey:
    path = f"{METHOD}/xenc:OriginatorKeyInfo/dsig11:DEREncodedKeyValue"
    key = load_der_public_key(octets(request, path))
    assert isinstance(key, X25519PublicKey)
    return key


def content_key(exchange: Exchange, request: Seen) -> bytes:
    """X25519, HKDF, kw-aes128, written out."""
    private = exchange.tj.line.decryption[0].private_key
    assert isinstance(private, X25519PrivateKey)
    salt = octets(request, f"{HKDF_PATH}/rfc9231:HKDFParams/rfc9231:Salt")
    kek = HKDF(SHA256(), 16, salt, b"").derive(private.exchange(ephemeral(request)))
    return aes_key_unwrap(kek, octets(request, f"{KEY}/xenc:CipherData/xenc:CipherValue"))


@pytest.mark.assertion("E2-01")
async def test_e2_01_ed25519_over_sha_256_digests(exchange: Exchange) -> None:
    request = await pushed(exchange)
    method = request.text(f"{INFO}/ds:SignatureMethod/@Algorithm")
    assert method == f"{XMLDSIG_MORE}eddsa-ed25519"
    assert request.text(f"{INFO}/ds:CanonicalizationMethod/@Algorithm") == EXC_C14N
    assert set(request.texts(f"{INFO}//ds:DigestMethod/@Algorithm")) == {f"{XENC}sha256"}


@pytest.mark.assertion("E2-02")
async def test_e2_02_aes_gcm_is_sent_and_cbc_refused(exchange: Exchange) -> None:
    request = await pushed(exchange)
    cipher = request.text("//xenc:EncryptedData/xenc:EncryptionMethod/@Algorithm")
    assert cipher == f"{XENC11}aes128-gcm"
    message = forge.wire(sealed(exchange.kz)).sub(re.escape(cipher), f"{XENC}aes128-cbc")
    assert await exchange.refused_for(message) == ["EBMS:0103"]


@pytest.mark.assertion("E2-03")
async def test_e2_03_x25519_with_a_new_ephemeral_key_each_time(exchange: Exchange) -> None:
    first, second = await two_pushed(exchange)
    assert first.text(f"{METHOD}/@Algorithm") == f"{XMLDSIG_MORE}x25519"
    keys = {ephemeral(request).public_bytes_raw() for request in (first, second)}
    assert len(keys) == 2


@pytest.mark.assertion("E2-04")
async def test_e2_04_the_ephemeral_key_is_der_without_parameters(exchange: Exchange) -> None:
    request = await pushed(exchange)
    der = octets(request, f"{METHOD}/xenc:OriginatorKeyInfo/dsig11:DEREncodedKeyValue")
    assert len(der) == 44
    assert der.startswith(bytes.fromhex("302a300506032b656e032100"))  # 1.3.101.110, no parameters
    assert request.texts(f"{METHOD}/xenc:OriginatorKeyInfo/ds:KeyValue") == []


@pytest.mark.assertion("E2-05")
async def test_e2_05_hkdf_with_a_fresh_salt_and_sixteen_octets(exchange: Exchange) -> None:
    first, second = await two_pushed(exchange)
    parameters = f"{HKDF_PATH}/rfc9231:HKDFParams"
    assert first.text(f"{HKDF_PATH}/@Algorithm") == f"{XMLDSIG_MORE}hkdf"
    prf = first.text(f"{parameters}/rfc9231:PRF/@Algorithm")
    assert prf == "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
    assert first.text(f"{parameters}/rfc9231:KeyLength") == "16"
    assert first.text(f"{parameters}/rfc9231:Salt") != second.text(f"{parameters}/rfc9231:Salt")


@pytest.mark.assertion("E2-06")
async def test_e2_06_the_recipient_is_referred_to_directly(exchange: Exchange) -> None:
    request = await pushed(exchange)
    reference = f"{METHOD}/xenc:RecipientKeyInfo/wsse:SecurityTokenReference/wsse:KeyIdentifier"
    certificate = exchange.tj.line.decryption[0].certificate
    assert octets(request, reference) == certificate.subject_key_identifier
    wrapped = forge.wire(sealed(exchange.kz)).edit(
        lambda text: text.replace(
            "<xenc:RecipientKeyInfo>", "<xenc:RecipientKeyInfo><ds:KeyValue>"
        ).replace("</xenc:RecipientKeyInfo>", "</ds:KeyValue></xenc:RecipientKeyInfo>")
    )
    reply = await exchange.post(wrapped.content_type, wrapped.body)
    assert isinstance(exchange.signal(reply), Receipt)


@pytest.mark.assertion("E2-07")
async def test_e2_07_a_new_content_key_is_wrapped_each_time(exchange: Exchange) -> None:
    first, second = await two_pushed(exchange)
    assert first.text(f"{KEY}/xenc:EncryptionMethod/@Algorithm") == f"{XENC}kw-aes128"
    keys = {content_key(exchange, request) for request in (first, second)}
    assert [len(key) for key in keys] == [16, 16]


@pytest.mark.assertion("E2-08")
async def test_e2_08_every_encrypted_part_points_at_the_one_key(exchange: Exchange) -> None:
    request = await pushed(exchange)
    data = "//wsse:Security/xenc:EncryptedData"
    listed = request.texts(f"{KEY}/xenc:ReferenceList/xenc:DataReference/@URI")
    assert listed == [f"#{one}" for one in request.texts(f"{data}/@Id")]
    assert len(listed) == len(request.parts) == 1
    points_at = request.text(f"{data}/ds:KeyInfo/wsse:SecurityTokenReference/wsse:Reference/@URI")
    assert points_at == "#" + request.text(f"{KEY}/@Id")


@pytest.mark.assertion("E2-09")
@pytest.mark.parametrize("reference", list(TokenReference))
async def test_e2_09_every_reference_to_the_signing_certificate_is_understood(
    exchange: Exchange, reference: TokenReference
) -> None:
    sent = sealed(exchange.kz, reference=reference)
    request = await exchange.send_and_see(sent)
    (info,) = request.root.iterfind(".//{*}Signature/{*}KeyInfo/{*}SecurityTokenReference")
    shapes = {
        TokenReference.BST: "Reference",
        TokenReference.PKIPATH: "Reference",
        TokenReference.ISSUER_SERIAL: "X509Data",
        TokenReference.SKI: "KeyIdentifier",
    }
    assert etree.QName(info[0]).localname == shapes[reference]
    path = any(
        "PKIPathv1" in value for value in request.texts("//wsse:BinarySecurityToken/@ValueType")
    )
    assert path is (reference is TokenReference.PKIPATH)


@pytest.mark.assertion("E2-10")
async def test_e2_10_signing_and_encryption_have_certificates_of_their_own(
    exchange: Exchange,
) -> None:
    """A message encrypted to the signing certificate is refused: that key agrees on nothing."""
    line = exchange.tj.line
    assert line.signing.certificate.der != line.decryption[0].certificate.der
    message = forge.wire(sealed(exchange.kz)).edit(
        lambda text: text.replace(
            base64.b64encode(line.decryption[0].certificate.subject_key_identifier).decode(),
            base64.b64encode(line.signing.certificate.subject_key_identifier).decode(),
        )
    )
    assert await exchange.refused_for(message) == ["EBMS:0102"]


OUTSIDE = {
    "RSA signature": (f"{XMLDSIG_MORE}eddsa-ed25519", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"),
    "plain C14N": (EXC_C14N, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"),
    "other agreement": (f"{XMLDSIG_MORE}x25519", f"{XENC11}ECDH-ES"),
    "ConcatKDF": (f"{XMLDSIG_MORE}hkdf", f"{XENC11}ConcatKDF"),
    "other key wrap": (f"{XENC}kw-aes128", f"{XENC}kw-tripledes"),
}  # fmt: skip


@pytest.mark.assertion("E2-11")
@pytest.mark.parametrize("name", OUTSIDE)
async def test_e2_11_an_algorithm_outside_of_the_profile_is_refused(
    exchange: Exchange, name: str
) -> None:
    old, new = OUTSIDE[name]
    message = forge.wire(sealed(exchange.kz)).sub(re.escape(f'"{old}"'), f'"{new}"')
    assert await exchange.refused_for(message) == ["EBMS:0103"]


@pytest.mark.assertion("E2-12")
@EC
async def test_e2_12_ecdsa_with_r_and_s_side_by_side(exchange: Exchange) -> None:
    request = await pushed(exchange)
    method = request.text(f"{INFO}/ds:SignatureMethod/@Algorithm")
    assert method == "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
    value = octets(request, "//ds:Signature/ds:SignatureValue")
    r, s = (int.from_bytes(half) for half in (value[:32], value[32:]))
    (info,) = request.root.iterfind(".//{*}SignedInfo")
    signed = etree.tostring(info, method="c14n", exclusive=True)
    key = exchange.kz.line.signing.certificate.public_key
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))


CURVES = {
    "secp256r1": "urn:oid:1.2.840.10045.3.1.7",
    "secp384r1": "urn:oid:1.3.132.0.34",
    "secp521r1": "urn:oid:1.3.132.0.35",
    "brainpoolP256r1": "urn:oid:1.3.36.3.3.2.8.1.1.7",
}


async def curve_request(exchange: Exchange, curve: str) -> Seen:
    """A message of KZ to TJ, whose keys are on that curve."""
    for node, partner in ((exchange.kz, "TJ"), (exchange.tj, "KZ")):
        node.line = profiles.line("edelivery-2.0-ec", node.country, partner, curve)
        node.receiver.line = node.line
    return await exchange.send_and_see(sealed(exchange.kz))


@pytest.mark.assertion("E2-13")
@EC
@pytest.mark.parametrize("curve", CURVES)
async def test_e2_13_ecdh_es_with_hkdf_on_each_curve(exchange: Exchange, curve: str) -> None:
    request = await curve_request(exchange, curve)
    assert request.text(f"{METHOD}/@Algorithm") == f"{XENC11}ECDH-ES"
    assert request.text(f"{HKDF_PATH}/@Algorithm") == f"{XMLDSIG_MORE}hkdf"


@pytest.mark.assertion("E2-14")
@EC
@pytest.mark.parametrize("curve", CURVES)
async def test_e2_14_the_ephemeral_key_names_its_curve(exchange: Exchange, curve: str) -> None:
    request = await curve_request(exchange, curve)
    key = f"{METHOD}/xenc:OriginatorKeyInfo/ds:KeyValue/dsig11:ECKeyValue"
    assert request.text(f"{key}/dsig11:NamedCurve/@URI") == CURVES[curve]
    own = exchange.tj.line.decryption[0].certificate.public_key
    assert isinstance(own, ec.EllipticCurvePublicKey)
    point = octets(request, f"{key}/dsig11:PublicKey")
    assert ec.EllipticCurvePublicKey.from_encoded_point(own.curve, point).curve.name == curve
