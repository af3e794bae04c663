"""Periods as statistics write them: a year, its halves, quarters, months, and January to some month."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keruen.mirror.turnover import Length, Period, period_of

PERIODS = st.tuples(st.integers(1900, 2099), st.integers(1, 12), st.integers(1, 12)).map(
    lambda one: Period(year=one[0], first=min(one[1:]), last=max(one[1:]))
)


@pytest.mark.parametrize(
    ("text", "months", "length"),
    [
        ("2021", (2021, 1, 12), Length.YEAR),
        ("2021 H1", (2021, 1, 6), Length.HALF),
        ("H2 2021", (2021, 7, 12), Length.HALF),
        ("2021H1", (2021, 1, 6), Length.HALF),
        ("2022 Q1", (2022, 1, 3), Length.QUARTER),
        ("2022-Q4", (2022, 10, 12), Length.QUARTER),
        ("2022 Jan-Sep", (2022, 1, 9), Length.TO_DATE),
        ("2019 Jan-Oct", (2019, 1, 10), Length.TO_DATE),
        ("2019  Jan – Oct", (2019, 1, 10), Length.TO_DATE),
        ("January–September 2022", (2022, 1, 9), Length.TO_DATE),
        ("2022 Jan-Jun", (2022, 1, 6), Length.HALF),
        ("2022 Jan-Dec", (2022, 1, 12), Length.YEAR),
        ("2022-01/2022-09", (2022, 1, 9), Length.TO_DATE),
        ("2026 Jan", (2026, 1, 1), Length.MONTH),
        ("2026-11", (2026, 11, 11), Length.MONTH),
        ("2022 Feb-Apr", (2022, 2, 4), Length.SPAN),
    ],
)
def test_a_period_is_read_as_it_is_written(
    text: str, months: tuple[int, int, int], length: Length
) -> None:
    found = period_of(text)
    assert found is not None
    assert (found.year, found.first, found.last) == months
    assert found.length is length


@pytest.mark.parametrize(
    "text",
    ["", "21", "2021 H3", "2021 Q5", "2021 Sep-Jan", "2021 Foo", "2021 H1 2021", "2021-13",
     "2021-01/2022-03", "H1", "Jan", "2021 Ja", "20210", "2021\u0660"],
)  # fmt: skip
def test_what_is_no_period_is_none(text: str) -> None:
    assert period_of(text) is None


@given(PERIODS)
def test_what_is_written_is_read_again(period: Period) -> None:
    assert period_of(str(period)) == period


@given(PERIODS)
def test_the_year_before_has_the_same_months(period: Period) -> None:
    assert [one[5:] for one in period.before.each()] == [one[5:] for one in period.each()]
    assert period.before.year == period.year - 1
