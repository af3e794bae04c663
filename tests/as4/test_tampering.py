"""Whatever is changed on the way is refused, with the code that fits, and nothing is handed on."""

# ruff: noqa: E501  (tables of XML: a broken line would hide the element)

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.as4.forge import BODY, MESSAGING, SIGNATURE, SIGNED_BLOCKS, Wire, found, wire
from tests.as4.world import (
    KZ,
    KZ_TO_TJ,
    NOW,
    STRANGER,
    TJ,
    TJ_FROM_KZ,
    Receiver,
    body_of,
    payload,
    sealed,
    user_message,
)

from keruen.as4 import (
    AgreementRef,
    EbmsError,
    ErrorCode,
    PartyId,
    Payload,
    Property,
    Reception,
    Reference,
    SealedMessage,
    Seeded,
    Service,
    UserMessage,
    build_error,
    build_receipt,
    open_signal,
    seal,
)
from keruen.wire import compress

SENT = sealed()
WIRE = wire(SENT)
BOUNDARY = SENT.content_type.split('"')[1].encode()
TWO = sealed(payload(b"one", "a@kz"), payload(b"two", "b@kz"))


def refusal(message: Wire, receiver: Receiver | None = None, step: int = 1 << 16) -> EbmsError:
    """What a receiver says to it; checks that it says nothing else and keeps nothing."""
    receiver = receiver or Receiver()
    with pytest.raises(EbmsError) as refused:
        receiver.receive(message.content_type, message.body, step)
    assert all(sink.discarded for sink in receiver.sinks)
    if receiver.reception is not None:
        with pytest.raises(EbmsError) as again:
            receiver.reception.finish()
        assert again.value is refused.value
    return refused.value


def assert_refused(message: Wire, entry: ErrorCode, detail: str = "") -> None:
    error = refusal(message)
    assert error.entry is entry, error.detail
    assert detail in (error.detail or "")


def test_the_untouched_message_is_taken() -> None:
    Receiver().receive_message(WIRE.content_type, WIRE.body)
    Receiver().receive_message(WIRE.content_type, WIRE.resigned(SENT).body)


# The parts


def last_part(change: Callable[[bytes], bytes]) -> Wire:
    """The message with the octets of its encrypted part changed."""

    def edit(rest: bytes) -> bytes:
        head, octets = rest.rsplit(b"\r\n\r\n", 1)
        tail = b"\r\n--" + BOUNDARY + b"--\r\n"
        return head + b"\r\n\r\n" + change(octets.removesuffix(tail)) + tail

    return WIRE.edit_rest(edit)


def flip(at: int) -> Callable[[bytes], bytes]:
    def change(octets: bytes) -> bytes:
        changed = bytearray(octets)
        changed[at] ^= 1
        return bytes(changed)

    return change


@pytest.mark.parametrize("at", [0, 11, 12, 13, 30, -17, -16, -1])
def test_a_flipped_bit_in_nonce_ciphertext_or_tag_is_a_failed_decryption(at: int) -> None:
    assert_refused(last_part(flip(at)), ErrorCode.FAILED_DECRYPTION, "tag")


@pytest.mark.parametrize("length", [0, 1, 12, 27, 28, 40])
def test_a_shortened_part_is_a_failed_decryption(length: int) -> None:
    assert_refused(last_part(lambda octets: octets[:length]), ErrorCode.FAILED_DECRYPTION)


@settings(max_examples=150)
@given(st.data())
def test_no_flipped_bit_anywhere_in_a_part_goes_through(data: st.DataObject) -> None:
    size = len(WIRE.rest.rsplit(b"\r\n\r\n", 1)[1]) - len(BOUNDARY) - 8
    at = data.draw(st.integers(0, size - 1))
    step = data.draw(st.integers(1, 300))
    assert refusal(last_part(flip(at)), step=step).entry is ErrorCode.FAILED_DECRYPTION


@settings(max_examples=300)
@given(st.data())
def test_a_changed_octet_of_the_envelope_changes_nothing_or_is_refused(data: st.DataObject) -> None:
    """What is not signed (tokens, encryption, white space) may vary, but not what comes out."""
    octets = bytearray(SENT.envelope)
    at = data.draw(st.integers(0, len(octets) - 1))
    octets[at] = data.draw(st.integers(0, 255))
    body = body_of(SENT).replace(SENT.envelope, bytes(octets))
    receiver = Receiver()
    try:
        received = receiver.receive_message(SENT.content_type, body)
    except EbmsError:
        assert all(sink.discarded for sink in receiver.sinks)
    else:
        assert received.message == SENT.message
        assert received.references == SENT.references
        assert [bytes(sink.octets) for sink in receiver.sinks] == [b"<a>1</a>" * 500]


