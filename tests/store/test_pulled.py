"""What the store keeps for messages that are pulled, and for those of which nobody knows whether they came."""

from __future__ import annotations

from datetime import timedelta

from tests.store import samples
from tests.store.samples import CORRIDOR, MINUTE, NOON

from keruen.store import Callback, OutboxState, Store, Transaction

LEASE = timedelta(minutes=2)


def callback(number: int = 1) -> Callback:
    return Callback(
        ebms_id=f"incoming-{number:05}@tj",
        partner="TJ",
        corridor=CORRIDOR,
        next_attempt=NOON + number * MINUTE,
    )


def test_a_receipt_waits_until_it_was_handed_over(store: Store) -> None:
    first, second = callback(1), callback(2)
    samples.keep(store, Transaction.add_callback, [second, first])
    assert store.read(lambda r: r.callbacks_due(NOON, 9)) == []
    assert store.read(lambda r: r.callbacks_due(NOON + 2 * MINUTE, 9)) == [first, second]
    store.write_now(lambda tx: tx.callback_done(first.ebms_id, "TJ"))
    assert store.read(lambda r: r.callbacks_due(NOON + 2 * MINUTE, 9)) == [second]


def test_a_receipt_that_could_not_be_handed_over_is_so_later(store: Store) -> None:
    samples.keep(store, Transaction.add_callback, [callback()])
    again = NOON + 9 * MINUTE
    store.write_now(lambda tx: tx.callback_retry(callback(), again, "EBMS:0005"))
    assert store.read(lambda r: r.callbacks_due(NOON + 8 * MINUTE, 9)) == []
    (waiting,) = store.read(lambda r: r.callbacks_due(again, 9))
    assert (waiting.attempts, waiting.last_error) == (1, "EBMS:0005")


def test_a_message_that_is_pulled_twice_has_one_receipt_waiting(store: Store) -> None:
    samples.keep(store, Transaction.add_callback, [callback(), callback()])
    assert len(store.read(lambda r: r.callbacks_due(NOON + MINUTE, 9))) == 1


def test_what_the_partner_probably_has_is_not_sent_again_and_not_delivered(store: Store) -> None:
    samples.keep(store, Transaction.enqueue, [samples.outbox_entry()])
    store.write_now(lambda tx: tx.outbox_probable(CORRIDOR, "message-00001", "EBMS:4001"))
    assert store.read(lambda r: r.outbox_counts()) == {"probable": 1}
    assert not store.read(lambda r: r.outbox_due(NOON + timedelta(days=1)))
    (found,) = store.read(lambda r: r.outbox_failures())
    assert (found.state, found.last_error) == (OutboxState.PROBABLE, "EBMS:4001")
    store.write_now(lambda tx: tx.outbox_delivered(CORRIDOR, "message-00001", NOON))
    store.write_now(lambda tx: tx.outbox_probable(CORRIDOR, "message-00001", "late"))
    assert store.read(lambda r: r.outbox_counts()) == {"delivered": 1}


def test_what_was_delivered_is_counted_since_a_time_and_what_is_open_always(store: Store) -> None:
    samples.keep(store, Transaction.enqueue, [samples.outbox_entry(n) for n in (1, 2, 3)])
    store.write_now(lambda tx: tx.outbox_delivered(CORRIDOR, "message-00001", NOON - MINUTE))
    store.write_now(lambda tx: tx.outbox_delivered(CORRIDOR, "message-00002", NOON))
    partner = samples.outbox_entry().partner
    lately = store.read(lambda r: r.outbox_lately([partner], NOON))
    assert lately == {"waiting": 1, "delivered": 1}
    assert store.read(lambda r: r.line(partner)).delivered == NOON


def test_what_expired_is_found_unless_somebody_is_sending_it(store: Store) -> None:
    entries = [
        samples.outbox_entry(1, expires=NOON),
        samples.outbox_entry(2),
        samples.outbox_entry(3, expires=NOON, partner="UZ"),
    ]
    samples.keep(store, Transaction.enqueue, entries)
    later = NOON + MINUTE
    assert store.read(lambda r: r.outbox_expired(NOON, ["TJ"], 9)) == []
    assert store.read(lambda r: r.outbox_expired(later, ["TJ"], 9)) == entries[:1]
    store.write_now(lambda tx: tx.lease_outbox("one", NOON, 9, LEASE))
    assert store.read(lambda r: r.outbox_expired(later, ["TJ"], 9)) == []
