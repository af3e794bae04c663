"""The code tables are those of the published lists."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from keruen.customs.codelists import BUILT_IN, MODE
from keruen.customs.countries import ALPHA2_OF_NUMERIC, COUNTRIES, NUMERIC_OF_ALPHA2
from keruen.customs.currencies import CURRENCIES
from keruen.customs.hs2022 import HS2022

ROOT = Path(__file__).parents[2]
TABLES = ("countries.py", "currencies.py", "hs2022.py")


def test_countries_are_those_of_iso_3166() -> None:
    assert len(COUNTRIES) == len(ALPHA2_OF_NUMERIC) == 249
    assert NUMERIC_OF_ALPHA2["KZ"] == "398"
    assert ALPHA2_OF_NUMERIC["762"] == "TJ"
    assert ALPHA2_OF_NUMERIC["004"] == "AF"
    assert COUNTRIES.isdisjoint({"ZG", "XK", "XI", "SU", "kz"})


def test_currencies_are_those_in_use() -> None:
    assert {"KZT", "TJS", "USD", "EUR", "RUB", "CNY", "UZS", "KGS"} <= CURRENCIES
    assert CURRENCIES.isdisjoint({"RUR", "TJR", "DEM"})
    assert {len(code) for code in CURRENCIES} == {3}


def test_subheadings_are_six_digits_of_97_chapters() -> None:
    assert {len(code) for code in HS2022} == {6}
    chapters = {code[:2] for code in HS2022} - {"99"}
    assert chapters == {f"{number:02}" for number in range(1, 98)} - {"77"}


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("010121", True),
        ("100199", True),
        ("851713", True),  # smartphones, since 2022
        ("851712", False),  # … until 2021
        ("110101", False),
        ("980000", False),
    ],
)
def test_the_edition_is_that_of_2022(code: str, known: bool) -> None:
    assert (code in HS2022) == known


def test_as_many_subheadings_as_published(shared: Path) -> None:
    with (shared / "codelists" / "hs2022_datasets.csv").open(encoding="utf-8-sig") as file:
        published = {row["hscode"] for row in csv.DictReader(file) if row["level"] == "6"}
    assert len(HS2022) == 5612
    assert published - {"999999"} == HS2022, "999999 is UN Comtrade's own: goods not specified"


def test_modes_are_those_of_recommendation_19(shared: Path) -> None:
    with (shared / "codelists" / "transport_modes_rec19.csv").open(encoding="utf-8") as file:
        assert {row["rec19"] for row in csv.DictReader(file)} == set(BUILT_IN[MODE].entries)


def test_the_kept_script_makes_these_very_tables(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    target = tmp_path / "src" / "keruen" / "customs"
    target.mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "derive_codes", tmp_path / "scripts")
    command = [
        sys.executable,
        str(tmp_path / "scripts" / "derive_codes"),
        str(shared / "codelists"),
    ]
    subprocess.run(command, check=True)
    for name in TABLES:
        kept = ROOT / "src" / "keruen" / "customs" / name
        assert (target / name).read_text("utf-8") == kept.read_text("utf-8")


OUTLINES = Path("src", "keruen", "console", "dossier", "outlines.json")
"""By which the script leaves out places that lie in another country."""
DERIVED = ROOT / "src" / "keruen" / "customs" / "codelists" / "tables"


def test_the_kept_script_makes_these_very_lists(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    target = tmp_path / "src" / "keruen" / "customs" / "codelists" / "tables"
    target.mkdir(parents=True)
    script = shutil.copy(ROOT / "scripts" / "derive_codelists", tmp_path / "scripts")
    (tmp_path / OUTLINES).parent.mkdir(parents=True)
    shutil.copy(ROOT / OUTLINES, tmp_path / OUTLINES)
    subprocess.run([sys.executable, script, str(shared / "codelists")], check=True)
    made = {path.name: path.read_text("utf-8") for path in target.iterdir()}
    assert made == {path.name: path.read_text("utf-8") for path in DERIVED.glob("[!_]*.py")}
