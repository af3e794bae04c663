"""keruen turnover: a published series, a series that a node keeps, files of a report."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import keruen

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "trade-kz-tj.csv"


def told(code: int, *arguments: str | Path) -> str:
    """What a command says that does not do what is asked."""
    answer = keruen(*arguments)
    assert answer.code == code
    return answer.err


def test_a_series_is_shown_without_a_node() -> None:
    shown = keruen("turnover", "--series", EXAMPLE, "--flow", "KZ-TJ", "--by", "half")
    assert "1.138" in shown.out
    assert "1.095" in shown.out
    assert "http://silkroad2021.org/index-2874.html" in shown.out
    assert "2022 ·" not in shown.out


def test_json_says_both_reporters_and_the_source_of_each_figure() -> None:
    found = keruen("turnover", "--series", EXAMPLE, "--json", "--from", "2022").json
    halves = [one for one in found["published"] if one["period"]["last"] == 6]
    exports = next(
        one for one in halves if one["flow"]["first"] == "KZ" and not one["flow"]["both"]
    )
    assert (exports["first"]["value"], exports["second"]["value"]) == ("362.7", "397.0")
    assert exports["first"]["figures"][0]["source"].startswith("http://silkroad2021.org")


def test_a_series_is_kept_once_and_forgotten(kz: Path) -> None:
    kept = keruen("turnover", kz, "--import", EXAMPLE, "--json").json
    assert (kept["name"], kept["figures"]) == (EXAMPLE.name, 14)
    assert "series-known" in told(2, "turnover", kz, "--import", EXAMPLE)
    assert len(keruen("turnover", kz, "--json").json["published"]) == 12
    keruen("turnover", kz, "--remove", kept["series_id"])
    assert keruen("turnover", kz, "--json").json["published"] == []
    assert "series-unknown" in told(2, "turnover", kz, "--remove", kept["series_id"])


def test_a_bad_line_is_a_finding_and_a_file_with_one_is_not_kept(kz: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(EXAMPLE.read_text("utf-8").replace("2021 H1", "2021 H7", 1), "utf-8")
    shown = keruen("turnover", "--series", bad)
    assert shown.code == 1
    assert "line 2" in shown.err
    assert "column 1 (period)" in shown.err
    assert "1.095" in shown.out
    assert "column 1 (period)" in told(2, "turnover", kz, "--import", bad)
    assert keruen("turnover", kz, "--json").json["series"] == []


def test_a_report_is_written_in_the_languages_asked_for(tmp_path: Path) -> None:
    keruen("turnover", "--series", EXAMPLE, "--out", tmp_path / "out", "--language", "kk")
    written = {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.*")}
    charts = {
        f"kk/{name}.{kind}"
        for name in ("KZ-TJ", "TJ-KZ", "turnover-KZ-TJ")
        for kind in ("svg", "png")
    }
    tables = {"kk/turnover.csv", "kk/turnover-figures.csv", "kk/turnover.xlsx"}
    assert written == charts | tables | {
        *("kk/turnover.html", "kk/turnover.pdf"),
        *("turnover.parquet", "turnover-figures.parquet"),
    }


def test_nothing_asked_is_wrong_use() -> None:
    assert "nothing-asked" in told(2, "turnover")
    assert "node-unnamed" in told(2, "turnover", "--import", EXAMPLE)
