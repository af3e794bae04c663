"""A node behind a firewall takes part fully: it pushes its own messages and pulls those of its partner."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.as4 import world as as4_world
from tests.exchange.firewall import (
    AGAIN,
    CHANNEL,
    PARALLEL,
    Firewall,
    behind,
    changed,
    octets_of,
    request,
)
from tests.exchange.papers import PLATE, arrive, declaration, imported, number, paper, sealed_by
from tests.exchange.world import KEYS, Node, Pair, Sent

from keruen import border
from keruen.as4 import (
    DEFAULT_MPC,
    SOAP_CONTENT_TYPE,
    EbmsError,
    ErrorCode,
    ErrorSignal,
    SigningIdentity,
    build_error,
    build_receipt,
    open_signal,
)
from keruen.exchange import Channel, Reply, Result, State, attach
from keruen.store import Direction, OutboxState

RECEIPT, ERROR = b"<eb:Receipt>", b"<eb:Error "


@pytest.fixture
def wall(pair: Pair) -> Firewall:
    return behind(pair)


@pytest.fixture
def mixed_wall(mixed_pair: Pair) -> Firewall:
    """KZ, which serves, on SQLite; TJ, which pulls, on PostgreSQL."""
    return behind(mixed_pair)


def queue(node: Node, count: int = 1) -> list[str]:
    results = node.submit(*(paper(number(n)) for n in range(1, count + 1)))
    return [one.message_id or "" for one in results]


async def test_a_consignment_is_seen_through_from_both_sides(mixed_wall: Firewall) -> None:
    pair = mixed_wall.pair
    (result,) = pair.kz.submit(paper(declaration()))
    await mixed_wall.settle()
    consignment = result.consignment_id or ""
    assert pair.kz.state(consignment) is pair.tj.state(consignment) is State.ACCEPTED
    pair.clock.advance(hours=40)
    arrive(pair.tj)
    await mixed_wall.settle()
    assert pair.kz.state(consignment) is State.ARRIVED
    pair.clock.advance(hours=8)
    (matched,) = pair.tj.submit(paper(imported()))
    assert matched.result is Result.MATCHED
    await mixed_wall.settle()
    assert pair.kz.state(consignment) is pair.tj.state(consignment) is State.CLOSED
    sender = ["released", "sent", "delivered", "accepted", "arrived", "imported", "closed"]
    assert pair.kz.happened(consignment) == sender
    assert {sent.url for sent in pair.wire.sent} == {"KZ"}  # nobody ever connects to TJ
    for node in (pair.kz, pair.tj):
        assert set(node.counts()["outbox"]) == {"delivered"}
        assert node.counts()["refusals"] == 0
        assert node.store.read(lambda r: r.callbacks_due(pair.clock.wall() + AGAIN, 9)) == []


async def test_files_of_an_arrival_are_pulled_like_everything_else(mixed_pair: Pair) -> None:
    """KZ takes no connections; TJ has an X-ray image for it, larger than what is verified on the spot."""
    hidden = behind(mixed_pair, "KZ")
    (result,) = mixed_pair.kz.submit(paper(declaration()))
    await hidden.settle()
    scan = random.Random(4).randbytes(3 << 20)
    file = attach(mixed_pair.tj.store, mixed_pair.tj.context, "test", "scan.raw", [scan])
    facts = {"post": "TJ-GUL", "arrived": mixed_pair.clock.now(), "vehicle": PLATE}
    mixed_pair.tj.store.write_now(
        lambda tx: border.register_arrival(
            tx, mixed_pair.tj.context, border.arrival(**facts), (file,)
        )
    )
    await hidden.settle()
    assert mixed_pair.kz.state(result.consignment_id or "") is State.ARRIVED
    (told,) = mixed_pair.kz.messages(kind="ArrivalInformation", direction=Direction.IN)
    (taken,) = mixed_pair.kz.store.read(
        lambda r: r.attachments("KZ-TJ", told.ebms_id, Direction.IN)
    )
    assert b"".join(mixed_pair.kz.store.payload(taken.payload_id)) == scan
    assert {sent.url for sent in mixed_pair.wire.sent} == {"TJ"}
    assert set(mixed_pair.tj.counts()["outbox"]) == {"delivered"}


async def test_a_large_message_on_its_way_is_not_pulled_again_meanwhile(pair: Pair) -> None:
    hidden = behind(pair, "KZ")
    pair.kz.submit(paper(declaration()))
    await hidden.settle()
    scan = random.Random(4).randbytes(16 << 20)
    file = attach(pair.tj.store, pair.tj.context, "test", "scan.raw", [scan])
    facts = {"post": "TJ-GUL", "arrived": pair.clock.now(), "vehicle": PLATE}
    pair.tj.store.write_now(
        lambda tx: border.register_arrival(tx, pair.tj.context, border.arrival(**facts), (file,))
    )
    reply = await pair.tj.take(*request(pair.kz))
    assert reply.size > len(scan)
    pair.clock.advance(seconds=AGAIN.total_seconds() + 30)
    assert b"EBMS:0006" in octets_of(await pair.tj.take(*request(pair.kz, number=2)))
    pair.clock.advance(seconds=100)
    assert (await pair.tj.take(*request(pair.kz, number=3))).size == reply.size


async def test_a_node_that_serves_a_partner_pushes_nothing_to_it(wall: Firewall) -> None:
    sending = asyncio.create_task(wall.kz.sender.run())
    await asyncio.sleep(0.1)
    (message_id,) = queue(wall.kz)
    await asyncio.sleep(0.1)
    sending.cancel()
    assert wall.kz.outbox(message_id).lease_owner is None
    assert wall.pair.wire.sent == []


async def test_where_nothing_waits_the_answer_is_a_signed_warning(wall: Firewall) -> None:
    reply = await wall.kz.take(*request(wall.tj))
    signal = signal_in(wall.tj, reply)
    assert [(one.code, one.severity) for one in signal.errors] == [("EBMS:0006", "warning")]
    assert signal.signed
    assert signal.ref_to_message_id == "pull-1@tj"
    assert await wall.puller.round() == 0
    assert wall.tj.counts()["refusals"] == wall.kz.counts()["refusals"] == 0


async def test_pulls_at_once_get_different_messages_the_oldest_first(mixed_wall: Firewall) -> None:
    sent = queue(mixed_wall.kz, 6)
    requests = [request(mixed_wall.tj, number=n) for n in range(1, 6)]
    replies = await asyncio.gather(*(mixed_wall.kz.take(*one) for one in requests))
    assert len({octets_of(reply) for reply in replies}) == 5
    pulled = [one for one in sent if mixed_wall.kz.outbox(one).attempts]
    assert pulled == sent[:5]


async def test_while_messages_come_as_many_are_pulled_at_once_as_agreed(wall: Firewall) -> None:
    queue(wall.kz, 7)
    counts = []
    while await wall.puller.round():
        counts.append(len(wall.pulls()))
    counts.append(len(wall.pulls()))
    assert counts == [1, 1 + PARALLEL, 1 + 2 * PARALLEL, 1 + 3 * PARALLEL][: len(counts)]
    assert wall.kz.counts()["outbox"] == {"delivered": 7}
    await wall.puller.round()
    assert len(wall.pulls()) == counts[-1] + 1


async def test_what_was_pulled_lately_is_not_given_again_and_later_it_is(wall: Firewall) -> None:
    (message_id,) = queue(wall.kz)
    first = octets_of(await wall.kz.take(*request(wall.tj, number=1)))
    second = await wall.kz.take(*request(wall.tj, number=2))
    assert signal_in(wall.tj, second).errors[0].code == "EBMS:0006"
    wall.pair.clock.advance(seconds=AGAIN.total_seconds())
    assert octets_of(await wall.kz.take(*request(wall.tj, number=3))) == first
    assert wall.kz.outbox(message_id).attempts == 2


async def test_what_is_pulled_twice_is_taken_once_and_receipted_alike(wall: Firewall) -> None:
    queue(wall.kz)
    lost: list[Sent] = []

    def lose_receipts(sent: Sent) -> Reply:
        lost.append(sent)
        raise ConnectionResetError

    await only_receipts_through(wall, lose_receipts)
    wall.pair.clock.advance(seconds=AGAIN.total_seconds())
    assert await wall.puller.round() == 1
    (again,) = [sent for sent in wall.pair.wire.sent if RECEIPT in sent.body and sent not in lost]
    assert [sent.body for sent in lost] == [again.body]
    assert wall.tj.counts()["inbox"]["waiting"] == 1
    assert wall.kz.counts()["outbox"] == {"delivered": 1}


async def only_receipts_through(wall: Firewall, answer: Callable[[Sent], Reply]) -> None:
    """One round in which the receipt meets another answer than KZ's."""
    forward = wall.pair.wire.nodes["KZ"].take

    async def take(content_type: str, body: bytes, step: int = 1 << 16) -> Reply:
        if RECEIPT in body or ERROR in body:
            return answer(wall.pair.wire.sent[-1])
        return await forward(content_type, body, step)

    wall.kz.take = take  # type: ignore[method-assign]
    await wall.puller.round()
    wall.kz.take = forward  # type: ignore[method-assign]


