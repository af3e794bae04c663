"""What is no good AS4 message: the partner learns a code, the operator everything, nothing is delivered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.as4 import forge
from tests.exchange.papers import information, sealed_by
from tests.exchange.world import KEYS, Node, Pair, line_of

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    TEST_ACTION,
    TEST_SERVICE,
    ErrorCode,
    ErrorSignal,
    SealedMessage,
    Service,
    build_receipt,
    open_signal,
)
from keruen.exchange import LIMITS, Reply
from keruen.exchange.request import RAW_CAP
from keruen.exchange.turning_away import STRANGER_CAP

Request = tuple[str, bytes]


def request_of(sent: SealedMessage) -> Request:
    return sent.content_type, b"".join(sent.chunks())


def changed(sent: SealedMessage, old: str, new: str) -> Request:
    wire = forge.wire(sent).edit(lambda text: text.replace(old, new, 1))
    return wire.content_type, wire.body


def sealed(kz: Node, **changes: Any) -> SealedMessage:
    return sealed_by(kz, information(kz), message_id="x@kz.keruen", **changes)


def tampered_header(kz: Node) -> Request:
    return changed(sealed(kz), "x@kz.keruen", "y@kz.keruen")


def tampered_payload(kz: Node) -> Request:
    content_type, body = request_of(sealed(kz))
    middle = body.rindex(b"--") - 200
    return content_type, body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]


def unsigned(kz: Node) -> Request:
    wire = forge.wire(sealed(kz))
    wire = wire.edit(lambda text: forge.SIGNATURE.sub("", text))
    return wire.content_type, wire.body


def signed_by_another(kz: Node) -> Request:
    signer = KEYS["XX"].signer
    return request_of(sealed(kz, signer=signer))


def from_a_stranger(kz: Node) -> Request:
    return request_of(sealed(kz, sender=KEYS["XX"].party))


def to_another(kz: Node) -> Request:
    return request_of(sealed(kz, receiver=KEYS["XX"].party))


def encrypted_to_another(kz: Node) -> Request:
    kz.line = line_of("KZ", "XX")
    return request_of(sealed(kz, receiver=KEYS["TJ"].party))


def stale(kz: Node) -> Request:
    then = kz.clock.now() - timedelta(days=90, seconds=1)
    return request_of(sealed(kz, timestamp=then))


def ahead(kz: Node) -> Request:
    then = kz.clock.now() + timedelta(minutes=10, seconds=1)
    return request_of(sealed(kz, timestamp=then))


def of_another_service(kz: Node) -> Request:
    return request_of(sealed(kz, service=Service("urn:other")))


def cut_off(kz: Node) -> Request:
    content_type, body = request_of(sealed(kz))
    return content_type, body[:-100]


def a_receipt(kz: Node) -> Request:
    (peer,) = kz.line.peers.values()
    signal = build_receipt(
        sealed(kz).envelope,
        pmode=peer.pmode,
        signer=kz.line.signing,
        receipt_id="receipt@kz",
        timestamp=kz.clock.now(),
    )
    return SOAP_CONTENT_TYPE, signal


BAD: dict[Callable[[Node], Request], tuple[ErrorCode, bool, str]] = {
    tampered_header: (ErrorCode.FAILED_AUTHENTICATION, False, "digest"),
    tampered_payload: (ErrorCode.FAILED_DECRYPTION, True, ""),
    unsigned: (ErrorCode.POLICY_NONCOMPLIANCE, False, "sign"),
    signed_by_another: (ErrorCode.FAILED_AUTHENTICATION, False, "pinned"),
    to_another: (ErrorCode.VALUE_INCONSISTENT, True, "To is PartyId(value='customs-xx'"),
    encrypted_to_another: (ErrorCode.FAILED_DECRYPTION, True, ""),
    stale: (ErrorCode.VALUE_INCONSISTENT, True, "stale"),
    ahead: (ErrorCode.VALUE_INCONSISTENT, True, "ahead"),
    of_another_service: (ErrorCode.VALUE_NOT_RECOGNIZED, True, "urn:other"),
    cut_off: (ErrorCode.MIME_INCONSISTENCY, True, "ends before"),
}
"""Request → code, whether the sender has proved who he is (then the error is signed), cause."""


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__)
async def test_the_partner_learns_the_code_and_the_operator_the_cause(
    pair: Pair, make: Callable[[Node], Request]
) -> None:
    code, proven, cause = BAD[make]
    content_type, body = make(pair.kz)
    reply = await pair.tj.take(content_type, body)
    error = error_in(pair, reply)
    assert [one.code for one in error.errors] == [code.code]
    assert error.signed is proven
    (refusal,) = pair.tj.refusals()
    assert (refusal.code, refusal.source) == (code.code, "KZ")
    assert refusal.detail
    assert cause in refusal.detail
    assert refusal.detail.encode() not in reply.body
    assert refusal.raw.startswith(f"Content-Type: {content_type}\r\n\r\n".encode() + body[:1000])
    nothing_delivered(pair.tj)


async def test_what_nothing_is_agreed_for_is_refused_unsigned(pair: Pair) -> None:
    reply = await pair.tj.take(*from_a_stranger(pair.kz))
    assert reply.status == 400
    error = error_in(pair, reply)
    assert [one.code for one in error.errors] == [ErrorCode.PROCESSING_MODE_MISMATCH.code]
    assert not error.signed
    (refusal,) = pair.tj.refusals()
    assert refusal.source == "unknown"
    nothing_delivered(pair.tj)


async def test_a_receipt_for_what_was_never_sent_is_refused(pair: Pair) -> None:
    reply = await pair.tj.take(*a_receipt(pair.kz))
    error = error_in(pair, reply)
    assert [one.code for one in error.errors] == [ErrorCode.VALUE_INCONSISTENT.code]
    assert error.signed
    (refusal,) = pair.tj.refusals()
    assert refusal.source == "KZ"
    assert "no message of this node to KZ" in (refusal.detail or "")
    nothing_delivered(pair.tj)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("", b""),
        ("text/html", b"<html></html>"),
        ("application/soap+xml", b""),
        ("application/soap+xml", b"<a/>"),
        ("multipart/related", b"--x\r\n"),
        ("multipart/related; boundary=x", b"--x\r\n\r\n\r\n--x--"),
        ("application/json\r\nX: y", b"{}"),
        ("\xff\x00", b"\x00\xff"),
    ],
)
async def test_what_is_no_message_at_all_gets_an_error_and_a_row(
    pair: Pair, content_type: str, body: bytes
) -> None:
    reply = await pair.tj.take(content_type, body)
    assert reply.status == 400
    assert error_in(pair, reply).errors[0].code.startswith("EBMS:")
    assert len(pair.tj.refusals()) == 1
    nothing_delivered(pair.tj)


async def test_tampering_that_nobody_could_have_sent_cannot_fail_the_real_message(
    pair: Pair,
) -> None:
    """An error about a message whose sender is not proved is unsigned, so it changes nothing."""
    sent = sealed(pair.kz)
    reply = await pair.tj.take(*changed(sent, "2026-11-23", "2026-11-22"))
    assert not error_in(pair, reply).signed
    good = await pair.tj.take(*request_of(sent))
    assert pair.tj.counts()["inbox"]["waiting"] == 1
    assert b"Receipt" in good.body


async def test_what_a_stranger_sends_fills_no_disk(pair: Pair) -> None:
    await pair.tj.take("text/plain", bytes(2 * RAW_CAP))
    (refusal,) = pair.tj.refusals()
    assert STRANGER_CAP <= len(refusal.raw) < STRANGER_CAP + 100


async def test_a_body_that_is_too_large_is_refused_unread(pair: Pair) -> None:
    async def never() -> AsyncIterator[bytes]:
        yield b""
        raise AssertionError("it was read")

    reply = await pair.tj.receiver.receive("text/plain", never(), LIMITS.message_size + 1)
    assert error_in(pair, reply).errors[0].code == ErrorCode.OTHER.code
    (refusal,) = pair.tj.refusals()
    most = LIMITS.message_size
    assert refusal.detail == f"{most + 1} octets announced; at most {most} are taken"


async def test_a_body_that_grows_too_large_is_refused_as_soon_as_it_does(pair: Pair) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1 << 20
            yield b"x" * (1 << 20)

    reply = await pair.tj.receiver.receive('multipart/related; boundary="b"', endless())
    assert error_in(pair, reply).errors[0].code == ErrorCode.OTHER.code
    assert taken == 1 << 20, "nobody has said who he is within the size of a header"


async def test_the_way_the_body_is_cut_does_not_matter(pair: Pair) -> None:
    content_type, body = request_of(sealed(pair.kz))
    whole = await pair.tj.take(content_type, body)
    assert (await pair.tj.take(content_type, body, step=7)).body == whole.body


async def test_a_test_message_is_receipted_and_goes_nowhere(pair: Pair) -> None:
    service = Service(TEST_SERVICE)
    sent = sealed_by(pair.kz, b"ping", service=service, action=TEST_ACTION)
    reply = await pair.tj.take(*request_of(sent))
    assert b"Receipt" in reply.body
    assert pair.tj.refusals() == []
    nothing_delivered(pair.tj)


async def test_without_its_database_a_node_gives_no_receipt(pair: Pair) -> None:
    sent = sealed(pair.kz)
    pair.tj.store.close()
    with pytest.raises(Exception, match="closed"):
        await pair.tj.take(*request_of(sent))


def error_in(pair: Pair, reply: Reply) -> ErrorSignal:
    pmode = line_of("KZ", "TJ").peers["TJ"].pmode
    signal = open_signal(reply.content_type, reply.body, pmode=pmode, now=pair.clock.now())
    assert isinstance(signal, ErrorSignal)
    return signal


def nothing_delivered(node: Node) -> None:
    counts = node.counts()
    assert counts["inbox"] == {"waiting": 0, "handled": 0}
    assert counts["evidence"] == 0
    assert counts["messages"] == counts["outbox"] == counts["consignments"] == {}
