"""What a node counted by month: periods that are over, both reporters, and how much of it is stated."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from keruen.mirror.turnover import Comparison, Measure, compared
from keruen.mirror.turnover.own import own_figures, periods
from keruen.store import Role
from keruen.store.trade import Side, TradedSums

TODAY = date(2026, 11, 24)


def month(name: str, side: Side = Side.EXPORTER, **more: Any) -> TradedSums:
    counts = {"consignments": 2, "valued": 2, "weighed": 2, "value": 10**8, "net_mass": 4 * 10**6}
    return TradedSums(
        **{"month": name, "side": side, "role": Role.RECEIVER, "partner": "KZ", **counts, **more}
    )


def found(*sums: TradedSums, measure: Measure = Measure.USD_MLN) -> dict[str, Comparison]:
    made = compared(own_figures(sums, "TJ", TODAY))
    return {str(one.period): one for one in made if one.measure is measure and not one.flow.both}


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (["2026-11"], ["2026 Nov"]),
        (["2026-10"], ["2026 Jan-Oct", "2026 Oct"]),
        (["2025-10"], ["2025 Jan-Oct", "2025", "2025 H2", "2025 Oct", "2025 Q4"]),
        (["2026-02"], ["2026 Q1", "2026 H1", "2026 Jan-Oct", "2026 Feb"]),
    ],
)
def test_periods_count_once_they_are_over_but_the_running_month(
    months: list[str], expected: list[str]
) -> None:
    assert [str(one) for one in periods(months, TODAY)] == expected


def test_both_sides_of_what_comes_are_the_exporters_and_the_importers() -> None:
    one = found(month("2026-10"), month("2026-10", Side.IMPORTER, value=11 * 10**7))["2026 Oct"]
    assert (str(one.flow), one.first.reporter, one.second.reporter) == ("KZ-TJ", "KZ", "TJ")
    assert [float(value or 0) for value in (one.first.value, one.second.value)] == [1.0, 1.1]
    assert float(one.ratio or 0) == 1.1


def test_what_leaves_goes_the_other_way() -> None:
    (one,) = found(month("2026-11", role=Role.SENDER)).values()
    assert (str(one.flow), one.first.reporter) == ("TJ-KZ", "TJ")
    assert one.first.value == 1


def test_months_add_up_and_grow_on_the_year_before() -> None:
    made = found(month("2025-10"), month("2026-09"), month("2026-10"))
    assert made["2026 Jan-Oct"].first.value == 2
    assert made["2026 Jan-Oct"].first.growth == 1
    assert made["2026 Oct"].first.growth == 0


def test_where_prices_are_withheld_mass_and_counts_stand_for_them() -> None:
    withheld = month("2026-10", valued=0, value=0)
    value = found(withheld)["2026 Oct"].first
    assert value.value is None
    assert [(one.stated, one.counted) for one in value.figures] == [(0, 2)]
    assert found(withheld, measure=Measure.NET_MASS_T)["2026 Oct"].first.value == 4
    assert found(withheld, measure=Measure.CONSIGNMENTS)["2026 Oct"].first.value == 2


def test_a_sum_in_which_something_is_missing_compares_with_none() -> None:
    whole, part = month("2026-10"), month("2026-10", Side.IMPORTER, valued=1)
    one = found(whole, part)["2026 Oct"]
    assert one.second.value == 1
    assert (one.difference, one.ratio) == (None, None)
