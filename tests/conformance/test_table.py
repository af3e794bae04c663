"""The table of assertions, the tests and the page name the same."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from tests.conformance.assertions import COMMON, FOUR_CORNERS, Assertion, rows

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "conformance.md"
MARKED = re.compile(
    r'^@pytest\.mark\.assertion\("([^"]+)"\)\n(?:[@ )\]].*\n)*(?:async )?def test_(\w+)',
    re.MULTILINE,
)
ROW = re.compile(r"^\| ([A-Z0-9-]+) \| [^|]+ \| [^|]+ \| ([^|]+) \|", re.MULTILINE)


def marked() -> list[tuple[str, str]]:
    """Id and name of every test in this folder that shows an assertion."""
    modules = sorted(HERE.glob("test_*.py"))
    return [found for module in modules for found in MARKED.findall(module.read_text("utf-8"))]


def test_the_table_has_the_ec_s_assertions_and_each_id_once() -> None:
    assert [row.id for row in COMMON] == [f"CP{number:02}" for number in range(1, 47)]
    assert [row.id for row in FOUR_CORNERS] == ["4CT01", "4CT02", "4CT03"]
    assert set(Counter(row.id for row in rows()).values()) == {1}


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row.id)
def test_a_row_has_one_test_or_a_reason(row: Assertion) -> None:
    names = [name for one, name in marked() if one == row.id]
    assert not (row.not_applicable and row.not_yet)
    if row.not_yet:
        assert names == []
    elif not row.not_applicable:
        assert len(names) == 1
    prefix = row.id.lower().replace("-", "_")
    assert all(name.startswith(f"{prefix}_") for name in names)


def test_no_test_shows_what_is_not_in_the_table() -> None:
    assert {one for one, _ in marked()} <= {row.id for row in rows()}


@pytest.mark.parametrize("path", sorted({path for row in rows() for path in row.live}))
def test_a_live_test_that_is_named_exists(path: str) -> None:
    assert "pytest.mark.interop" in (ROOT / path).read_text("utf-8")


def test_the_page_has_every_row_and_no_failure() -> None:
    """Its outcomes come from a run (scripts/conformance, in CI with --check), never from a hand."""
    page = dict(ROW.findall(PAGE.read_text("utf-8")))
    assert list(page) == [row.id for row in rows()]
    for row in rows():
        reason = row.not_applicable and f"not applicable: {row.not_applicable}"
        later = row.not_yet and f"not yet: {row.not_yet}"
        assert page[row.id] == (reason or later or "passed"), row.id
