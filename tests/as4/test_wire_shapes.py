"""What is on the wire, seen by others: another library, bare primitives, and shapes that peers send."""

# ruff: noqa: E501  (tables of XML: a broken line would hide the element)

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import FunctionType, ModuleType

import pybergshamra
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap
from cryptography.hazmat.primitives.serialization import load_der_public_key
from hypothesis import given, strategies
from lxml import etree
from tests.as4.forge import BODY, MESSAGING, SIGNED_BLOCKS, Wire, found, wire
from tests.as4.world import (
    KZ,
    KZ_TO_TJ,
    NOW,
    TJ,
    TJ_FROM_KZ,
    Node,
    Receiver,
    payload,
    sealed,
    user_message,
    validity,
)

from keruen import as4, evidence
from keruen import wire as wire_room
from keruen.as4 import (
    AgreementRef,
    Property,
    Seeded,
    Service,
    build_receipt,
    open_signal,
    verify_receipt,
)
from keruen.as4.certificates import issue_signing
from keruen.as4.header_write import write_messaging, write_user_message
from keruen.as4.namespaces import EB
from keruen.as4.signature import digest_as_written, digest_of
from keruen.as4.soap import open_envelope
from keruen.as4.x25519 import ephemeral_key
from keruen.as4.xml import XmlError, canonical, parse
from keruen.errors import InputError

SENT = sealed(payload(b"<one/>", "a@kz"), payload(b"<two/>", "b@kz"))
WIRE = wire(SENT)
RECEIPT = build_receipt(
    SENT.envelope, pmode=TJ_FROM_KZ, signer=TJ.signer, receipt_id="r-1@tj", timestamp=NOW
)


def taken(message: Wire, receiver: Receiver | None = None) -> list[bytes]:
    receiver = receiver or Receiver()
    receiver.receive_message(message.content_type, message.body)
    return [bytes(sink.octets) for sink in receiver.sinks]


# A second opinion on signatures


def second_opinion(envelope: bytes, signer: Node) -> pybergshamra.VerifyResult:
    keys = pybergshamra.KeysManager()
    der = signer.signer.certificate.der
    keys.add_key(pybergshamra.load_x509_cert_der(der))
    context = pybergshamra.DsigContext(keys, secure_defaults=False, require_reference_digests=False)
    return pybergshamra.verify(context, envelope.decode())


def test_another_library_agrees_with_our_signature() -> None:
    result = second_opinion(SENT.envelope, KZ)
    assert result.is_valid, result.reason
    verified = {r.uri: r.digest_verified for r in result.references or []}
    assert verified == {
        "#eb-messaging": True,
        "#soap-body": True,
        "cid:a@kz": False,
        "cid:b@kz": False,
    }


def test_another_library_agrees_with_our_receipt() -> None:
    result = second_opinion(RECEIPT, TJ)
    assert result.is_valid, result.reason
    assert result.all_reference_digests_verified


@pytest.mark.parametrize("pattern", [b"submit", b"2026-11-23", b'wsu:Id="soap-body">'])
def test_another_library_refuses_what_was_changed(pattern: bytes) -> None:
    changed = SENT.envelope.replace(pattern, pattern + b" ")
    assert changed != SENT.envelope
    assert not second_opinion(changed, KZ).is_valid


# Decryption, written out


def value(envelope: str, name: str) -> bytes:
    return base64.b64decode(found(re.compile(rf"(?<={name}>)[A-Za-z0-9+/=]+"), envelope))


def test_bare_primitives_decrypt_our_parts() -> None:
    """eDelivery AS4 2.0: X25519, HKDF, kw-aes128, then nonce, ciphertext and tag of AES-128-GCM."""
    envelope = SENT.envelope.decode()
    public = load_der_public_key(
        base64.b64decode(found(re.compile(r'(?<=xmldsig11#">)[^<]+'), envelope))
    )
    assert isinstance(public, X25519PublicKey)
    assert isinstance(TJ.decryption.private_key, X25519PrivateKey)
    assert "<rfc9231:KeyLength>16</rfc9231:KeyLength>" in envelope
    kek = HKDF(SHA256(), 16, value(envelope, "Salt"), b"").derive(
        TJ.decryption.private_key.exchange(public)
    )
    content_key = AESGCM(aes_key_unwrap(kek, value(envelope, "CipherValue")))
    boundary = b"\r\n--" + SENT.content_type.split('"')[1].encode()
    bodies = [p.split(b"\r\n\r\n", 1)[1] for p in WIRE.body.split(boundary)[1:3]]
    packed = [content_key.decrypt(octets[:12], octets[12:], None) for octets in bodies]
    assert [gzip.decompress(octets) for octets in packed] == [b"<one/>", b"<two/>"]
    digests = [hashlib.sha256(octets).digest() for octets in packed]
    assert digests == [r.digest for r in SENT.references if r.target == "part"]