def part(content_id: str, octets: bytes = b"x" * 60) -> bytes:
    return b"\r\n--" + BOUNDARY + f"\r\nContent-ID: <{content_id}>\r\n\r\n".encode() + octets


def insert_part(octets: bytes) -> Wire:
    tail = b"\r\n--" + BOUNDARY + b"--"
    return WIRE.edit_rest(lambda rest: rest.replace(tail, octets + tail))


def test_a_part_that_nobody_promised_is_refused() -> None:
    assert_refused(insert_part(part("more@kz")), ErrorCode.MIME_INCONSISTENCY, "more@kz")


def test_a_part_that_comes_twice_is_refused() -> None:
    assert_refused(insert_part(part("declaration@kz")), ErrorCode.MIME_INCONSISTENCY, "repeated")


def test_a_part_without_content_id_is_refused() -> None:
    header = b"Content-ID: <declaration@kz>\r\n"
    message = WIRE.edit_rest(lambda rest: rest.replace(header, b""))
    assert_refused(message, ErrorCode.MIME_INCONSISTENCY, "None")


def test_a_missing_part_is_refused() -> None:
    message = wire(TWO)
    boundary = TWO.content_type.split('"')[1].encode()
    pieces = message.rest.split(b"\r\n--" + boundary)
    without = (b"\r\n--" + boundary).join([pieces[0], pieces[1], pieces[3]])
    assert_refused(replace(message, rest=without), ErrorCode.MIME_INCONSISTENCY, "b@kz")


def test_exchanged_parts_are_refused() -> None:
    def exchange(rest: bytes) -> bytes:
        return (
            rest.replace(b"<a@kz>", b"<c@kz>")
            .replace(b"<b@kz>", b"<a@kz>")
            .replace(b"<c@kz>", b"<b@kz>")
        )

    assert_refused(wire(TWO).edit_rest(exchange), ErrorCode.FAILED_AUTHENTICATION, "digest of")


@pytest.mark.parametrize("keep", [10, 400, 4000, -60, -5])
def test_a_truncated_message_is_refused(keep: int) -> None:
    receiver = Receiver()
    with pytest.raises(EbmsError) as refused:
        receiver.receive(WIRE.content_type, WIRE.body[:keep])
    assert refused.value.entry in {ErrorCode.MIME_INCONSISTENCY, ErrorCode.INVALID_HEADER}
    assert all(sink.discarded for sink in receiver.sinks)


def test_a_broken_connection_leaves_nothing() -> None:
    receiver = Receiver()
    with pytest.raises(EbmsError):
        receiver.receive(WIRE.content_type, WIRE.body[:-60])
    receiver = Receiver()
    message = WIRE.edit_rest(lambda rest: rest[:-60])
    reception = started(receiver, message)
    assert [sink.discarded for sink in receiver.sinks] == [False]
    reception.abort()
    assert [sink.discarded for sink in receiver.sinks] == [True]
    with pytest.raises(EbmsError):
        reception.finish()


def started(receiver: Receiver, message: Wire) -> Reception:
    reception = Reception(
        message.content_type,
        keys=receiver.keys,
        partners=receiver.partners,
        now=NOW,
        quarantine=receiver.quarantine,
    )
    reception.receive_data(message.body)
    return reception


def test_a_sink_that_fails_ends_the_reception() -> None:
    class FullError(Exception):
        pass

    class FullSink:
        discarded = False

        def write(self, data: bytes, /) -> None:
            raise FullError

        def discard(self) -> None:
            self.discarded = True

    sink = FullSink()
    receiver = Receiver()
    receiver.quarantine = lambda content_id: sink  # type: ignore[method-assign,assignment,return-value]
    with pytest.raises(FullError):
        receiver.receive(WIRE.content_type, WIRE.body)
    assert sink.discarded


# Compression


def packed_as_is(octets: bytes) -> SealedMessage:
    """A payload that only says to be gzip."""
    said = (Property("CompressionType", "application/gzip"),)
    source = Payload("declaration@kz", "application/pdf", lambda: iter([octets]), False, said)
    return sealed(source)


def test_a_gzip_bomb_is_refused_before_it_bursts() -> None:
    bomb = b"".join(compress(bytes(1 << 20) for _ in range(64)))
    receiver = Receiver()
    error = refusal(wire(packed_as_is(bomb)), receiver)
    assert error.entry is ErrorCode.DECOMPRESSION_FAILURE
    assert "compression ratio" in (error.detail or "")
    assert len(receiver.sinks[0].octets) < 2 << 20


@pytest.mark.parametrize(
    "octets",
    [
        b"not gzip",
        b"",
        b"".join(compress([b"x" * 99]))[:-1],
        b"".join(compress([b"x"])) + b"more",
        b"".join(compress([b"x"])) * 2,
    ],
    ids=["none", "empty", "cut", "trailing", "second-member"],
)
def test_damaged_gzip_is_a_decompression_failure(octets: bytes) -> None:
    assert_refused(wire(packed_as_is(octets)), ErrorCode.DECOMPRESSION_FAILURE)


