"""TJ stands behind a firewall that lets no connection in: it pulls from the channel that KZ keeps for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from tests.exchange.world import Node, Pair, Sent, cut

from keruen.as4 import SOAP_CONTENT_TYPE, SigningIdentity, build_pull_request
from keruen.exchange import Answer, Callbacks, Channel, Peer, Puller, Reply

CHANNEL = "urn:keruen:mpc:kz-tj"
AGAIN = timedelta(seconds=60)
PARALLEL = 4


@dataclass
class Firewall:
    """Two nodes of which only KZ takes connections."""

    pair: Pair
    puller: Puller
    callbacks: Callbacks

    @property
    def kz(self) -> Node:
        return self.pair.kz

    @property
    def tj(self) -> Node:
        return self.pair.tj

    async def settle(self, rounds: int = 20) -> None:
        """Move both nodes until nothing moves."""
        for _ in range(rounds):
            moved = await self.puller.round()
            for node in (self.kz, self.tj):
                moved += await node.send_once() + await node.inbox.round()
            if not moved:
                return
        raise AssertionError("the nodes never come to rest")

    def pulls(self) -> list[Sent]:
        """Requests for messages, in their order."""
        return [sent for sent in self.pair.wire.sent if b"<eb:PullRequest" in sent.body]


def behind(pair: Pair, hidden: str = "TJ") -> Firewall:
    """TJ, or KZ, becomes a node that nobody reaches."""
    near, far = (pair.tj, pair.kz) if hidden == "TJ" else (pair.kz, pair.tj)
    changed(far, near.country, CHANNEL, channel=Channel(serve=True, interval=AGAIN))
    fetched = Channel(serve=False, interval=timedelta(seconds=5), parallel=PARALLEL)
    changed(near, far.country, CHANNEL, channel=fetched)
    del pair.wire.nodes[near.country]
    puller = Puller(far.country, near.receiver, fetching(pair), pair.wire)
    return Firewall(pair, puller, Callbacks(near.receiver, pair.wire, lambda n: n * AGAIN))


def changed(node: Node, partner: str, mpc: str | None = None, **values: Any) -> Peer:
    """The node with another view of its partner."""
    peer = replace(node.line.peers[partner], **values)
    peer = replace(peer, pmode=replace(peer.pmode, mpc=mpc or peer.pmode.mpc))
    node.line = replace(node.line, peers={**node.line.peers, partner: peer})
    node.__post_init__()
    return peer


def fetching(pair: Pair) -> Any:
    """The wire as a puller uses it."""

    @asynccontextmanager
    async def fetch(url: str, content_type: str, body: bytes) -> AsyncIterator[Answer]:
        reply = await pair.wire(url, content_type, lambda: iter((body,)), len(body))
        yield Answer(reply.status, reply.content_type, cut(octets_of(reply), 1000))

    return fetch


def octets_of(reply: Reply) -> bytes:
    return b"".join(reply.chunks()) if reply.chunks else reply.body


def request(
    node: Node, *, signer: SigningIdentity | None = None, mpc: str = CHANNEL, number: int = 1
) -> tuple[str, bytes]:
    """A pull request as `node`'s program could make it."""
    (peer,) = node.line.peers.values()
    body = build_pull_request(
        pmode=replace(peer.pmode, mpc=mpc),
        signer=signer or node.line.signing,
        message_id=f"pull-{number}@{node.country.lower()}",
        timestamp=node.clock.now(),
    )
    return SOAP_CONTENT_TYPE, body
