"""Every suite: what is sent is taken, what is changed or downgraded is refused, alike for all causes."""

# ruff: noqa: E501  (tables of XML: a broken line would hide the element)

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.as4.forge import Wire, found, wire
from tests.as4.world import KEYS, KZ, NOW, TJ, Pair, Receiver, body_of, make_node, pair_by, payload

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    SUITES,
    EbmsError,
    ErrorCode,
    Payload,
    Property,
    Receipt,
    TokenReference,
    build_error,
    build_receipt,
    open_signal,
    receipt_can_be_remade,
    references_digest,
    verify_receipt,
)
from keruen.as4.curves import CURVES
from keruen.as4.entropy import Seeded as Entropy
from keruen.as4.seal import SealedMessage, seal
from keruen.as4.signing import ECDSA_SCHEME
from keruen.errors import InputError, LocalError

EC = [*CURVES]
each_kind = pytest.mark.parametrize("pair", KEYS, indirect=True)
each_curve = pytest.mark.parametrize("pair", EC, indirect=True)
only_rsa = pytest.mark.parametrize("pair", ["rsa"], indirect=True)


@pytest.fixture(scope="session")
def pair(request: pytest.FixtureRequest) -> Pair:
    return pair_by(request.param)


def receipt_by(pair: Pair, envelope: bytes) -> bytes:
    return build_receipt(
        envelope, pmode=pair.tj_from_kz, signer=pair.tj.signer, receipt_id="r-1@tj", timestamp=NOW
    )


def taken(message: Wire, receiver: Receiver) -> list[bytes]:
    receiver.receive_message(message.content_type, message.body)
    return [bytes(sink.octets) for sink in receiver.sinks]


def refusal(message: Wire, receiver: Receiver) -> EbmsError:
    with pytest.raises(EbmsError) as refused:
        receiver.receive(message.content_type, message.body)
    assert all(sink.discarded for sink in receiver.sinks)
    return refused.value


def algorithms(sent: SealedMessage) -> list[str]:
    return re.findall(r'Algorithm="([^"]*)"', sent.envelope.decode())


# What is sent


@each_kind
def test_a_message_and_its_receipt_pass_by_every_suite(pair: Pair) -> None:
    sent = pair.sealed(payload(b"<a/>", "a@kz"), payload(b"<b/>" * 99, "b@kz"))
    receiver = pair.receiver()
    received = receiver.receive_message(sent.content_type, body_of(sent))
    assert received.message == sent.message
    assert received.certificate == pair.kz.signer.certificate
    assert [bytes(sink.octets) for sink in receiver.sinks] == [b"<a/>", b"<b/>" * 99]
    octets = receipt_by(pair, received.envelope)
    receipt = open_signal(SOAP_CONTENT_TYPE, octets, pmode=pair.kz_to_tj, now=NOW)
    assert isinstance(receipt, Receipt)
    assert receipt.certificate == pair.tj.signer.certificate
    verify_receipt(receipt, sent.message.message_id, sent.references)


def test_a_suite_sends_the_algorithms_of_its_profile_and_no_other() -> None:
    """eDelivery AS4 2.0, Common Usage and alternative EC; 1.15, 1.4.4.6."""
    more01, more21 = (
        "http://www.w3.org/2001/04/xmldsig-more#",
        "http://www.w3.org/2021/04/xmldsig-more#",
    )
    xenc, xenc11 = "http://www.w3.org/2001/04/xmlenc#", "http://www.w3.org/2009/xmlenc11#"
    derived = [f"{xenc}kw-aes128", f"{more21}hkdf", f"{more01}hmac-sha256"]
    ecdsa = [f"{more01}ecdsa-sha256", f"{xenc11}ECDH-ES", *derived]
    expected = {
        "eddsa": [f"{more21}eddsa-ed25519", f"{more21}x25519", *derived],
        **dict.fromkeys(EC, ecdsa),
        "rsa": [f"{more01}rsa-sha256", f"{xenc11}rsa-oaep", f"{xenc11}mgf1sha256"],
    }
    swa = "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-"
    always = {
        f"{xenc}sha256",
        f"{xenc11}aes128-gcm",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        f"{swa}Content-Signature-Transform",
        f"{swa}Ciphertext-Transform",
    }
    assert expected.keys() == KEYS.keys()
    for kind, own in expected.items():
        assert set(algorithms(pair_by(kind).sealed())) == {*own, *always}