def test_a_payload_may_not_exceed_its_limit() -> None:
    pmode = replace(TJ_FROM_KZ, limits=replace(TJ_FROM_KZ.limits, part_size=3999))
    error = refusal(WIRE, Receiver(pmode=pmode))
    assert error.entry is ErrorCode.DECOMPRESSION_FAILURE
    plain = sealed(Payload("x@kz", "application/pdf", lambda: iter([bytes(4000)]), compress=False))
    error = refusal(wire(plain), Receiver(pmode=pmode))
    assert error.entry is ErrorCode.OTHER


# The signature


@pytest.mark.parametrize(
    "change",
    [
        lambda w: w.sub("<eb:Action>submit", "<eb:Action>submiT"),
        lambda w: w.sub("0193-1@kz</eb:MessageId>", "0193-2@kz</eb:MessageId>"),
        lambda w: w.sub('href="cid:declaration@kz"', 'href="cid:declaratioN@kz"'),
        lambda w: w.sub("<eb:Action>submit", "<eb:Action xmlns:a='relative/name' a:b='c'>submit"),
        lambda w: w.sub("</S12:Body>", " </S12:Body>"),
        lambda w: w.sub("</S12:Body>", "<x/></S12:Body>"),
        lambda w: w.edit(lambda t: swap_value(t, "DigestValue")),
        lambda w: w.edit(lambda t: swap_value(t, "SignatureValue")),
        lambda w: w.sub("<ds:SignatureValue>.*</ds:SignatureValue>", "<ds:SignatureValue/>"),
        lambda w: w.sub("<ds:SignatureValue>[^<]*", "<ds:SignatureValue>%%"),
        lambda w: w.sub("<ds:SignatureValue>.*</ds:SignatureValue>", ""),
        lambda w: w.sub("<ds:KeyInfo><wsse.*?</ds:KeyInfo></ds:Sig", "</ds:Sig"),
        lambda w: w.sub('URI="#signing-token"', 'URI="#EK"'),
        lambda w: w.sub('URI="#signing-token"', 'URI="http://kz/token"'),
        lambda w: w.sub('<wsse:Reference URI="#signing-token"', '<wsse:Embedded a="b"', 1)
        .sub("(<wsse:Embedded[^>]*>)</wsse:Reference>", "<wsse:Embedded></wsse:Embedded>"),
    ],
)  # fmt: skip
def test_what_breaks_the_signature_is_a_failed_authentication(
    change: Callable[[Wire], Wire],
) -> None:
    assert_refused(change(WIRE), ErrorCode.FAILED_AUTHENTICATION)


def swap_value(text: str, name: str) -> str:
    """The first base64 value of that element with its first octet changed."""

    def change(match: re.Match[str]) -> str:
        octets = flip(0)(base64.b64decode(match[1]))
        return f"<ds:{name}>{base64.b64encode(octets).decode()}<"

    return re.sub(f"<ds:{name}>([^<]*)<", change, text, count=1)


@pytest.mark.parametrize(
    "change",
    [
        lambda w: w.edit(lambda t: SIGNED_BLOCKS.sub("", t)),
        lambda w: w.edit(lambda t: SIGNATURE.sub("", t)),
        lambda w: w.sub("<wsse:Security .*</wsse:Security>", ""),
        lambda w: w.sub("eddsa-ed25519", "eddsa-ed448"),
        lambda w: w.sub("2021/04/xmldsig-more#eddsa-ed25519", "2000/09/xmldsig#hmac-sha1"),
        lambda w: w.sub(
            'CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"',
            'CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"',
        ),
    ],
    ids=["no-signature-no-token", "no-signature", "no-security", "ed448", "hmac", "c14n"],
)
def test_without_the_agreed_signature_the_policy_is_not_met(change: Callable[[Wire], Wire]) -> None:
    assert_refused(change(WIRE), ErrorCode.POLICY_NONCOMPLIANCE)


def resigned_with(pattern: str, by: str) -> Wire:
    """SignedInfo changed before it was signed by the right key."""
    from keruen.as4.suites import EDELIVERY_2
    from keruen.as4.xml import canonical, encode, parse

    text = WIRE.envelope
    info = found(re.compile(r"<ds:SignedInfo.*</ds:SignedInfo>"), text)
    changed = re.sub(pattern, lambda _: by, info)
    assert changed != info
    value = EDELIVERY_2.signature.sign(KZ.signer.private_key, canonical(parse(changed.encode())))
    text = text.replace(info, changed)
    return replace(
        WIRE, envelope=re.sub("(?<=<ds:SignatureValue>)[^<]*", lambda _: encode(value), text)
    )


