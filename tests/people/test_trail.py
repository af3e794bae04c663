"""The audit trail: only ever longer, searched by who, what, when; a table that is harmless in a spreadsheet."""

from __future__ import annotations

import inspect
from datetime import timedelta
from functools import partial

from tests.people.conftest import MovedClock

from keruen.exchange.figures.csvfile import csv_file
from keruen.people.audit import Deed, Doer, Outcome, note
from keruen.people.trail import Search, everything, table
from keruen.store import Store, Transaction, admitting

DALER, SITORA = (Doer(name, name, "192.0.2.7") for name in ("daler", "sitora"))


def test_it_is_read_in_bits_and_whole(store: Store, clock: MovedClock) -> None:
    for number in range(1100):
        store.write_now(
            partial(note, clock=clock, doer=DALER, act="find", subject=f"plate {number}")
        )
    found = [entry.subject for entry in everything(store, Search())]
    assert found == [f"plate {number}" for number in reversed(range(1100))]
    first = store.read(lambda reader: Search().page(reader, limit=2))
    second = store.read(lambda reader: Search().page(reader, first[-1].entry_id, 2))
    assert [one.subject for one in (*first, *second)] == found[:4]


def test_it_is_searched_by_who_what_about_what_and_when(store: Store, clock: MovedClock) -> None:
    for days, doer, act, subject in (
        (0, DALER, Deed.LOG_IN, "daler"),
        (1, DALER, "see-consignment", "one"),
        (2, SITORA, "see-consignment", "two"),
        (3, SITORA, "find", "one"),
    ):
        clock.later = timedelta(days=days)
        store.write_now(partial(note, clock=clock, doer=doer, act=act, subject=subject))
    today = (clock.wall() - clock.later).date()
    day = timedelta(days=1)

    def subjects(**wanted: object) -> list[str]:
        search = Search(**wanted)  # type: ignore[arg-type]
        return [entry.subject for entry in everything(store, search)]

    assert subjects(who="sitora") == ["one", "two"]
    assert subjects(act="see-consignment") == ["two", "one"]
    assert subjects(subject="one") == ["one", "one"]
    assert subjects(since=today + day, until=today + 2 * day) == ["two", "one"]
    assert subjects(who="daler", act="find") == []


def test_nothing_in_a_row_acts_in_a_spreadsheet(store: Store, clock: MovedClock) -> None:
    store.write_now(
        lambda tx: note(tx, clock, DALER, "find", "=cmd|'/c calc'!A1", outcome=Outcome.DONE)
    )
    assert b",'=cmd|'/c calc'!A1," in b"".join(csv_file(table(everything(store, Search()))))


def test_the_store_offers_no_way_to_change_or_remove_an_entry() -> None:
    writing = [
        name
        for name, member in inspect.getmembers(Transaction, inspect.isfunction)
        if "audit_entry" in inspect.getsource(member)
    ]
    assert writing == ["add_audit", "audit"]
    assert "audit_entry" in inspect.getsource(admitting)
