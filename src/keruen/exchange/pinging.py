"""The test service ("ping"; ebMS 3.0 Core, 5.2.2.8): the whole way to a partner and back, nothing delivered."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from keruen.as4 import TEST_ACTION, TEST_SERVICE, Seeded, Service, UserMessage, seal
from keruen.errors import LocalError
from keruen.exchange.answers import receipt_in
from keruen.exchange.context import Context
from keruen.exchange.outgoing import ebms_id
from keruen.exchange.peers import Line, Peer, Transport


@dataclass(frozen=True, slots=True)
class Pong:
    """What a ping has proved: keys, certificates and address are right on both sides."""

    partner: str
    endpoint: str
    message_id: str
    receipt_id: str
    receipt_time: datetime
    signer: str
    """Subject of the certificate that signed the receipt."""
    milliseconds: float
    """From before the message was sealed until its receipt was verified."""


async def ping(context: Context, line: Line, post: Transport, country: str) -> Pong:
    """Send a partner a message of the test service and verify its receipt.

    Raises:
        UsageError: ``card-missing``.
        LocalError: ``ping-pulled``: the partner takes no connections; EBMS:0005: nobody answered there.
        KeruenError: the answer is no good receipt.
    """
    peer = _reachable(line, country)
    began = time.perf_counter()
    sealed = seal(
        _message(context, peer),
        (),
        pmode=peer.pmode,
        signer=line.signer(peer.pmode),
        now=context.clock.now(),
        entropy=Seeded(context.clock.entropy(32)),
    )
    try:
        reply = await post(peer.endpoint, sealed.content_type, sealed.chunks, sealed.size)
    except OSError as error:
        raise LocalError("EBMS:0005", f"no answer from {peer.endpoint}: {error}") from error
    receipt = receipt_in(reply, peer, sealed, context.clock.now())
    return Pong(
        partner=country,
        endpoint=peer.endpoint,
        message_id=sealed.message.message_id,
        receipt_id=receipt.message_id,
        receipt_time=receipt.timestamp,
        signer=receipt.certificate.subject if receipt.certificate else "",
        milliseconds=round((time.perf_counter() - began) * 1000, 1),
    )


def _reachable(line: Line, country: str) -> Peer:
    peer = line.partner(country)
    if peer.pulls_from_us:
        raise LocalError(
            "ping-pulled",
            f"{country} takes no connections, it pulls: let it try the way itself with "
            "`keruen ping DIR PARTNER` on its own node; what waits for it here shows `keruen status`",
        )
    return peer


def _message(context: Context, peer: Peer) -> UserMessage:
    message_id = ebms_id(context.clock.new_id(), context.country)
    return UserMessage(
        message_id=message_id,
        timestamp=context.clock.now(),
        sender=peer.pmode.own,
        sender_role=peer.pmode.own_role,
        receiver=peer.pmode.partner,
        receiver_role=peer.pmode.partner_role,
        agreement_ref=peer.pmode.agreement_ref,
        service=Service(TEST_SERVICE),
        action=TEST_ACTION,
        conversation_id=message_id,
        properties=peer.properties,
    )