@pytest.mark.parametrize(
    ("pattern", "by"),
    [
        ("04/xmlenc#sha256", "04/xmlenc#sha512"),
        ("#Attachment-Content-Signature-Transform", "#Attachment-Complete-Signature-Transform"),
        (r'Transform Algorithm="[^"]*exc-c14n#"', 'Transform Algorithm="urn:x"'),
        ("<ds:Transforms>.*?</ds:Transforms>", ""),
        ('URI="#eb-messaging"', 'URI=""'),
        ('URI="#eb-messaging"', 'URI="#signing-token"'),
        ('URI="#eb-messaging"', 'URI="http://kz/messaging"'),
        ('URI="#soap-body"', 'URI="#eb-messaging"'),
    ],
)
def test_a_partner_must_sign_as_agreed(pattern: str, by: str) -> None:
    error = refusal(resigned_with(pattern, by))
    assert error.entry in {ErrorCode.POLICY_NONCOMPLIANCE, ErrorCode.FAILED_AUTHENTICATION}


def dropped(*targets: str) -> Callable[[list[Reference]], list[Reference]]:
    return lambda references: [r for r in references if r.target not in targets]


@pytest.mark.parametrize(
    "edit",
    [
        dropped("part"),
        dropped("body"),
        dropped("messaging"),
        dropped("messaging", "body", "part"),
        lambda references: [*references, references[0]],
        lambda references: [*references, references[2]],
        lambda references: [*references, Reference("cid:more@kz", bytes(32), "part")],
    ],
    ids=["part", "body", "messaging", "all", "twice", "part-twice", "unlisted"],
)
def test_messaging_body_and_every_part_are_signed_once(
    edit: Callable[[list[Reference]], list[Reference]],
) -> None:
    message = WIRE.resigned(SENT, edit_references=edit)
    assert_refused(message, ErrorCode.POLICY_NONCOMPLIANCE)


def test_a_digest_of_a_part_that_differs_is_found_after_decryption() -> None:
    def other(references: list[Reference]) -> list[Reference]:
        return [*references[:2], replace(references[2], digest=bytes(32))]

    message = WIRE.resigned(SENT, edit_references=other)
    assert_refused(message, ErrorCode.FAILED_AUTHENTICATION, "digest of declaration@kz")


def test_a_stranger_cannot_sign() -> None:
    message = WIRE.resigned(SENT, signer=STRANGER.signer)
    assert_refused(message, ErrorCode.FAILED_AUTHENTICATION, "not pinned")


def test_a_stranger_cannot_sign_in_the_partner_s_name() -> None:
    def claim(text: str) -> str:
        own, claimed = STRANGER.signer.certificate, KZ.signer.certificate
        return text.replace(
            base64.b64encode(own.der).decode(), base64.b64encode(claimed.der).decode()
        )

    message = WIRE.resigned(SENT, signer=STRANGER.signer).edit(claim)
    assert_refused(message, ErrorCode.FAILED_AUTHENTICATION, "SignedInfo is wrong")


def test_an_expired_certificate_no_longer_counts() -> None:
    receiver = Receiver(now=NOW + timedelta(days=366))
    receiver.pmode = replace(TJ_FROM_KZ, max_age=timedelta(days=9999))
    error = refusal(WIRE, receiver)
    assert error.entry is ErrorCode.FAILED_AUTHENTICATION


# Signature wrapping: the signed element is still there, and something else stands in its place


def wrapped(element: re.Pattern[str], forged: Callable[[str], str], holder: str) -> Wire:
    """The signed element moved into `holder`, a forged one where it was."""
    original = found(element, WIRE.envelope)
    text = WIRE.envelope.replace(original, forged(original))
    held = holder.replace("@", original) + "</S12:Header>"
    return replace(WIRE, envelope=text.replace("</S12:Header>", held))


def forged_messaging(original: str) -> str:
    return original.replace("submit", "annul").replace('wsu:Id="eb-messaging"', 'wsu:Id="other"')


HOLDER = "<x:Holder xmlns:x='urn:x'>@</x:Holder>"


