"""AS4 messages exchanged live with a counterpart on WSS4J, in both directions, over HTTP."""

from __future__ import annotations

import pytest
from tests.interop.counterpart import WSS4J, Counterpart, Sides
from tests.interop.door import Door, payloads
from tests.interop.traffic import (
    LOADS,
    Load,
    damaged,
    each_damage,
    each_load,
    each_profile,
    octets,
    post,
    sealed,
    send,
)

from keruen.as4 import ErrorSignal, Receipt, TokenReference, verify_receipt

pytestmark = [
    pytest.mark.interop,
    pytest.mark.parametrize("program", [WSS4J], indirect=True, ids=lambda program: program.name),
]


# Keruen sends


@each_load
def test_the_counterpart_accepts_what_we_send_and_we_its_receipt(
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
    assert (report["signed"], report["decrypted"]) == (str(len(load) + 2), str(len(load)))
    for number, (_, mime_type, compress) in enumerate(load):
        assert report[f"{number}.mime-type"] == mime_type
        assert report[f"{number}.signed-as"] == ("application/gzip" if compress else mime_type)


@each_profile
@pytest.mark.parametrize("reference", TokenReference)
def test_the_counterpart_understands_every_profile_and_token_reference(
    counterpart: Counterpart, sides: Sides, reference: TokenReference
) -> None:
    load = LOADS["several"]
    sent = sealed(sides, load, token_reference=reference, recipient_reference=reference)
    receipt = post(counterpart.url, sent, octets(sent), sides)
    assert isinstance(receipt, Receipt), receipt
    verify_receipt(receipt, sent.message.message_id, sent.references)
    assert counterpart.payloads(sent.message.message_id) == [content for content, _, _ in load]


@each_profile
@each_damage
def test_the_counterpart_refuses_what_was_changed(
    counterpart: Counterpart, sides: Sides, damage: tuple[bytes, bytes]
) -> None:
    sent = sealed(sides, LOADS["uncompressed XML"])
    error = post(counterpart.url, sent, damaged(sent, damage), sides)
    assert isinstance(error, ErrorSignal)
    assert not error.signed
    assert counterpart.payloads(sent.message.message_id) == []


# Keruen receives


@each_load
def test_we_accept_what_the_counterpart_sends_and_it_our_receipt(
    counterpart: Counterpart, sides: Sides, load: list[Load]
) -> None:
    door = Door(sides)
    with door.open() as url:
        said = send(counterpart, url, load, certificates_by="token")
    assert said == [f"receipt {sides.keruen.signing.certificate.subject}"]
    assert [payloads(received) for received in door.received] == [load]
    assert door.received[0].certificate == sides.certificate("signing")


@each_profile
@pytest.mark.parametrize("certificates_by", ["token", "path", "ski", "issuer", "thumbprint"])
def test_we_know_certificates_however_they_are_referred_to(
    counterpart: Counterpart, sides: Sides, certificates_by: str
) -> None:
    door, load = Door(sides), LOADS["several"]
    with door.open() as url:
        [said] = send(counterpart, url, load, certificates_by=certificates_by)
    assert said.startswith("receipt ")
    assert [payloads(received) for received in door.received] == [load]


def test_the_counterpart_refuses_a_changed_receipt(counterpart: Counterpart, sides: Sides) -> None:
    door = Door(sides, spoil=lambda receipt: receipt.replace(b"<eb:Receipt>", b"<eb:Receipt> "))
    with door.open() as url:
        [said] = send(counterpart, url, LOADS["compressed JSON"], certificates_by="token")
    assert said.startswith("failed org.apache.wss4j.common.ext.WSSecurityException")
    assert len(door.received) == 1
