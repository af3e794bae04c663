"""The benchmark of the console asks a real node about rows that fit each other, and what it finds is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from keruen.bench.console import Plan, measure_console, shortfalls
from keruen.bench.copy import renumbered
from keruen.bench.weight import loaded
from keruen.store import Store


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("console")
    plan = Plan(
        consignments=200,
        requests=8,
        cold=1,
        events=1,
        url=None,
        folder=folder,
        tell=lambda _: None,
        grown=lambda _: None,
    )
    return folder, measure_console(plan)


@pytest.mark.slow
def test_every_page_and_the_event_have_their_figure(measured: tuple[Path, dict[str, Any]]) -> None:
    _, report = measured
    assert report["consignments"] >= 200
    assert report["expected"] >= 50
    names = ("board_p95_ms", "search_p95_ms", "consignment_p95_ms", "start_p95_ms", "event_ms")
    assert all(report[name] > 0 for name in names)


@pytest.mark.slow
def test_copies_are_rows_that_fit_each_other(measured: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = measured
    url = f"sqlite:///{folder / 'tj' / 'keruen.db'}"
    engine = create_engine(url)
    with engine.connect() as connection:
        orphans = connection.execute(
            text(
                "SELECT count(*) FROM event WHERE consignment_id NOT IN "
                "(SELECT consignment_id FROM consignment)"
            )
        ).scalar()
        leaves = connection.execute(text("SELECT count(*) FROM evidence_leaf")).scalar()
    engine.dispose()
    store = Store.open(url)
    assert orphans == 0
    assert store.read(lambda reader: reader.evidence_head()[0]) == leaves
    store.close()


def test_what_is_not_reached_is_said() -> None:
    times = dict.fromkeys(("board", "search", "consignment", "start"), 12.0)
    report: dict[str, Any] = {f"{name}_p95_ms": took for name, took in times.items()}
    report |= {"board_p95_ms": 100.0, "event_ms": 400.0}
    weights = {"/": {"wire": 9000, "raw": 40_000}, "/posts/X": {"wire": 150_000, "raw": 1}}
    assert shortfalls(report | {"first_visit": weights}) == [
        "board_p95_ms: 100.0, aimed at under 100",
        "/posts/X: 150000 octets, aimed at under 150000",
    ]


def test_marks_of_ten_thousand_copies_differ() -> None:
    made = {renumbered("KZ2852188", number) for number in range(10_000)}
    assert len(made) == 10_000
    assert all(one.startswith("KZ") and len(one) == 9 for one in made)


def test_a_first_visit_counts_what_the_page_brings() -> None:
    page = (
        '<link rel="icon" href="/static/mark.svg"><link rel="stylesheet" href="/static/a.css">'
        '<script type="module" src="/static/live.js"></script><a href="/elsewhere">x</a>'
    )
    assert loaded(page) == ["/static/mark.svg", "/static/a.css", "/static/live.js"]
