"""Both reporters side by side: what published series say of one direction in one period, and how far apart."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from keruen.mirror.turnover import (
    Basis,
    Choice,
    Comparison,
    Length,
    compared,
    narrowed,
    read_series,
)

ROOT = Path(__file__).parents[2]
OWN = ROOT / "docs" / "examples" / "trade-kz-tj.csv"
PUBLISHED = ROOT.parent / "shared" / "reference" / "trade-by-reporter.csv"
HEADER = "period,flow,reporter,usd_mln,kind,source_url,note\n"
LINE = "2022,KZ exports to TJ,KZ,877.6,reported,https://example.org/a,"

Known = tuple[str, str, str | None, str | None, str | None]
RATIOS: list[Known] = [
    ("2021 H1", "KZ-TJ", "350.4", "398.6", "1.138"),
    ("2021 H1", "TJ-KZ", "161.6", "168.5", "1.043"),
    ("2022 H1", "KZ-TJ", "362.7", "397.0", "1.095"),
    ("2022 H1", "TJ-KZ", "245.0", "258.6", "1.056"),
    ("2022", "KZ-TJ", "877.6", None, None),
    ("2022", "TJ-KZ", None, "501.4", None),
]
MORE: list[Known] = [
    ("2021", "KZ-TJ", "800.0", "820", "1.025"),
    ("2021", "TJ-KZ", "360", "363.6", "1.010"),
    ("2022 Q1", "KZ-TJ", "161.9", "206.7", "1.277"),
]


def found_in(path: Path) -> tuple[Comparison, ...]:
    series = read_series(path.read_text("utf-8"), path.name)
    assert series.mistakes == ()
    return compared(series.figures)


def of(found: tuple[Comparison, ...], period: str, flow: str) -> Comparison:
    return next(one for one in found if (str(one.period), str(one.flow)) == (period, flow))


def said(value: Decimal | None, places: str | None = None) -> str | None:
    if value is None:
        return None
    return f"{value.quantize(Decimal(places)) if places else value:f}"


@pytest.mark.parametrize(("period", "flow", "first", "second", "ratio"), RATIOS)
def test_both_reporters_and_their_ratio(
    period: str, flow: str, first: str | None, second: str | None, ratio: str | None
) -> None:
    one = of(found_in(OWN), period, flow)
    assert (said(one.first.value), said(one.second.value)) == (first, second)
    assert said(one.ratio, "0.001") == ratio


@pytest.mark.skipif(not PUBLISHED.exists(), reason=f"{PUBLISHED} is not there")
@pytest.mark.parametrize(("period", "flow", "first", "second", "ratio"), RATIOS + MORE)
def test_the_ratios_of_the_published_series_are_those_that_were_worked_out_by_hand(
    period: str, flow: str, first: str | None, second: str | None, ratio: str | None
) -> None:
    one = of(found_in(PUBLISHED), period, flow)
    assert (said(one.first.value), said(one.second.value)) == (first, second)
    assert said(one.ratio, "0.001") == ratio


def test_the_exporter_stands_first_and_the_difference_is_what_the_importer_has_more() -> None:
    one = of(found_in(OWN), "2022 H1", "TJ-KZ")
    assert (one.first.reporter, one.second.reporter) == ("TJ", "KZ")
    assert one.difference == Decimal("13.6")


def test_growth_is_against_the_same_months_of_the_year_before() -> None:
    one = of(found_in(OWN), "2022 H1", "TJ-KZ")
    assert said(one.first.growth, "0.001") == "0.516"
    assert said(one.second.growth, "0.001") == "0.535"
    assert of(found_in(OWN), "2021 H1", "TJ-KZ").first.growth is None
    assert of(found_in(OWN), "2022 Jan-Sep", "KZ-TJ").second.growth is None


def test_turnover_that_nobody_published_is_added_up_and_says_of_what() -> None:
    one = of(found_in(OWN), "2022", "KZ+TJ")
    (added,) = one.first.figures
    assert (added.basis, said(added.value), added.note) == (Basis.ADDED, "1379.0", "877.6 + 501.4")
    assert [one.basis for one in one.second.figures] == [Basis.DERIVED]
    assert said(one.ratio, "0.001") == "1.041"


def test_published_turnover_is_not_added_up_again() -> None:
    text = HEADER + LINE + "\n2022,KZ imports from TJ,KZ,1,reported,https://example.org/b,\n"
    text += "2022,turnover,KZ,900,reported,https://example.org/c,\n"
    one = of(compared(read_series(text, "x").figures), "2022", "KZ+TJ")
    assert [said(figure.value) for figure in one.first.figures] == ["900"]


def test_figures_that_contradict_each_other_are_all_kept_with_their_sources() -> None:
    derived = LINE.replace("877.6,reported", "950,derived").replace("/a", "/b")
    one = of(compared(read_series(f"{HEADER}{derived}\n{LINE}\n", "x").figures), "2022", "KZ-TJ")
    kept = [(said(figure.value), figure.source) for figure in one.first.figures]
    assert kept == [("877.6", "https://example.org/a"), ("950", "https://example.org/b")]
    assert one.first.contradicting
    assert one.first.value == Decimal("877.6")


def test_figures_that_differ_by_rounding_do_not_contradict_each_other() -> None:
    rounded = LINE.replace("877.6,reported", "878,reported-rounded")
    one = of(compared(read_series(f"{HEADER}{LINE}\n{rounded}\n", "x").figures), "2022", "KZ-TJ")
    assert len(one.first.figures) == 2
    assert not one.first.contradicting


def test_what_was_looked_for_in_vain_is_no_zero() -> None:
    one = of(found_in(OWN), "2023", "KZ-TJ")
    assert one.first.value is None
    assert [figure.basis for figure in one.first.figures] == [Basis.NOT_FOUND]
    assert (one.difference, one.ratio) == (None, None)


def test_every_figure_says_where_it_stands() -> None:
    found = [
        figure for one in found_in(OWN) for figure in (*one.first.figures, *one.second.figures)
    ]
    stated = [one for one in found if one.basis not in (Basis.ADDED, Basis.NOT_FOUND)]
    lines = OWN.read_text("utf-8").splitlines()
    for one in stated:
        assert one.line is not None
        assert one.source in lines[one.line - 1]
    assert len(stated) == len(lines) - 2


def test_a_choice_narrows() -> None:
    found = found_in(OWN)
    halves = narrowed(found, Choice(length=Length.HALF, flow="KZ-TJ"))
    assert [str(one.period) for one in halves] == ["2021 H1", "2022 H1"]
    assert {one.period.year for one in narrowed(found, Choice(since=2022, until=2022))} == {2022}
    assert all(
        one.second.value is not None for one in narrowed(found, Choice(flow="KZ-TJ", reporter="TJ"))
    )


@pytest.mark.parametrize(
    ("wrong", "right", "column"),
    [
        ("2022,KZ", "2022 H3,KZ", "column 1 (period)"),
        ("KZ exports to TJ", "KZ sells to TJ", "column 2 (flow)"),
        ("KZ exports to TJ", "KZ exports to KZ", "column 2 (flow)"),
        ("KZ exports to TJ", "turnover", "column 2 (flow)"),
        ("TJ,KZ,", "TJ,Kazakhstan,", "column 3 (reporter)"),
        ("TJ,KZ,", "TJ,RU,", "column 3 (reporter)"),
        ("TJ,KZ,", "TJ,TJ,", "column 3 (reporter)"),
        ("877.6", "", "column 4 (usd_mln)"),
        ("877.6", "877,6", ""),
        ("877.6", "NaN", "column 4 (usd_mln)"),
        ("877.6", "-1", "column 4 (usd_mln)"),
        ("877.6,reported", "877.6,not found", "column 4 (usd_mln)"),
        ("reported", "guessed", "column 5 (kind)"),
        ("https://example.org/a", "", "column 6 (source_url)"),
        ("https://example.org/a", "javascript:alert(1)", "column 6 (source_url)"),
    ],
)
def test_a_bad_line_is_a_finding_with_line_and_column(wrong: str, right: str, column: str) -> None:
    text = f'{HEADER}\n{LINE[:-1]},"two\nlines"\n{LINE.replace(wrong, right, 1)}\n'
    if right == "turnover":  # between whom is not said where a file is about several pairs
        text = text.replace("lines", 'lines"\n2022,KZ exports to UZ,KZ,1,reported,https://a.b/c,"')
    series = read_series(text, "trade.csv")
    (mistake,) = series.mistakes
    assert mistake.path == "trade.csv"
    assert mistake.line == (6 if right == "turnover" else 5)
    assert mistake.key == column
    assert len(series.figures) == (2 if right == "turnover" else 1)


@pytest.mark.parametrize(
    "text", ["", "period,flow\n", HEADER.replace("note", "flow"), f'{HEADER}{LINE}\n"open']
)
def test_a_file_that_is_no_series_is_a_finding(text: str) -> None:
    assert read_series(text, "x").mistakes
