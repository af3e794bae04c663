"""From a declaration to the closed consignment, on both sides of the border."""

from __future__ import annotations

import base64
import hashlib

from tests.exchange.papers import arrive, declaration, imported, paper
from tests.exchange.world import CORRIDOR, Node, Pair

from keruen.as4 import Receipt, open_signal, verify_receipt
from keruen.evidence import leaf_hash
from keruen.exchange import Result, State
from keruen.messages import Acknowledgement, Outcome, PreliminaryInformation, decode
from keruen.store import Direction, Envelope, OutboxState, evidence_entry


async def announced(pair: Pair) -> str:
    (result,) = pair.kz.submit(paper(declaration()))
    assert result.result is Result.QUEUED, result.findings
    assert result.consignment_id is not None
    await pair.settle()
    return result.consignment_id


async def closed(pair: Pair) -> None:
    pair.clock.advance(hours=40)
    arrive(pair.tj)
    pair.clock.advance(hours=9)
    (result,) = pair.tj.submit(paper(imported()))
    assert result.result is Result.MATCHED, result
    await pair.settle()


async def test_a_declaration_is_queued_sent_received_acknowledged_and_accepted(
    mixed_pair: Pair,
) -> None:
    kz, tj = mixed_pair.kz, mixed_pair.tj
    (result,) = kz.submit(paper(declaration()))
    assert result.result is Result.QUEUED
    consignment = result.consignment_id or ""
    assert kz.state(consignment) is State.RELEASED
    await kz.send_once()
    assert kz.state(consignment) is State.DELIVERED
    assert tj.counts()["inbox"] == {"waiting": 1, "handled": 0}
    await tj.inbox.round()
    assert tj.state(consignment) is State.ACCEPTED
    await tj.send_once()
    await kz.inbox.round()
    assert kz.state(consignment) is State.ACCEPTED
    number = tj.consignment(consignment).registration_number
    assert number is not None
    assert number.startswith("TJ/20261123/")
    assert kz.consignment(consignment).registration_number == number
    answer = kz.store.read(lambda r: r.answer_to(CORRIDOR, result.message_id or ""))
    assert answer is not None
    acknowledgement = decode(answer.body)
    assert isinstance(acknowledgement, Acknowledgement)
    assert acknowledgement.outcome is Outcome.ACCEPTED
    assert acknowledgement.registration_number == number


async def test_an_arrival_and_an_import_close_the_consignment_on_both_sides(
    mixed_pair: Pair,
) -> None:
    pair = mixed_pair
    consignment = await announced(pair)
    pair.clock.advance(hours=40)
    registered = arrive(pair.tj, seals=("KZ0012345",), weighbridge=20100)
    assert registered.consignment_id == consignment
    assert registered.discrepancies == ()
    await pair.settle()
    assert pair.kz.state(consignment) is pair.tj.state(consignment) is State.ARRIVED
    pair.clock.advance(hours=8)
    (result,) = pair.tj.submit(paper(imported()))
    assert result.result is Result.MATCHED
    assert pair.tj.state(consignment) is State.FORMALITIES
    await pair.settle()
    assert pair.kz.state(consignment) is pair.tj.state(consignment) is State.CLOSED
    assert pair.kz.consignment(consignment).import_number == "TJ-IM-1"


async def test_both_sides_have_the_whole_time_line(mixed_pair: Pair) -> None:
    pair = mixed_pair
    consignment = await announced(pair)
    await closed(pair)
    sender = ["released", "sent", "delivered", "accepted", "arrived", "imported", "closed"]
    assert pair.kz.happened(consignment) == sender
    assert pair.tj.happened(consignment) == [
        "announced", "accepted", "arrived", "imported", "closed"
    ]  # fmt: skip
    events = pair.kz.store.read(lambda r: r.events(CORRIDOR, consignment))
    assert [event.cause for event in events] == [
        "national-system", "line", "line", "Acknowledgement",
        "ArrivalInformation", "ImportInformation", "line",
    ]  # fmt: skip
    assert events[0].at == declaration().released
    assert all(event.message_id for event in events)


async def test_every_message_is_kept_on_both_sides_byte_for_byte(pair: Pair) -> None:
    await announced(pair)
    arrive(pair.tj)
    await pair.settle()
    for node, other in ((pair.kz, pair.tj), (pair.tj, pair.kz)):
        sent = {m.message_id: m.body for m in node.messages(direction=Direction.OUT)}
        taken = {m.message_id: m.body for m in other.messages(direction=Direction.IN)}
        assert sent == taken
        assert len(sent) == 2