contents = st.lists(
    st.tuples(st.lists(st.binary(max_size=99)), st.sampled_from(["application/pdf", "text/plain"]), st.booleans()),
    min_size=1,
    max_size=3,
)  # fmt: skip


@each_kind
@settings(max_examples=15)
@given(parts=contents, step=st.integers(1, 4000), seed=st.binary(min_size=32, max_size=32))
def test_any_payloads_survive_by_every_suite(
    pair: Pair, parts: list[tuple[list[bytes], str, bool]], step: int, seed: bytes
) -> None:
    sent = pair.sealed(
        *(Payload(f"{i}@kz", m, lambda c=c: iter(c), z) for i, (c, m, z) in enumerate(parts)),  # type: ignore[misc]
        seed=seed,
    )
    receiver = pair.receiver()
    assert len(body_of(sent)) == sent.size
    receiver.receive_message(sent.content_type, body_of(sent), step)
    assert [bytes(s.octets) for s in receiver.sinks] == [b"".join(c) for c, _, _ in parts]


@each_kind
def test_a_retry_has_the_digests_and_the_parts_of_the_first_attempt(pair: Pair) -> None:
    first, retry = pair.sealed(), pair.sealed()
    assert references_digest(first.references) == references_digest(retry.references)
    assert wire(first).rest == wire(retry).rest


@each_kind
def test_a_receipt_can_be_remade_where_signing_is_deterministic(pair: Pair) -> None:
    envelope = pair.sealed().envelope
    same = receipt_by(pair, envelope) == receipt_by(pair, envelope)
    assert same == receipt_can_be_remade(pair.tj_from_kz)
    assert same == (pair.suite != "edelivery-2.0-ec")


@each_kind
@pytest.mark.parametrize("kind", ["eddsa", "secp256r1", "rsa"])
def test_a_key_of_another_kind_is_our_own_error(pair: Pair, kind: str) -> None:
    other = pair_by(kind)
    if other.suite == pair.suite:
        return
    for pmode, signer in (
        (pair.kz_to_tj, other.kz.signer),
        (replace(pair.kz_to_tj, partner_key_agreement=(other.tj.decryption.certificate,)), pair.kz.signer),
    ):  # fmt: skip
        with pytest.raises(LocalError, match="as4-key"):
            seal(
                pair.sealed().message,
                [payload()],
                pmode=pmode,
                signer=signer,
                now=NOW,
                entropy=Entropy(bytes(32)),
            )


# How certificates are named


@each_kind
@pytest.mark.parametrize("recipient", TokenReference)
@pytest.mark.parametrize("signer", TokenReference)
def test_every_token_reference_is_sent_and_understood(
    pair: Pair, signer: TokenReference, recipient: TokenReference
) -> None:
    sent = pair.sealed(token_reference=signer, recipient_reference=recipient)
    assert taken(wire(sent), pair.receiver()) == [b"<a>1</a>" * 500]
    tokens = {TokenReference.BST, TokenReference.PKIPATH}
    written = sent.envelope.count(b"<wsse:BinarySecurityToken ")
    assert written == (signer in tokens) + (recipient in tokens)


def test_a_path_holds_the_issuer_first_and_the_certificate_last() -> None:
    """PkiPath of X.509: a DER sequence, read here by hand."""
    sent = pair_by("eddsa").sealed(token_reference=TokenReference.PKIPATH)
    token = found(re.compile(r'(?<=wsu:Id="signing-token">)[^<]+'), sent.envelope.decode())
    path = base64.b64decode(token)
    assert path[:2] == b"\x30\x82"
    assert int.from_bytes(path[2:4], "big") == len(path) - 4
    assert path[4:] == KZ.authority.certificate.der + KZ.signer.certificate.der


