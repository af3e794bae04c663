"""Partners of every AS4 profile: delivered, receipted, and receipted again with the same octets."""

from __future__ import annotations

import dataclasses

import pytest
from tests.as4 import world as as4_world
from tests.exchange.papers import declaration, paper
from tests.exchange.world import Node, Pair

from keruen.as4 import Property, SigningIdentity
from keruen.as4.curves import CURVES
from keruen.exchange import Line
from keruen.store import Direction, Envelope, OutboxState

PROFILES = ("eddsa", "secp256r1", "brainpoolP256r1", "rsa")


def exchange_by(pair: Pair, keys: str, *properties: Property) -> None:
    """Both nodes hold keys of several profiles, and use those of one with each other."""
    wired = as4_world.pair_by(keys)
    for node, own, other in ((pair.kz, wired.kz, wired.tj), (pair.tj, wired.tj, wired.kz)):
        use(node, keys, own, other, properties)


def use(
    node: Node,
    keys: str,
    own: as4_world.Node,
    other: as4_world.Node,
    properties: tuple[Property, ...],
) -> None:
    ((country, peer),) = node.line.peers.items()
    suite = as4_world.pair_by(keys).suite
    pmode = dataclasses.replace(
        peer.pmode,
        suite=suite,
        partner_signing=(other.signer.certificate,),
        partner_key_agreement=(other.decryption.certificate,),
        four_corner=bool(properties),
    )
    further: dict[str, SigningIdentity] = {}
    if suite != "edelivery-2.0":
        further[suite] = own.signer
    node.line = Line(
        node.line.signing,
        (*node.line.decryption, own.decryption),
        {country: dataclasses.replace(peer, pmode=pmode, properties=properties)},
        further,
    )
    node.__post_init__()


def stored(pair: Pair) -> tuple[Envelope, Envelope]:
    """Proof of the one message, as sent and as received."""
    (message,) = pair.kz.messages(direction=Direction.OUT)
    sent = pair.kz.envelope(message.ebms_id, Direction.OUT)
    received = pair.tj.envelope(message.ebms_id, Direction.IN)
    assert sent
    assert received
    return sent, received


@pytest.mark.parametrize("keys", PROFILES)
async def test_a_repeated_receipt_is_the_same_octets_by_every_profile(
    mixed_pair: Pair, keys: str
) -> None:
    """Where signing is not deterministic the receipt is stored; here TJ is on PostgreSQL."""
    await repeated_receipts(mixed_pair, keys)


async def test_a_stored_receipt_is_given_again_on_sqlite(pair: Pair) -> None:
    await repeated_receipts(pair, "secp256r1")


async def repeated_receipts(pair: Pair, keys: str) -> None:
    exchange_by(pair, keys)
    (result,) = pair.kz.submit(paper(declaration()))
    assert result.message_id is not None
    pair.wire.lose_replies = 2
    for _ in range(3):
        pair.clock.machine = pair.kz.outbox(result.message_id).next_attempt
        assert await pair.kz.send_once() == 1
        pair.clock.advance(hours=1)
    replies = {sent.reply.body for sent in pair.wire.sent if sent.reply}
    assert len(replies) == 1
    assert pair.kz.outbox(result.message_id).state is OutboxState.DELIVERED
    assert pair.tj.counts()["inbox"]["waiting"] == 1
    sent, received = stored(pair)
    assert {sent.receipt} == replies
    assert received.receipt in ({*replies} if keys in CURVES else {None})


@pytest.mark.parametrize("keys", PROFILES)
async def test_declarations_are_announced_and_answered_by_every_profile(
    pair: Pair, keys: str
) -> None:
    exchange_by(pair, keys)
    (result,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    assert result.consignment_id is not None
    assert pair.kz.happened(result.consignment_id)[-2:] == ["delivered", "accepted"]
    assert pair.kz.refusals() == pair.tj.refusals() == []


async def test_two_copies_at_the_same_time_get_one_stored_receipt(mixed_pair: Pair) -> None:
    import asyncio

    exchange_by(mixed_pair, "secp384r1")
    mixed_pair.kz.submit(paper(declaration()))
    assert await mixed_pair.kz.send_once() == 1
    (sent,) = mixed_pair.wire.sent
    again = await asyncio.gather(
        *(mixed_pair.tj.take(sent.content_type, sent.body) for _ in range(4))
    )
    assert sent.reply
    assert {reply.body for reply in again} == {sent.reply.body}


CORNERS = Property("originalSender", "urn:c1"), Property("finalRecipient", "urn:c4")


async def test_the_outer_corners_go_along_with_each_message(pair: Pair) -> None:
    exchange_by(pair, "eddsa", *CORNERS)
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    _, received = stored(pair)
    assert b'name="originalSender">urn:c1<' in received.envelope
    assert b'name="finalRecipient">urn:c4<' in received.envelope


async def test_a_message_that_does_not_name_the_outer_corners_is_refused(pair: Pair) -> None:
    exchange_by(pair, "eddsa", *CORNERS)
    peer = pair.kz.line.peers["TJ"]
    pmode = dataclasses.replace(peer.pmode, four_corner=False)
    careless = dataclasses.replace(peer, pmode=pmode, properties=())
    pair.kz.line = dataclasses.replace(pair.kz.line, peers={"TJ": careless})
    pair.kz.__post_init__()
    pair.kz.submit(paper(declaration()))
    await pair.kz.send_once()
    (refusal,) = pair.tj.refusals()
    assert refusal.code == "EBMS:0003"
    assert "originalSender" in (refusal.detail or "")