async def test_a_receipt_that_was_not_handed_over_is_handed_over_later(wall: Firewall) -> None:
    (message_id,) = queue(wall.kz)

    def lose(_: Sent) -> Reply:
        raise ConnectionResetError

    await only_receipts_through(wall, lose)
    assert wall.kz.outbox(message_id).state is OutboxState.WAITING
    assert await wall.callbacks.round() == 0  # whoever pulled it had his chance until now
    wall.pair.clock.advance(seconds=10)
    wall.pair.wire.lose_requests = 1
    assert await wall.callbacks.round() == 1
    assert await wall.callbacks.round() == 0  # by the schedule
    wall.pair.clock.advance(seconds=AGAIN.total_seconds())
    assert await wall.callbacks.round() == 1
    assert wall.kz.outbox(message_id).state is OutboxState.DELIVERED
    first, *others = [sent.body for sent in wall.pair.wire.sent if RECEIPT in sent.body]
    assert others == [first, first]
    assert await wall.callbacks.round() == 0


@pytest.mark.parametrize(
    ("signer", "mpc", "code"),
    [
        ("XX", CHANNEL, ErrorCode.FAILED_AUTHENTICATION),
        ("TJ", "urn:keruen:mpc:kz-uz", ErrorCode.PROCESSING_MODE_MISMATCH),
        ("TJ", DEFAULT_MPC + "/other", ErrorCode.PROCESSING_MODE_MISMATCH),
    ],
)
async def test_nobody_pulls_from_a_channel_that_is_not_his(
    wall: Firewall, signer: str, mpc: str, code: ErrorCode
) -> None:
    (message_id,) = queue(wall.kz)
    reply = await wall.kz.take(*request(wall.tj, signer=KEYS[signer].signer, mpc=mpc))
    signal = signal_in(wall.tj, reply)
    assert [one.code for one in signal.errors] == [code.code]
    (refusal,) = wall.kz.refusals()
    assert (refusal.code, refusal.message_id) == (code.code, "pull-1@tj")
    assert wall.kz.outbox(message_id).attempts == 0


