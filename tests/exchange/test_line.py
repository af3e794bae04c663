"""Over a bad line: the same octets again, the same receipt again, delivered once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs
from tests.as4.world import NOW
from tests.exchange.papers import declaration, information, number, paper, sealed_by
from tests.exchange.world import CORRIDOR, DELAYS, KEYS, Node, Pair, Sent

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    EbmsError,
    ErrorCode,
    ErrorSignal,
    build_error,
    build_receipt,
    open_signal,
)
from keruen.as4.seal import SealedMessage
from keruen.exchange import Reply, State
from keruen.store import Direction, OutboxState


def queued(pair: Pair) -> str:
    (result,) = pair.kz.submit(paper(declaration()))
    assert result.message_id is not None
    return result.message_id


async def attempt_later(pair: Pair, message_id: str) -> None:
    pair.clock.machine = pair.kz.outbox(message_id).next_attempt
    assert await pair.kz.send_once() == 1


async def test_a_retry_keeps_the_message_id_and_the_exact_octets(pair: Pair) -> None:
    message_id = queued(pair)
    pair.wire.lose_requests = 3
    for _ in range(4):
        await attempt_later(pair, message_id)
        pair.clock.advance(seconds=7)
    first, *others = pair.wire.sent
    assert len(others) == 3
    assert {sent.body for sent in others} == {first.body}
    assert {sent.content_type for sent in others} == {first.content_type}
    entry = pair.kz.outbox(message_id)
    assert (entry.state, entry.attempts) == (OutboxState.DELIVERED, 4)
    assert pair.tj.counts()["inbox"]["waiting"] == 1


async def test_a_lost_receipt_is_given_again_byte_for_byte_and_the_message_delivered_once(
    mixed_pair: Pair,
) -> None:
    pair = mixed_pair
    message_id = queued(pair)
    pair.wire.lose_replies = 2
    with capture_logs() as logs:
        for _ in range(3):
            await attempt_later(pair, message_id)
            await pair.tj.inbox.round()
            pair.clock.advance(hours=1)
    replies = [sent.reply.body for sent in pair.wire.sent if sent.reply]
    assert len(replies) == 3
    assert len(set(replies)) == 1
    assert [log["event"] for log in logs].count("repeated") == 2
    assert pair.kz.outbox(message_id).state is OutboxState.DELIVERED
    (received,) = pair.tj.messages(direction=Direction.IN)
    assert pair.tj.counts()["inbox"] == {"waiting": 0, "handled": 1}
    assert pair.tj.happened(received.consignment_id or "") == ["announced", "accepted"]
    assert pair.tj.counts()["evidence"] == 1
    assert pair.tj.counts()["refusals"] == 0


async def test_two_copies_at_the_same_time_are_taken_once(mixed_pair: Pair) -> None:
    sent = sealed_by(mixed_pair.kz, information(mixed_pair.kz))
    body = b"".join(sent.chunks())
    replies = await asyncio.gather(*(mixed_pair.tj.take(sent.content_type, body) for _ in range(5)))
    assert len({reply.body for reply in replies}) == 1
    assert {reply.status for reply in replies} == {200}
    assert mixed_pair.tj.counts()["inbox"]["waiting"] == 1


async def test_the_same_id_with_other_content_is_refused_and_nothing_changes(pair: Pair) -> None:
    first = sealed_by(pair.kz, information(pair.kz), message_id="x@kz")
    other = sealed_by(pair.kz, information(pair.kz), message_id="x@kz")
    receipt = await deliver(pair.tj, first)
    before = pair.tj.counts()
    error = signal_of(pair, await deliver(pair.tj, other))
    assert isinstance(error, ErrorSignal)
    assert [one.code for one in error.errors] == [ErrorCode.VALUE_INCONSISTENT.code]
    assert error.signed
    (refusal,) = pair.tj.store.read(lambda r: r.refusals())
    assert refusal.source == "KZ"
    assert refusal.message_id == "x@kz"
    assert refusal.detail == "the message id was used before for other content"
    assert pair.tj.counts() == {**before, "refusals": 1}
    assert (await deliver(pair.tj, first)).body == receipt.body


async def test_the_wait_between_attempts_grows_and_ends_in_failure(pair: Pair) -> None:
    message_id = queued(pair)
    pair.wire.lose_requests = 10**6
    waits: list[float] = []
    while (entry := pair.kz.outbox(message_id)).state is OutboxState.WAITING:
        pair.clock.machine = max(entry.next_attempt, pair.clock.machine)
        if len(waits) == 6:
            pair.clock.machine += timedelta(hours=72)
        await pair.kz.send_once()
        waits.append((pair.kz.outbox(message_id).next_attempt - pair.clock.machine).total_seconds())
    assert waits[:6] == [*DELAYS, DELAYS[-1], DELAYS[-1]]
    assert len(waits) == 7
    assert entry.state is OutboxState.FAILED
    assert entry.last_error == "EBMS:0005: ConnectionRefusedError: nobody listens"
    pair.clock.advance(days=9)
    assert await pair.kz.send_once() == 0


async def test_nothing_is_sent_before_its_time(pair: Pair) -> None:
    message_id = queued(pair)
    pair.wire.lose_requests = 1
    await attempt_later(pair, message_id)
    assert pair.kz.outbox(message_id).next_attempt == NOW + timedelta(seconds=DELAYS[0])
    assert await pair.kz.send_once() == 0
    pair.clock.advance(seconds=DELAYS[0])
    assert await pair.kz.send_once() == 1


@pytest.mark.parametrize("signed", [False, True])
async def test_an_unsigned_error_changes_nothing_and_a_signed_one_fails_the_message(
    pair: Pair, signed: bool
) -> None:
    message_id = queued(pair)
    error = EbmsError(ErrorCode.VALUE_INCONSISTENT, detail="secret")
    pair.wire.answer = lambda _: error_signal(pair.tj, error, ebms_id(pair, message_id), signed)
    await attempt_later(pair, message_id)
    entry = pair.kz.outbox(message_id)
    assert entry.state is (OutboxState.FAILED if signed else OutboxState.WAITING)
    assert entry.last_error is not None
    assert entry.last_error.startswith("EBMS:0003: the partner answered ValueInconsistent")
    (message,) = pair.kz.messages()
    assert pair.kz.state(message.consignment_id or "") is State.SENT
    assert pair.kz.counts()["evidence"] == 0


@pytest.mark.parametrize("about", ["other@kz.keruen", None])
async def test_a_signed_error_about_another_message_changes_nothing(
    pair: Pair, about: str | None
) -> None:
    message_id = queued(pair)
    error = EbmsError(ErrorCode.FAILED_DECRYPTION, detail="secret")
    pair.wire.answer = lambda _: error_signal(pair.tj, error, about, signed=True)
    await attempt_later(pair, message_id)
    entry = pair.kz.outbox(message_id)
    assert entry.state is OutboxState.WAITING
    assert entry.last_error is not None
    assert "about another message" in entry.last_error


@pytest.mark.parametrize(
    "code",
    [
        ErrorCode.OTHER,
        ErrorCode.CONNECTION_FAILURE,
        ErrorCode.MIME_INCONSISTENCY,
        ErrorCode.FAILED_AUTHENTICATION,
        ErrorCode.FAILED_DECRYPTION,
        ErrorCode.POLICY_NONCOMPLIANCE,
    ],
)
async def test_a_signed_error_that_may_pass_leaves_the_message_waiting(
    pair: Pair, code: ErrorCode
) -> None:
    message_id = queued(pair)
    error = EbmsError(code, detail="full")
    pair.wire.answer = lambda _: error_signal(pair.tj, error, ebms_id(pair, message_id), True)
    await attempt_later(pair, message_id)
    assert pair.kz.outbox(message_id).state is OutboxState.WAITING


async def test_the_body_counts_whatever_the_http_status(pair: Pair) -> None:
    message_id = queued(pair)
    error = EbmsError(ErrorCode.VALUE_INCONSISTENT, detail="secret")
    signal = error_signal(pair.tj, error, ebms_id(pair, message_id), signed=True)
    pair.wire.answer = lambda _: Reply(500, signal.content_type, signal.body)
    await attempt_later(pair, message_id)
    assert pair.kz.outbox(message_id).state is OutboxState.FAILED


def not_a_receipt(pair: Pair, name: str, sent: Sent) -> Reply:
    other = sealed_by(pair.kz, information(pair.kz))
    as_it_is = (pair.wire.nodes["TJ"], other.envelope)
    if name == "receipt for another message":
        return receipt_of(*as_it_is)
    if name == "receipt by a stranger":
        return receipt_of(*as_it_is, signer=KEYS["XX"].signer)
    bodies = {
        "empty": (SOAP_CONTENT_TYPE, b""),
        "a page": ("text/html", b"<html>Proxy</html>"),
        "broken XML": (SOAP_CONTENT_TYPE, b"<S12:Envelope"),
        "what was sent": (sent.content_type, sent.body),
        "no content type": ("", b"x"),
    }
    return Reply(200, *bodies[name])


@pytest.mark.parametrize(
    "name",
    [
        "receipt for another message",
        "receipt by a stranger",
        "empty",
        "a page",
        "broken XML",
        "what was sent",
        "no content type",
    ],
)
async def test_what_is_no_receipt_for_this_message_delivers_nothing(pair: Pair, name: str) -> None:
    message_id = queued(pair)
    pair.wire.answer = lambda sent: not_a_receipt(pair, name, sent)
    await attempt_later(pair, message_id)
    entry = pair.kz.outbox(message_id)
    assert entry.state is OutboxState.WAITING
    assert entry.last_error is not None
    assert entry.last_error.startswith("EBMS:")
    pair.wire.answer = None
    await attempt_later(pair, message_id)
    assert pair.kz.outbox(message_id).state is OutboxState.DELIVERED


async def test_an_answer_that_nobody_foresaw_leaves_the_message_in_the_schedule(
    pair: Pair,
) -> None:
    message_id = queued(pair)

    def defect(_: Sent) -> Reply:
        raise ZeroDivisionError("a defect")

    pair.wire.answer = defect
    await attempt_later(pair, message_id)
    entry = pair.kz.outbox(message_id)
    assert entry.state is OutboxState.WAITING
    assert entry.last_error == "internal-error: ZeroDivisionError: a defect"
    assert entry.lease_owner is None


async def test_a_message_too_many_times_sent_is_never_undelivered_again(pair: Pair) -> None:
    """Two attempts overlap: one is receipted, the other one's failure comes later."""
    message_id = queued(pair)
    entry = pair.kz.outbox(message_id)
    (message,) = pair.kz.messages()
    await pair.kz.send_once()
    await pair.kz.sender._try_later(entry, message, TimeoutError())
    await pair.kz.sender._give_up(entry, message, TimeoutError())
    await pair.kz.sender._send(entry, message)
    assert pair.kz.outbox(message_id).state is OutboxState.DELIVERED
    assert pair.kz.counts()["evidence"] == 1


