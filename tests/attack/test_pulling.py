"""A channel gives nothing to anybody but its partner, and takes nothing for a receipt that is none."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from tests.as4.world import make_node
from tests.attack.pulling import CHANNEL, OTHER_CHANNEL, PULLING, Channel, Pulling
from tests.attack.test_requests import signal_in, tables
from tests.exchange import world
from tests.exchange.papers import arrived, information, sealed_by
from tests.exchange.world import Pair, line_of, pair_of, the_agreement

from keruen.as4 import ErrorSignal
from keruen.exchange import Reply, send
from keruen.exchange.peers import Channel as Served
from keruen.store import OutboxState

world.KEYS.setdefault("UZ", make_node("uz", 40))
INTERVAL = timedelta(minutes=5)


@pytest.fixture(scope="module")
def channel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Channel]:
    folder = tmp_path_factory.mktemp("pulling")
    pair = pair_of(f"sqlite:///{folder / 'kz.db'}", f"sqlite:///{folder / 'tj.db'}")
    serve(pair)
    made = Channel(pair, b"")
    yield made
    pair.close()


def serve(pair: Pair) -> None:
    """TJ keeps a channel for KZ and another for XX, who has no agreement and no message."""
    peers = {}
    for country, mpc in (("KZ", CHANNEL), ("XX", OTHER_CHANNEL)):
        peer = line_of("TJ", country).peers[country]
        pmode = dataclasses.replace(peer.pmode, mpc=mpc)
        peers[country] = dataclasses.replace(peer, pmode=pmode, channel=Served(True, INTERVAL))
    pair.tj.line = dataclasses.replace(pair.tj.line, peers=peers)
    pair.tj.__post_init__()


async def octets(reply: Reply) -> bytes:
    return b"".join(reply.chunks()) if reply.chunks else reply.body


async def pulled(channel: Channel) -> bytes:
    """KZ pulls what TJ has just queued; its envelope."""
    wire = channel.request()
    got = await octets(await channel.pair.tj.take(wire.content_type, wire.body))
    match = re.search(rb"<\?xml.*?</S12:Envelope>", got, re.DOTALL)
    assert match
    assert b"<eb:UserMessage" in match[0]
    return match[0]


def queue(pair: Pair) -> str:
    message = arrived(pair.tj)
    agreement = the_agreement()
    pair.tj.store.write_now(lambda tx: send(tx, pair.tj.context, agreement, message))
    return message.header.message_id


@pytest.mark.parametrize("attack", PULLING, ids=lambda attack: attack.id)
async def test_a_hostile_signal_gets_nothing_and_changes_nothing(
    attack: Pulling, channel: Channel
) -> None:
    pair = channel.pair
    message_id = queue(pair)
    channel.waiting = await pulled(channel)
    pair.clock.advance(seconds=INTERVAL.total_seconds() + 1)
    wire = attack.forge(channel)
    if attack.twice:
        assert b"<eb:UserMessage" in await octets(await pair.tj.take(wire.content_type, wire.body))
    before = tables(pair.tj)
    with capture_logs() as logs:
        reply = await pair.tj.take(wire.content_type, wire.body)
    error = signal_in(pair, reply)
    assert isinstance(error, ErrorSignal)
    assert [one.code for one in error.errors] == [attack.code.code]
    newest = pair.tj.refusals()[0]
    assert newest.code == attack.code.code
    assert attack.detail in (newest.detail or "")
    assert (newest.detail or "-").encode() not in reply.body
    assert tables(pair.tj) == before
    assert [(log["event"], log["log_level"]) for log in logs] == [("refused", "warning")]
    receipt = channel.receipt()
    assert (await pair.tj.take(receipt.content_type, receipt.body)).status == 202
    assert pair.tj.outbox(message_id).state is OutboxState.DELIVERED


async def test_a_partner_without_an_agreement_is_refused_as_anybody_else(
    channel: Channel, tmp_path: Path
) -> None:
    """Its card is there, so its signature is good; it was answered as if the node had broken down."""
    pair = channel.pair
    stranger = world.node_of("XX", "TJ", f"sqlite:///{tmp_path / 'xx.db'}", pair.clock, pair.wire)
    sent = sealed_by(stranger, information(stranger))
    reply = await pair.tj.take(sent.content_type, b"".join(sent.chunks()))
    assert b"EBMS:0010" in reply.body
    assert "no agreement between TJ and XX" in (pair.tj.refusals()[0].detail or "")
    assert pair.tj.counts()["inbox"] == {"waiting": 0, "handled": 0}
    stranger.store.close()
