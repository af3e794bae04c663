"""What boards and open pages ask again and again is found by an index, however much is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, event

from keruen.store import Reader, Store
from keruen.store.casequeries import CaseFilter, CaseLimits

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OPEN = CaseFilter(limits=CaseLimits(now=NOON, given_up=NOON - 45 * DAY))
ASKED: dict[str, Callable[[Reader], Any]] = {
    "COVERING INDEX consignment_expected": lambda r: r.expected_counts(
        ["accepted"], {"now": NOON}, partners=["KZ"]
    ),
    "INDEX consignment_expected (role=? AND state=? AND post=? AND eta>?)": lambda r: r.expected(
        ["TJ-GUL"], ["accepted", "overdue"], eta_from=NOON
    ),
    "COVERING INDEX outbox_delivered": lambda r: r.outbox_lately(["KZ"], NOON),
    "INDEX discrepancy_latest": lambda r: r.latest_discrepancies(8),
    "INDEX outbox_troubled": lambda r: r.outbox_failures(50),
    "INDEX consignment_arrived": lambda r: r.arrived_counts(NOON),
    "INDEX identifier_folded": lambda r: r.identifiers_beginning("489X"),
    "INDEX identifier_skeleton": lambda r: r.find_identifiers(skeletons=["489XMR03"]),
    "COVERING INDEX reconciliation_open": lambda r: r.case_sums(
        OPEN, "trader", "trader_name", [DAY]
    ),
    "INDEX message_answer": lambda r: r.answers_among(["a", "b"]),
}


@contextmanager
def said(engine: Any) -> Iterator[list[tuple[str, Any]]]:
    """Statements that are executed while the context is open."""
    found: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        found.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("index", ASKED)
def test_it_is_found_by_its_index(index: str, new_database: Callable[[], str]) -> None:
    url = new_database()
    store = Store.open(url)
    with said(store._reading) as statements:
        store.read(ASKED[index])
    store.close()
    statement, values = [one for one in statements if one[0].startswith("SELECT")][-1]
    engine = create_engine(url)
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = " ".join(row[3] for row in plan)
    engine.dispose()
    assert re.search(rf"(SEARCH|SCAN) \w+ USING (COVERING )?{re.escape(index)}", steps), steps