async def test_many_messages_travel_at_once_and_each_arrives(mixed_pair: Pair) -> None:
    results = mixed_pair.kz.submit(*(paper(number(n)) for n in range(1, 41)))
    await mixed_pair.settle()
    for result in results:
        assert mixed_pair.kz.state(result.consignment_id or "") is State.ACCEPTED
        assert mixed_pair.tj.state(result.consignment_id or "") is State.ACCEPTED
    assert mixed_pair.kz.counts()["refusals"] == mixed_pair.tj.counts()["refusals"] == 0


async def deliver(node: Node, sent: SealedMessage) -> Reply:
    return await node.take(sent.content_type, b"".join(sent.chunks()))


def signal_of(pair: Pair, reply: Reply) -> object:
    return open_signal(
        reply.content_type,
        reply.body,
        pmode=pair.kz.line.peers["TJ"].pmode,
        now=pair.clock.now(),
    )


def ebms_id(pair: Pair, message_id: str) -> str:
    stored = pair.kz.store.read(lambda r: r.message(CORRIDOR, message_id))
    assert stored is not None
    return stored.ebms_id


def error_signal(node: Node, error: EbmsError, about: str | None, signed: bool) -> Reply:
    (peer,) = node.line.peers.values()
    body = build_error(
        error,
        pmode=peer.pmode if signed else None,
        signer=node.line.signing if signed else None,
        signal_id="signal@tj",
        timestamp=node.clock.now(),
        ref_to_message_id=about,
    )
    return Reply(200, SOAP_CONTENT_TYPE, body)


def receipt_of(node: Node, envelope: bytes, signer: object = None) -> Reply:
    (peer,) = node.line.peers.values()
    body = build_receipt(
        envelope,
        pmode=peer.pmode,
        signer=signer or node.line.signing,  # type: ignore[arg-type]
        receipt_id="receipt@tj",
        timestamp=node.clock.now(),
    )
    return Reply(200, SOAP_CONTENT_TYPE, body)
