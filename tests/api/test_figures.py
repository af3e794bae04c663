"""Figures by the API: one row, tables, and the consignments behind them; narrowed to whom the token sees."""

from __future__ import annotations

import pytest
from tests.api.books import Books

PERIOD = "since=2026-11-01&until=2026-11-30"


def test_a_stretch_of_days_in_one_row(books: Books) -> None:
    found = books.get(f"/figures?{PERIOD}").json()
    assert found["total"]["announced"] > found["total"]["arrived"] > 0
    assert sum(found["missing_for"].values()) == found["total"]["missing"] > 0


@pytest.mark.parametrize("by", ["code", "office", "chapter", "trader", "day", "week", "month"])
def test_each_row_of_a_table_leads_to_its_consignments(books: Books, by: str) -> None:
    table = books.get(f"/figures/table?by={by}&{PERIOD}").json()
    assert table
    if by in ("day", "week", "month"):
        return
    for row in table:
        behind = books.get(f"/figures/consignments?by={by}&key={row['key']}&limit=200&{PERIOD}")
        assert len(behind.json()["items"]) == row["announced"] + row["unannounced"]


def test_a_period_that_ends_before_it_begins_is_refused(books: Books) -> None:
    answer = books.get("/figures?since=2026-11-02&until=2026-11-01")
    assert (answer.status_code, answer.json()["code"]) == (422, "period-invalid")