@pytest.mark.parametrize(
    "message",
    [
        wrapped(MESSAGING, forged_messaging, HOLDER),
        wrapped(MESSAGING, lambda m: forged_messaging(m).replace("other", "eb-messaging"), HOLDER),
        wrapped(MESSAGING, lambda m: forged_messaging(m).replace(' wsu:Id="other"', ""), HOLDER),
        wrapped(MESSAGING, lambda _: "", HOLDER),
        wrapped(MESSAGING, lambda m: f"{m}{forged_messaging(m)}", ""),
        wrapped(MESSAGING, lambda m: f"{forged_messaging(m)}{m}", ""),
        WIRE.edit(lambda t: t.replace("</ds:Signature>", f"<ds:Object>{found(MESSAGING, t)}</ds:Object></ds:Signature>").replace(found(MESSAGING, t) + "</S12:H", forged_messaging(found(MESSAGING, t)) + "</S12:H")),
        wrapped(BODY, lambda b: b.replace("soap-body", "other").replace("></", "><x/></"), HOLDER),
        wrapped(BODY, lambda b: b.replace("></", "><x/></"), HOLDER),
        wrapped(BODY, lambda b: f"{b}{b.replace('soap-body', 'other')}", ""),
        WIRE.edit(lambda t: t.replace("</S12:Body>", t[t.index("<S12:Envelope") :] + "</S12:Body>")),
        WIRE.edit(lambda t: t.replace("</wsse:Security>", found(SIGNATURE, t) + "</wsse:Security>")),
        WIRE.edit(lambda t: t.replace("</S12:Header>", found(re.compile("<wsse:Security .*</wsse:Security>"), t) + "</S12:Header>")),
        WIRE.edit(lambda t: t.replace("</S12:Header>", "<x xml:id='eb-messaging'/></S12:Header>")),
        WIRE.edit(lambda t: t.replace("</S12:Header>", "<x Id='soap-body'/></S12:Header>")),
        WIRE.edit(lambda t: t.replace('wsu:Id="eb-messaging"', 'wsu:Id="eb-messaging" Id="EK"')),
        WIRE.edit(lambda t: t.replace("</S12:Envelope>", "<x/></S12:Envelope>")),
        WIRE.edit(lambda t: t.replace("<S12:Header>", "<S12:Header><x xmlns:e='http://www.w3.org/2003/05/soap-envelope' e:mustUnderstand='true'/>")),
    ],
)  # fmt: skip
def test_a_moved_or_doubled_element_is_an_invalid_header(message: Wire) -> None:
    assert message.envelope != WIRE.envelope
    assert_refused(message, ErrorCode.INVALID_HEADER)


def test_a_signature_outside_of_security_does_not_count() -> None:
    def move(text: str) -> str:
        blocks = found(SIGNED_BLOCKS, text)
        namespaces = " ".join(re.findall(r'xmlns:ws\w+="[^"]*"', text)[:2])
        return text.replace(blocks, "").replace(
            "</S12:Header>", f"<x {namespaces}>{blocks}</x></S12:Header>"
        )

    assert_refused(WIRE.edit(move), ErrorCode.POLICY_NONCOMPLIANCE, "not signed")


def test_a_comment_cannot_cut_a_value() -> None:
    """Comments are not signed, so they must not change what is read."""
    message = WIRE.sub("<eb:Action>submit", "<eb:Action>sub<!-- -->mit")
    received = Receiver().receive_message(message.content_type, message.body)
    assert received.message.action == "submit"


# The encryption


OTHER = wire(sealed(seed=b"\1" * 32))
ENCRYPTED_KEY = re.compile(r"<xenc:EncryptedKey.*</xenc:EncryptedKey>")
CIPHER_VALUE = re.compile(r"(?<=<xenc:CipherValue>)[^<]*")
DER = re.compile(r"(?<=#\">)MCowBQYDK2Vu[^<]*")


def low_order(text: str) -> str:
    """A public key that makes every shared secret zero."""
    zero = bytes.fromhex("302a300506032b656e032100") + bytes(32)
    return DER.sub(base64.b64encode(zero).decode(), text)


@pytest.mark.parametrize(
    "message",
    [
        WIRE.edit(lambda t: ENCRYPTED_KEY.sub(found(ENCRYPTED_KEY, OTHER.envelope), t)),
        WIRE.edit(lambda t: CIPHER_VALUE.sub(found(CIPHER_VALUE, OTHER.envelope), t)),
        WIRE.edit(lambda t: CIPHER_VALUE.sub("AAAA", t)),
        WIRE.edit(lambda t: CIPHER_VALUE.sub("?", t)),
        WIRE.edit(low_order),
        WIRE.edit(lambda t: DER.sub(found(DER, OTHER.envelope), t)),
        WIRE.edit(lambda t: DER.sub("AAAA", t)),
        WIRE.sub("<rfc9231:KeyLength>16", "<rfc9231:KeyLength>32"),
        WIRE.sub("<rfc9231:Salt>.", "<rfc9231:Salt>+"),
        WIRE.sub("<rfc9231:Salt>.*</rfc9231:Salt>", ""),
        WIRE.edit(lambda t: re.sub(r"(X509SubjectKeyIdentifier\">)[^<]*", r"\1AAAA", t)),
        WIRE.sub("<xenc:RecipientKeyInfo>.*</xenc:RecipientKeyInfo>", ""),
        WIRE.sub('DataReference URI="#ED-0"', 'DataReference URI="#eb-messaging"'),
        WIRE.sub("<xenc:ReferenceList>.*</xenc:ReferenceList>", ""),
        WIRE.sub('Reference URI="#EK"', 'Reference URI="#ED-0"'),
        WIRE.sub("<xenc:CipherValue>.*</xenc:CipherValue>", ""),
        WIRE.sub('CipherReference URI="cid:', 'CipherReference URI="http:'),
    ],
)
def test_what_breaks_the_encryption_is_answered_alike(message: Wire) -> None:
    def answer(error: EbmsError) -> bytes:
        return build_error(error, pmode=TJ_FROM_KZ, signer=TJ.signer, signal_id="e", timestamp=NOW)

    error = refusal(message)
    assert error.entry is ErrorCode.FAILED_DECRYPTION
    assert answer(error) == answer(refusal(last_part(flip(-1))))


