"""Octets of other writers with the keys of this room's world.

WSS4J, Santuario and Angus Mail: `tests/interop` exchanges such messages live; these were recorded there, KZ and
TJ being the Java side. phase4 4.5.4: what it sent as KZ, and answered as TJ, in an exchange by hand.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.as4.world import ACTION, KZ, KZ_TO_TJ, SERVICE, TJ, TJ_FROM_KZ, Receiver

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    EbmsError,
    ErrorCode,
    ErrorSignal,
    Receipt,
    ReceivedUserMessage,
    Service,
    open_signal,
    verify_receipt,
)

RECORDED = Path(__file__).parent / "recorded"
# The recorded header gives its service no type.
PMODE = replace(TJ_FROM_KZ, services=frozenset({(Service(SERVICE.value), ACTION)}))
THEN = datetime(2026, 11, 24, 6, 21, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 7, 59, tzinfo=UTC)
XML = '<?xml version="1.0" encoding="windows-1251"?><?style  x?><Груз>чай</Груз>'


def message(writer: str = "wss4j") -> tuple[str, bytes]:
    head, _, body = (RECORDED / f"{writer}-message.as4").read_bytes().partition(b"\r\n\r\n")
    return head.decode().removeprefix("Content-Type: "), body


def taken(body: bytes) -> tuple[ReceivedUserMessage, list[bytes]]:
    receiver = Receiver(pmode=PMODE, now=THEN)
    received = receiver.receive_message(message()[0], body)
    return received, [bytes(sink.octets) for sink in receiver.sinks]


@pytest.fixture
def receipt() -> Receipt:
    octets = (RECORDED / "wss4j-receipt.xml").read_bytes()
    signal = open_signal(SOAP_CONTENT_TYPE, octets, pmode=KZ_TO_TJ, now=THEN)
    assert isinstance(signal, Receipt)
    return signal


def test_a_message_of_another_writer_is_taken() -> None:
    received, octets = taken(message()[1])
    assert received.certificate == KZ.signer.certificate
    assert received.message.message_id == "recorded-1@kz"
    assert [part.mime_type for part in received.parts] == [
        "application/json",
        "application/xml",
        "text/plain",
    ]
    assert octets == [b'{"a": 1}', XML.encode("cp1251"), b"a\nb\n"]


@pytest.mark.parametrize(
    ("after", "entry"),
    [
        (b"</eb:Action>", ErrorCode.FAILED_AUTHENTICATION),
        (b"</eb:MessageId>", ErrorCode.FAILED_AUTHENTICATION),
        (b"</xenc:CipherValue>", ErrorCode.FAILED_DECRYPTION),
        (b"\r\n------=_Part", ErrorCode.FAILED_DECRYPTION),
    ],
)
def test_one_changed_bit_is_noticed(after: bytes, entry: ErrorCode) -> None:
    body = bytearray(message()[1])
    body[body.rindex(after) - 3] ^= 1
    with pytest.raises(EbmsError) as refused:
        taken(bytes(body))
    assert refused.value.entry is entry


def test_a_receipt_of_another_writer_is_taken(receipt: Receipt) -> None:
    assert receipt.certificate == TJ.signer.certificate
    uris = [reference.uri for reference in receipt.references]
    assert uris == ["#eb-messaging", "#soap-body", "cid:declaration@kz"]
    verify_receipt(receipt, "0193-1@kz", receipt.references)


def test_a_receipt_of_another_writer_covers_every_part(receipt: Receipt) -> None:
    with pytest.raises(EbmsError):
        verify_receipt(receipt, "0193-1@kz", receipt.references[:2])


# phase4


def test_a_message_of_phase4_is_taken() -> None:
    receiver = Receiver(now=LATER)
    received = receiver.receive_message(*message("phase4"))
    assert received.certificate == KZ.signer.certificate
    assert received.message.message_id == "recorded-2@kz"
    assert [(p.name, p.value, p.type) for p in received.message.properties] == [
        ("originalSender", "o", "s"),
        ("finalRecipient", "f", "s"),
    ]
    octets = [bytes(sink.octets) for sink in receiver.sinks]
    assert octets == [b'{"a": 1}', XML.encode("cp1251"), b"a\nb\n"]


def answer_of_phase4(name: str) -> Receipt | ErrorSignal:
    octets = (RECORDED / f"phase4-{name}.xml").read_bytes()
    return open_signal("application/soap+xml;charset=utf-8", octets, pmode=KZ_TO_TJ, now=LATER)


def test_a_receipt_of_phase4_is_taken() -> None:
    receipt = answer_of_phase4("receipt")
    assert isinstance(receipt, Receipt)
    assert receipt.certificate == TJ.signer.certificate
    verify_receipt(receipt, "0193-1@kz", receipt.references)
    with pytest.raises(EbmsError):
        verify_receipt(receipt, "0193-1@kz", receipt.references[:2])


def test_phase4_signs_its_word_of_a_duplicate() -> None:
    error = answer_of_phase4("duplicate")
    assert isinstance(error, ErrorSignal)
    assert error.certificate == TJ.signer.certificate
    assert error.ref_to_message_id == "0193-1@kz"
    assert [(e.code, e.severity) for e in error.errors] == [("EBMS:4001", "failure")]
