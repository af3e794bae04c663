"""Enquiries, alarms and reports come back; what was exchanged in a time is counted by creation."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import partial
from typing import Any

from tests.store import samples
from tests.store.samples import CORRIDOR, MINUTE, NOON

from keruen.store import (
    Alarm,
    Direction,
    EnquiryRow,
    EnquiryState,
    OutboxState,
    Report,
    Store,
    Transaction,
    UnusableMessage,
)

HOUR = timedelta(hours=1)


def enquiry(number: int = 1, **values: Any) -> EnquiryRow:
    return EnquiryRow(
        **{
            "corridor": CORRIDOR,
            "enquiry_id": f"enquiry-{number}",
            "direction": Direction.OUT,
            "partner": "TJ",
            "question": "arrival",
            "subject": "55301/1",
            "state": EnquiryState.ASKED,
            "stage": "export",
            "mode": "live",
            "message_id": "message-1",
            "raised": NOON,
            **values,
        }
    )


def alarm(**values: Any) -> Alarm:
    return Alarm(
        **{
            "corridor": CORRIDOR,
            "code": "agreement-differs",
            "subject": "TJ",
            "raised": NOON,
            "text": "The copies differ.",
            **values,
        }
    )


def test_an_enquiry_is_due_from_its_next_step_on(store: Store) -> None:
    first, later = enquiry(1, next_step=NOON), enquiry(2, next_step=NOON + HOUR)
    for row in (first, later, enquiry(3)):
        store.write_now(partial(Transaction.add_enquiry, row=row))
    assert store.read(lambda r: r.enquiries_due(NOON, 9)) == [first]
    assert store.read(lambda r: r.enquiries_due(NOON + HOUR, 9)) == [first, later]
    changed = store.write_now(
        lambda tx: tx.put_enquiry(first, state=EnquiryState.REMINDED, next_step=None)
    )
    assert store.read(lambda r: r.enquiry(CORRIDOR, "enquiry-1")) == changed
    assert store.read(lambda r: r.enquiries(states=["reminded"])) == [changed]


def test_what_came_by_itself_overtakes_its_enquiry(store: Store) -> None:
    one = samples.consignment(1)
    row = enquiry(consignment_id=one.consignment_id)
    store.write_now(lambda tx: tx.put_consignment(one))
    store.write_now(lambda tx: tx.add_enquiry(row))
    assert store.read(lambda r: r.enquiries_overtaken([one.state], 9)) == []
    assert store.read(lambda r: r.enquiries_overtaken(["overdue-elsewhere"], 9)) == [row]


def test_an_alarm_stands_once_until_it_is_settled(store: Store) -> None:
    store.write_now(lambda tx: tx.put_alarm(alarm(next_look=NOON)))
    store.write_now(lambda tx: tx.put_alarm(alarm(text="They still differ.", next_look=NOON)))
    (found,) = store.read(lambda r: r.alarms())
    assert found.text == "They still differ."
    assert store.read(lambda r: r.alarms_due(NOON, 9)) == [found]
    assert store.read(lambda r: r.asked_counts()["alarms"]) == {"agreement-differs": 1}
    store.write_now(lambda tx: tx.put_alarm(alarm(settled=NOON, next_look=NOON)))
    assert store.read(lambda r: r.alarms()) == store.read(lambda r: r.alarms_due(NOON, 9)) == []
    assert len(store.read(lambda r: r.alarms(settled=True))) == 1


def test_the_last_report_is_the_one_with_the_latest_end(store: Store) -> None:
    for number, is_regular in ((1, True), (2, True), (3, False)):
        row = Report(
            corridor=CORRIDOR,
            message_id=f"message-{number}",
            direction=Direction.OUT,
            since=NOON,
            until=NOON + number * HOUR,
            regular=is_regular,
            digest="0f",
        )
        store.write_now(partial(Transaction.add_report, row=row))
    last = store.read(lambda r: r.last_report(CORRIDOR, Direction.OUT))
    regular = store.read(lambda r: r.last_report(CORRIDOR, Direction.OUT, regular=True))
    assert last is not None
    assert regular is not None
    assert (last.message_id, regular.message_id) == ("message-3", "message-2")
    assert store.read(lambda r: r.last_report(CORRIDOR, Direction.IN)) is None


def test_messages_are_counted_by_their_creation_however_late_they_came(store: Store) -> None:
    for number, created, stored in (
        (1, NOON - MINUTE, NOON),
        (2, NOON, NOON + 99 * HOUR),
        (3, NOON + HOUR - MINUTE, NOON + HOUR - 2 * MINUTE),
        (4, NOON + HOUR, NOON + HOUR),
    ):
        row = samples.message(number, created=created, stored=stored)
        store.write_now(partial(Transaction.add_message, row=row))
    direction = samples.message().direction
    found = store.read(lambda r: r.contents(CORRIDOR, direction, NOON, NOON + HOUR))
    assert [one.message_id for one in found] == ["message-00002", "message-00003"]
    assert found[0].digest == hashlib.sha256(samples.message(2).body).hexdigest()
    other = Direction.IN if direction is Direction.OUT else Direction.OUT
    assert not store.read(lambda r: r.contents(CORRIDOR, other, NOON, NOON + HOUR))
    assert store.read(lambda r: r.first_stored(CORRIDOR)) == NOON


def test_what_could_not_be_used_was_received_once_and_is_superseded_by_what_was_taken(
    store: Store,
) -> None:
    for number, created in ((1, NOON), (1, NOON), (2, NOON), (3, NOON + HOUR)):
        row = UnusableMessage(
            corridor=CORRIDOR, message_id=samples.message(number).message_id, kind="X",
            created=created, digest=b"\x0f" * 32, code="x",
        )  # fmt: skip
        store.write_now(partial(Transaction.add_unusable, row=row))
    taken = samples.message(2, direction=Direction.IN, created=NOON, stored=NOON)
    store.write_now(partial(Transaction.add_message, row=taken))
    found = store.read(lambda r: r.contents(CORRIDOR, Direction.IN, NOON, NOON + HOUR))
    assert [(one.message_id, one.kind) for one in found] == [
        ("message-00001", "X"),
        ("message-00002", taken.kind),
    ]
    assert found[0].digest == "0f" * 32
    assert not store.read(lambda r: r.contents(CORRIDOR, Direction.OUT, NOON, NOON + HOUR))


def test_a_delivered_message_is_sent_again_as_another_transmission(store: Store) -> None:
    store.write_now(lambda tx: tx.enqueue(samples.outbox_entry()))
    key = samples.outbox_entry().message_id
    store.write_now(lambda tx: tx.outbox_delivered(CORRIDOR, key, NOON))
    seed = b"s" * 32
    store.write_now(lambda tx: tx.outbox_again(CORRIDOR, key, NOON, NOON + HOUR, seed))
    entry = store.read(lambda r: r.outbox_entry(CORRIDOR, key))
    assert entry is not None
    assert (entry.state, entry.again, entry.attempts) == (OutboxState.WAITING, 1, 0)
    assert (entry.seed, entry.delivered) == (seed, None)