# Our own shape


def test_no_ephemeral_key_begins_like_a_dsa_key() -> None:
    """Java peers try DSA first and refuse what they then misread: every 2 100th key, were it not for this."""
    draws = [Seeded(n.to_bytes(32, "big")).bound_to(b"") for n in range(1000)]
    likely = [X25519PrivateKey.from_private_bytes(d.octets("ephemeral key", 32)) for d in draws]
    assert any(key.public_key().public_bytes_raw()[0] == 2 for key in likely)
    for draw in draws:
        key, public = ephemeral_key(draw)
        assert public.endswith(key.public_key().public_bytes_raw())
        assert public[-32] != 2


def test_header_and_body_are_written_in_canonical_form() -> None:
    for octets in (SENT.envelope, RECEIPT):
        text, root = octets.decode(), parse(octets)
        header, body = root
        assert canonical(header[-1]).decode() == found(MESSAGING, text)
        assert canonical(body).decode() == found(BODY, text)


def test_security_blocks_come_in_the_order_that_wss4j_processes_them() -> None:
    security = parse(SENT.envelope)[0][0]
    assert [etree.QName(e).localname for e in security] == [
        "EncryptedKey",
        "EncryptedData",
        "EncryptedData",
        "BinarySecurityToken",
        "Signature",
    ]
    (method,) = security.iter("{http://www.w3.org/2001/04/xmlenc#}AgreementMethod")
    assert [etree.QName(e).localname for e in method] == [
        "KeyDerivationMethod",
        "OriginatorKeyInfo",
        "RecipientKeyInfo",
    ]
    data = security[1]
    assert (data.get("MimeType"), data.get("Id")) == ("application/gzip", "ED-0")


# Shapes that peers send


SKI = base64.b64encode(KZ.signer.certificate.subject_key_identifier).decode()
SHA1 = base64.b64encode(hashlib.sha1(KZ.signer.certificate.der).digest()).decode()
TOKEN = base64.b64encode(KZ.signer.certificate.der).decode()
WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
PROFILE = f"{WSS}-x509-token-profile-1.0"


def issuer_serial(name: str) -> str:
    return (
        f"<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>{name}</ds:X509IssuerName>"
        f"<ds:X509SerialNumber>{KZ.signer.certificate.serial}</ds:X509SerialNumber>"
        "</ds:X509IssuerSerial></ds:X509Data>"
    )


def key_info(content: str) -> Wire:
    """The signer's certificate named in another way; KeyInfo is not signed."""
    pattern = r"(?<=<ds:KeyInfo><wsse:SecurityTokenReference>)<wsse:Reference URI=\"#signing.*?(?=</wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>)"
    return WIRE.sub(pattern, content)