@each_kind
@pytest.mark.parametrize("reference", TokenReference)
def test_a_certificate_of_somebody_else_is_refused_however_it_is_named(
    pair: Pair, reference: TokenReference
) -> None:
    kind = next(k for k in KEYS if pair_by(k) is pair)
    stranger = make_node("xx", 30, kind)
    sent = replace(pair, kz=stranger).sealed(token_reference=reference)
    error = refusal(wire(sent), pair.receiver())
    assert error.entry is ErrorCode.FAILED_AUTHENTICATION
    elsewhere = (stranger.decryption.certificate,)
    sent = pair.sealed(recipient_reference=reference, partner_key_agreement=elsewhere)
    assert refusal(wire(sent), pair.receiver()).entry is ErrorCode.FAILED_DECRYPTION


# Downgrade


@pytest.mark.parametrize("agreed", ["eddsa", "secp256r1", "rsa"])
@pytest.mark.parametrize("used", ["eddsa", "secp256r1", "rsa"])
def test_a_message_of_another_suite_is_refused_though_all_certificates_are_pinned(
    agreed: str, used: str
) -> None:
    """A partner may hold keys of several kinds; the card says which suite holds."""
    if agreed == used:
        return
    right, wrong = pair_by(agreed), pair_by(used)
    pinned = (right.kz.signer.certificate, wrong.kz.signer.certificate)
    receiver = right.receiver(partner_signing=pinned)
    receiver.keys = (right.tj.decryption, wrong.tj.decryption)
    error = refusal(wire(wrong.sealed()), receiver)
    assert error.entry is ErrorCode.POLICY_NONCOMPLIANCE
    octets = receipt_by(wrong, wrong.sealed().envelope)
    pmode = replace(
        right.kz_to_tj,
        partner_signing=(right.tj.signer.certificate, wrong.tj.signer.certificate),
    )
    with pytest.raises(EbmsError) as refused:
        open_signal(SOAP_CONTENT_TYPE, octets, pmode=pmode, now=NOW)
    assert refused.value.entry is ErrorCode.POLICY_NONCOMPLIANCE


@pytest.mark.parametrize("agreed", ["eddsa", "secp256r1", "rsa"])
@pytest.mark.parametrize("used", ["eddsa", "secp256r1", "rsa"])
def test_a_good_signature_with_the_key_transport_of_another_suite_is_refused(
    agreed: str, used: str
) -> None:
    """EncryptedKey is not signed: whoever swaps it must not bring a weaker algorithm."""
    if agreed == used:
        return
    right, wrong = pair_by(agreed), pair_by(used)
    block = re.compile("<xenc:EncryptedKey .*</xenc:EncryptedKey>")
    other = found(block, wrong.sealed().envelope.decode())
    message = wire(right.sealed()).edit(lambda text: block.sub(lambda _: other, text))
    receiver = right.receiver()
    receiver.keys = (right.tj.decryption, wrong.tj.decryption)
    assert refusal(message, receiver).entry is ErrorCode.POLICY_NONCOMPLIANCE


