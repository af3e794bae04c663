"""Record by record and set by set are one matcher: the same keys, evidence and score."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.mirror.matching.tables import COLUMNS

from keruen.customs import fold, skeleton
from keruen.customs.recognition import RULE_OF
from keruen.mirror.matching.evidence import COMPARED, column, levels, place
from keruen.mirror.matching.keys import LOOK_ALIKES, alike, folded, odd_texts
from keruen.mirror.matching.load import keyed
from keruen.mirror.matching.record import Line, compare
from keruen.mirror.matching.weights import population, score, score_sql, starting

LETTERS = st.sampled_from("ABОOQ0128БХғ -/№Ⅻ")
MARK = st.none() | st.text(LETTERS, min_size=3, max_size=9) | st.text(max_size=6)
FIRM = st.none() | st.sampled_from(["600140336583", "611140000001"])
NAME = st.none() | st.sampled_from(["ТОО «Нан»", "NAN LLP", "АО «Тау»"])
AMOUNT = st.none() | st.sampled_from(
    [0.0, 1.0, 15.0, 20000.0, 20001.0, 20300.0, 21000.0, 2e7, 19.5]
)
LINES = st.fixed_dictionaries(
    {
        "reference": MARK,
        "date": st.none() | st.dates(date(2026, 1, 1), date(2026, 3, 1)),
        "exporter_id": FIRM,
        "exporter_name": NAME,
        "importer_id": FIRM,
        "importer_name": NAME,
        "vehicle": MARK,
        "transport_document": MARK,
        "hs6": st.none() | st.sampled_from(["110100", "110110", "110220", "270112", "27", ""]),
        "net_mass_kg": AMOUNT,
        "packages": AMOUNT,
        "value_usd": AMOUNT,
    }
)


Row = dict[str, Any]


def compared(pairs: list[tuple[Row, Row]]) -> list[tuple[Line, Line, Row]]:
    """The lines of each pair as they are loaded, and the levels and score that SQL gives them."""
    with duckdb.connect() as connection:
        for place_, side in enumerate(("exported", "imported")):
            listed = ", ".join(f"{name} {type_}" for name, type_ in COLUMNS.items())
            connection.execute(f"CREATE TABLE {side}_raw (n INTEGER, {listed})")
            marks = ", ".join("?" * (len(COLUMNS) + 1))
            rows = [[n, *(pair[place_][name] for name in COLUMNS)] for n, pair in enumerate(pairs)]
            connection.executemany(f"INSERT INTO {side}_raw VALUES ({marks})", rows)
        keyed(connection)
        found = connection.execute(
            f"SELECT *, {score_sql(starting(1.5))} AS bits FROM (SELECT *, {population()} AS pop FROM "
            f"(SELECT {levels()}, e.rare FROM exported AS e JOIN imported AS i USING (n) ORDER BY n))"
        )
        names = [one[0] for one in found.description]
        told = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        sides = [_lines(connection, side) for side in ("exported", "imported")]
    return [
        (_line(e, one), _line(i, other), row)
        for (e, i), one, other, row in zip(pairs, *sides, told, strict=True)
    ]


NAMES = "exporter, exporter_name, consignee, consignee_name, hs6, mass, packages, value, day"


def _lines(connection: duckdb.DuckDBPyConnection, side: str) -> list[tuple[Any, ...]]:
    return connection.execute(f"SELECT {NAMES} FROM {side} ORDER BY n").fetchall()


def _line(raw: Row, keys: tuple[Any, ...]) -> Line:
    marks = {name: raw[name] for name in ("reference", "transport_document", "vehicle")}
    return Line(**marks, **dict(zip(NAMES.split(", "), keys, strict=True)))


@settings(deadline=None, max_examples=6)
@given(st.lists(st.tuples(LINES, LINES), min_size=10, max_size=30))
def test_both_give_the_same_evidence_and_score(pairs: list[tuple[Row, Row]]) -> None:
    for one, other, told in compared([*pairs, *((row, {**row}) for row, _ in pairs)]):
        agreed = compare(one, other)
        numbers = {
            feature: place(RULE_OF[feature], agreed[feature]) if feature in agreed else 0
            for feature in COMPARED
        }
        assert {feature: told[column(feature)] for feature in COMPARED} == numbers, (one, other)
        bits = score(starting(1.5), agreed, told["rare"])
        assert bits == pytest.approx(told["bits"], abs=1e-4)


@settings(deadline=None, max_examples=10)
@given(st.lists(st.text() | st.text(LETTERS), min_size=1, max_size=40))
def test_keys_of_whole_columns_are_those_of_single_marks(marks: list[str]) -> None:
    texts = [one for one in marks if "\x00" not in one]
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (" + ", ".join(f"{n} VARCHAR" for n in COLUMNS) + ")")
        for text in texts:
            connection.execute("INSERT INTO t (reference) VALUES (?)", [text])
        odd_texts(connection, ["t"])
        key = f"coalesce(odd.folded, {folded('reference')})"
        found = connection.execute(
            f"SELECT reference, {key}, {alike(key)} FROM t LEFT JOIN odd ON text = reference"
        ).fetchall()
    assert sorted(found) == sorted((text, fold(text), skeleton(text)) for text in texts)


def test_look_alikes_are_the_same_in_both() -> None:
    assert [fold(one) for one in LOOK_ALIKES[0]] == list(LOOK_ALIKES[1])
