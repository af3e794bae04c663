"""A message is sealed, travels, is received and receipted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.as4.world import (
    KZ,
    KZ_TO_TJ,
    NOW,
    STRANGER,
    TJ,
    TJ_FROM_KZ,
    MemorySink,
    Receiver,
    body_of,
    payload,
    receive,
    sealed,
    user_message,
    validity,
)

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    TEST_ACTION,
    TEST_SERVICE,
    EbmsError,
    ErrorCode,
    ErrorSignal,
    Limits,
    Payload,
    Property,
    Receipt,
    ReceivedSignal,
    Reception,
    SealedMessage,
    Seeded,
    Service,
    SigningIdentity,
    build_error,
    build_receipt,
    open_signal,
    references_digest,
    seal,
    verify_receipt,
)
from keruen.as4.certificates import issue_key_agreement, issue_signing
from keruen.errors import InputError, LocalError, UsageError

PING = user_message(service=Service(TEST_SERVICE), action=TEST_ACTION)


def receipt_for(envelope: bytes) -> bytes:
    return build_receipt(
        envelope, pmode=TJ_FROM_KZ, signer=TJ.signer, receipt_id="r-1@tj", timestamp=NOW
    )


def opened(body: bytes, content_type: str = SOAP_CONTENT_TYPE) -> Receipt | ErrorSignal:
    return open_signal(content_type, body, pmode=KZ_TO_TJ, now=NOW)


def opened_receipt(body: bytes) -> Receipt:
    receipt = opened(body)
    assert isinstance(receipt, Receipt)
    return receipt


def test_a_message_arrives_as_it_was_sent() -> None:
    sent = sealed(payload(b"<a/>", "a@kz"), payload(b"<b/>" * 99, "b@kz"))
    received, sinks = receive(sent)
    assert received.message == sent.message
    assert received.references == sent.references
    assert received.envelope == sent.envelope
    assert received.certificate == KZ.signer.certificate
    assert received.pmode == TJ_FROM_KZ
    assert [(p.content_id, p.mime_type, p.size) for p in received.parts] == [
        ("a@kz", "application/xml", 4),
        ("b@kz", "application/xml", 396),
    ]
    assert [p.sink for p in received.parts] == sinks
    assert [bytes(sink.octets) for sink in sinks] == [b"<a/>", b"<b/>" * 99]
    assert not any(sink.discarded for sink in sinks)


mime_types = st.sampled_from(
    ["application/octet-stream", "application/pdf", "text/plain", "TEXT/csv; charset=utf-8"]
)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.lists(st.binary(max_size=99)), mime_types, st.booleans()),
        min_size=1,
        max_size=4,
    ),
    st.integers(1, 5000),
    st.binary(min_size=32, max_size=32),
)
def test_any_payloads_survive_any_chunking(
    contents: list[tuple[list[bytes], str, bool]], step: int, seed: bytes
) -> None:
    payloads = [
        Payload(f"{i}@kz", mime_type, lambda c=chunks: iter(c), compress)  # type: ignore[misc]
        for i, (chunks, mime_type, compress) in enumerate(contents)
    ]
    sent = sealed(*payloads, seed=seed)
    receiver = Receiver()
    body = body_of(sent)
    assert len(body) == sent.size
    received = receiver.receive_message(sent.content_type, body, step)
    assert [bytes(s.octets) for s in receiver.sinks] == [b"".join(c) for c, _, _ in contents]
    assert [p.mime_type for p in received.parts] == [m for _, m, _ in contents]


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20).filter(
    lambda text: "\ufffe" not in text and "\uffff" not in text
)


@given(names, names.map(str.strip))
def test_any_text_survives_in_a_property(name: str, value: str) -> None:
    if value != value.strip(" \t\r\n") or "\x85" in value:
        return
    message = user_message(properties=(Property(name, value, "a<\t\n\r\"'&>b"),))
    received, _ = receive(sealed(message=message))
    assert received.message.properties == message.properties


def test_what_xml_cannot_carry_is_our_own_error() -> None:
    with pytest.raises(InputError, match="cannot be written as XML"):
        sealed(message=user_message(conversation_id="a\x00b"))


@pytest.mark.parametrize(
    "mime_type", ["application/xml", "text/xml; charset=utf-8", "image/svg+xml"]
)
def test_an_uncompressed_xml_payload_is_signed_in_canonical_form(mime_type: str) -> None:
    octets = b'<?xml version="1.0"?>\n<a  b = "1"\n><!-- no -->x</a >\n'
    sent = sealed(Payload("x@kz", mime_type, lambda: iter([octets]), compress=False))
    canonical = sealed(
        Payload("x@kz", mime_type, lambda: iter([b'<a b="1">x</a>']), compress=False)
    )
    _, (sink,) = receive(sent)
    assert sink.octets == octets
    assert sent.references == canonical.references
    assert body_of(sent) != body_of(canonical)


def test_an_uncompressed_text_payload_is_signed_with_crlf() -> None:
    def text(octets: bytes) -> SealedMessage:
        chunks = [octets[i : i + 1] for i in range(len(octets))]
        return sealed(Payload("x@kz", "text/csv", lambda: iter(chunks), compress=False))

    variants = [b"a\nb\n\nc\n", b"a\r\nb\r\n\r\nc\r\n", b"a\rb\n\rc\r"]
    assert len({text(v).references for v in variants}) == 1
    assert text(b"a\nb\nc\n").references != text(variants[0]).references
    assert [bytes(receive(text(v))[1][0].octets) for v in variants] == variants


def test_an_uncompressed_xml_payload_must_be_xml_and_not_too_large() -> None:
    with pytest.raises(InputError, match="not well-formed"):
        sealed(Payload("x@kz", "text/xml", lambda: iter([b"<a>"]), compress=False))
    big = Payload("x@kz", "text/xml", lambda: iter([b"<a>", b" " * 5_000_000, b"</a>"]), False)
    with pytest.raises(InputError, match="exceeds the limit of 4194304"):
        sealed(big)


def test_a_ping_carries_nothing_and_is_receipted() -> None:
    sent = seal(PING, (), pmode=KZ_TO_TJ, signer=KZ.signer, now=NOW, entropy=Seeded(bytes(32)))
    assert sent.content_type == SOAP_CONTENT_TYPE
    received, sinks = receive(sent)
    assert received.message.is_test
    assert (received.parts, sinks) == ((), [])
    receipt = opened_receipt(receipt_for(received.envelope))
    verify_receipt(receipt, PING.message_id, sent.references)


def test_only_a_ping_goes_without_payload() -> None:
    with pytest.raises(InputError, match="only the test service"):
        seal(
            user_message(), (), pmode=KZ_TO_TJ, signer=KZ.signer, now=NOW, entropy=Seeded(bytes(32))
        )


# Determinism


def test_a_retry_is_the_same_octets() -> None:
    first, second = sealed(), sealed()
    assert body_of(first) == body_of(first) == body_of(second)
    assert first.content_type == second.content_type


def test_a_later_retry_is_the_same_octets() -> None:
    later = seal(
        user_message(),
        [payload()],
        pmode=KZ_TO_TJ,
        signer=KZ.signer,
        now=NOW + timedelta(days=20),
        entropy=Seeded(bytes(32)),
    )
    assert body_of(later) == body_of(sealed())


def secrets_of(message: SealedMessage) -> set[bytes]:
    """Nonce, ephemeral key and boundary: what must not occur twice."""
    body = body_of(message)
    ephemeral = body.split(b"DEREncodedKeyValue")[1].split(b">")[1]
    boundary = message.content_type.split('"')[1].encode()
    nonce = body.split(b"\r\n\r\n")[-1][:12]
    return {ephemeral, boundary, nonce}


def sealed_to_stranger() -> SealedMessage:
    pmode = replace(KZ_TO_TJ, partner_key_agreement=(STRANGER.decryption.certificate,))
    return seal(
        user_message(),
        [payload()],
        pmode=pmode,
        signer=KZ.signer,
        now=NOW,
        entropy=Seeded(bytes(32)),
    )


@pytest.mark.parametrize(
    "other",
    [
        lambda: sealed(seed=b"\1" * 32),
        lambda: sealed(payload(b"<a>2</a>" * 500)),
        lambda: sealed(message=user_message(message_id="0193-2@kz")),
        lambda: sealed(message=user_message(conversation_id="c-2")),
        sealed_to_stranger,
    ],
    ids=["seed", "payload", "message-id", "header", "recipient"],
)
def test_other_content_never_meets_the_same_key_or_nonce(
    other: Callable[[], SealedMessage],
) -> None:
    assert not secrets_of(sealed()) & secrets_of(other())


def test_xml_that_differs_only_before_canonicalisation_has_its_own_key() -> None:
    """The signed digests are equal, so they alone must not choose the nonce."""
    one, other = (
        sealed(Payload("x@kz", "text/xml", lambda o=octets: iter([o]), compress=False))  # type: ignore[misc]
        for octets in (b"<a></a>", b"<a />  ")
    )
    assert one.references == other.references
    assert not secrets_of(one) & secrets_of(other)


def test_parts_of_one_message_have_different_nonces() -> None:
    body = body_of(sealed(payload(b"x", "a@kz"), payload(b"x", "b@kz")))
    bodies = [part.split(b"\r\n\r\n")[1] for part in body.split(b"\r\n--keruen-")[1:3]]
    assert len({octets[:12] for octets in bodies}) == 2


def test_a_seed_is_32_octets_and_is_not_shown() -> None:
    with pytest.raises(ValueError, match="32 octets"):
        Seeded(b"short")
    assert "1111" not in repr(Seeded(b"1" * 32))


def test_a_payload_that_changes_between_the_passes_is_not_completed() -> None:
    readings: Iterator[list[bytes]] = iter([[bytes(300_000)], [b"\1" * 300_000]])
    changing = Payload("x@kz", "application/pdf", lambda: iter(next(readings)), compress=False)
    with pytest.raises(LocalError, match="changed while it was sent"):
        body_of(sealed(changing))


# What we must get right before anything is sent


@pytest.mark.parametrize("ids", [["a b"], ["<a>"], [""], ["a\r\nX: y"], ["a", "a"]], ids=repr)
def test_content_ids_are_plain_and_distinct(ids: list[str]) -> None:
    with pytest.raises(InputError, match="content ids"):
        sealed(*(payload(b"x", i) for i in ids))


def test_more_payloads_than_peers_take_are_refused() -> None:
    with pytest.raises(InputError, match="29 payloads exceed 28"):
        sealed(*(payload(b"x", f"{i}@kz") for i in range(29)))


def test_expired_certificates_are_our_own_error() -> None:
    late = NOW + timedelta(days=400)
    arguments = {"pmode": KZ_TO_TJ, "signer": KZ.signer, "entropy": Seeded(bytes(32))}
    with pytest.raises(LocalError, match="signing certificate CN=kz signing is not valid"):
        seal(user_message(), [payload()], now=late, **arguments)  # type: ignore[arg-type]
    nobody = replace(KZ_TO_TJ, partner_key_agreement=())
    with pytest.raises(LocalError, match="no valid certificate to encrypt to customs-tj"):
        seal(user_message(), [payload()], now=NOW, **{**arguments, "pmode": nobody})  # type: ignore[arg-type]


def test_a_suite_that_does_not_exist_is_named() -> None:
    pmode = replace(KZ_TO_TJ, suite="edelivery-9")
    with pytest.raises(UsageError, match=r"edelivery-9.*there are: .*edelivery-2\.0"):
        seal(
            user_message(),
            [payload()],
            pmode=pmode,
            signer=KZ.signer,
            now=NOW,
            entropy=Seeded(bytes(32)),
        )


# Change of certificates


def test_during_a_change_both_signing_certificates_are_taken() -> None:
    key = STRANGER.signer.private_key
    new = issue_signing(KZ.authority, "kz signing 2", key.public_key(), validity(77))  # type: ignore[arg-type]
    both = replace(TJ_FROM_KZ, partner_signing=(KZ.signer.certificate, new))
    for signer in (KZ.signer, SigningIdentity(key, new)):
        sent = seal(
            user_message(),
            [payload()],
            pmode=KZ_TO_TJ,
            signer=signer,
            now=NOW,
            entropy=Seeded(bytes(32)),
        )
        received = Receiver(pmode=both).receive_message(sent.content_type, body_of(sent))
        assert received.certificate == signer.certificate


def test_during_a_change_both_decryption_keys_are_tried_by_name() -> None:
    key = STRANGER.decryption.private_key
    new = issue_key_agreement(TJ.authority, "tj 2", key.public_key(), validity(78))  # type: ignore[arg-type]
    sent = seal(
        user_message(),
        [payload()],
        pmode=replace(KZ_TO_TJ, partner_key_agreement=(new,)),
        signer=KZ.signer,
        now=NOW,
        entropy=Seeded(bytes(32)),
    )
    both = (TJ.decryption, replace(TJ.decryption, private_key=key, certificate=new))
    Receiver(keys=both).receive_message(sent.content_type, body_of(sent))


def test_the_first_valid_certificate_of_the_partner_is_encrypted_to() -> None:
    later = replace(validity(79), not_before=NOW + timedelta(days=2))
    key = STRANGER.decryption.private_key.public_key()
    not_yet = issue_key_agreement(TJ.authority, "tj 2", key, later)  # type: ignore[arg-type]
    certificates = (not_yet, TJ.decryption.certificate)
    sent = seal(
        user_message(),
        [payload()],
        pmode=replace(KZ_TO_TJ, partner_key_agreement=certificates),
        signer=KZ.signer,
        now=NOW,
        entropy=Seeded(bytes(32)),
    )
    assert body_of(sent) == body_of(sealed())


def test_keys_and_certificates_must_belong_together() -> None:
    with pytest.raises(ValueError, match="not that of CN=tj signing"):
        SigningIdentity(KZ.signer.private_key, TJ.signer.certificate)


# Receipts and errors


def test_a_receipt_proves_what_was_received() -> None:
    sent = sealed()
    received, _ = receive(sent)
    receipt = opened_receipt(receipt_for(received.envelope))
    assert receipt.signed
    assert receipt.certificate == TJ.signer.certificate
    assert (receipt.message_id, receipt.timestamp) == ("r-1@tj", NOW)
    assert receipt.ref_to_message_id == sent.message.message_id
    verify_receipt(receipt, sent.message.message_id, sent.references)


def test_a_repeated_receipt_is_the_same_octets() -> None:
    envelope = sealed().envelope
    assert receipt_for(envelope) == receipt_for(envelope)


def test_only_a_signed_user_message_is_receipted() -> None:
    with pytest.raises(EbmsError) as refused:
        receipt_for(receipt_for(sealed().envelope))
    assert refused.value.entry is ErrorCode.INVALID_HEADER


@pytest.mark.parametrize(
    "other", [sealed(payload(b"x")), sealed(payload(), payload(b"x", "more@kz"))]
)
def test_a_receipt_for_other_content_is_refused(other: SealedMessage) -> None:
    receipt = opened_receipt(receipt_for(sealed().envelope))
    with pytest.raises(EbmsError) as refused:
        verify_receipt(receipt, "0193-1@kz", other.references)
    assert refused.value.entry is ErrorCode.INVALID_RECEIPT


def test_a_receipt_for_another_message_is_refused() -> None:
    sent = sealed()
    receipt = opened_receipt(receipt_for(sent.envelope))
    with pytest.raises(EbmsError) as refused:
        verify_receipt(receipt, "0193-2@kz", sent.references)
    assert refused.value.entry is ErrorCode.INVALID_RECEIPT


def test_a_signal_may_be_a_multipart_of_one() -> None:
    body = (
        b"--b\nContent-Type: application/soap+xml\n\n" + receipt_for(sealed().envelope) + b"\n--b--"
    )
    assert opened(body, "multipart/related; boundary=b") == opened(receipt_for(sealed().envelope))


def failure(detail: str = "the secret cause") -> EbmsError:
    return EbmsError(ErrorCode.FAILED_DECRYPTION, detail=detail, ref_to_message_id="0193-1@kz")


def test_an_error_names_the_entry_and_never_the_cause() -> None:
    octets = build_error(
        failure(), pmode=TJ_FROM_KZ, signer=TJ.signer, signal_id="e-1@tj", timestamp=NOW
    )
    assert b"secret" not in octets
    signal = opened(octets)
    assert isinstance(signal, ErrorSignal)
    assert signal.signed
    assert (signal.message_id, signal.ref_to_message_id) == ("e-1@tj", "0193-1@kz")
    (error,) = signal.errors
    assert (error.code, error.severity, error.short_description, error.ref_to_message_id) == (
        "EBMS:0102",
        "failure",
        "FailedDecryption",
        "0193-1@kz",
    )


def test_an_unsigned_error_is_read_and_marked() -> None:
    octets = build_error(failure(), pmode=None, signer=None, signal_id="e-1@tj", timestamp=NOW)
    signal = opened(octets)
    assert isinstance(signal, ErrorSignal)
    assert not signal.signed
    assert signal.errors[0].code == "EBMS:0102"


def test_an_unsigned_receipt_proves_nothing() -> None:
    octets = receipt_for(sealed().envelope)
    start, end = octets.index(b"<wsse:Security"), octets.index(b"</wsse:Security>")
    receipt = opened_receipt(octets[:start] + octets[end + len("</wsse:Security>") :])
    assert not receipt.signed
    with pytest.raises(EbmsError) as refused:
        verify_receipt(receipt, "0193-1@kz", sealed().references)
    assert refused.value.entry is ErrorCode.POLICY_NONCOMPLIANCE


def test_a_receipt_of_a_stranger_is_refused() -> None:
    octets = build_receipt(
        sealed().envelope, pmode=TJ_FROM_KZ, signer=STRANGER.signer, receipt_id="r", timestamp=NOW
    )
    with pytest.raises(EbmsError) as refused:
        opened(octets)
    assert refused.value.entry is ErrorCode.FAILED_AUTHENTICATION


@pytest.mark.parametrize(
    ("content_type", "body", "entry"),
    [
        (SOAP_CONTENT_TYPE, b"", ErrorCode.MISSING_RECEIPT),
        (SOAP_CONTENT_TYPE, b" \r\n", ErrorCode.MISSING_RECEIPT),
        ("text/html", b"<html><body>502</body></html>", ErrorCode.INVALID_HEADER),
        ("text/html", b"Bad gateway", ErrorCode.INVALID_HEADER),
        ("", b"x", ErrorCode.MIME_INCONSISTENCY),
        ("multipart/related; boundary=b", b"x", ErrorCode.MIME_INCONSISTENCY),
        (
            "multipart/related; boundary=b",
            b"--b\n\nx\n--b\n\ny\n--b--",
            ErrorCode.MIME_INCONSISTENCY,
        ),
        (SOAP_CONTENT_TYPE, sealed().envelope, ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY),
    ],
)
def test_an_answer_that_is_no_signal_is_refused(
    content_type: str, body: bytes, entry: ErrorCode
) -> None:
    with pytest.raises(EbmsError) as refused:
        opened(body, content_type)
    assert refused.value.entry is entry


def test_a_soap_fault_is_told_to_the_operator() -> None:
    fault = (
        b'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Header/><e:Body><e:Fault>'
        b"<e:Code><e:Value>e:Sender</e:Value></e:Code><e:Reason><e:Text>Go away</e:Text></e:Reason>"
        b"</e:Fault></e:Body></e:Envelope>"
    )
    with pytest.raises(EbmsError) as refused:
        opened(fault)
    assert "Go away" in (refused.value.detail or "")


def test_a_signal_may_come_as_a_request() -> None:
    receiver = Receiver(pmode=KZ_TO_TJ)
    received = receiver.receive(SOAP_CONTENT_TYPE, receipt_for(sealed().envelope), step=100)
    assert isinstance(received, ReceivedSignal)
    assert isinstance(received.signal, Receipt)
    verify_receipt(received.signal, "0193-1@kz", sealed().references)


# Duplicates


def test_a_retry_has_the_digest_of_the_first_attempt() -> None:
    first, retry = sealed(), sealed(seed=b"\1" * 32)
    assert body_of(first) != body_of(retry)
    received = [receive(message)[0].references for message in (first, retry)]
    assert {references_digest(r) for r in [*received, first.references]} == {
        references_digest(retry.references)
    }


@pytest.mark.parametrize(
    "other",
    [sealed(payload(b"x")), sealed(message=user_message(conversation_id="c-2"))],
    ids=["payload", "header"],
)
def test_other_content_under_the_same_id_has_another_digest(other: SealedMessage) -> None:
    assert references_digest(other.references) != references_digest(sealed().references)


def test_a_sender_that_signs_each_attempt_anew_is_still_retrying() -> None:
    """It gives the empty Body a new id, and with it another digest."""
    messaging, body, *parts = sealed().references
    anew = [*parts, replace(body, uri="#id-2", digest=bytes(32)), replace(messaging, uri="#id-3")]
    assert references_digest(anew) == references_digest(sealed().references)


def test_times_are_read_in_utc() -> None:
    moment = NOW.astimezone(timezone(timedelta(hours=5)))
    received, _ = receive(sealed(message=user_message(timestamp=moment)))
    assert received.message.timestamp == NOW
    assert received.message.timestamp.utcoffset() == timedelta(0)


# Streaming


@pytest.mark.slow
def test_a_large_payload_is_never_in_memory() -> None:
    import random
    import tracemalloc

    block = random.Random(1).randbytes(1 << 20)

    class Counter(MemorySink):
        size = 0

        def write(self, data: bytes, /) -> None:
            self.size += len(data)

    sink = Counter()
    tracemalloc.start()
    large = Payload("x@kz", "application/pdf", lambda: (block for _ in range(64)))
    sent = sealed(large)
    reception = Reception(
        sent.content_type,
        keys=[TJ.decryption],
        partners=lambda header: replace(TJ_FROM_KZ, limits=Limits()),
        now=NOW,
        quarantine=lambda content_id: sink,
    )
    size = 0
    for chunk in sent.chunks():
        size += len(chunk)
        reception.receive_data(chunk)
    reception.finish()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sink.size == 64 << 20
    assert size == sent.size
    assert peak < 16 << 20
