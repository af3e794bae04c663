"""The outbox: leases, a killed process, another process's rows, workers that outlive an outage."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from tests.exchange.papers import declaration, number, paper
from tests.exchange.world import CORRIDOR, Node, Pair, Sent, context_of

from keruen.exchange import Reply, working
from keruen.exchange.sending import IN_FLIGHT, LEASE
from keruen.store import OutboxEntry, OutboxState, Store


@asynccontextmanager
async def running(*workers: Any) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(worker.run()) for worker in workers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def until(happened: Callable[[], bool], seconds: float = 5) -> float:
    """How long it takes until something has happened."""
    began = time.monotonic()
    while not happened():
        assert time.monotonic() - began < seconds, "it never happened"
        await asyncio.sleep(0.01)
    return time.monotonic() - began


def queue(node: Node, count: int = 1) -> list[str]:
    results = node.submit(*(paper(number(n)) for n in range(1, count + 1)))
    return [one.message_id or "" for one in results]


def beside(pair: Pair) -> Node:
    """KZ's database in another process, as the command line opens it."""
    store = Store.open(pair.kz.store._writing.url.render_as_string())
    context = context_of("KZ", pair.clock)
    return Node("KZ", store, context, pair.clock, pair.kz.line, pair.wire)


def delivered(node: Node) -> int:
    counts: dict[str, int] = node.counts()["outbox"]
    return counts.get("delivered", 0)


async def test_what_one_process_is_sending_another_leaves_alone(pair: Pair) -> None:
    (message_id,) = queue(pair.kz)
    pair.kz.store.write_now(lambda tx: tx.lease_outbox("one", pair.clock.wall(), 9, LEASE))
    assert await pair.kz.new_sender("two").round() == 0
    pair.clock.advance(seconds=LEASE.total_seconds())
    assert await pair.kz.send_once() == 1
    assert pair.kz.outbox(message_id).state is OutboxState.DELIVERED


async def test_what_a_killed_process_was_sending_is_sent_at_once_when_it_starts_again(
    pair: Pair,
) -> None:
    queue(pair.kz, 3)
    pair.kz.store.write_now(lambda tx: tx.lease_outbox("one", pair.clock.wall(), 9, LEASE))
    async with running(pair.kz.new_sender("one")):
        await until(lambda: delivered(pair.kz) == 3)
    assert pair.tj.counts()["inbox"]["waiting"] == 3


async def test_the_lease_of_another_owner_stays_when_a_process_starts(pair: Pair) -> None:
    queue(pair.kz)
    pair.kz.store.write_now(lambda tx: tx.lease_outbox("two", pair.clock.wall(), 9, LEASE))
    async with running(pair.kz.new_sender("one")):
        await asyncio.sleep(0.1)
    assert pair.wire.sent == []


async def test_a_message_under_way_when_its_process_is_killed_arrives_once(pair: Pair) -> None:
    """Killed between the partner's commit and the receipt: the same octets again, the same receipt."""
    (message_id,) = queue(pair.kz)
    reached = asyncio.Event()
    forward = pair.wire.nodes["TJ"].take

    async def take(content_type: str, body: bytes, step: int = 1 << 16) -> Reply:
        reply = await forward(content_type, body, step)
        if not reached.is_set():
            reached.set()
            await asyncio.sleep(3600)
        return reply

    pair.tj.take = take  # type: ignore[method-assign]
    async with running(pair.kz.new_sender("one")):
        await reached.wait()
    entry = pair.kz.outbox(message_id)
    assert (entry.state, entry.lease_owner, entry.attempts) == (OutboxState.WAITING, "one", 1)
    async with running(pair.kz.new_sender("one")):
        await until(lambda: delivered(pair.kz) == 1)
    first, second = pair.wire.sent
    assert first.body == second.body
    assert pair.tj.counts()["inbox"]["waiting"] == 1
    (message,) = pair.kz.messages()
    assert pair.kz.happened(message.consignment_id or "") == ["released", "sent", "delivered"]