async def test_another_partner_does_not_pull_from_it_either(wall: Firewall) -> None:
    """UZ is a partner with a channel of its own; it asks for TJ's."""
    (message_id,) = queue(wall.kz)
    uz = as4_world.make_node("uz", 40)
    kz = wall.kz.line.peers["TJ"]
    pmode = replace(
        kz.pmode,
        partner=uz.party,
        partner_signing=(uz.signer.certificate,),
        mpc="urn:keruen:mpc:kz-uz",
    )
    peers = {**wall.kz.line.peers, "UZ": replace(kz, country="UZ", pmode=pmode)}
    wall.kz.line = replace(wall.kz.line, peers=peers)
    wall.kz.__post_init__()
    reply = await wall.kz.take(*request(wall.tj, signer=uz.signer))
    assert signal_in(wall.tj, reply).errors[0].code == ErrorCode.FAILED_AUTHENTICATION.code
    assert wall.kz.outbox(message_id).attempts == 0
    reply = await wall.kz.take(*request(wall.tj, signer=uz.signer, mpc=pmode.mpc or "", number=2))
    assert b"EBMS:0006" in octets_of(reply)


async def test_a_request_that_somebody_repeats_gets_nothing(wall: Firewall) -> None:
    queue(wall.kz, 2)
    captured = request(wall.tj)
    assert (await wall.kz.take(*captured)).chunks is not None
    reply = await wall.kz.take(*captured)
    assert signal_in(wall.tj, reply).errors[0].code == ErrorCode.VALUE_INCONSISTENT.code
    (refusal,) = wall.kz.refusals()
    assert "somebody repeats it" in (refusal.detail or "")


