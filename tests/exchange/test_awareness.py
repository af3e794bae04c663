"""Reception awareness: what the administration learns of messages that were not, or perhaps, received."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from tests.exchange.firewall import changed
from tests.exchange.papers import arrive, declaration, item, paper, sealed_by
from tests.exchange.test_line import attempt_later, ebms_id, error_signal, queued
from tests.exchange.world import CORRIDOR, Node, Pair, Sent

from keruen.as4 import EbmsError, ErrorCode, PartyId, Property, Reception, Service, UserMessage
from keruen.exchange import ErrorPolicy, EventData, Reply, rebuild
from keruen.exchange.quarantine import Quarantine
from keruen.store import Direction, OutboxState

DUPLICATE = EbmsError(ErrorCode.DUPLICATE_DETECTED, detail="")
UNSIGNED_COUNT = ErrorPolicy(heed_unsigned=True)


def reported(node: Node) -> list[tuple[str, str | None]]:
    """What the line told the administration of the only consignment, with the code."""
    (message, *_) = node.messages(direction=Direction.OUT)
    events = node.store.read(lambda r: r.events(CORRIDOR, message.consignment_id or ""))
    told = [one for one in events if one.name in {"receipt-missing", "undelivered"}]
    return [(one.name, msgspec.json.decode(one.data, type=EventData).code) for one in told]


async def test_what_expires_without_a_receipt_is_told_as_missing_receipt_and_delivery_failure(
    pair: Pair,
) -> None:
    message_id = queued(pair)
    pair.wire.lose_requests = 2
    await attempt_later(pair, message_id)
    assert reported(pair.kz) == []
    pair.clock.advance(hours=73)
    await pair.kz.send_once()
    assert pair.kz.outbox(message_id).state is OutboxState.FAILED
    assert reported(pair.kz) == [("receipt-missing", "EBMS:0301"), ("undelivered", "EBMS:0202")]
    (message,) = pair.kz.messages()
    events = pair.kz.store.read(lambda r: r.events(CORRIDOR, message.consignment_id or ""))
    data = msgspec.json.decode(events[-1].data, type=EventData)
    assert data.reason == "EBMS:0005: ConnectionRefusedError: nobody listens"
    assert events[-1].message_id == message_id


async def test_what_the_partner_refuses_is_told_as_delivery_failure(pair: Pair) -> None:
    message_id = queued(pair)
    error = EbmsError(ErrorCode.VALUE_NOT_RECOGNIZED, detail="")
    pair.wire.answer = lambda _: error_signal(pair.tj, error, ebms_id(pair, message_id), True)
    await attempt_later(pair, message_id)
    assert reported(pair.kz) == [("undelivered", "EBMS:0202")]


async def test_what_the_line_reports_moves_no_consignment_and_survives_a_rebuild(
    pair: Pair,
) -> None:
    (result,) = pair.kz.submit(paper(declaration()))
    pair.wire.lose_requests = 1
    pair.clock.advance(hours=73)
    await pair.kz.send_once()
    before = pair.kz.consignment(result.consignment_id or "")
    assert before.state == "sent"
    rebuild(pair.kz.store, pair.kz.context)
    assert pair.kz.consignment(result.consignment_id or "") == before


async def test_an_answer_that_is_not_delivered_is_told_on_its_consignment_too(pair: Pair) -> None:
    (result,) = pair.kz.submit(paper(declaration()))
    await pair.kz.send_once()
    await pair.tj.inbox.round()
    pair.wire.lose_requests = 1
    pair.clock.advance(hours=73)
    await pair.tj.send_once()
    assert pair.tj.happened(result.consignment_id or "")[-2:] == ["receipt-missing", "undelivered"]


def duplicate(pair: Pair, message_id: str, *, signed: bool, old: bool = False) -> Reply:
    """What phase4 answers to a message that it has: EBMS:4001, or EBMS:0004 before release 4.5."""
    reply = error_signal(pair.tj, DUPLICATE, ebms_id(pair, message_id), signed)
    if not old:
        return reply
    body = (
        reply.body.replace(b"EBMS:4001", b"EBMS:0004")
        .replace(b"DuplicateDetected", b"Other")
        .replace(b"the message id was seen before", b"the message was already received")
    )
    return Reply(200, reply.content_type, body)


async def lost_receipt(pair: Pair) -> str:
    """TJ has taken the message; its receipt never came."""
    message_id = queued(pair)
    pair.wire.lose_replies = 1
    await attempt_later(pair, message_id)
    return message_id


@pytest.mark.parametrize("old", [False, True])
async def test_a_partner_that_says_it_has_the_message_is_not_asked_until_expiry(
    pair: Pair, old: bool
) -> None:
    message_id = await lost_receipt(pair)
    changed(pair.kz, "TJ", errors=UNSIGNED_COUNT)
    pair.wire.answer = lambda _: duplicate(pair, message_id, signed=False, old=old)
    await attempt_later(pair, message_id)
    entry = pair.kz.outbox(message_id)
    assert entry.state is OutboxState.PROBABLE
    assert "it probably has the message; no receipt proves it" in (entry.last_error or "")
    assert reported(pair.kz) == [("receipt-missing", "EBMS:0301")]
    pair.clock.advance(days=9)
    assert await pair.kz.send_once() == 0
    (failure,) = pair.kz.store.read(lambda r: r.outbox_failures())
    assert failure.message_id == message_id
    assert pair.kz.counts()["evidence"] == 0


async def test_a_receipt_that_comes_after_all_delivers_what_was_probably_received(
    pair: Pair,
) -> None:
    message_id = await lost_receipt(pair)
    receipt = pair.wire.sent[-1].reply
    changed(pair.kz, "TJ", errors=UNSIGNED_COUNT)
    pair.wire.answer = lambda _: duplicate(pair, message_id, signed=False)
    await attempt_later(pair, message_id)
    assert receipt is not None
    assert (await pair.kz.take(receipt.content_type, receipt.body)).status == 202
    assert pair.kz.outbox(message_id).state is OutboxState.DELIVERED


async def test_a_signed_word_of_a_duplicate_needs_no_switch(pair: Pair) -> None:
    message_id = await lost_receipt(pair)
    pair.wire.answer = lambda _: duplicate(pair, message_id, signed=True)
    await attempt_later(pair, message_id)
    assert pair.kz.outbox(message_id).state is OutboxState.PROBABLE


async def test_an_unsigned_word_of_a_duplicate_counts_only_where_the_card_says_so(
    pair: Pair,
) -> None:
    message_id = await lost_receipt(pair)
    pair.wire.answer = lambda _: duplicate(pair, message_id, signed=False)
    await attempt_later(pair, message_id)
    entry = pair.kz.outbox(message_id)
    assert entry.state is OutboxState.WAITING
    assert "unsigned: noted, proves nothing" in (entry.last_error or "")


async def test_who_never_got_the_message_does_not_probably_have_it(pair: Pair) -> None:
    """At the first attempt the id was used by somebody else, if it was at all."""
    message_id = queued(pair)
    pair.wire.answer = lambda _: duplicate(pair, message_id, signed=False)
    changed(pair.kz, "TJ", errors=UNSIGNED_COUNT)
    await attempt_later(pair, message_id)
    assert pair.kz.outbox(message_id).state is OutboxState.WAITING


async def test_an_unsigned_error_that_counts_slows_the_attempts_and_closes_nothing(
    pair: Pair,
) -> None:
    message_id = queued(pair)
    changed(pair.kz, "TJ", errors=UNSIGNED_COUNT)
    error = EbmsError(ErrorCode.VALUE_NOT_RECOGNIZED, detail="")
    pair.wire.answer = lambda _: error_signal(pair.tj, error, ebms_id(pair, message_id), False)
    await attempt_later(pair, message_id)
    entry = pair.kz.outbox(message_id)
    assert entry.state is OutboxState.WAITING
    assert entry.next_attempt - pair.clock.wall() == timedelta(
        seconds=60
    )  # the last of the schedule
    pair.wire.answer = None
    await attempt_later(pair, message_id)
    assert pair.kz.outbox(message_id).state is OutboxState.DELIVERED


async def test_errors_to_a_partner_that_wants_them_unsigned_are_unsigned(pair: Pair) -> None:
    stale = sealed_by(pair.kz, b"{}", service=Service("urn:other"))
    body = b"".join(stale.chunks())
    signed = await pair.tj.take(stale.content_type, body)
    changed(pair.tj, "KZ", errors=ErrorPolicy(sign=False))
    unsigned = await pair.tj.take(stale.content_type, body)
    assert (b"<ds:Signature" in signed.body, b"<ds:Signature" in unsigned.body) == (True, False)


async def test_a_partner_may_have_a_schedule_and_an_expiry_of_its_own(pair: Pair) -> None:
    changed(pair.kz, "TJ", delay=lambda attempts: timedelta(minutes=attempts))
    pair.kz.context = replace(pair.kz.context, expiries={"TJ": timedelta(hours=1)})
    pair.kz.__post_init__()
    message_id = queued(pair)
    assert pair.kz.outbox(message_id).expires - pair.clock.wall() == timedelta(hours=1)
    pair.wire.lose_requests = 2
    await attempt_later(pair, message_id)
    assert pair.kz.outbox(message_id).next_attempt - pair.clock.wall() == timedelta(minutes=1)
    await attempt_later(pair, message_id)
    assert pair.kz.outbox(message_id).next_attempt - pair.clock.wall() == timedelta(minutes=2)


# Two-Way/Push-and-Push


def header_of(pair: Pair, sent: Sent) -> UserMessage:
    """The header of a message on the wire, as its receiver reads it."""
    sender, receiver = (pair.kz, pair.tj) if sent.url == "TJ" else (pair.tj, pair.kz)
    reception = Reception(
        sent.content_type,
        keys=receiver.line.decryption,
        partners=lambda _: receiver.line.peers[sender.country].pmode,
        now=pair.clock.now(),
        quarantine=lambda _: Quarantine(),
    )
    reception.receive_data(sent.body)
    reception.finish()
    assert isinstance(reception.header, UserMessage)
    return reception.header


async def test_an_answer_refers_to_the_message_and_keeps_its_conversation(pair: Pair) -> None:
    """CP02, CP19: the second leg of a two-way exchange."""
    (result,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    first, answer = (header_of(pair, sent) for sent in pair.wire.sent)
    assert first.ref_to_message_id is None
    assert first.conversation_id == result.consignment_id
    assert answer.ref_to_message_id == first.message_id
    assert answer.conversation_id == first.conversation_id


async def test_to_a_partner_whose_exchanges_are_one_way_an_answer_refers_in_its_document_only(
    pair: Pair,
) -> None:
    changed(pair.tj, "KZ", two_way=False)
    (result,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    first, answer = (header_of(pair, sent) for sent in pair.wire.sent)
    assert answer.ref_to_message_id is None
    assert answer.conversation_id == first.conversation_id
    assert pair.kz.state(result.consignment_id or "") == "accepted"


async def test_what_refers_to_our_own_message_is_no_second_leg_of_an_exchange(pair: Pair) -> None:
    """Only messages of the partner are answered: an amendment names what it corrects in its document."""
    (result,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.kz.submit(paper(declaration(items=(item(gross_mass=Decimal(20300)),))))
    await pair.settle()
    (amendment,) = pair.kz.messages(kind="Amendment")
    sent = [header_of(pair, one) for one in pair.wire.sent]
    (named,) = (one for one in sent if one.message_id == amendment.ebms_id)
    assert amendment.refers_to is not None
    assert named.ref_to_message_id is None
    assert named.conversation_id == result.consignment_id
    assert sent[-1].ref_to_message_id == amendment.ebms_id


async def test_the_conversation_of_other_software_is_kept_whatever_it_is(pair: Pair) -> None:
    from tests.exchange.papers import information

    sent = sealed_by(
        pair.kz, information(pair.kz), message_id="phase4@kz", conversation_id="their own"
    )
    await pair.tj.take(sent.content_type, b"".join(sent.chunks()))
    await pair.tj.inbox.round()
    await pair.tj.send_once()
    answer = header_of(pair, pair.wire.sent[-1])
    assert (answer.ref_to_message_id, answer.conversation_id) == ("phase4@kz", "their own")


async def test_what_cannot_be_used_is_answered_in_its_conversation_too(pair: Pair) -> None:
    sent = sealed_by(pair.kz, b"{}", message_id="odd@kz", conversation_id="odd one")
    await pair.tj.take(sent.content_type, b"".join(sent.chunks()))
    await pair.tj.inbox.round()
    await pair.tj.send_once()
    answer = header_of(pair, pair.wire.sent[-1])
    assert answer.conversation_id == "odd one"
    assert answer.ref_to_message_id == "odd@kz"


async def test_an_arrival_is_told_in_the_conversation_of_its_consignment(pair: Pair) -> None:
    (result,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    arrive(pair.tj)
    await pair.tj.send_once()
    told = header_of(pair, pair.wire.sent[-1])
    assert told.action == "ArrivalInformation"
    assert told.conversation_id == result.consignment_id


# The words of other software


async def test_a_partner_may_know_service_actions_roles_and_properties_by_other_words(
    pair: Pair,
) -> None:
    words: dict[str, Any] = {
        "service": Service("urn:customs:exchange", "customs"),
        "actions": {"PreliminaryInformation": "PI", "Acknowledgement": "ACK"},
        "properties": (Property("network", "test", "urn:type"),),
    }
    agreed = frozenset({(words["service"], "PI"), (words["service"], "ACK")})
    for node, partner in ((pair.kz, "TJ"), (pair.tj, "KZ")):
        pmode = node.line.peers[partner].pmode
        roles = ("urn:sends", "urn:receives")
        pmode = replace(
            pmode,
            services=agreed,
            own_role=roles[0],
            partner_role=roles[1],
            own_role_receiving=roles[1],
            partner_role_sending=roles[0],
        )
        changed(node, partner, pmode=pmode, **words)
    (result,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    assert pair.kz.state(result.consignment_id or "") == "accepted"
    first, answer = (header_of(pair, sent) for sent in pair.wire.sent)
    assert (first.service, first.action) == (words["service"], "PI")
    assert answer.action == "ACK"
    assert first.properties == words["properties"]
    assert (first.sender_role, first.receiver_role) == ("urn:sends", "urn:receives")
    assert first.sender == PartyId("customs-kz", first.sender.type)
    assert [one.kind for one in pair.tj.messages(direction=Direction.IN)] == [
        "PreliminaryInformation"
    ]
