"""Who answers what, when and to whom (CP01 to CP22, CP46)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.conformance.world import NS, Exchange, each_profile, sealed, seen
from tests.exchange.world import Sent
from tests.net.sockets import free_port

from keruen.as4 import (
    TEST_ACTION,
    TEST_SERVICE,
    ErrorSignal,
    Receipt,
    Service,
)
from keruen.exchange import ping
from keruen.net import Binding, Endpoint, serve
from keruen.store import OutboxState

MESSAGE = "//eb:UserMessage"
INFO = f"{MESSAGE}/eb:MessageInfo"
CONVERSATION = f"{MESSAGE}/eb:CollaborationInfo/eb:ConversationId"
DIGESTS = "ds:SignedInfo/ds:Reference/ds:DigestValue"


def assert_receipted(sent: Sent) -> None:
    """HTTP 2xx, and a receipt that repeats every digest that was signed."""
    assert sent.reply is not None
    assert 200 <= sent.reply.status < 300
    request = seen(sent.content_type, sent.body)
    receipt = seen(sent.reply.content_type, sent.reply.body)
    said = "//eb:Receipt/ebbp:NonRepudiationInformation/ebbp:MessagePartNRInformation"
    digests = receipt.texts(f"{said}/ds:Reference/ds:DigestValue")
    assert digests == request.texts(f"//wsse:Security/ds:Signature/{DIGESTS}")
    assert len(digests) == 2 + len(request.parts)
    assert receipt.text("//eb:RefToMessageId") == request.text("//eb:MessageId")


def outbox_states(exchange: Exchange) -> list[str]:
    return [exchange.kz.outbox(message.message_id).state for message in exchange.kz.messages()]


@pytest.mark.assertion("CP01")
@each_profile
async def test_cp01_a_pushed_message_is_answered_with_a_receipt(exchange: Exchange) -> None:
    assert_receipted(await exchange.push())


async def both_legs(exchange: Exchange) -> tuple[Sent, Sent]:
    """KZ announces a consignment, and TJ's answer comes back as a message of its own."""
    first = await exchange.push()
    await exchange.tj.inbox.round()
    await exchange.tj.send_once()
    _, second = exchange.line.sent
    assert second.url == exchange.urls["KZ"]
    return first, second


@pytest.mark.assertion("CP02")
async def test_cp02_the_answer_refers_to_the_message_it_answers(exchange: Exchange) -> None:
    first, second = await both_legs(exchange)
    asked = seen(first.content_type, first.body).text(f"{INFO}/eb:MessageId")
    assert seen(second.content_type, second.body).text(f"{INFO}/eb:RefToMessageId") == asked


@pytest.mark.assertion("CP14")
@each_profile
async def test_cp14_both_legs_are_answered_with_a_receipt(exchange: Exchange) -> None:
    for sent in await both_legs(exchange):
        assert_receipted(sent)


@pytest.mark.assertion("CP15")
async def test_cp15_a_receipt_that_never_comes_is_reported_to_the_producer(
    exchange: Exchange,
) -> None:
    exchange.line.keep_back = 9
    await exchange.push()
    await exchange.again(timedelta(hours=73).total_seconds())
    (message,) = exchange.kz.messages()
    events = exchange.kz.store.read(
        lambda reader: reader.events(message.corridor, message.consignment_id or "")
    )
    assert [event.name for event in events][-2:] == ["receipt-missing", "undelivered"]
    assert [b"EBMS:0301" in event.data for event in events][-2:] == [True, False]
    assert b"EBMS:0202" in events[-1].data
    assert outbox_states(exchange) == [OutboxState.FAILED]


@pytest.mark.assertion("CP19")
async def test_cp19_the_answer_stays_in_the_conversation(exchange: Exchange) -> None:
    """Whatever the sender calls the conversation."""
    await exchange.send(sealed(exchange.kz, conversation_id="conversation of the producer"))
    await exchange.tj.inbox.round()
    await exchange.tj.send_once()
    for sent in exchange.line.sent:
        request = seen(sent.content_type, sent.body)
        assert request.text(CONVERSATION) == "conversation of the producer"
    assert len(exchange.line.sent) == 2


@pytest.mark.assertion("CP03")
async def test_cp03_one_party_in_from_and_one_in_to(exchange: Exchange) -> None:
    sent = await exchange.push()
    request = seen(sent.content_type, sent.body)
    parties = {
        side: request.text(f"{MESSAGE}/eb:PartyInfo/eb:{side}/eb:PartyId")
        for side in ("From", "To")
    }
    assert parties == {"From": "customs-kz", "To": "customs-tj"}