async def test_what_is_queued_beside_its_sender_is_leased_in_the_same_transaction(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keruen.exchange.sending.SWEEP_SECONDS", 60)
    sender = pair.kz.new_sender("one")
    async with running(sender):
        await asyncio.sleep(0.1)
        (message_id,) = queue(pair.kz)
        entry = pair.kz.outbox(message_id)
        assert (entry.lease_owner, entry.attempts) == ("one", 1)
        assert await pair.kz.new_sender("two").round() == 0
        await until(lambda: delivered(pair.kz) == 1, seconds=2)
    assert len(pair.wire.sent) == 1
    (message,) = pair.kz.messages()
    assert pair.kz.happened(message.consignment_id or "") == ["released", "sent", "delivered"]


async def test_a_process_killed_after_leasing_what_it_queued_has_sent_nothing_and_loses_nothing(
    pair: Pair,
) -> None:
    """Killed between the commit and the first octet on the line."""
    killed = pair.kz.new_sender("one")
    with pair.kz.store.followed(partial(killed._follow, asyncio.get_running_loop())):
        (message_id,) = queue(pair.kz)
    assert pair.kz.outbox(message_id).lease_owner == "one"
    assert await pair.kz.new_sender("two").round() == 0
    async with running(pair.kz.new_sender("one")):
        await until(lambda: delivered(pair.kz) == 1)
    assert (len(pair.wire.sent), killed._tasks) == (1, set())


async def test_what_there_is_no_room_for_waits_until_there_is(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keruen.exchange.sending.SWEEP_SECONDS", 60)
    async with running(pair.kz.sender):
        await asyncio.sleep(0.1)
        queued = queue(pair.kz, IN_FLIGHT + 4)
        owners = [pair.kz.outbox(message_id).lease_owner for message_id in queued]
        assert owners == ["one"] * IN_FLIGHT + [None] * 4
        await until(lambda: delivered(pair.kz) == IN_FLIGHT + 4)
    assert len(pair.wire.sent) == IN_FLIGHT + 4


async def test_rows_of_another_process_are_noticed_within_a_second(pair: Pair) -> None:
    other = beside(pair)
    async with running(pair.kz.sender, pair.tj.inbox, pair.tj.sender, pair.kz.inbox):
        await asyncio.sleep(0.3)
        (result,) = other.submit(paper(declaration()))
        took = await until(lambda: pair.kz.state(result.consignment_id or "") == "accepted")
    other.store.close()
    # KZ's outbox, then TJ's inbox, whose hint nobody set here: two looks of a quarter of a second.
    assert took < 2


async def test_a_hint_wakes_a_worker_at_once(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keruen.exchange.sending.SWEEP_SECONDS", 60)
    other = beside(pair)
    async with running(pair.kz.sender):
        await asyncio.sleep(0.1)
        queue(other)
        pair.kz.sender.hint.set()
        await until(lambda: delivered(pair.kz) == 1, seconds=2)
    other.store.close()


async def test_no_more_than_so_many_are_under_way_at_once(pair: Pair) -> None:
    queue(pair.kz, IN_FLIGHT + 4)
    most = under_way = 0
    take = pair.tj.take

    async def slow(content_type: str, body: bytes, step: int = 1 << 16) -> Reply:
        nonlocal most, under_way
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.05)
        under_way -= 1
        return await take(content_type, body, step)

    pair.tj.take = slow  # type: ignore[method-assign]
    async with running(pair.kz.sender):
        await until(lambda: delivered(pair.kz) == IN_FLIGHT + 4)
    assert most == IN_FLIGHT


async def test_workers_outlive_a_database_that_is_away(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "PAUSE_SECONDS", 0.01)
    write, failures = pair.kz.store.write, 3

    async def broken(operation: Any) -> Any:
        nonlocal failures
        if failures:
            failures -= 1
            raise OSError("the database is away")
        return await write(operation)

    pair.kz.store.write = broken  # type: ignore[method-assign]
    queue(pair.kz)
    async with running(pair.kz.sender):
        await until(lambda: delivered(pair.kz) == 1)
    assert failures == 0


async def test_a_row_without_its_message_does_not_hold_up_the_others(pair: Pair) -> None:
    wall = pair.clock.wall()
    orphan = OutboxEntry(
        corridor=CORRIDOR,
        message_id="0",
        partner="TJ",
        state=OutboxState.WAITING,
        queued=wall,
        next_attempt=wall - timedelta(hours=1),
        expires=wall,
        seed=bytes(32),
    )
    pair.kz.store.write_now(lambda tx: tx.enqueue(orphan))
    (message_id,) = queue(pair.kz)
    await pair.kz.send_once()
    assert pair.kz.outbox("0").state is OutboxState.FAILED
    assert pair.kz.outbox(message_id).state is OutboxState.DELIVERED


async def test_what_has_failed_stays_visible_with_its_reason(pair: Pair) -> None:
    (message_id,) = queue(pair.kz)
    pair.clock.machine += timedelta(hours=73)
    pair.wire.lose_requests = 1
    await pair.kz.send_once()
    (failure,) = pair.kz.store.read(lambda r: r.outbox_failures())
    assert (failure.message_id, failure.state) == (message_id, OutboxState.FAILED)
    assert failure.last_error == "EBMS:0005: ConnectionRefusedError: nobody listens"


async def test_a_message_to_a_country_without_card_waits(pair: Pair) -> None:
    (message_id,) = queue(pair.kz)
    pair.kz.line = type(pair.kz.line)(pair.kz.line.signing, pair.kz.line.decryption, {})
    assert await pair.kz.new_sender().round() == 0
    assert pair.kz.outbox(message_id).attempts == 0


async def test_the_outcome_of_an_attempt_may_be_lost_and_the_lease_runs_out(pair: Pair) -> None:
    (message_id,) = queue(pair.kz)

    def answer(_: Sent) -> Reply:
        pair.kz.store.close()
        raise TimeoutError

    pair.wire.answer = answer
    await pair.kz.sender.round()
    for task in list(pair.kz.sender._tasks):
        await task
    store = Store.open(pair.kz.store._writing.url.render_as_string())
    entry = store.read(lambda r: r.outbox_entry(CORRIDOR, message_id))
    store.close()
    assert entry is not None
    assert entry.lease_until == pair.clock.wall() + LEASE


async def test_when_a_silent_partner_answers_again_what_waited_for_it_is_sent_at_once(
    pair: Pair,
) -> None:
    waiting = queue(pair.kz, 3)
    pair.wire.lose_requests = 3
    await pair.kz.send_once()
    assert await pair.kz.send_once() == 0
    (fresh,) = (one.message_id or "" for one in pair.kz.submit(paper(number(4))) if one.message_id)
    await pair.kz.send_once()
    assert pair.kz.outbox(fresh).state is OutboxState.DELIVERED
    await pair.kz.send_once()
    assert {pair.kz.outbox(one).state for one in waiting} == {OutboxState.DELIVERED}


async def test_a_partner_that_answered_all_along_gets_nothing_ahead_of_the_schedule(
    pair: Pair,
) -> None:
    (waiting,) = queue(pair.kz)
    pair.wire.answer = lambda _: Reply(500, "text/plain", b"out of order")
    await pair.kz.send_once()
    pair.wire.answer = None
    pair.kz.submit(paper(number(2)))
    await pair.kz.send_once()
    assert await pair.kz.send_once() == 0
    assert pair.kz.outbox(waiting).state is OutboxState.WAITING