async def test_a_node_that_serves_nobody_has_no_channels(pair: Pair) -> None:
    reply = await pair.kz.take(*request(pair.tj))
    assert signal_in(pair.tj, reply).errors[0].code == ErrorCode.PROCESSING_MODE_MISMATCH.code


def receipt_for(
    wall: Firewall, envelope: bytes, signer: SigningIdentity | None = None
) -> tuple[str, bytes]:
    body = build_receipt(
        envelope,
        pmode=wall.tj.line.peers["KZ"].pmode,
        signer=signer or wall.tj.line.signing,
        receipt_id="receipt@tj",
        timestamp=wall.pair.clock.now(),
    )
    return SOAP_CONTENT_TYPE, body


async def pulled_envelope(wall: Firewall) -> bytes:
    octets = octets_of(await wall.kz.take(*request(wall.tj)))
    begin, end = octets.index(b"<?xml"), octets.index(b"</S12:Envelope>")
    return octets[begin : end + len(b"</S12:Envelope>")]


FORGED: dict[str, ErrorCode] = {
    "of other digests": ErrorCode.INVALID_RECEIPT,
    "of a stranger": ErrorCode.PROCESSING_MODE_MISMATCH,
    "unsigned": ErrorCode.PROCESSING_MODE_MISMATCH,
    "for a message of somebody else": ErrorCode.VALUE_INCONSISTENT,
}


@pytest.mark.parametrize("name", FORGED)
async def test_a_receipt_that_proves_nothing_delivers_nothing(wall: Firewall, name: str) -> None:
    (message_id,) = queue(wall.kz)
    envelope = await pulled_envelope(wall)
    ebms_id = wall.kz.messages()[0].ebms_id
    other = sealed_by(wall.kz, b"{}", message_id=ebms_id).envelope
    strangers = sealed_by(wall.kz, b"{}", message_id="unknown@kz.keruen").envelope
    content_type, body = {
        "of other digests": receipt_for(wall, other),
        "of a stranger": receipt_for(wall, envelope, KEYS["XX"].signer),
        "unsigned": unsigned(receipt_for(wall, envelope)),
        "for a message of somebody else": receipt_for(wall, strangers),
    }[name]
    reply = await wall.kz.take(content_type, body)
    assert signal_in(wall.tj, reply).errors[0].code == FORGED[name].code
    assert wall.kz.outbox(message_id).state is OutboxState.WAITING
    assert [one.code for one in wall.kz.refusals()] == [FORGED[name].code]
    reply = await wall.kz.take(*receipt_for(wall, envelope))
    assert (reply.status, reply.body) == (202, b"")
    assert wall.kz.outbox(message_id).state is OutboxState.DELIVERED


def unsigned(signal: tuple[str, bytes]) -> tuple[str, bytes]:
    content_type, body = signal
    head, _, rest = body.partition(b"<wsse:Security")
    return content_type, head + rest.partition(b"</wsse:Security>")[2]


