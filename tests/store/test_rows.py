"""What goes in comes out: messages, events, declarations, projections, payloads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Any

import pytest
from tests.store import samples
from tests.store.samples import CORRIDOR, MINUTE, NOON

from keruen.customs import DiscrepancyCode
from keruen.errors import LocalError
from keruen.store import Direction, Identifier, IdentifierKind, Role, Row, Store, Transaction
from keruen.store.recording import CHUNK

ADDITIONS: dict[str, tuple[Callable[[Transaction, Any], Any], Callable[[], Row]]] = {
    "message": (Transaction.add_message, samples.message),
    "event": (Transaction.add_event, samples.event),
    "envelope": (Transaction.add_envelope, samples.envelope),
    "declaration": (Transaction.add_declaration, samples.declaration),
    "refusal": (Transaction.add_refusal, samples.refusal),
    "inbox": (Transaction.add_inbox, samples.inbox_entry),
    "outbox": (Transaction.enqueue, samples.outbox_entry),
}


@pytest.mark.parametrize("name", ADDITIONS)
def test_a_second_row_of_the_same_key_is_refused(store: Store, name: str) -> None:
    add, sample = ADDITIONS[name]
    store.write_now(lambda tx: add(tx, sample()))
    with pytest.raises(LocalError, match="already-stored"):
        store.write_now(lambda tx: add(tx, sample()))


def test_an_operation_may_go_on_after_already_stored(store: Store) -> None:
    store.write_now(lambda tx: tx.add_message(samples.message(1)))

    def operation(tx: Transaction) -> None:
        with pytest.raises(LocalError):
            tx.add_message(samples.message(1))
        tx.add_message(samples.message(2))

    store.write_now(operation)
    assert store.read(lambda reader: reader.message(CORRIDOR, "message-00002"))


def test_times_come_back_exactly_and_in_utc(store: Store) -> None:
    dushanbe = timezone(timedelta(hours=5))
    created = datetime(2026, 11, 23, 17, 0, 0, 999_999, tzinfo=dushanbe)
    store.write_now(lambda tx: tx.add_message(samples.message(created=created)))
    found = store.read(lambda reader: reader.message(CORRIDOR, "message-00001"))
    assert found is not None
    assert found.created == created
    assert found.created.tzinfo is UTC


def test_a_time_without_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 11, 23, 12, 0, 0)  # noqa: DTZ001
    with pytest.raises(Exception, match="offset-naive"):
        store.write_now(lambda tx: tx.add_message(samples.message(created=naive)))


def test_nul_in_a_partners_text_is_replaced(store: Store) -> None:
    store.write_now(lambda tx: tx.add_refusal(samples.refusal(text="a\x00b")))
    assert store.read(lambda reader: reader.refusals())[0].text == "a\N{REPLACEMENT CHARACTER}b"


def test_messages(store: Store) -> None:
    rows = [
        samples.message(1),
        samples.message(
            2, direction=Direction.IN, kind="Acknowledgement", refers_to="message-00001"
        ),
        samples.message(3, consignment_id="consignment-2"),
        samples.message(4, corridor="KZ-UZ"),
    ]
    samples.keep(store, Transaction.add_message, rows)
    first, second, third, fourth = rows

    def check(r: Transaction) -> None:
        assert r.message(CORRIDOR, first.message_id) == first
        assert r.message("KZ-UZ", first.message_id) is None
        assert r.messages() == [fourth, third, second, first]
        assert r.messages(corridor=CORRIDOR) == [third, second, first]
        assert r.messages(corridor=CORRIDOR, consignment_id="consignment-1") == [second, first]
        assert r.messages(direction=Direction.IN) == [second]
        assert r.messages(kind="Acknowledgement") == [second]
        assert r.messages(limit=1) == [fourth]
        assert r.messages(before=third.message_id, limit=1) == [second]
        assert r.answer_to(CORRIDOR, first.message_id) == second
        assert r.answer_to(CORRIDOR, second.message_id) is None

    store.write_now(check)


def test_the_newest_message_is_the_last_stored_whatever_its_id(store: Store) -> None:
    old = samples.message(1, message_id="f0000000-foreign")
    new = samples.message(2, message_id="10000000-foreign")
    samples.keep(store, Transaction.add_message, [old, new])
    assert store.read(lambda reader: reader.messages()) == [new, old]
    assert store.read(lambda reader: reader.messages(before=new.message_id)) == [old]
    assert store.read(lambda reader: reader.messages(before=old.message_id)) == []


def test_events_in_their_order(store: Store) -> None:
    rows = [samples.event(n, consignment_id=f"consignment-{n % 2}") for n in range(1, 6)]
    samples.keep(store, Transaction.add_event, reversed(rows))
    assert store.read(lambda r: r.all_events()) == rows
    assert store.read(lambda r: r.all_events(after="event-00003")) == rows[3:]
    assert store.read(lambda r: r.all_events(limit=2)) == rows[:2]
    assert store.read(lambda r: r.last_event_id()) == "event-00005"
    assert store.read(lambda r: r.events(CORRIDOR, "consignment-0")) == [rows[1], rows[3]]


def test_no_event_is_an_empty_id(store: Store) -> None:
    assert not store.read(lambda reader: reader.last_event_id())


def test_consignments_by_every_filter(store: Store) -> None:
    first = samples.consignment(1)
    second = samples.consignment(2, role=Role.SENDER, state="sent", mode="test", partner="UZ")
    third = samples.consignment(3, post="KZ55102", complete=True, eta=None)
    samples.keep(store, Transaction.put_consignment, [first, second, third])

    def check(r: Transaction) -> None:
        assert r.consignment(CORRIDOR, "consignment-1") == first
        assert r.consignment("KZ-UZ", "consignment-1") is None
        assert r.by_consignment_id("consignment-3") == third
        assert r.by_consignment_id("consignment-4") is None
        assert r.consignments() == [third, second, first]
        assert r.consignments(newest_first=False) == [first, second, third]
        assert r.consignments(offset=1, limit=1) == [second]
        assert r.consignments(role=Role.SENDER) == [second]
        assert r.consignments(post="KZ55102") == [third]
        assert r.consignments(states=["sent", "gone"]) == [second]
        assert r.consignments(states=[]) == []
        assert r.consignments(reference=first.reference) == [first]
        assert r.consignments(partner="UZ") == [second]
        assert r.consignments(mode="test") == [second]

    store.write_now(check)


def test_a_consignment_is_replaced(store: Store) -> None:
    store.write_now(lambda tx: tx.put_consignment(samples.consignment()))
    changed = samples.consignment(state="arrived", arrived=NOON, complete=True, goods=3)
    store.write_now(lambda tx: tx.put_consignment(changed))
    assert store.read(lambda reader: reader.consignments()) == [changed]


def test_a_post_sees_the_next_arrival_first_and_those_without_eta_last(store: Store) -> None:
    unknown, late, soon = (
        samples.consignment(number, eta=eta)
        for number, eta in ((1, None), (2, NOON + MINUTE), (3, NOON))
    )
    elsewhere = samples.consignment(4, post="KZ55102")
    gone = samples.consignment(5, state="arrived")
    ours = samples.consignment(6, role=Role.SENDER)
    samples.keep(store, Transaction.put_consignment, [unknown, late, soon, elsewhere, gone, ours])
    expected = store.read(lambda r: r.consignments_expected("KZ55101", ["expected"], limit=9))
    assert expected == [soon, late, unknown]
    assert store.read(lambda r: r.consignments_expected("KZ55101", ["expected"], limit=1)) == [soon]
    later = NOON + MINUTE
    expected = store.read(
        lambda r: r.consignments_expected("KZ55101", ["expected"], eta_from=later)
    )
    assert expected == [late, unknown]


def test_consignments_due_and_departing(store: Store) -> None:
    first = samples.consignment(1, departed=NOON)
    second = samples.consignment(2, departed=NOON + MINUTE)
    samples.keep(
        store, Transaction.put_consignment, [second, first, samples.consignment(3, eta=None)]
    )

    def check(r: Transaction) -> None:
        assert first.eta is not None
        assert r.consignments_due(["expected"], NOON + 3 * MINUTE) == [first, second]
        assert r.consignments_due(["expected"], first.eta) == []
        assert r.consignments_due(["arrived"], NOON + 3 * MINUTE) == []
        assert r.consignments_departing(["expected"], NOON) == [first]
        assert r.consignments_departing(["expected"], NOON + MINUTE) == [first, second]

    store.write_now(check)


def test_identifiers_of_consignments_of_long_ago_are_left_out(store: Store) -> None:
    times: list[dict[str, datetime | None]] = [
        {"arrived": NOON, "eta": NOON + MINUTE},
        {"arrived": NOON + MINUTE, "eta": NOON},
        {"eta": NOON, "departed": NOON + MINUTE},
        {"eta": None, "departed": NOON + MINUTE},
        {"eta": None},
    ]
    kept = [samples.consignment(number, **one) for number, one in enumerate(times)]
    samples.keep(store, Transaction.put_consignment, kept)
    for one in kept:
        key = samples.identifier(consignment_id=one.consignment_id)
        store.write_now(partial(_put_identifier, key))

    def found(since: datetime | None) -> str:
        rows = store.read(lambda r: r.find_identifiers(folded=["123ABC02"], since=since))
        return "".join(row.consignment_id[-1] for row in rows)

    assert found(None) == found(NOON) == "43210"
    assert found(NOON + MINUTE) == "431"
    assert found(NOON + 2 * MINUTE) == "4"


def _put_identifier(key: Identifier, tx: Transaction) -> None:
    tx.put_identifiers(CORRIDOR, key.consignment_id, [key])


def test_imports_wait_under_their_marks(store: Store) -> None:
    first, second = samples.declaration(1), samples.declaration(2)
    samples.keep(store, Transaction.add_declaration, [first, second])
    store.write_now(lambda tx: tx.put_import_marks(CORRIDOR, "declaration-1", ["A", "B", "A"]))
    store.write_now(lambda tx: tx.put_import_marks(CORRIDOR, "declaration-2", ["B"]))

    def check(r: Transaction) -> None:
        assert r.imports_waiting(CORRIDOR, ["A", "B"]) == [second, first]
        assert r.imports_waiting(CORRIDOR, ["A", "B"], limit=1) == [second]
        assert r.imports_waiting(CORRIDOR, ["A"]) == [first]
        assert r.imports_waiting(CORRIDOR, ["C"]) == r.imports_waiting(CORRIDOR, []) == []
        assert r.imports_waiting("KZ-UZ", ["A"]) == []
        r.put_import_marks(CORRIDOR, "declaration-1", ())
        assert r.imports_waiting(CORRIDOR, ["A", "B"]) == [second]

    store.write_now(check)


def test_identifiers_are_found_folded_or_by_skeleton(store: Store) -> None:
    truck, seal = (
        samples.identifier(),
        samples.identifier("S 100", kind=IdentifierKind.SEAL, consignment_id="consignment-2"),
    )
    store.write_now(lambda tx: tx.put_identifiers(CORRIDOR, "consignment-1", [truck]))
    store.write_now(lambda tx: tx.put_identifiers(CORRIDOR, "consignment-2", [seal]))

    def check(r: Transaction) -> None:
        assert r.identifiers(CORRIDOR, "consignment-1") == [truck]
        assert r.find_identifiers(folded=["123ABC02"]) == [truck]
        assert r.find_identifiers(skeletons=["S1OO"]) == [seal]
        assert r.find_identifiers(folded=["123ABC02"], skeletons=["S1OO"]) == [seal, truck]
        assert r.find_identifiers(folded=["123ABC02"], kinds=[IdentifierKind.SEAL]) == []
        assert r.find_identifiers(folded=["123ABC02"], skeletons=["S1OO"], limit=1) == [seal]
        assert r.find_identifiers() == []

    store.write_now(check)


def test_new_identifiers_take_the_place_of_the_old(store: Store) -> None:
    store.write_now(
        lambda tx: tx.put_identifiers(CORRIDOR, "consignment-1", [samples.identifier()])
    )
    other = samples.identifier("777 XYZ 05")
    store.write_now(lambda tx: tx.put_identifiers(CORRIDOR, "consignment-1", [other]))
    assert store.read(lambda r: r.identifiers(CORRIDOR, "consignment-1")) == [other]
    store.write_now(lambda tx: tx.put_identifiers(CORRIDOR, "consignment-1", []))
    assert store.read(lambda r: r.identifiers(CORRIDOR, "consignment-1")) == []


def test_a_discrepancy_stated_twice_is_stored_once(store: Store) -> None:
    rows = [
        samples.discrepancy(),
        samples.discrepancy(DiscrepancyCode.OTHER_HS6, 1, "items[0].hs"),
        samples.discrepancy(DiscrepancyCode.OTHER_HS6, 2, "items[1].hs"),
    ]
    store.write_now(lambda tx: tx.add_discrepancies(rows))
    store.write_now(lambda tx: tx.add_discrepancies(iter(rows)))
    assert store.read(lambda r: r.discrepancies(CORRIDOR, "consignment-1")) == rows
    assert store.read(lambda r: r.discrepancy_counts()) == {"not-arrived": 1, "other-hs6": 2}
    later = rows[0].stated + MINUTE
    assert store.read(lambda r: r.discrepancy_counts(later)) == {}


def test_discrepancies_are_withdrawn_by_code_and_source(store: Store) -> None:
    mine = samples.discrepancy()
    theirs = samples.discrepancy(source="message-00002")
    other = samples.discrepancy(DiscrepancyCode.DIVERTED)
    elsewhere = samples.discrepancy(consignment_id="consignment-2")
    store.write_now(lambda tx: tx.add_discrepancies([mine, theirs, other, elsewhere]))
    codes = [DiscrepancyCode.NOT_ARRIVED]
    store.write_now(
        lambda tx: tx.withdraw_discrepancies(
            CORRIDOR, "consignment-1", codes, sources=["message-00002"]
        )
    )
    left = store.read(lambda r: r.discrepancies(CORRIDOR, "consignment-1"))
    assert sorted(row.discrepancy.code for row in left) == ["diverted", "not-arrived"]
    assert mine in left
    store.write_now(lambda tx: tx.withdraw_discrepancies(CORRIDOR, "consignment-1", codes))
    assert store.read(lambda r: r.discrepancies(CORRIDOR, "consignment-1")) == [other]
    assert store.read(lambda r: r.discrepancies(CORRIDOR, "consignment-2")) == [elsewhere]


def test_declarations_and_their_matches(store: Store) -> None:
    first, second, third = (
        samples.declaration(1),
        samples.declaration(2),
        samples.declaration(3, kind="export"),
    )
    samples.keep(store, Transaction.add_declaration, [first, second, third])
    store.write_now(lambda tx: tx.put_match(samples.match(1)))

    def check(r: Transaction) -> None:
        assert r.declaration("declaration-1") == first
        assert r.declaration("declaration-9") is None
        assert r.declaration_by_digest(second.digest) == second
        assert r.declaration_by_digest(b"") is None
        assert r.declarations() == [third, second, first]
        assert r.declarations(kind="import") == [second, first]
        assert r.declarations(kind="import", unmatched=True) == [second]
        assert r.declarations(reference="reference-3") == [third]
        assert r.declarations(limit=1) == [third]
        assert r.matches_of("declaration-1") == [samples.match(1)]
        assert r.matches_of("declaration-2") == []
        assert r.import_matches(CORRIDOR, "consignment-1") == [samples.match(1)]

    store.write_now(check)


def test_an_import_declaration_may_answer_several_consignments(store: Store) -> None:
    first, second = (samples.match(consignment_id=f"consignment-{number}") for number in (1, 2))
    for row in (first, second, first):
        store.write_now(partial(Transaction.put_match, row=row))
    assert store.read(lambda r: r.matches_of("declaration-1")) == [first, second]
    assert store.read(lambda r: r.import_matches(CORRIDOR, "consignment-1")) == [first]


def test_refusals_newest_first(store: Store) -> None:
    rows = [samples.refusal(number) for number in range(1, 4)]
    samples.keep(store, Transaction.add_refusal, rows)
    assert store.read(lambda reader: reader.refusals(2)) == [rows[2], rows[1]]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_payload_comes_back_in_chunks(store: Store, size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    pieces = [content[start : start + 700_001] for start in range(0, size, 700_001)]
    stored = store.write_now(lambda tx: tx.put_payload("payload", iter_again(pieces)))
    assert stored == size
    assert store.read(lambda reader: reader.payload_size("payload")) == size
    chunks = store.read(lambda reader: list(reader.payload("payload")))
    assert b"".join(chunks) == content
    assert [len(chunk) for chunk in chunks[:-1]] == [CHUNK] * (len(chunks) - 1)


def test_a_payload_is_not_stored_twice(store: Store) -> None:
    store.write_now(lambda tx: tx.put_payload("payload", [b"first"]))
    with pytest.raises(LocalError, match="already-stored"):
        store.write_now(lambda tx: tx.put_payload("payload", [b"other"]))
    assert store.read(lambda reader: list(reader.payload("payload"))) == [b"first"]


def test_an_unknown_payload_is_empty(store: Store) -> None:
    assert store.read(lambda reader: reader.payload_size("none")) == 0
    assert store.read(lambda reader: list(reader.payload("none"))) == []


def test_counts_for_the_status(store: Store) -> None:
    def fill(tx: Transaction) -> None:
        tx.add_message(samples.message(1))
        tx.add_message(samples.message(2, direction=Direction.IN, kind="Acknowledgement"))
        tx.enqueue(samples.outbox_entry(1))
        tx.add_inbox(samples.inbox_entry(1))
        tx.add_inbox(samples.inbox_entry(2, handled=NOON))
        tx.put_consignment(samples.consignment(1))
        tx.put_consignment(samples.consignment(2, role=Role.SENDER))
        tx.add_discrepancies([samples.discrepancy()])
        tx.add_refusal(samples.refusal())
        tx.add_envelope(samples.envelope())

    store.write_now(fill)
    assert store.read(lambda reader: reader.counts()) == {
        "messages": {"in Acknowledgement": 1, "out PreliminaryInformation": 1},
        "outbox": {"waiting": 1},
        "inbox": {"waiting": 1, "handled": 1},
        "consignments": {"expected": 2},
        "roles": {"receiver expected": 1, "sender expected": 1},
        "test": {},
        "discrepancies": {"not-arrived": 1},
        "refusals": 1,
        "enquiries": {},
        "alarms": {},
        "evidence": 1,
    }


def test_projections_are_cleared_and_records_are_kept(store: Store) -> None:
    def fill(tx: Transaction) -> None:
        tx.add_message(samples.message())
        tx.add_event(samples.event())
        tx.add_envelope(samples.envelope())
        tx.add_declaration(samples.declaration())
        tx.add_refusal(samples.refusal())
        tx.add_inbox(samples.inbox_entry())
        tx.enqueue(samples.outbox_entry())
        tx.put_payload("payload", [b"content"])
        tx.put_consignment(samples.consignment())
        tx.put_identifiers(CORRIDOR, "consignment-1", [samples.identifier()])
        tx.add_discrepancies([samples.discrepancy()])
        tx.put_match(samples.match())

    store.write_now(fill)
    store.write_now(lambda tx: tx.clear_projections())

    def check(r: Transaction) -> None:
        assert r.consignments() == []
        assert r.identifiers(CORRIDOR, "consignment-1") == []
        assert r.discrepancies(CORRIDOR, "consignment-1") == []
        assert r.matches_of("declaration-1") == []
        assert r.messages() == [samples.message()]
        assert r.all_events() == [samples.event()]
        assert r.envelope(CORRIDOR, "message-00001@kz", Direction.OUT) == samples.envelope()
        assert r.declarations() == [samples.declaration()]
        assert r.refusals() == [samples.refusal()]
        assert r.inbox_waiting(9) == [samples.inbox_entry()]
        assert r.outbox_entry(CORRIDOR, "message-00001") == samples.outbox_entry()
        assert r.payload_size("payload") == 7
        assert r.evidence_head()[0] == 1

    store.write_now(check)


class iter_again:  # noqa: N801 - reads as a verb: operations may be run again
    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces

    def __iter__(self) -> Any:
        return iter(self.pieces)