def envelopes(node: Node, direction: Direction) -> dict[str, Envelope]:
    rows = {}
    for message in node.messages(direction=direction):
        row = node.envelope(message.ebms_id, direction)
        assert row is not None
        rows[message.ebms_id] = row
    return rows


async def test_envelopes_are_the_same_on_both_sides_and_each_has_a_leaf(mixed_pair: Pair) -> None:
    await announced(mixed_pair)
    kz, tj = mixed_pair.kz, mixed_pair.tj
    sent, taken = envelopes(kz, Direction.OUT), envelopes(tj, Direction.IN)
    assert sent.keys() == taken.keys()
    for ebms_id, out in sent.items():
        assert out.envelope == taken[ebms_id].envelope
        assert out.references == taken[ebms_id].references
        assert out.digests == taken[ebms_id].digests
        assert out.receipt_id == taken[ebms_id].receipt_id
    for node in (kz, tj):
        size, _ = node.store.read(lambda r: r.evidence_head())
        assert size == 2
        leaves = node.store.read(lambda r: r.evidence_leaves())
        rows = [
            *envelopes(node, Direction.OUT).values(),
            *envelopes(node, Direction.IN).values(),
        ]
        assert sorted(leaves) == sorted(leaf_hash(evidence_entry(row)) for row in rows)


async def test_the_stored_receipt_still_proves_the_delivery(pair: Pair) -> None:
    await announced(pair)
    (row,) = envelopes(pair.kz, Direction.OUT).values()
    assert row.receipt is not None
    assert row.receipt == pair.wire.sent[0].reply.body  # type: ignore[union-attr]
    pmode = pair.kz.line.peers["TJ"].pmode
    receipt = open_signal("application/soap+xml", row.receipt, pmode=pmode, now=pair.clock.now())
    assert receipt.message_id == row.receipt_id
    lines = dict(line.split("\t") for line in row.digests.splitlines())
    assert isinstance(receipt, Receipt)
    assert {r.uri: base64.b64encode(r.digest).decode() for r in receipt.references} == lines
    verify_receipt(receipt, row.ebms_id, receipt.references)


async def test_delivery_erases_the_seed_that_could_open_the_message(pair: Pair) -> None:
    await announced(pair)
    (message,) = pair.kz.messages(kind=PreliminaryInformation.__name__)
    entry = pair.kz.outbox(message.message_id)
    assert entry.state is OutboxState.DELIVERED
    assert entry.seed == b""
    assert entry.delivered is not None


async def test_an_unannounced_arrival_is_told_to_the_other_side(pair: Pair) -> None:
    registered = arrive(pair.tj, vehicle="999ZZZ01")
    assert registered.unannounced
    assert registered.arrival_id is not None
    await pair.settle()
    assert pair.kz.state(registered.arrival_id) is State.UNANNOUNCED
    assert pair.tj.state(registered.arrival_id) is State.UNANNOUNCED


async def test_the_same_information_gets_the_same_registration_number(pair: Pair) -> None:
    consignment = await announced(pair)
    number = pair.tj.consignment(consignment).registration_number
    digest = base64.b32encode(hashlib.sha256(consignment.encode()).digest())[:9].decode()
    assert number == f"TJ/20261123/{digest}"


async def test_what_does_not_come_is_overdue_and_what_comes_after_all_is_not(pair: Pair) -> None:
    consignment = await announced(pair)
    for node in (pair.kz, pair.tj):
        node.sweep()
        assert node.state(consignment) is State.UNDER_WAY
    pair.clock.advance(hours=40 + 24 - 0.1)
    assert not pair.tj.is_anything_due()
    pair.clock.advance(hours=0.2)
    for node in (pair.kz, pair.tj):
        node.sweep()
        assert node.state(consignment) is State.OVERDUE
        (found,) = node.discrepancies(consignment)
        assert (found.code, found.tolerance) == ("not-arrived", "24 h")
        assert not node.is_anything_due()
    arrive(pair.tj)
    await pair.settle()
    for node in (pair.kz, pair.tj):
        assert node.state(consignment) is State.ARRIVED
        assert [one.code for one in node.discrepancies(consignment)] == ["arrived-late"]