async def test_a_second_receipt_changes_nothing_and_must_be_true_all_the_same(
    wall: Firewall,
) -> None:
    queue(wall.kz)
    envelope = await pulled_envelope(wall)
    for _ in range(2):
        assert (await wall.kz.take(*receipt_for(wall, envelope))).status == 202
    assert wall.kz.counts()["evidence"] == 1
    ebms_id = wall.kz.messages()[0].ebms_id
    other = sealed_by(wall.kz, b"{}", message_id=ebms_id).envelope
    reply = await wall.kz.take(*receipt_for(wall, other))
    assert signal_in(wall.tj, reply).errors[0].code == ErrorCode.INVALID_RECEIPT.code


@pytest.mark.parametrize("signed", [True, False])
async def test_an_error_by_callback_counts_as_one_in_an_answer(
    wall: Firewall, signed: bool
) -> None:
    (message_id,) = queue(wall.kz)
    await wall.kz.take(*request(wall.tj))
    error = build_error(
        EbmsError(ErrorCode.VALUE_NOT_RECOGNIZED, detail="secret"),
        pmode=wall.tj.line.peers["KZ"].pmode if signed else None,
        signer=wall.tj.line.signing,
        signal_id="error@tj",
        timestamp=wall.pair.clock.now(),
        ref_to_message_id=wall.kz.messages()[0].ebms_id,
    )
    reply = await wall.kz.take(SOAP_CONTENT_TYPE, error)
    assert (reply.status, reply.body) == (202, b"")  # an error is never answered by another
    entry = wall.kz.outbox(message_id)
    assert entry.state is (OutboxState.FAILED if signed else OutboxState.WAITING)
    assert wall.kz.counts()["refusals"] == (0 if signed else 1)


async def test_what_was_pulled_and_is_refused_is_told_to_the_partner(wall: Firewall) -> None:
    """KZ has another idea of who TJ is: TJ refuses what it pulls, with a signed error, by callback."""
    tj = wall.kz.line.peers["TJ"]
    pmode = replace(tj.pmode, partner=KEYS["XX"].party)
    wall.kz.line = replace(wall.kz.line, peers={"TJ": replace(tj, pmode=pmode)})
    wall.kz.__post_init__()
    (message_id,) = queue(wall.kz)
    assert await wall.puller.round() == 0
    (refusal,) = wall.tj.refusals()
    assert (refusal.code, refusal.source) == ("EBMS:0003", "KZ")
    entry = wall.kz.outbox(message_id)
    assert entry.state is OutboxState.FAILED
    assert entry.last_error is not None
    assert entry.last_error.startswith("EBMS:0003: the partner answered ValueInconsistent")
    assert wall.tj.counts()["inbox"] == {"waiting": 0, "handled": 0}


async def test_a_message_of_another_channel_is_not_taken_from_this_one(wall: Firewall) -> None:
    queue(wall.kz)
    pushed = sealed_by(wall.kz, b"{}")
    wall.pair.wire.answer = lambda _: Reply(200, pushed.content_type, b"".join(pushed.chunks()))
    assert await wall.puller.round() == 0
    (refusal,) = wall.tj.refusals()
    assert refusal.code == "EBMS:0003"
    assert CHANNEL in (refusal.detail or "")
    assert wall.tj.counts()["inbox"] == {"waiting": 0, "handled": 0}


@pytest.mark.parametrize(
    "reply",
    [
        Reply(502, "text/html", b"<html>Proxy</html>"),
        Reply(200, "", b""),
        Reply(200, SOAP_CONTENT_TYPE, b"<a/>"),
    ],
)
async def test_an_answer_that_is_no_message_is_kept_for_the_operator(
    wall: Firewall, reply: Reply
) -> None:
    wall.pair.wire.answer = lambda _: reply
    assert await wall.puller.round() == 0
    assert [one.source for one in wall.tj.refusals()] == ["unknown"]
    assert wall.tj.counts()["inbox"] == {"waiting": 0, "handled": 0}