@pytest.mark.parametrize(
    "message",
    [
        WIRE.sub("xmlenc11#aes128-gcm", "xmlenc11#aes256-gcm"),
        WIRE.sub("2009/xmlenc11#aes128-gcm", "2001/04/xmlenc#aes128-cbc"),
        WIRE.sub("#kw-aes128", "#kw-aes256"),
        WIRE.sub("xmldsig-more#x25519", "xmldsig-more#x448"),
        WIRE.sub("xmldsig-more#hkdf", "xmldsig-more#pbkdf2"),
        WIRE.sub("#hmac-sha256", "#hmac-sha512"),
        WIRE.sub("#Attachment-Content-Only", "#Attachment-Complete"),
        WIRE.sub("#Attachment-Ciphertext-Transform", "#Attachment-Other-Transform"),
        WIRE.sub("<xenc:EncryptedKey.*</xenc:EncryptedData>", ""),
        WIRE.sub("<xenc:EncryptedKey.*</xenc:EncryptedKey>", ""),
        WIRE.sub('CipherReference URI="cid:declaration', 'CipherReference URI="cid:other'),
        WIRE.edit(lambda t: t.replace("<xenc:EncryptedKey", found(ENCRYPTED_KEY, t).replace('"EK"', '"EK2"') + "<xenc:EncryptedKey", 1)),
    ],
)  # fmt: skip
def test_without_the_agreed_encryption_the_policy_is_not_met(message: Wire) -> None:
    assert_refused(message, ErrorCode.POLICY_NONCOMPLIANCE)


def test_a_message_to_somebody_else_s_key_cannot_be_read() -> None:
    receiver = Receiver(keys=(STRANGER.decryption,))
    assert refusal(WIRE, receiver).entry is ErrorCode.FAILED_DECRYPTION


def test_an_unencrypted_part_is_refused() -> None:
    message = WIRE.sub("<xenc:EncryptedKey.*</xenc:EncryptedData>", "")
    assert_refused(message, ErrorCode.POLICY_NONCOMPLIANCE, "encrypted")


# The header, signed by the right partner


def from_partner(**changes: object) -> Wire:
    return wire(sealed(message=user_message(**changes)))


@pytest.mark.parametrize(
    ("changes", "entry"),
    [
        ({"timestamp": NOW + timedelta(minutes=10, seconds=1)}, ErrorCode.VALUE_INCONSISTENT),
        ({"timestamp": NOW - timedelta(days=90, seconds=1)}, ErrorCode.VALUE_INCONSISTENT),
        ({"receiver": PartyId("customs-uz")}, ErrorCode.VALUE_INCONSISTENT),
        ({"receiver": PartyId("customs-tj", "urn:other-scheme")}, ErrorCode.VALUE_INCONSISTENT),
        ({"sender": TJ.party}, ErrorCode.VALUE_INCONSISTENT),
        ({"sender_role": "other"}, ErrorCode.VALUE_INCONSISTENT),
        ({"receiver_role": "other"}, ErrorCode.VALUE_INCONSISTENT),
        ({"agreement_ref": None}, ErrorCode.VALUE_INCONSISTENT),
        ({"agreement_ref": AgreementRef("other")}, ErrorCode.VALUE_INCONSISTENT),
        ({"service": Service("other")}, ErrorCode.VALUE_NOT_RECOGNIZED),
        ({"action": "other"}, ErrorCode.VALUE_NOT_RECOGNIZED),
        ({"message_id": "x" * 1025}, ErrorCode.INVALID_HEADER),
        ({"message_id": " "}, ErrorCode.INVALID_HEADER),
    ],
)
def test_a_header_that_was_not_agreed_is_refused(
    changes: dict[str, object], entry: ErrorCode
) -> None:
    assert_refused(from_partner(**changes), entry)


@pytest.mark.parametrize(
    "timestamp", [NOW + timedelta(minutes=10), NOW - timedelta(days=90)], ids=["ahead", "old"]
)
def test_a_timestamp_may_be_off_a_little(timestamp: object) -> None:
    message = from_partner(timestamp=timestamp)
    Receiver().receive_message(message.content_type, message.body)


