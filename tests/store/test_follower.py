"""What a process queues can be leased in the transaction that queues it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from tests.store import samples
from tests.store.samples import CORRIDOR, NOON

from keruen.store import Done, OutboxEntry, OutboxState, Store, Transaction

LEASE = timedelta(minutes=2)


class Leasing:
    """Leases all that is queued, and tells what it has seen and what was committed."""

    def __init__(self) -> None:
        self.seen: list[list[str]] = []
        self.committed: list[str] = []

    def __call__(self, tx: Transaction) -> Done:
        queued = list(tx.queued.values())
        self.seen.append([entry.message_id for entry in queued])
        leased = [tx.lease(entry, "one", NOON + LEASE) for entry in queued]
        return lambda: self.committed.extend(entry.message_id for entry in leased)


def queue(store: Store, *numbers: int, **changes: object) -> None:
    samples.keep(store, Transaction.enqueue, [samples.outbox_entry(n, **changes) for n in numbers])


def entry_of(store: Store, number: int) -> OutboxEntry | None:
    return store.read(lambda r: r.outbox_entry(CORRIDOR, f"message-{number:05}"))


def test_what_is_queued_is_leased_before_anybody_else_can_see_it(store: Store) -> None:
    follower = Leasing()
    with store.followed(follower):
        queue(store, 1)
    leased = samples.outbox_entry(1, attempts=1, lease_owner="one", lease_until=NOON + LEASE)
    assert entry_of(store, 1) == leased
    assert not store.read(lambda r: r.outbox_due(NOON))
    assert follower.committed == ["message-00001"]


async def test_one_transaction_stores_and_leases_what_many_queue(store: Store) -> None:
    follower = Leasing()
    before = store.commits
    with store.followed(follower):
        await asyncio.gather(
            *(
                store.write(lambda tx, n=n: tx.enqueue(samples.outbox_entry(n)))  # type: ignore[misc]
                for n in range(100)
            )
        )
    assert len(follower.committed) == 100
    assert store.commits - before == len(follower.seen) <= 10


def test_who_queues_nothing_is_not_followed(store: Store) -> None:
    follower = Leasing()
    with store.followed(follower):
        samples.keep(store, Transaction.add_message, [samples.message()])
        queue(store, 1, state=OutboxState.DELIVERED)
    queue(store, 2)
    assert follower.seen == []


def test_what_the_transaction_itself_has_leased_is_not_leased_again(store: Store) -> None:
    follower = Leasing()

    def operation(tx: Transaction) -> list[OutboxEntry]:
        tx.enqueue(samples.outbox_entry(1))
        tx.enqueue(samples.outbox_entry(2))
        return tx.lease_outbox("two", NOON, 1, LEASE)

    with store.followed(follower):
        (taken,) = store.write_now(operation)
    assert follower.seen == [["message-00002"]]
    assert entry_of(store, 1) == taken
    assert (taken.lease_owner, taken.attempts) == ("two", 1)


def test_a_message_that_is_to_be_sent_again_counts_as_queued(store: Store) -> None:
    follower = Leasing()
    queue(store, 1)
    with store.followed(follower):
        store.write_now(
            lambda tx: tx.outbox_again(CORRIDOR, "message-00001", NOON, NOON, bytes(32))
        )
    assert follower.committed == ["message-00001"]


def test_of_an_operation_that_fails_nothing_is_taken(store: Store) -> None:
    follower = Leasing()

    def operation(tx: Transaction) -> None:
        tx.enqueue(samples.outbox_entry(1))
        raise ValueError("on purpose")

    with store.followed(follower), pytest.raises(ValueError, match="on purpose"):
        store.write_now(operation)
    assert (follower.seen, entry_of(store, 1)) == ([], None)


def test_what_cannot_be_taken_stays_queued_and_its_caller_does_not_notice(store: Store) -> None:
    def follower(tx: Transaction) -> Done:
        for entry in tx.queued.copy().values():
            tx.lease(entry, "one", NOON + LEASE)
        raise ValueError("on purpose")

    with store.followed(follower):
        queue(store, 1)
    assert entry_of(store, 1) == samples.outbox_entry(1)
    assert store.read(lambda r: r.outbox_due(NOON))
