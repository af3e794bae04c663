"""Turnover by the API: both reporters of what the node counted and of series that were imported."""

from __future__ import annotations

from pathlib import Path

from tests.api.books import Books

from keruen.mirror.turnover import import_series, series_row

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "trade-kz-tj.csv"


def test_what_was_counted_and_what_was_published(books: Books) -> None:
    row = series_row("1", EXAMPLE.name, EXAMPLE.read_bytes(), books.node.now)
    books.node.store.write_now(lambda tx: import_series(tx, row))
    found = books.get("/turnover?flow=KZ-TJ").json()
    measures = {one["measure"] for one in found["own"]}
    assert measures >= {"net-mass-t", "consignments"}
    assert found["withheld"] is True
    half = next(one for one in found["published"] if one["ratio"])
    assert {half["first"]["reporter"], half["second"]["reporter"]} == {"KZ", "TJ"}
    assert [one["name"] for one in books.get("/turnover/series").json()] == [EXAMPLE.name]


def test_a_flow_that_is_none_is_refused(books: Books) -> None:
    assert books.get("/turnover?flow=Kazakhstan").status_code == 400
