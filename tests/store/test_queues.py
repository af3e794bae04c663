"""Outbox and inbox: leases, retries, handling."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from tests.store import samples
from tests.store.samples import CORRIDOR, MINUTE, NOON

from keruen.errors import LocalError
from keruen.store import OutboxEntry, OutboxState, Store, Transaction

LEASE = timedelta(minutes=2)


def fill(store: Store, *entries: OutboxEntry) -> None:
    samples.keep(store, Transaction.enqueue, entries)


def lease(
    store: Store, owner: str, *, after: timedelta = timedelta(), limit: int = 10
) -> list[str]:
    wall = NOON + after
    taken = store.write_now(lambda tx: tx.lease_outbox(owner, wall, limit, LEASE, ["TJ"]))
    return [entry.message_id for entry in taken]


def test_the_oldest_due_entries_are_leased_first(store: Store) -> None:
    fill(
        store,
        samples.outbox_entry(1, next_attempt=NOON),
        samples.outbox_entry(2, next_attempt=NOON - MINUTE),
        samples.outbox_entry(3, next_attempt=NOON + MINUTE),
        samples.outbox_entry(4, partner="UZ"),
        samples.outbox_entry(5, state=OutboxState.FAILED),
    )
    assert lease(store, "a", limit=1) == ["message-00002"]
    assert lease(store, "a") == ["message-00001"]
    assert lease(store, "a", after=MINUTE) == ["message-00003"]


def test_without_partners_named_all_are_leased(store: Store) -> None:
    fill(store, samples.outbox_entry(1), samples.outbox_entry(2, partner="UZ"))
    assert len(store.write_now(lambda tx: tx.lease_outbox("a", NOON, 9, LEASE))) == 2


def test_a_leased_entry_counts_its_attempt(store: Store) -> None:
    fill(store, samples.outbox_entry())
    (taken,) = store.write_now(lambda tx: tx.lease_outbox("a", NOON, 9, LEASE, ["TJ"]))
    assert taken == samples.outbox_entry(attempts=1, lease_owner="a", lease_until=NOON + LEASE)
    assert store.read(lambda reader: reader.outbox_entry(CORRIDOR, "message-00001")) == taken


def test_two_owners_never_get_the_same_entry(database_url: str) -> None:
    stores = [Store.open(database_url) for _ in range(2)]
    fill(stores[0], *(samples.outbox_entry(number) for number in range(200)))
    got: list[list[str]] = [[], []]

    def work(mine: int) -> None:
        while taken := lease(stores[mine], f"owner-{mine}", limit=7):
            got[mine] += taken

    threads = [threading.Thread(target=work, args=(mine,)) for mine in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got[0] + got[1]) == [f"message-{number:05}" for number in range(200)]
    for store in stores:
        store.close()


def test_an_expired_lease_is_taken_over(store: Store) -> None:
    fill(store, samples.outbox_entry())
    assert lease(store, "a") == ["message-00001"]
    assert lease(store, "b", after=LEASE - MINUTE) == []
    assert lease(store, "b", after=LEASE) == ["message-00001"]
    entry = store.read(lambda reader: reader.outbox_entry(CORRIDOR, "message-00001"))
    assert entry is not None
    assert (entry.lease_owner, entry.attempts) == ("b", 2)


def test_a_delivered_entry_has_no_seed_left(store: Store) -> None:
    fill(store, samples.outbox_entry())
    lease(store, "a")
    store.write_now(lambda tx: tx.outbox_delivered(CORRIDOR, "message-00001", NOON))
    assert store.read(
        lambda reader: reader.outbox_entry(CORRIDOR, "message-00001")
    ) == samples.outbox_entry(state=OutboxState.DELIVERED, delivered=NOON, attempts=1, seed=b"")
    assert lease(store, "b", after=timedelta(days=1)) == []


def test_a_retry_keeps_its_seed_and_waits_until_its_time(store: Store) -> None:
    fill(store, samples.outbox_entry())
    lease(store, "a")
    later = NOON + 10 * MINUTE
    store.write_now(lambda tx: tx.outbox_retry(CORRIDOR, "message-00001", later, "EBMS:0005"))
    assert store.read(
        lambda reader: reader.outbox_entry(CORRIDOR, "message-00001")
    ) == samples.outbox_entry(next_attempt=later, attempts=1, last_error="EBMS:0005")
    assert lease(store, "a", after=9 * MINUTE) == []
    assert lease(store, "a", after=10 * MINUTE) == ["message-00001"]


def test_a_failed_entry_is_not_leased_again(store: Store) -> None:
    fill(store, samples.outbox_entry(1), samples.outbox_entry(2))
    store.write_now(lambda tx: tx.outbox_failed(CORRIDOR, "message-00001", "EBMS:0003"))
    assert lease(store, "a") == ["message-00002"]
    assert store.read(lambda r: r.outbox_counts()) == {"failed": 1, "waiting": 1}
    (failed,) = store.read(lambda r: r.outbox_failures())
    assert (failed.message_id, failed.last_error) == ("message-00001", "EBMS:0003")


@pytest.mark.parametrize("late", ["outbox_retry", "outbox_failed"])
def test_nothing_takes_a_delivery_back(store: Store, late: str) -> None:
    fill(store, samples.outbox_entry())
    store.write_now(lambda tx: tx.outbox_delivered(CORRIDOR, "message-00001", NOON))
    if late == "outbox_retry":
        store.write_now(lambda tx: tx.outbox_retry(CORRIDOR, "message-00001", NOON, "late"))
    else:
        store.write_now(lambda tx: tx.outbox_failed(CORRIDOR, "message-00001", "late"))
    assert store.read(
        lambda reader: reader.outbox_entry(CORRIDOR, "message-00001")
    ) == samples.outbox_entry(state=OutboxState.DELIVERED, delivered=NOON, seed=b"")


def test_what_is_due_and_when_the_next_is(store: Store) -> None:
    assert store.read(lambda r: r.next_outbox_time()) is None
    fill(store, samples.outbox_entry(1, next_attempt=NOON + MINUTE))
    assert not store.read(lambda r: r.outbox_due(NOON, ["TJ"]))
    assert store.read(lambda r: r.outbox_due(NOON + MINUTE, ["TJ"]))
    assert not store.read(lambda r: r.outbox_due(NOON + MINUTE, ["UZ"]))
    assert store.read(lambda r: r.next_outbox_time()) == NOON + MINUTE
    lease(store, "a", after=MINUTE)
    assert not store.read(lambda r: r.outbox_due(NOON + MINUTE, ["TJ"]))
    assert store.read(lambda r: r.next_outbox_time()) == NOON + MINUTE + LEASE


def test_the_inbox_hands_out_the_oldest_first_until_handled(store: Store) -> None:
    entries = [samples.inbox_entry(number) for number in range(1, 4)]
    samples.keep(store, Transaction.add_inbox, reversed(entries))
    assert store.read(lambda r: r.inbox_waiting(2)) == entries[:2]
    store.write_now(lambda tx: tx.inbox_handled(entries[0].ebms_id, "TJ", NOON))
    assert store.read(lambda r: r.inbox_waiting(9)) == entries[1:]
    assert store.read(lambda r: r.inbox_entry(entries[0].ebms_id, "TJ")) == samples.inbox_entry(
        1, handled=NOON
    )


def test_two_partners_may_use_the_same_id(store: Store) -> None:
    store.write_now(lambda tx: tx.add_inbox(samples.inbox_entry()))
    store.write_now(lambda tx: tx.add_inbox(samples.inbox_entry(partner="UZ")))
    with pytest.raises(LocalError, match="already-stored"):
        store.write_now(lambda tx: tx.add_inbox(samples.inbox_entry()))
    assert store.read(lambda r: r.inbox_entry("incoming-00001@tj", "KG")) is None