@each_kind
@pytest.mark.parametrize(
    ("pattern", "by"),
    [
        ("xmlenc11#aes128-gcm", "xmlenc11#aes256-gcm"),
        ("2009/xmlenc11#aes128-gcm", "2001/04/xmlenc#aes128-cbc"),
        (r"2001/10/xml-exc-c14n#(?=\"></ds:Can)", "2006/12/xml-c14n11"),
        ("(eddsa-ed25519|ecdsa-sha256|rsa-sha256)", "hmac-sha256"),
        (r"(?<=SignatureMethod Algorithm=\")[^\"]*", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        (r"(kw-aes128|rsa-oaep)(?=\">)", "rsa-1_5"),
    ],
)
def test_an_algorithm_outside_the_suite_is_refused(pair: Pair, pattern: str, by: str) -> None:
    error = refusal(wire(pair.sealed()).sub(pattern, by), pair.receiver())
    assert error.entry is ErrorCode.POLICY_NONCOMPLIANCE, error.detail


# Tampering


@each_kind
def test_whatever_fails_on_the_way_to_the_content_key_is_answered_alike(pair: Pair) -> None:
    message = wire(pair.sealed())
    value = found(re.compile("(?<=<xenc:CipherValue>)[^<]*"), message.envelope)
    spoilt = [
        base64.b64encode(octets).decode()
        for octets in (
            bytes(24),
            bytes(256),
            b"",
            base64.b64decode(value)[:-8],
            bytes((base64.b64decode(value)[0] ^ 1,)) + base64.b64decode(value)[1:],
        )
    ]
    answers = set()
    for other in spoilt:
        error = refusal(message.edit(lambda t, o=other: t.replace(value, o)), pair.receiver())  # type: ignore[misc]
        assert error.entry is ErrorCode.FAILED_DECRYPTION
        answers.add(build_error(error, pmode=None, signer=None, signal_id="e", timestamp=NOW))
    assert len(answers) == 1


@each_kind
@settings(max_examples=60)
@given(data=st.data())
def test_a_changed_octet_of_any_suite_changes_nothing_or_is_refused(
    pair: Pair, data: st.DataObject
) -> None:
    sent = pair.sealed()
    octets = bytearray(sent.envelope)
    at = data.draw(st.integers(0, len(octets) - 1))
    octets[at] = data.draw(st.integers(0, 255))
    body = body_of(sent).replace(sent.envelope, bytes(octets))
    receiver = pair.receiver()
    try:
        received = receiver.receive_message(sent.content_type, body)
    except EbmsError:
        assert all(sink.discarded for sink in receiver.sinks)
    else:
        assert received.message == sent.message
        assert received.references == sent.references
        assert [bytes(sink.octets) for sink in receiver.sinks] == [b"<a>1</a>" * 500]


@each_kind
def test_a_changed_receipt_of_any_suite_is_refused(pair: Pair) -> None:
    octets = receipt_by(pair, pair.sealed().envelope)
    for pattern, by in (
        (b"(?<=<ds:SignatureValue>).", b"!"),
        (b"(?<=<ds:SignatureValue>)[^<]*", b""),
        (b"<eb:Receipt>", b"<eb:Receipt> "),
    ):
        changed = re.sub(pattern, by.replace(b"!", b"A" if b"Value>B" in octets else b"B"), octets)
        if changed == octets:
            continue
        with pytest.raises(EbmsError) as refused:
            open_signal(SOAP_CONTENT_TYPE, changed, pmode=pair.kz_to_tj, now=NOW)
        assert refused.value.entry is ErrorCode.FAILED_AUTHENTICATION


# Elliptic curves


@each_curve
def test_an_ecdsa_value_is_r_and_s_each_as_long_as_the_curve(pair: Pair) -> None:
    key = pair.kz.signer.private_key
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    size = (key.curve.key_size + 7) // 8
    values = [ECDSA_SCHEME.sign(key, b"octets") for _ in range(20)]
    assert {len(value) for value in values} == {2 * size}
    ECDSA_SCHEME.verify(key.public_key(), values[0], b"octets")
    for bad in (
        values[0][1:],
        values[0] + b"\0",
        b"\0" + values[0],
        bytes(2 * size),
        b"\xff" * 2 * size,
        key.sign(b"octets", ec.ECDSA(SHA256())),
        b"",
    ):
        with pytest.raises(InvalidSignature):
            ECDSA_SCHEME.verify(key.public_key(), bad, b"octets")


def test_a_curve_that_is_not_agreed_neither_signs_nor_verifies() -> None:
    key = ec.derive_private_key(5, ec.SECP256K1())
    with pytest.raises(ValueError, match="secp256k1 is not agreed"):
        ECDSA_SCHEME.sign(key, b"octets")
    with pytest.raises(InvalidSignature):
        ECDSA_SCHEME.verify(key.public_key(), bytes(64), b"octets")


@each_curve
def test_the_ephemeral_key_is_on_the_curve_of_the_recipient(pair: Pair) -> None:
    envelope = pair.sealed().envelope.decode()
    name = pair.tj.decryption.private_key.curve.name  # type: ignore[union-attr]
    urn = CURVES[name].urn
    block = f'<xenc:OriginatorKeyInfo><ds:KeyValue><dsig11:ECKeyValue xmlns:dsig11="http://www.w3.org/2009/xmldsig11#"><dsig11:NamedCurve URI="{urn}">'
    assert block in envelope
    point = base64.b64decode(found(re.compile("(?<=<dsig11:PublicKey>)[^<]*"), envelope))
    assert point[0] == 4
    assert len(point) == 1 + 2 * CURVES[name].size


def test_the_sender_may_sign_on_another_curve_than_it_encrypts_to() -> None:
    kz, tj = pair_by("secp384r1"), pair_by("brainpoolP256r1")
    mixed = Pair(
        kz.suite,
        kz.kz,
        tj.tj,
        replace(kz.kz_to_tj, partner_key_agreement=tj.kz_to_tj.partner_key_agreement),
        kz.tj_from_kz,
    )
    assert taken(wire(mixed.sealed()), mixed.receiver()) == [b"<a>1</a>" * 500]


def edit(pattern: str, by: str) -> Callable[[Wire], Wire]:
    return lambda message: message.sub(pattern, by)


ENDS = "(?<=<xenc:RecipientKeyInfo>)|(?=</xenc:RecipientKeyInfo>)"


@each_curve
@pytest.mark.parametrize(
    "change",
    [
        edit("urn:oid:1.3.132.0.35", "urn:oid1.3.132.0.35"),
        lambda m: m.sub("(?<=<xenc:RecipientKeyInfo>)", "<ds:KeyValue>").sub("(?=</xenc:RecipientKeyInfo>)", "</ds:KeyValue>"),
        lambda m: m.edit(lambda t: re.sub("(?<=<dsig11:PublicKey>)([^<]{40})", r"\1&#13;\n", t)),
        edit("<rfc9231:KeyLength>16<", "<rfc9231:KeyLength>128<"),
        edit("(?=<rfc9231:KeyLength>)", "<rfc9231:Info></rfc9231:Info>"),
    ],
    ids=["misprint", "KeyValue", "line ends", "bits", "empty info"],
)  # fmt: skip
def test_shapes_that_peers_send_are_taken_on_every_curve(
    pair: Pair, change: Callable[[Wire], Wire], request: pytest.FixtureRequest
) -> None:
    if "misprint" in request.node.name and "secp521r1" not in request.node.name:
        return
    assert taken(change(wire(pair.sealed())), pair.receiver()) == [b"<a>1</a>" * 500]


@each_curve
def test_a_point_that_is_not_on_the_recipients_curve_is_refused(pair: Pair) -> None:
    message = wire(pair.sealed())
    point = found(re.compile("(?<=<dsig11:PublicKey>)[^<]*"), message.envelope)
    octets = bytearray(base64.b64decode(point))
    octets[-1] ^= 1
    others = [
        message.edit(lambda t: t.replace(point, base64.b64encode(bytes(octets)).decode())),
        message.edit(lambda t: t.replace(point, base64.b64encode(b"\0").decode())),
        message.sub(r"urn:oid:1\.3[.0-9]*|urn:oid:1\.2[.0-9]*", "urn:oid:1.3.132.0.10"),
    ]
    for other in others:
        assert refusal(other, pair.receiver()).entry is ErrorCode.FAILED_DECRYPTION


# RSA: what other writers send, each behind a switch of its own


OAEP_NAMES = "http://www.w3.org/2001/04/xmlenc#", "http://www.w3.org/2009/xmlenc11#"
VARIANTS: dict[str, tuple[str, HashAlgorithm, HashAlgorithm]] = {
    "rsa-oaep-mgf1p-sha256": (
        f'<xenc:EncryptionMethod Algorithm="{OAEP_NAMES[0]}rsa-oaep-mgf1p"><ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="{OAEP_NAMES[0]}sha256"/></xenc:EncryptionMethod>',
        SHA256(),
        SHA1(),
    ),
    "rsa-oaep-mgf1p-sha1": (
        f'<xenc:EncryptionMethod Algorithm="{OAEP_NAMES[0]}rsa-oaep-mgf1p"/>',
        SHA1(),
        SHA1(),
    ),
    "rsa-oaep-sha256-mgf1sha1": (
        f'<xenc:EncryptionMethod Algorithm="{OAEP_NAMES[1]}rsa-oaep"><ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="{OAEP_NAMES[0]}sha256"/></xenc:EncryptionMethod>',
        SHA256(),
        SHA1(),
    ),
    "rsa-oaep-sha1-mgf1sha1": (
        f'<xenc:EncryptionMethod Algorithm="{OAEP_NAMES[1]}rsa-oaep"><xenc11:MGF xmlns:xenc11="{OAEP_NAMES[1]}" Algorithm="{OAEP_NAMES[1]}mgf1sha1"/></xenc:EncryptionMethod>',
        SHA1(),
        SHA1(),
    ),
}  # fmt: skip


def by_variant(pair: Pair, name: str) -> Wire:
    """A message whose content key is encrypted as other writers do."""
    method, digest, mask = VARIANTS[name]
    message = wire(pair.sealed())
    value = found(re.compile("(?<=<xenc:CipherValue>)[^<]*"), message.envelope)
    own, public = pair.tj.decryption.private_key, pair.tj.decryption.certificate.public_key
    assert isinstance(own, RSAPrivateKey)
    assert isinstance(public, RSAPublicKey)
    key = own.decrypt(base64.b64decode(value), OAEP(MGF1(SHA256()), SHA256(), None))
    other = base64.b64encode(public.encrypt(key, OAEP(MGF1(mask), digest, None))).decode()
    block = re.compile("<xenc:EncryptionMethod .*?</xenc:EncryptionMethod>")
    return message.edit(lambda t: block.sub(lambda _: method, t, count=1).replace(value, other))


def test_the_switches_are_those_of_the_suite() -> None:
    assert SUITES["edelivery-1.15"].variants == VARIANTS.keys()
    assert not SUITES["edelivery-2.0"].variants | SUITES["edelivery-2.0-ec"].variants


@only_rsa
@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_is_taken_only_where_its_own_switch_is_on(pair: Pair, name: str) -> None:
    message = by_variant(pair, name)
    assert taken(message, pair.receiver(accept=frozenset({name}))) == [b"<a>1</a>" * 500]
    for accept in (frozenset[str](), frozenset(VARIANTS) - {name}):
        error = refusal(message, pair.receiver(accept=accept))
        assert error.entry is ErrorCode.POLICY_NONCOMPLIANCE
        assert name in (error.detail or "")


@only_rsa
def test_a_label_is_refused(pair: Pair) -> None:
    message = wire(pair.sealed())
    label = "<xenc:OAEPparams>AAAA</xenc:OAEPparams></xenc:EncryptionMethod><ds:KeyInfo"
    labelled = message.sub("</xenc:EncryptionMethod><ds:KeyInfo", label, count=1)
    assert refusal(labelled, pair.receiver()).entry is ErrorCode.FAILED_DECRYPTION


# Four corners


CORNERS = (
    Property("originalSender", "urn:c1", "urn:scheme"),
    Property("finalRecipient", "urn:c4"),
    Property("trackingIdentifier", "t-1"),
)


def four_cornered(*properties: Property, four_corner: bool) -> SealedMessage:
    pair = pair_by("eddsa")
    return seal(
        replace(pair.sealed().message, properties=properties),
        [payload()],
        pmode=replace(pair.kz_to_tj, four_corner=four_corner),
        signer=KZ.signer,
        now=NOW,
        entropy=Entropy(bytes(32)),
    )


def test_the_outer_corners_are_delivered_with_the_message_and_from_and_to_are_the_inner() -> None:
    receiver = pair_by("eddsa").receiver(four_corner=True)
    sent = four_cornered(*CORNERS, four_corner=True)
    received = receiver.receive_message(sent.content_type, body_of(sent))
    assert received.message.properties == CORNERS
    assert (received.message.sender, received.message.receiver) == (KZ.party, TJ.party)


@pytest.mark.parametrize("missing", [0, 1])
def test_a_message_without_its_outer_corners_is_neither_sent_nor_taken(missing: int) -> None:
    kept = tuple(c for i, c in enumerate(CORNERS) if i != missing)
    empty = (*kept, Property(CORNERS[missing].name, ""))
    for properties in (kept, empty):
        with pytest.raises(InputError, match=CORNERS[missing].name):
            four_cornered(*properties, four_corner=True)
        message = wire(four_cornered(*properties, four_corner=False))
        error = refusal(message, pair_by("eddsa").receiver(four_corner=True))
        assert error.entry is ErrorCode.VALUE_INCONSISTENT
        assert CORNERS[missing].name in (error.detail or "")
    tracked_or_not = four_cornered(*CORNERS[:2], four_corner=True)
    assert taken(wire(tracked_or_not), pair_by("eddsa").receiver(four_corner=True))
