"""TJ takes no connections and pulls from KZ, who keeps a channel for it (PULL01 to PULL09)."""

from __future__ import annotations

import asyncio
import dataclasses
from datetime import timedelta

import pytest
from tests.as4 import forge
from tests.conformance.world import Exchange, seen
from tests.exchange.papers import number, paper
from tests.exchange.world import KEYS, Node, line_of

from keruen.as4 import (
    DEFAULT_MPC,
    SOAP_CONTENT_TYPE,
    AgreementRef,
    ErrorSignal,
    SigningIdentity,
    build_pull_request,
    open_signal,
)
from keruen.errors import LocalError
from keruen.exchange import Channel, Line, Puller, Reply
from keruen.store import OutboxState

MPC = "urn:keruen:mpc:kz-tj"
INTERVAL = timedelta(minutes=5)
MESSAGE_ID = "//eb:UserMessage/eb:MessageInfo/eb:MessageId"


def with_channel(line: Line, country: str, mpc: str, *, serve: bool) -> Line:
    """The line with a channel for one of its partners."""
    peer = line.peers[country]
    pmode = dataclasses.replace(peer.pmode, mpc=mpc)
    made = dataclasses.replace(
        peer, pmode=pmode, channel=Channel(serve=serve, interval=INTERVAL, parallel=3)
    )
    return dataclasses.replace(line, peers={**line.peers, country: made})


def put(node: Node, line: Line) -> None:
    node.line = node.sender.line = node.receiver.line = node.receiver.channels.line = line


@pytest.fixture
def channel(exchange: Exchange) -> Exchange:
    """KZ serves, TJ pulls."""
    put(exchange.kz, with_channel(exchange.kz.sender.line, "TJ", MPC, serve=True))
    put(exchange.tj, with_channel(exchange.tj.sender.line, "KZ", MPC, serve=False))
    return exchange


def queue(exchange: Exchange, count: int) -> list[str]:
    """AS4 ids of messages for TJ, the oldest first."""
    for n in range(1, count + 1):
        exchange.kz.submit(paper(number(n)))
        exchange.pair.clock.advance(seconds=1)
    return [message.ebms_id for message in exchange.kz.messages()]


def request(
    exchange: Exchange, mpc: str = MPC, signer: SigningIdentity = KEYS["TJ"].signer
) -> bytes:
    clock = exchange.pair.clock
    pmode = dataclasses.replace(exchange.tj.line.peers["KZ"].pmode, mpc=mpc)
    return build_pull_request(
        pmode=pmode, signer=signer, message_id=f"{clock.new_id()}@tj", timestamp=clock.now()
    )


async def ask(exchange: Exchange, body: bytes) -> Reply:
    """KZ's answer to a pull request."""
    return await exchange.line(
        exchange.urls["KZ"], SOAP_CONTENT_TYPE, lambda: iter((body,)), len(body)
    )


def codes(exchange: Exchange, reply: Reply) -> list[str]:
    """Codes of the error that KZ answered."""
    signal = open_signal(
        reply.content_type,
        reply.body,
        pmode=exchange.tj.line.peers["KZ"].pmode,
        now=exchange.pair.clock.now(),
    )
    assert isinstance(signal, ErrorSignal)
    return [one.code for one in signal.errors]


def pulled_id(reply: Reply) -> str:
    """AS4 id of the message that was answered."""
    return seen(reply.content_type, reply.body).text(MESSAGE_ID)


def puller(exchange: Exchange) -> Puller:
    """TJ's worker that pulls."""
    return Puller("KZ", exchange.tj.receiver, exchange.line.transport.fetch, exchange.line)


def states(exchange: Exchange) -> list[str]:
    messages = exchange.kz.messages()
    return [exchange.kz.outbox(message.message_id).state for message in messages]


@pytest.mark.assertion("PULL01")
async def test_pull01_an_unsigned_request_gets_no_message(channel: Exchange) -> None:
    (waiting,) = queue(channel, 1)
    unsigned = forge.SIGNATURE.sub("", request(channel).decode()).encode()
    assert codes(channel, await ask(channel, unsigned)) == ["EBMS:0103"]
    assert pulled_id(await ask(channel, request(channel))) == waiting


@pytest.mark.assertion("PULL02")
async def test_pull02_a_channel_gives_to_its_partner_alone(channel: Exchange) -> None:
    """XX is a partner of KZ, too, with a channel of its own."""
    line = dataclasses.replace(
        channel.kz.line, peers={**channel.kz.line.peers, **line_of("KZ", "XX").peers}
    )
    put(channel.kz, with_channel(line, "XX", "urn:keruen:mpc:kz-xx", serve=True))
    (waiting,) = queue(channel, 1)
    for signer in (KEYS["XX"].signer, KEYS["KZ"].signer):
        assert codes(channel, await ask(channel, request(channel, signer=signer))) == ["EBMS:0101"]
    assert pulled_id(await ask(channel, request(channel))) == waiting