@pytest.mark.parametrize(
    ("pattern", "by", "entry"),
    [
        ('href="cid:declaration@kz"', 'href="http://kz/payload"', ErrorCode.EXTERNAL_PAYLOAD_ERROR),
        ('href="cid:declaration@kz"', 'href="file:///etc/passwd"', ErrorCode.EXTERNAL_PAYLOAD_ERROR),
        (' href="cid:declaration@kz"', "", ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY),
        (">application/gzip<", ">application/zip<", ErrorCode.VALUE_INCONSISTENT),
        ('<eb:Property name="MimeType">.*?</eb:Property>', "", ErrorCode.VALUE_INCONSISTENT),
        ("</eb:PartProperties>", '<eb:Property name="CharacterSet">!utf*</eb:Property></eb:PartProperties>', ErrorCode.VALUE_INCONSISTENT),
        ("<eb:PayloadInfo>.*</eb:PayloadInfo>", "", ErrorCode.VALUE_INCONSISTENT),
        ("(?<=<eb:From>)", "<eb:PartyId>second</eb:PartyId>", ErrorCode.VALUE_INCONSISTENT),
        ("(?<=<eb:To>)", "<eb:PartyId>second</eb:PartyId>", ErrorCode.VALUE_INCONSISTENT),
        ("<eb:Timestamp>[^<]*", "<eb:Timestamp>yesterday", ErrorCode.INVALID_HEADER),
        ("<eb:MessageId>[^<]*</eb:MessageId>", "", ErrorCode.INVALID_HEADER),
        ("<eb:MessageId>[^<]*", "<eb:MessageId><x></x>", ErrorCode.INVALID_HEADER),
        ("eb:UserMessage>", "eb:OtherMessage>", ErrorCode.INVALID_HEADER),
        ("<eb:UserMessage>.*</eb:UserMessage>", "", ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY),
    ],
)  # fmt: skip
def test_a_header_that_breaks_the_rules_is_refused(pattern: str, by: str, entry: ErrorCode) -> None:
    message = WIRE.resigned(SENT, lambda text: re.sub(pattern, lambda _: by, text))
    assert_refused(message, entry)


def test_a_part_listed_twice_is_refused() -> None:
    def twice(text: str) -> str:
        info = found(re.compile("<eb:PartInfo .*</eb:PartInfo>"), text)
        return text.replace(info, info * 2)

    assert_refused(WIRE.resigned(SENT, twice), ErrorCode.VALUE_INCONSISTENT, "listed twice")


def test_bundled_messages_are_refused() -> None:
    def bundle(text: str) -> str:
        unit = found(re.compile("<eb:UserMessage>.*</eb:UserMessage>"), text)
        return text.replace(unit, unit * 2)

    message = WIRE.resigned(SENT, bundle)
    assert_refused(message, ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY, "2 message units")


def test_a_payload_in_the_body_is_refused_even_when_it_is_signed() -> None:
    message = WIRE.resigned(SENT, edit_body=lambda text: text.replace("></", "><x></x></"))
    assert_refused(message, ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY, "SOAP body")


def test_a_partner_nobody_knows_is_refused() -> None:
    error = refusal(WIRE, Receiver(pmode=None))
    assert error.entry is ErrorCode.PROCESSING_MODE_MISMATCH
    assert error.ref_to_message_id == "0193-1@kz"


def test_the_error_names_the_message_once_its_header_was_read() -> None:
    assert refusal(last_part(flip(0))).ref_to_message_id == "0193-1@kz"
    assert refusal(WIRE.sub("</S12:Envelope>", "")).ref_to_message_id is None


def test_the_header_is_known_but_a_refused_message_is_not() -> None:
    receiver = Receiver()
    refusal(last_part(flip(0)), receiver)
    assert receiver.reception is not None
    assert isinstance(receiver.reception.header, UserMessage)
    assert receiver.reception.pmode == TJ_FROM_KZ
    assert isinstance(receiver.reception.error, EbmsError)


# XML and MIME as weapons


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("pattern", "by"),
    [
        ("(?=<S12:Envelope)", LAUGHS),
        ("(?=<S12:Envelope)", '<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
        ("(?=<S12:Envelope)", "<?xml-stylesheet href='x'?>"),
        ("<eb:Action>submit", "<eb:Action>sub<?pi?>mit"),
        ("(?<=<S12:Header>)", "<?pi?>"),
        ("<eb:Action>submit", "<eb:Action>sub&xxe;mit"),
        ("(?=<S12:Header>)", "<a>" * 60 + "</a>" * 60),
        ("(?<=<S12:Header>)", "<a>" * 60 + "</a>" * 60),
        ("(?<=<S12:Header>)", "<a>" * 5000),
        ("(?<=<S12:Header>)", "<a " + " ".join(f"b{i}='c'" for i in range(60)) + "/>"),
        ('encoding="UTF-8"', 'encoding="UTF-16"'),
        ('encoding="UTF-8"', 'encoding="windows-1251"'),
        ("http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/"),
        ("S12:Envelope", "S12:Letter"),
        ("</S12:Envelope>", ""),
    ],
)
def test_hostile_xml_is_an_invalid_header(pattern: str, by: str) -> None:
    assert_refused(WIRE.sub(pattern, by), ErrorCode.INVALID_HEADER)


