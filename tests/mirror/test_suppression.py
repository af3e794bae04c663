"""What is published gives no small cell away, not even to whoever solves all its sums."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from keruen.mirror.statistics.publication import publish
from keruen.mirror.statistics.suppression import TOTAL, Figures, Key, rows, suppressed, with_totals


def table(counts: dict[tuple[str, str], int]) -> dict[Key, Figures]:
    return with_totals({("KZ-TJ", *key): (100 * n, 0, n, 0) for key, n in counts.items()})


def test_a_small_cell_is_left_out_and_another_of_its_row_and_column() -> None:
    full = table({(code, month): 9 for code in ("25", "27", "31") for month in ("01", "02", "03")})
    hidden = suppressed(full | {("KZ-TJ", "25", "01"): (100, 0, 1, 0)}, 3)
    assert hidden["KZ-TJ", "25", "01"] == "primary"
    for row in rows(full):
        assert sum(key in hidden for key in row) != 1
    assert 4 <= len(hidden) < len(full)


def test_a_cell_that_is_its_row_takes_the_total_with_it() -> None:
    full = table({("25", "01"): 1, ("27", "02"): 9, ("31", "02"): 9})
    hidden = suppressed(full, 3)
    assert hidden["KZ-TJ", "25", TOTAL] == "primary"
    assert hidden["KZ-TJ", TOTAL, "01"] == "primary"


def test_where_nothing_is_small_nothing_is_left_out() -> None:
    assert suppressed(table({("25", "01"): 3, ("27", "01"): 8}), 3) == {}


def determined(full: dict[Key, Figures], hidden: dict[Key, str]) -> set[Key]:
    """Unknowns whose coordinate no vector of the null space touches."""
    unknown = sorted(hidden)
    equations = np.array(
        [[(-1 if key == row[0] else 1) * (key in row) for key in unknown] for row in rows(full)]
    ).reshape(-1, len(unknown))
    _, sizes, vectors = np.linalg.svd(equations)
    null = vectors[np.count_nonzero(sizes > 1e-9) :]
    return {key for place, key in enumerate(unknown) if not np.any(np.abs(null[:, place]) > 1e-9)}


@example({("A", "1"): 1, ("A", "2"): 1, ("B", "1"): 1, ("C", "1"): 4, ("C", "2"): 1, ("C", "3"): 1})
@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("ABCD"), st.sampled_from("1234")), st.integers(1, 12), min_size=2
    )
)
def test_no_small_cell_follows_from_what_is_shown(counts: dict[tuple[str, str], int]) -> None:
    full = table(counts)
    hidden = suppressed(full, 4)
    small = {key for key, figures in full.items() if 0 < figures[2] < 4}
    assert small <= hidden.keys()
    if hidden:
        assert not determined(full, hidden) & small


def test_what_is_published_has_no_figures_where_they_are_left_out(tmp_path: Path) -> None:
    duckdb.execute(
        "COPY (SELECT 'KZ-TJ' AS flow, month, lines * 10.00 AS exported_usd, 0.00 AS imported_usd, "
        "lines AS export_lines, 0 AS import_lines FROM (VALUES ('2025-01', 1), ('2025-02', 5), "
        f"('2025-03', 9)) t(month, lines)) TO '{tmp_path}/cells.parquet'"
    )
    assert publish(tmp_path, ("flow", "month"), 3) == {"cells": 4, "primary": 1, "secondary": 1}
    shown = duckdb.execute(
        f"SELECT month, exported_usd, suppressed FROM '{tmp_path}/published.parquet' ORDER BY 1"
    ).fetchall()
    assert [(month, None if usd is None else str(usd), why) for month, usd, why in shown] == [
        ("2025-01", None, "primary"),
        ("2025-02", None, "secondary"),
        ("2025-03", "90.00", None),
        (TOTAL, "150.00", None),
    ]