@pytest.mark.assertion("CP09")
async def test_cp09_without_a_receipt_the_message_is_sent_again(exchange: Exchange) -> None:
    exchange.line.keep_back = 2
    await exchange.push()
    assert await exchange.again() == 1
    first, second = exchange.line.sent
    assert first.body == second.body


@pytest.mark.assertion("CP10")
@each_profile
async def test_cp10_when_the_line_is_back_one_delivery_and_no_further_attempt(
    exchange: Exchange,
) -> None:
    exchange.line.keep_back = 2
    await exchange.push()
    assert [await exchange.again() for _ in range(4)] == [1, 1, 0, 0]
    assert_receipted(exchange.line.sent[-1])
    assert len(exchange.waiting()) == 1
    assert outbox_states(exchange) == [OutboxState.DELIVERED]


@pytest.mark.assertion("CP11")
async def test_cp11_an_error_goes_to_the_sender_in_the_answer_and_nowhere_else(
    exchange: Exchange,
) -> None:
    reply = await exchange.send(sealed(exchange.kz, action="unknown"))
    assert isinstance(exchange.signal(reply), ErrorSignal)
    assert await exchange.tj.send_once() == 0
    assert len(exchange.line.sent) == 1
    assert exchange.tj.messages() == []


async def pinged(exchange: Exchange) -> Sent:
    """A message that KZ sends to see whether TJ answers."""
    line = exchange.kz.sender.line
    pong = await ping(exchange.kz.context, line, exchange.line, "TJ")
    assert pong.signer == exchange.tj.line.signing.certificate.subject
    return exchange.line.sent[-1]


@pytest.mark.assertion("CP16")
@each_profile
async def test_cp16_a_ping_names_the_test_service(exchange: Exchange) -> None:
    sent = await pinged(exchange)
    request = seen(sent.content_type, sent.body)
    collaboration = f"{MESSAGE}/eb:CollaborationInfo"
    assert request.text(f"{collaboration}/eb:Service") == f"{NS['eb']}service"
    assert request.text(f"{collaboration}/eb:Action") == f"{NS['eb']}test"
    assert_receipted(sent)


@pytest.mark.assertion("CP17")
@pytest.mark.parametrize("without_payload", [True, False])
async def test_cp17_a_ping_is_receipted_and_not_delivered(
    exchange: Exchange, without_payload: bool
) -> None:
    ping = sealed(
        exchange.kz,
        without_payload=without_payload,
        service=Service(TEST_SERVICE),
        action=TEST_ACTION,
    )
    reply = await exchange.send(ping)
    assert 200 <= reply.status < 300
    assert isinstance(exchange.signal(reply), Receipt)
    assert exchange.tj.counts()["inbox"] == {"waiting": 0, "handled": 0}


@pytest.mark.assertion("CP18")
async def test_cp18_every_message_has_a_conversation_id(exchange: Exchange) -> None:
    """The national system hands in a declaration and knows of no conversation."""
    sent = await exchange.push()
    (message,) = exchange.kz.messages()
    assert seen(sent.content_type, sent.body).text(CONVERSATION) == message.consignment_id


@pytest.mark.assertion("CP21")
@each_profile
async def test_cp21_a_message_with_payload_is_receipted(exchange: Exchange) -> None:
    sent = sealed(exchange.kz)
    assert sent.content_type.startswith("multipart/related")
    receipt = exchange.signal(await exchange.send(sent))
    assert isinstance(receipt, Receipt)
    assert receipt.certificate == exchange.tj.line.signing.certificate


@pytest.mark.assertion("CP22")
@each_profile
async def test_cp22_the_sender_takes_the_receipt_as_proof(exchange: Exchange) -> None:
    sent = await exchange.push()
    assert sent.reply is not None
    assert sent.reply.content_type.startswith("application/soap+xml")
    assert outbox_states(exchange) == [OutboxState.DELIVERED]


@pytest.mark.assertion("CP46")
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_cp46_messages_travel_over_ipv4_and_ipv6(exchange: Exchange, host: str) -> None:
    port = free_port()
    named = f"[{host}]" if ":" in host else host
    exchange.urls["TJ"] = f"http://{named}:{port}/as4"
    async with serve([Binding("as4", Endpoint(exchange.tj.receiver), host, port)]):
        receipt = exchange.signal(await exchange.send(sealed(exchange.kz)))
    assert isinstance(receipt, Receipt)