async def test_a_partner_that_cannot_be_reached_is_asked_again_later(wall: Firewall) -> None:
    wall.pair.wire.lose_requests = 1
    assert await wall.puller.round() == 0
    assert wall.tj.counts()["refusals"] == 0
    queue(wall.kz)
    assert await wall.puller.round() == 1


@pytest.mark.parametrize("pulls", [0, 1])
async def test_what_is_never_receipted_is_given_up_and_the_administration_told(
    wall: Firewall, pulls: int
) -> None:
    (result,) = wall.kz.submit(paper(declaration()))
    for n in range(pulls):
        await wall.kz.take(*request(wall.tj, number=n))
    assert await wall.kz.receiver.channels.round() == 0
    wall.pair.clock.advance(hours=73)
    assert await wall.kz.receiver.channels.round() == 1
    assert wall.kz.outbox(result.message_id or "").state is OutboxState.FAILED
    happened = wall.kz.happened(result.consignment_id or "")
    assert happened == [
        "released", *(["sent", "receipt-missing"] if pulls else []), "undelivered"
    ]  # fmt: skip
    assert await wall.kz.receiver.channels.round() == 0


async def test_what_this_node_hands_over_and_the_partner_refuses_is_kept(wall: Firewall) -> None:
    """KZ has lost its memory: it knows no message that TJ's receipt is for."""
    queue(wall.kz)

    def refuse(sent: Sent) -> Reply:
        body = build_error(
            EbmsError(ErrorCode.VALUE_INCONSISTENT, detail=""),
            pmode=wall.kz.line.peers["TJ"].pmode,
            signer=wall.kz.line.signing,
            signal_id="error@kz",
            timestamp=wall.pair.clock.now(),
            ref_to_message_id="receipt@tj",
        )
        return Reply(200, SOAP_CONTENT_TYPE, body)

    await only_receipts_through(wall, refuse)
    (kept,) = wall.tj.refusals()
    assert (kept.code, kept.source) == ("EBMS:0003", "KZ")
    wall.pair.clock.advance(seconds=10)
    assert await wall.callbacks.round() == 0
    assert wall.tj.counts()["inbox"]["waiting"] == 1


async def test_a_receipt_may_be_handed_over_by_who_is_pushed_to_as_well(pair: Pair) -> None:
    """Receipts by callback are taken from every partner, not only from those that pull."""
    (message_id,) = queue(pair.kz)
    pair.wire.answer = lambda _: Reply(202, "", b"")
    await pair.kz.send_once()
    pair.wire.answer = None
    sent = pair.wire.sent[0]
    receipt = await pair.tj.take(sent.content_type, sent.body)
    reply = await pair.kz.take(receipt.content_type, receipt.body)
    assert reply.status == 202
    assert pair.kz.outbox(message_id).state is OutboxState.DELIVERED
    (message,) = pair.kz.messages(direction=Direction.OUT)
    assert pair.kz.envelope(message.ebms_id, Direction.OUT) is not None


async def test_the_wait_of_a_puller_ends_when_something_is_said_to_wait(wall: Firewall) -> None:
    changed(wall.tj, "KZ", channel=Channel(serve=False, interval=timedelta(hours=1)))
    wall.puller.receiver = wall.tj.receiver
    task = asyncio.create_task(wall.puller.run())
    await until(lambda: bool(wall.pulls()))
    queue(wall.kz)
    wall.puller.hint.set()
    await until(lambda: bool(wall.tj.counts()["inbox"]["waiting"]))
    task.cancel()


async def until(happened: Callable[[], bool]) -> None:
    for _ in range(1000):
        if happened():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never happened")


def signal_in(node: Node, reply: Reply) -> ErrorSignal:
    (peer,) = node.line.peers.values()
    signal = open_signal(
        reply.content_type, octets_of(reply), pmode=peer.pmode, now=node.clock.now()
    )
    assert isinstance(signal, ErrorSignal)
    return signal