@pytest.mark.assertion("PULL03")
async def test_pull03_the_default_channel_is_not_used(channel: Exchange) -> None:
    queue(channel, 1)
    with pytest.raises(LocalError, match="no channel"):
        request(channel, DEFAULT_MPC)
    asked = request(channel).replace(MPC.encode(), DEFAULT_MPC.encode())
    assert codes(channel, await ask(channel, asked)) == ["EBMS:0010"]
    sent = await ask(channel, request(channel))
    assert seen(sent.content_type, sent.body).text("//eb:UserMessage/@mpc") == MPC


@pytest.mark.assertion("PULL04")
async def test_pull04_each_partner_has_a_channel_of_its_own(channel: Exchange) -> None:
    line = dataclasses.replace(
        channel.kz.line, peers={**channel.kz.line.peers, **line_of("KZ", "XX").peers}
    )
    put(channel.kz, with_channel(line, "XX", "urn:keruen:mpc:kz-xx", serve=True))
    (waiting,) = queue(channel, 1)
    of_xx = request(channel, "urn:keruen:mpc:kz-xx", KEYS["XX"].signer)
    assert codes(channel, await ask(channel, of_xx)) == ["EBMS:0006"]
    assert pulled_id(await ask(channel, request(channel))) == waiting


@pytest.mark.assertion("PULL05")
@pytest.mark.parametrize("refused", [False, True])
async def test_pull05_receipt_or_error_is_posted_to_the_address_pulled_from(
    channel: Exchange, refused: bool
) -> None:
    queue(channel, 1)
    if refused:
        pmode = dataclasses.replace(
            channel.tj.line.peers["KZ"].pmode, agreement_ref=AgreementRef("another")
        )
        peer = dataclasses.replace(channel.tj.line.peers["KZ"], pmode=pmode)
        put(channel.tj, dataclasses.replace(channel.tj.line, peers={"KZ": peer}))
    assert await puller(channel).pull() is not refused
    (handed_over,) = channel.line.sent
    assert handed_over.url == channel.urls["KZ"]
    signal = seen(handed_over.content_type, handed_over.body)
    assert bool(signal.texts("//eb:Error/@errorCode")) is refused
    assert len(signal.texts("//ebbp:MessagePartNRInformation")) == (0 if refused else 3)
    assert states(channel) == [OutboxState.FAILED if refused else OutboxState.DELIVERED]


@pytest.mark.assertion("PULL06")
async def test_pull06_an_empty_channel_is_answered_with_a_warning(channel: Exchange) -> None:
    reply = await ask(channel, request(channel))
    (error,) = seen(reply.content_type, reply.body).root.iter("{*}Error")
    assert error.get("errorCode") == "EBMS:0006"
    assert error.get("severity") == "warning"


@pytest.mark.assertion("PULL07")
async def test_pull07_the_oldest_that_is_not_under_way_is_given(channel: Exchange) -> None:
    first, second = queue(channel, 2)
    replies = [await ask(channel, request(channel)) for _ in range(2)]
    assert [pulled_id(reply) for reply in replies] == [first, second]
    assert codes(channel, await ask(channel, request(channel))) == ["EBMS:0006"]
    channel.pair.clock.advance(seconds=INTERVAL.total_seconds())
    again = await ask(channel, request(channel))
    assert again.body == replies[0].body


@pytest.mark.assertion("PULL08")
async def test_pull08_pulls_at_once_get_different_messages(channel: Exchange) -> None:
    waiting = queue(channel, 3)
    replies = await asyncio.gather(*(ask(channel, request(channel)) for _ in range(3)))
    assert sorted(pulled_id(reply) for reply in replies) == sorted(waiting)


@pytest.mark.assertion("PULL09")
async def test_pull09_what_is_receipted_or_has_failed_is_not_given_again(channel: Exchange) -> None:
    queue(channel, 1)
    assert await puller(channel).pull()
    channel.pair.clock.advance(seconds=INTERVAL.total_seconds())
    assert codes(channel, await ask(channel, request(channel))) == ["EBMS:0006"]
    channel.kz.submit(paper(number(2)))
    channel.pair.clock.advance(hours=73)
    assert await channel.kz.receiver.channels.round() == 1
    assert codes(channel, await ask(channel, request(channel))) == ["EBMS:0006"]
    assert states(channel) == [OutboxState.DELIVERED, OutboxState.FAILED]