@pytest.mark.parametrize(
    "message",
    [
        key_info(f'<wsse:KeyIdentifier ValueType="{PROFILE}#X509SubjectKeyIdentifier">{SKI}</wsse:KeyIdentifier>'),
        key_info(f'<wsse:KeyIdentifier ValueType="http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1">{SHA1}</wsse:KeyIdentifier>'),
        key_info(issuer_serial("CN=kz local authority")),
        key_info(issuer_serial(" cn=KZ local authority ").replace("cn", "CN")),
        WIRE.sub(TOKEN[:40], TOKEN[:20] + "&#13;\n   " + TOKEN[20:40]),
        WIRE.sub(' EncodingType="[^"]*#Base64Binary" ValueType="[^"]*#X509v3"', ""),
        WIRE.sub(re.escape(TOKEN), base64.b64encode(b"\x30\x82" + TJ.authority.certificate.der + KZ.signer.certificate.der).decode()),
        WIRE.sub("(?=<xenc:EncryptedKey)", f'<wsse:BinarySecurityToken wsu:Id="first">{base64.b64encode(TJ.decryption.certificate.der).decode()}</wsse:BinarySecurityToken>'),
        WIRE.sub("(?<=<ds:KeyInfo)><wsse:SecurityTokenReference>", ' Id="KI-1"><wsse:SecurityTokenReference wsu:Id="STR-1">'),
        WIRE.sub("<rfc9231:KeyLength>16<", "<rfc9231:KeyLength>128<"),
        WIRE.sub("(?=<rfc9231:KeyLength>)", "<rfc9231:Info></rfc9231:Info>"),
        WIRE.sub(' Id="EK"', f' xmlns:wsu="{WSS}-wssecurity-utility-1.0.xsd" wsu:Id="EK"'),
        WIRE.sub("(?<=<xenc:RecipientKeyInfo>)", "<ds:KeyValue>").sub("(?=</xenc:RecipientKeyInfo>)", "</ds:KeyValue>"),
        WIRE.sub("<ds:SignatureValue>", "<ds:SignatureValue>\n  "),
        WIRE.sub(' MimeType="application/gzip"', ""),
        WIRE.sub("(?<=</wsse:Security>)", "<a:To xmlns:a='http://www.w3.org/2005/08/addressing'>x</a:To>"),
        WIRE.edit_rest(lambda r: r.replace(b"Content-Transfer-Encoding: binary\r\n", b"")),
        WIRE.edit_rest(lambda r: re.sub(rb"Content-ID: <envelope[^>]*>\r\n", b"", r)),
        WIRE.edit_rest(lambda r: b"This is a MIME message.\r\n" + r),
        replace(WIRE, content_type=re.sub("; type=.*", "", WIRE.content_type).replace('"', "")),
    ],
)  # fmt: skip
def test_shapes_that_peers_send_are_taken(message: Wire) -> None:
    assert taken(message) == [b"<one/>", b"<two/>"]


def test_a_certificate_may_be_named_by_a_composed_issuer_in_any_order() -> None:
    """DN strings differ between writers; serial and parts of the name decide."""
    from cryptography import x509

    from keruen.as4.tokens import certificate_meant

    key = Ed25519PrivateKey.from_private_bytes(b"\7" * 32)
    issuer = x509.Name.from_rfc4514_string("CN=Authority\\, first,O=Customs,C=KZ")
    certificate = as4.Certificate.of(
        x509.CertificateBuilder(issuer, issuer, key.public_key(), 5)
        .not_valid_before(NOW)
        .not_valid_after(NOW)
        .sign(key, None)
    )
    for name in ("CN=Authority\\, first, O=Customs, C=KZ", "C=KZ,O=Customs,CN=Authority\\, first"):
        data = issuer_serial(name).replace(
            str(KZ.signer.certificate.serial) + "</ds:X509S", "5</ds:X509S"
        )
        reference = parse(f'<r xmlns:ds="http://www.w3.org/2000/09/xmldsig#">{data}</r>'.encode())
        assert certificate_meant(reference, {}, [KZ.signer.certificate, certificate]) == certificate


@pytest.mark.parametrize(
    "content",
    [
        issuer_serial("CN=somebody else"),
        issuer_serial("CN=kz local authority").replace("<ds:X509SerialNumber>", "<ds:X509SerialNumber>9"),
        issuer_serial("no name"),
        f'<wsse:KeyIdentifier ValueType="{PROFILE}#X509SubjectKeyIdentifier">AAAA</wsse:KeyIdentifier>',
        f'<wsse:KeyIdentifier ValueType="urn:x">{SKI}</wsse:KeyIdentifier>',
        "<wsse:Embedded></wsse:Embedded>",
        "",
    ],
)  # fmt: skip
def test_a_certificate_that_is_not_pinned_is_refused(content: str) -> None:
    message = key_info(content)
    with pytest.raises(as4.EbmsError) as refused:
        taken(message)
    assert refused.value.entry is as4.ErrorCode.FAILED_AUTHENTICATION


