"""AS4 messages exchanged live with phase4, in both directions, over HTTP."""

from __future__ import annotations

import pytest
from tests.interop.counterpart import PHASE4, Counterpart, Sides
from tests.interop.door import Door, payloads
from tests.interop.traffic import (
    LOADS,
    PROFILES,
    Load,
    damaged,
    each_damage,
    each_load,
    each_profile,
    octets,
    post,
    sealed,
    send,
    user_message,
)

from keruen.as4 import (
    TEST_ACTION,
    TEST_SERVICE,
    ErrorSignal,
    Property,
    Receipt,
    Service,
    TokenReference,
    verify_receipt,
)

pytestmark = [
    pytest.mark.interop,
    pytest.mark.parametrize("program", [PHASE4], indirect=True, ids=lambda program: program.name),
]

not_secp521r1 = pytest.mark.parametrize(
    "profile",
    [one for one in PROFILES if "secp521r1" not in one],
    indirect=True,
    ids="-".join,
)
"""phase4 sends with these keys and does not read them: WSS4J takes 512 bits at most unless told otherwise."""

PROPERTIES = (Property("originalSender", "kz:1", "corner"), Property("note", "чай <&> ҷав"))
KEY_IDENTIFIERS = [
    "BST_DIRECT_REFERENCE",
    "ISSUER_SERIAL",
    "ISSUER_SERIAL_QUOTE_FORMAT",
    "SKI_KEY_IDENTIFIER",
    "THUMBPRINT_IDENTIFIER",
]
"""phase4's own names of the token references that it can send and a profile knows."""


def codes(error: Receipt | ErrorSignal) -> list[str]:
    """The codes of an error; a receipt fails."""
    assert isinstance(error, ErrorSignal)
    return [one.code for one in error.errors]


# Keruen sends


@each_load
def test_phase4_takes_what_we_send_and_we_its_receipt(
    counterpart: Counterpart, sides: Sides, load: list[Load]
) -> None:
    sent = sealed(sides, load)
    receipt = post(counterpart.url, sent, octets(sent), sides)
    assert isinstance(receipt, Receipt), receipt
    verify_receipt(receipt, sent.message.message_id, sent.references)
    assert receipt.certificate == sides.certificate("signing")
    assert counterpart.payloads(sent.message.message_id) == [content for content, _, _ in load]
    report = counterpart.report(sent.message.message_id)
    assert report["signer"] == sides.keruen.signing.certificate.subject
    assert (report["signed"], report["decrypted"]) == ("true", "true")
    for number, (_, _, compress) in enumerate(load):
        assert report[f"{number}.compressed"] == str(compress).lower()


@not_secp521r1
@pytest.mark.parametrize("reference", TokenReference)
def test_phase4_understands_every_profile_and_token_reference(
    counterpart: Counterpart, sides: Sides, reference: TokenReference
) -> None:
    load = LOADS["several"]
    sent = sealed(sides, load, token_reference=reference, recipient_reference=reference)
    receipt = post(counterpart.url, sent, octets(sent), sides)
    assert isinstance(receipt, Receipt), receipt
    verify_receipt(receipt, sent.message.message_id, sent.references)
    assert counterpart.payloads(sent.message.message_id) == [content for content, _, _ in load]


def test_phase4_reads_header_and_properties_as_we_write_them(
    counterpart: Counterpart, sides: Sides
) -> None:
    message = user_message(properties=PROPERTIES)
    sent = sealed(sides, LOADS["compressed JSON"], message)
    assert isinstance(post(counterpart.url, sent, octets(sent), sides), Receipt)
    report = counterpart.report(message.message_id)
    assert report["property.originalSender"] == "corner kz:1"
    assert report["service"] == message.service.value
    assert report["action"] == message.action
    assert report["conversation"] == message.conversation_id
    assert report["agreement"] == "urn:agreement:1"


@not_secp521r1
@each_damage
def test_phase4_refuses_what_was_changed(
    counterpart: Counterpart, sides: Sides, damage: tuple[bytes, bytes]
) -> None:
    sent = sealed(sides, LOADS["uncompressed XML"])
    assert codes(post(counterpart.url, sent, damaged(sent, damage), sides)) == ["EBMS:0102"]
    assert counterpart.payloads(sent.message.message_id) == []


def test_what_the_application_refuses_is_answered_by_a_signed_error(
    counterpart: Counterpart, sides: Sides
) -> None:
    message = user_message(conversation_id="refuse-me")
    sent = sealed(sides, LOADS["compressed JSON"], message)
    error = post(counterpart.url, sent, octets(sent), sides)
    assert codes(error) == ["EBMS:0004"]
    assert isinstance(error, ErrorSignal)
    assert error.certificate == sides.certificate("signing")
    assert error.ref_to_message_id == message.message_id


