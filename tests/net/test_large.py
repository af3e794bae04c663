"""Large bodies over real sockets: refused as early as it can be known, and then sent no further."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from tests.exchange.papers import arrived, information
from tests.exchange.world import KEYS, Pair, line_of
from tests.net.sockets import listening

from keruen.as4 import Payload, SealedMessage, Seeded, UserMessage, open_signal, seal
from keruen.as4.signal_read import ErrorSignal
from keruen.exchange import Receiver, Space
from keruen.exchange.peers import SERVICE
from keruen.messages import AnyMessage, encode, kind_of
from keruen.net import Endpoint, HttpTransport

MIB = 1 << 20
ZEROS = bytes(MIB)


class Counted:
    """Chunks of a body, and how many were taken."""

    def __init__(self, sealed: SealedMessage) -> None:
        self._sealed, self.taken = sealed, 0

    def __call__(self) -> Iterator[bytes]:
        for chunk in self._sealed.chunks():
            self.taken += len(chunk)
            yield chunk


def large(pair: Pair, message: AnyMessage, mib: int) -> SealedMessage:
    """A message of KZ with a file of so many MiB."""
    pmode = line_of("KZ", "TJ").peers["TJ"].pmode
    body = encode(message)
    return seal(
        UserMessage(
            message_id=f"{pair.clock.new_id()}@kz.keruen",
            timestamp=pair.clock.now(),
            sender=pmode.own,
            sender_role=pmode.own_role,
            receiver=pmode.partner,
            receiver_role=pmode.partner_role,
            service=SERVICE,
            action=kind_of(message),
            conversation_id="conversation",
        ),
        [
            Payload("content", "application/json", lambda: iter((body,))),
            Payload("file", "image/tiff", lambda: iter([ZEROS] * mib), compress=False),
        ],
        pmode=pmode,
        signer=KEYS["KZ"].signer,
        now=pair.clock.now(),
        entropy=Seeded(bytes(32)),
    )


def limited(pair: Pair, **limits: int) -> Receiver:
    """TJ, taking less of KZ than of others."""
    peer = pair.tj.line.peers["KZ"]
    pmode = dataclasses.replace(peer.pmode, limits=dataclasses.replace(peer.pmode.limits, **limits))
    other = dataclasses.replace(peer, country="XX")
    peers = {"KZ": dataclasses.replace(peer, pmode=pmode), "XX": other}
    line = dataclasses.replace(pair.tj.line, peers=peers)
    return Receiver(pair.tj.store, pair.tj.context, line)


async def posted(receiver: Receiver, sent: SealedMessage) -> tuple[str, int]:
    """The code of the signed error that a sender gets, and the octets it gave for it."""
    counted = Counted(sent)
    async with listening(Endpoint(receiver)) as port, HttpTransport(20) as transport:
        url = f"http://127.0.0.1:{port}/as4"
        reply = await transport(url, sent.content_type, counted, sent.size)
    pmode = line_of("KZ", "TJ").peers["TJ"].pmode
    signal = open_signal(reply.content_type, reply.body, pmode=pmode, now=sent.message.timestamp)
    assert isinstance(signal, ErrorSignal)
    assert signal.signed
    return signal.errors[0].code, counted.taken


async def test_a_message_too_large_for_its_sender_is_refused_at_its_header(pair: Pair) -> None:
    sent = large(pair, arrived(pair.kz), 256)
    code, taken = await posted(limited(pair, message_size=4 * MIB), sent)
    assert code == "EBMS:0004"
    assert taken < sent.size / 2, "the rest was not sent"
    (refusal,) = pair.tj.refusals()
    assert refusal.detail == f"{sent.size} octets announced; at most {4 * MIB} are taken"


async def test_files_that_are_not_agreed_are_refused_before_they_come(pair: Pair) -> None:
    sent = large(pair, information(pair.kz), 256)
    code, taken = await posted(limited(pair), sent)
    assert code == "EBMS:0003"
    assert taken < sent.size / 2
    (refusal,) = pair.tj.refusals()
    assert refusal.detail == "1 attachments; with PreliminaryInformation at most 0 are agreed"


async def test_a_large_message_arrives_through_quarantine(pair: Pair, tmp_path: Path) -> None:
    pair.tj.receiver.space = Space(tmp_path / "quarantine")
    sent = large(pair, arrived(pair.kz), 20)
    async with listening(Endpoint(pair.tj.receiver)) as port, HttpTransport(20) as transport:
        url = f"http://127.0.0.1:{port}/as4"
        reply = await transport(url, sent.content_type, sent.chunks, sent.size)
    assert b"NonRepudiation" in reply.body
    assert pair.tj.counts()["inbox"]["waiting"] == 1
    assert list((tmp_path / "quarantine").iterdir()) == []