def test_another_encoding_is_an_invalid_header() -> None:
    text = WIRE.envelope.replace('encoding="UTF-8"', 'encoding="UTF-16"')
    body = WIRE.rest.replace(b"@@ENVELOPE@@", text.encode("utf-16"))
    with pytest.raises(EbmsError) as refused:
        Receiver().receive(WIRE.content_type, body)
    assert refused.value.entry is ErrorCode.INVALID_HEADER


def test_a_byte_order_mark_is_taken() -> None:
    message = replace(WIRE, envelope="\ufeff" + WIRE.envelope)
    Receiver().receive_message(message.content_type, message.body)


def test_a_flood_of_headers_is_refused() -> None:
    flood = b"".join(b"X-%d: y\r\n" % i for i in range(5000))
    message = WIRE.edit_rest(lambda rest: rest.replace(b"\r\n", b"\r\n" + flood, 1))
    assert_refused(message, ErrorCode.OTHER, "header size")


def test_an_envelope_may_not_fill_the_memory() -> None:
    message = WIRE.sub("</S12:Header>", " " * (1 << 20) + "</S12:Header>")
    assert_refused(message, ErrorCode.OTHER, "envelope exceeds")


@pytest.mark.parametrize(
    "content_type",
    ["", "multipart/related", "text/xml", WIRE.content_type.replace("<envelope", "<other")],
)
def test_a_content_type_that_does_not_fit_is_refused(content_type: str) -> None:
    with pytest.raises(EbmsError) as refused:
        Receiver().receive(content_type, WIRE.body)
    assert refused.value.entry is ErrorCode.MIME_INCONSISTENCY


# Receipts


RECEIPT = build_receipt(
    SENT.envelope, pmode=TJ_FROM_KZ, signer=TJ.signer, receipt_id="r-1@tj", timestamp=NOW
)


@pytest.mark.parametrize(
    ("pattern", "by", "entry"),
    [
        (b"0193-1@kz", b"0193-2@kz", ErrorCode.FAILED_AUTHENTICATION),
        (b"(?<=<eb:MessageId>)r", b"s", ErrorCode.FAILED_AUTHENTICATION),
        (b"(?<=<ds:DigestValue>).(?=[^<]*</ds:DigestValue></ds:Reference></ebbp)", b"+", ErrorCode.FAILED_AUTHENTICATION),
        (b"(?<=<ds:SignatureValue>).", b"+", ErrorCode.FAILED_AUTHENTICATION),
        (b"eddsa-ed25519", b"eddsa-ed448", ErrorCode.POLICY_NONCOMPLIANCE),
        (b"</S12:Body>", b"<x/></S12:Body>", ErrorCode.FAILED_AUTHENTICATION),
        (b"</S12:Header>", b"<x Id='eb-messaging'/></S12:Header>", ErrorCode.INVALID_HEADER),
    ],
)  # fmt: skip
def test_a_tampered_receipt_is_refused(pattern: bytes, by: bytes, entry: ErrorCode) -> None:
    octets = re.sub(pattern, by, RECEIPT)
    assert octets != RECEIPT
    with pytest.raises(EbmsError) as refused:
        open_signal("application/soap+xml", octets, pmode=KZ_TO_TJ, now=NOW)
    assert refused.value.entry is entry


@pytest.mark.parametrize("kept", ["messaging", "body"])
def test_a_receipt_signs_messaging_and_body(kept: str) -> None:
    """A partner's signature over less than both proves nothing about the rest."""
    receipt = Wire("application/soap+xml", RECEIPT.decode(), b"@@ENVELOPE@@")
    receipt = receipt.resigned(
        replace(SENT, references=()),
        edit_references=lambda references: [r for r in references if r.target == kept],
        signer=TJ.signer,
    )
    with pytest.raises(EbmsError) as refused:
        open_signal(receipt.content_type, receipt.body, pmode=KZ_TO_TJ, now=NOW)
    assert refused.value.entry is ErrorCode.POLICY_NONCOMPLIANCE


def test_one_message_cannot_be_answered_with_the_receipt_of_a_forger() -> None:
    forged = seal(
        user_message(),
        [payload()],
        pmode=KZ_TO_TJ,
        signer=STRANGER.signer,
        now=NOW,
        entropy=Seeded(bytes(32)),
    )
    assert_refused(wire(forged), ErrorCode.FAILED_AUTHENTICATION)