def wss4j_signature(text: str, prefixes: list[str]) -> str:
    """Signed as WSS4J does it: InclusiveNamespaces on SignedInfo and on Messaging."""
    root = etree.fromstring(text.encode())

    def digest(element: etree._Element, inclusive: list[str]) -> str:
        octets = etree.tostring(
            element, method="c14n", exclusive=True, inclusive_ns_prefixes=inclusive
        )
        return base64.b64encode(hashlib.sha256(octets).digest()).decode()

    listed = f'<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="{" ".join(prefixes)}"/>'
    messaging = root[0].find("{*}Messaging")
    assert messaging is not None
    new = re.sub(
        r"(?<=<ds:DigestValue>)[^<]*", lambda _: digest(messaging, prefixes), text, count=1
    )
    new = new.replace('exc-c14n#"></ds:C', f'exc-c14n#">{listed}</ds:C')
    new = new.replace('exc-c14n#"></ds:T', f'exc-c14n#">{listed}</ds:T', 1)
    info = etree.fromstring(new.encode()).find(".//{*}SignedInfo")
    assert info is not None
    key = KZ.signer.private_key
    assert isinstance(key, Ed25519PrivateKey)
    octets = etree.tostring(info, method="c14n", exclusive=True, inclusive_ns_prefixes=prefixes)
    signed = base64.b64encode(key.sign(octets)).decode()
    return re.sub(r"(?<=<ds:SignatureValue>)[^<]*", lambda _: signed, new)


def test_inclusive_namespaces_are_honoured() -> None:
    """Prefixes that only the Envelope declares, and that nothing below uses, change the digest."""
    declared = WIRE.sub("<S12:Envelope ", '<S12:Envelope xmlns:unused="urn:unused" ')
    message = declared.edit(lambda text: wss4j_signature(text, ["S12", "unused"]))
    assert taken(message) == [b"<one/>", b"<two/>"]
    assert second_opinion(message.envelope.encode(), KZ).is_valid
    for change in (
        lambda text: text.replace('PrefixList="S12 unused"', 'PrefixList="S12"', 1),
        lambda text: text.replace('xmlns:unused="urn:unused"', 'xmlns:unused="urn:other"'),
    ):
        with pytest.raises(as4.EbmsError) as refused:
            taken(message.edit(change))
        assert refused.value.entry is as4.ErrorCode.FAILED_AUTHENTICATION


def test_a_receipt_repeats_references_with_their_namespaces() -> None:
    declared = WIRE.sub("<S12:Envelope ", '<S12:Envelope xmlns:unused="urn:unused" ')
    message = declared.edit(lambda text: wss4j_signature(text, ["S12", "unused"]))
    octets = build_receipt(
        message.envelope.encode(),
        pmode=TJ_FROM_KZ,
        signer=TJ.signer,
        receipt_id="r-1@tj",
        timestamp=NOW,
    )
    assert second_opinion(octets, TJ).is_valid
    receipt = open_signal("application/soap+xml", octets, pmode=KZ_TO_TJ, now=NOW)
    assert isinstance(receipt, as4.Receipt)
    received = Receiver().receive_message(message.content_type, message.body)
    verify_receipt(receipt, "0193-1@kz", received.references)


def base64_part(octets: bytes) -> bytes:
    """All parts with binary content sent as base64."""
    boundary = b"\r\n--" + SENT.content_type.split('"')[1].encode()
    first, *parts, last = octets.split(boundary)
    packed = []
    for part in parts:
        head, content = part.split(b"\r\n\r\n", 1)
        head = head.replace(b": binary", b": base64")
        packed.append(head + b"\r\n\r\n" + base64.encodebytes(content))
    return boundary.join([first, *packed, last])


def test_parts_may_come_as_base64() -> None:
    message = replace(WIRE, rest=base64_part(WIRE.rest))
    assert message.rest != WIRE.rest
    assert taken(message) == [b"<one/>", b"<two/>"]