def test_phase4_answers_a_duplicate_by_an_error_and_delivers_once(
    counterpart: Counterpart, sides: Sides
) -> None:
    sent = sealed(sides, LOADS["compressed JSON"])
    assert isinstance(post(counterpart.url, sent, octets(sent), sides), Receipt)
    report = counterpart.report(sent.message.message_id)
    error = post(counterpart.url, sent, octets(sent), sides)
    assert codes(error) == ["EBMS:0004"]
    assert isinstance(error, ErrorSignal)
    assert "duplicate" in error.errors[0].text
    assert error.certificate == sides.certificate("signing")
    assert counterpart.report(sent.message.message_id) == report


@not_secp521r1
def test_phase4_receipts_our_ping(counterpart: Counterpart, sides: Sides) -> None:
    message = user_message(service=Service(TEST_SERVICE), action=TEST_ACTION)
    sent = sealed(sides, [], message)
    receipt = post(counterpart.url, sent, octets(sent), sides)
    assert isinstance(receipt, Receipt)
    verify_receipt(receipt, message.message_id, sent.references)
    assert counterpart.payloads(message.message_id) == []


@pytest.mark.parametrize(
    "profile", [("edelivery-2.0-ec", "secp521r1")], indirect=True, ids="-".join
)
def test_phase4_refuses_secp521r1(counterpart: Counterpart, sides: Sides) -> None:
    sent = sealed(sides, LOADS["compressed JSON"])
    assert codes(post(counterpart.url, sent, octets(sent), sides)) == ["EBMS:0102"]


# Keruen receives


def accepted(sides: Sides) -> list[str]:
    """What phase4 says of a receipt that it verified."""
    return [
        "references agree",
        f"receipt {sides.keruen.signing.certificate.subject}",
        "result SUCCESS",
    ]


def as_phase4_writes(load: list[Load]) -> list[Load]:
    """It parses media types and leaves the space out."""
    return [(content, mime.replace("; ", ";"), compressed) for content, mime, compressed in load]


@each_load
def test_we_take_what_phase4_sends_and_it_our_receipt(
    counterpart: Counterpart, sides: Sides, load: list[Load]
) -> None:
    door = Door(sides)
    with door.open() as url:
        said = send(counterpart, url, load)
    assert said == accepted(sides)
    assert [payloads(received) for received in door.received] == [as_phase4_writes(load)]
    assert door.received[0].certificate == sides.certificate("signing")


@each_profile
@pytest.mark.parametrize("certificates_by", KEY_IDENTIFIERS)
def test_we_know_certificates_however_phase4_refers_to_them(
    counterpart: Counterpart, sides: Sides, certificates_by: str
) -> None:
    door, load = Door(sides), LOADS["several"]
    with door.open() as url:
        said = send(counterpart, url, load, certificates_by=certificates_by)
    assert said == accepted(sides)
    assert [payloads(received) for received in door.received] == [load]


def test_we_read_header_and_properties_as_phase4_writes_them(
    counterpart: Counterpart, sides: Sides
) -> None:
    door, told = Door(sides), dict[str, object]()
    for number, one in enumerate(PROPERTIES):
        told |= {f"property.{number}.name": one.name, f"property.{number}.value": one.value}
        if one.type is not None:
            told[f"property.{number}.type"] = one.type
    with door.open() as url:
        send(counterpart, url, LOADS["compressed JSON"], **told)
    message = door.received[0].message
    assert message.properties == PROPERTIES
    assert message.conversation_id == "c-2"


def test_a_ping_of_phase4_is_one(counterpart: Counterpart, sides: Sides) -> None:
    door = Door(sides)
    with door.open() as url:
        said = send(
            counterpart, url, LOADS["compressed JSON"], service=TEST_SERVICE, action=TEST_ACTION
        )
    assert said == accepted(sides)
    assert door.received[0].message.is_test


def test_phase4_reads_our_signed_error(counterpart: Counterpart, sides: Sides) -> None:
    door = Door(sides)
    with door.open() as url:
        said = send(counterpart, url, LOADS["compressed JSON"], action="unknown")
    assert said == [
        f"error {door.refused[0].entry.code} failure {sides.keruen.signing.certificate.subject}",
        "result AS4_ERROR_MESSAGE_RECEIVED",
    ]
    assert door.received == []


def test_phase4_refuses_a_changed_receipt(counterpart: Counterpart, sides: Sides) -> None:
    door = Door(sides, spoil=lambda receipt: receipt.replace(b"<eb:Receipt>", b"<eb:Receipt> "))
    with door.open() as url:
        said = send(counterpart, url, LOADS["compressed JSON"])
    assert said == ["result TRANSPORT_ERROR_NO_RETRY"]
    assert len(door.received) == 1
