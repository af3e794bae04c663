"""What belongs to many messages or to one consignment is read in one go, however many there are."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace
from tests.store import samples
from tests.store.samples import CORRIDOR, MINUTE, NOON, keep
from tests.store.test_asking import alarm

from keruen.evidence import leaf_hash
from keruen.store import Identifier, IdentifierKind, Store, Transaction, evidence_entry

DAY = timedelta(days=1)
SEAL = samples.identifier("S-1", kind=IdentifierKind.SEAL)


def borne(store: Store, number: int, *marks: Identifier) -> None:
    """A consignment bears these marks."""
    bearer = f"consignment-{number}"
    rows = [replace(mark, consignment_id=bearer) for mark in marks]
    store.write_now(lambda tx: tx.put_identifiers(CORRIDOR, bearer, rows))


def test_messages_and_their_queues_are_found_by_many_ids_at_once(store: Store) -> None:
    keep(store, Transaction.add_message, (samples.message(n, refers_to="q") for n in range(3)))
    keep(store, Transaction.enqueue, (samples.outbox_entry(n) for n in range(3)))
    keep(store, Transaction.add_inbox, (samples.inbox_entry(n) for n in range(3)))
    ids = [samples.message(n).message_id for n in (0, 2, 9)]
    ebms = [samples.inbox_entry(n).ebms_id for n in (1, 9)]
    with_ids = store.read(lambda r: r.messages_by_id(CORRIDOR, ids))
    assert {one.message_id for one in with_ids} == set(ids[:2])
    assert len(store.read(lambda r: r.outbox_entries(CORRIDOR, ids))) == 2
    assert [one.ebms_id for one in store.read(lambda r: r.inbox_entries(ebms))] == ebms[:1]
    assert len(store.read(lambda r: r.answers_to(CORRIDOR, ["q"]))) == 3
    assert store.read(lambda r: r.messages_by_id("KG-TJ", ids)) == []
    assert store.read(lambda r: r.messages_by_id(CORRIDOR, [])) == []


def test_a_transmission_comes_with_its_leaf_of_the_evidence_log(store: Store) -> None:
    keep(store, Transaction.add_envelope, (samples.envelope(n) for n in range(3)))
    wanted = samples.envelope(1)
    (one,) = store.read(lambda r: r.proved(CORRIDOR, [wanted.ebms_id]))
    assert (one.envelope, one.leaf) == (wanted, 1)
    assert one.hash == leaf_hash(evidence_entry(wanted))
    assert store.read(lambda r: r.proved(CORRIDOR, [])) == []


def test_alarms_of_a_consignment_are_the_newest_first(store: Store) -> None:
    alarms = [
        alarm(subject=str(n), consignment_id="consignment-1", raised=NOON + n * MINUTE)
        for n in range(3)
    ]
    keep(store, Transaction.put_alarm, [*alarms, alarm(subject="of another")])
    found = store.read(lambda r: r.alarms_about(CORRIDOR, "consignment-1"))
    assert [one.subject for one in found] == ["2", "1", "0"]


def test_consignments_with_a_mark_in_common_stand_beside_each_other_at_their_time(
    store: Store,
) -> None:
    later = NOON + 30 * DAY
    rows = [samples.consignment(n, eta=NOON) for n in (1, 2, 3)]
    keep(store, Transaction.put_consignment, [*rows, samples.consignment(4, eta=later)])
    for n in (1, 2, 4):
        borne(store, n, samples.identifier(), SEAL)
    borne(store, 3, SEAL)
    place = CORRIDOR, "consignment-1"
    found = store.read(lambda r: r.beside(*place, NOON - DAY, NOON + DAY, 50))
    assert [(mark.kind, one.consignment_id) for mark, one in found] == [
        (IdentifierKind.VEHICLE, "consignment-2")
    ]