def test_parts_may_come_in_another_order_than_the_header_lists_them() -> None:
    boundary = b"\r\n--" + SENT.content_type.split('"')[1].encode()
    first, a, b, last = WIRE.rest.split(boundary)
    message = replace(WIRE, rest=boundary.join([first, b, a, last]))
    received = Receiver().receive_message(message.content_type, message.body)
    assert [part.content_id for part in received.parts] == ["a@kz", "b@kz"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23T12:00:00.1234567Z", NOW.replace(microsecond=123456)),
        ("2026-11-23T17:00:00+05:00", NOW),
        ("2026-11-23T12:00:00", NOW),
        ("2026-11-23T12:00:00.5", NOW.replace(microsecond=500000)),
    ],
)
def test_timestamps_of_peers_are_read(text: str, moment: datetime) -> None:
    message = WIRE.resigned(SENT, lambda t: re.sub("(?<=<eb:Timestamp>)[^<]*", lambda _: text, t))
    received = Receiver().receive_message(message.content_type, message.body)
    assert received.message.timestamp == moment
    assert received.message.timestamp.tzinfo is UTC


def test_a_percent_encoded_cid_is_the_content_id() -> None:
    message = WIRE.sub('CipherReference URI="cid:a@kz"', 'CipherReference URI="cid:a%40kz"')
    assert taken(message) == [b"<one/>", b"<two/>"]


def test_an_error_of_phase4_is_read_though_unsigned_and_with_a_fault() -> None:
    octets = (
        b'<!-- phase4 --><S12:Envelope xmlns:S12="http://www.w3.org/2003/05/soap-envelope"><S12:Header>'
        b'<eb:Messaging xmlns:eb="http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/">'
        b"<eb:SignalMessage><eb:MessageInfo><eb:Timestamp>2026-11-23T12:00:00</eb:Timestamp>"
        b"<eb:MessageId>e@phase4</eb:MessageId><eb:RefToMessageId>0193-1@kz</eb:RefToMessageId>"
        b'</eb:MessageInfo><eb:Error category="Content" errorCode="EBMS:4001" severity="FAILURE" '
        b'refToMessageInError="0193-1@kz" shortDescription="DuplicateDetected"><eb:ErrorDetail>seen'
        b"</eb:ErrorDetail></eb:Error></eb:SignalMessage></eb:Messaging></S12:Header><S12:Body>"
        b"<S12:Fault/></S12:Body></S12:Envelope>"
    )
    signal = open_signal("application/soap+xml;charset=utf-8", octets, pmode=KZ_TO_TJ, now=NOW)
    assert isinstance(signal, as4.ErrorSignal)
    assert not signal.signed
    assert signal.errors == (
        as4.ReportedError("EBMS:4001", "failure", "DuplicateDetected", "0193-1@kz", "seen"),
    )


# What is exported, and certificates


@pytest.mark.parametrize("room", [as4, wire_room, evidence], ids=lambda room: room.__name__)
def test_the_front_door_names_everything_once_and_explains_it(room: ModuleType) -> None:
    assert len(room.__all__) == len(set(room.__all__))
    exported = [getattr(room, name) for name in room.__all__]
    explained = [e.__doc__ for e in exported if isinstance(e, type | FunctionType)]
    assert len(explained) > 5
    assert all(explained)


def test_the_error_table_is_that_of_the_standard() -> None:
    codes = [entry.code for entry in as4.ErrorCode]
    assert len(set(codes)) == len(codes)
    assert [code[5:] for code in codes] == [
        "0001",
        "0002",
        "0003",
        "0004",
        "0005",
        "0006",
        "0007",
        "0008",
        "0009",
        "0010",
        "0011",
        "0101",
        "0102",
        "0103",
        "0201",
        "0202",
        "0301",
        "0302",
        "0303",
        "4001",
    ]
    assert {entry.severity for entry in as4.ErrorCode} == {"failure", "warning"}


def test_certificates_are_made_for_their_use_and_chain_to_the_authority() -> None:
    from cryptography import x509

    root = x509.load_der_x509_certificate(KZ.authority.certificate.der)
    signing = x509.load_der_x509_certificate(KZ.signer.certificate.der)
    agreement = x509.load_der_x509_certificate(KZ.decryption.certificate.der)
    for leaf in (signing, agreement):
        leaf.verify_directly_issued_by(root)
        key_id = leaf.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
        assert key_id.key_identifier == KZ.authority.certificate.subject_key_identifier
        assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    usages = [
        c.extensions.get_extension_for_class(x509.KeyUsage).value
        for c in (root, signing, agreement)
    ]
    assert [u.key_cert_sign for u in usages] == [True, False, False]
    assert [u.digital_signature for u in usages] == [False, True, False]
    assert [u.key_agreement for u in usages] == [False, False, True]


def test_a_certificate_survives_as_pem_and_shows_its_fingerprint() -> None:
    certificate = KZ.signer.certificate
    assert as4.Certificate.from_pem(certificate.pem) == certificate
    digest = hashlib.sha256(certificate.der).hexdigest().upper()
    assert certificate.fingerprint.replace(":", "") == digest
    assert re.fullmatch("(?:[0-9A-F]{2}:){31}[0-9A-F]{2}", certificate.fingerprint)


def test_a_certificate_is_valid_to_the_second() -> None:
    key = Ed25519PrivateKey.from_private_bytes(b"\7" * 32).public_key()
    certificate = issue_signing(KZ.authority, "x", key, validity(9))
    assert certificate.valid_at(certificate.not_before)
    assert certificate.valid_at(certificate.not_after)
    second = timedelta(seconds=1)
    assert not certificate.valid_at(certificate.not_before - second)
    assert not certificate.valid_at(certificate.not_after + second)


def test_making_a_certificate_needs_no_randomness() -> None:
    key = Ed25519PrivateKey.from_private_bytes(b"\7" * 32).public_key()
    one, two = (issue_signing(KZ.authority, "x", key, validity(9)) for _ in range(2))
    assert one.der == two.der


def test_an_unnamed_property_type_makes_no_attribute() -> None:
    assert "type=" not in found(
        re.compile("<eb:MessageProperties>.*?</eb:MessageProperties>"), WIRE.envelope
    )
    typed = user_message(properties=(as4.Property("n", "v", "urn:t"),))
    assert 'name="n" type="urn:t"' in sealed(message=typed).envelope.decode()
    assert SIGNED_BLOCKS.search(WIRE.envelope)


# Canonical form, written instead of computed

TEXTS = strategies.text(
    strategies.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n\r<>&\"'\u00e9"),
    min_size=1,
    max_size=30,
)


@given(TEXTS, TEXTS, TEXTS)
def test_what_is_written_as_canonical_is_the_canonical_form(a: str, b: str, c: str) -> None:
    message = user_message(
        conversation_id=a,
        properties=(Property(b, c, a), Property(c, b)),
        agreement_ref=AgreementRef(b, c, a),
        service=Service(c, b),
    )
    text = write_messaging(write_user_message(message), "eb-messaging")
    if "\ufffe" in text or "\uffff" in text:
        with pytest.raises(XmlError, match="no character of XML"):
            digest_as_written(text)
    else:
        assert canonical(parse(text.encode())) == text.encode()
        assert digest_as_written(text) == digest_of(text)


@pytest.mark.parametrize("wrong", ["\0", "\x1f", "\ud800", "\ufffe"])
def test_what_xml_cannot_carry_is_refused_before_it_is_signed(wrong: str) -> None:
    with pytest.raises(InputError, match="as4-value"):
        sealed(message=user_message(conversation_id=f"a{wrong}b"))


def test_what_a_receipt_signs_is_the_canonical_form() -> None:
    for envelope in (SENT.envelope, RECEIPT):
        opened = open_envelope(envelope)
        octets = canonical(opened.messaging), canonical(opened.body)
        assert all(part in envelope for part in octets)


def test_a_receipt_for_a_reference_that_declares_our_prefixes_is_verified_all_the_same() -> None:
    """Inside our header such a declaration is superfluous, so canonical form leaves it out."""
    envelope = SENT.envelope.replace(
        b'<ds:Reference URI="#soap-body">',
        b'<ds:Reference xmlns:eb="%s" eb:x="" URI="#soap-body">' % EB.encode(),
    )
    receipt = build_receipt(
        envelope, pmode=TJ_FROM_KZ, signer=TJ.signer, receipt_id="r-1@tj", timestamp=NOW
    )
    signal = open_signal(as4.SOAP_CONTENT_TYPE, receipt, pmode=KZ_TO_TJ, now=NOW)
    assert isinstance(signal, as4.Receipt)
    verify_receipt(signal, SENT.message.message_id, SENT.references)
