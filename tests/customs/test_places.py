"""Where posts and towns are: found by code and by name in either script, never in the wrong country."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from keruen.customs.places import Place, find_place

OUTLINES = Path(__file__).parents[2] / "src/keruen/console/dossier/outlines.json"


@pytest.mark.parametrize(
    ("code", "names", "country", "found"),
    [
        ("39857201", (), None, "Shymkent"),
        (None, ("Фотехобод",), "TJ", "Fotekhobod"),
        (None, ("nau",), "TJ", "Nau (Spitamen)"),
        (None, (None, "  YALLAMA "), "UZ", "Yallama"),
        ("unknown", ("Almaty",), "KZ", "Almaty"),
    ],
)
def test_a_place_has_several_names(
    code: str | None, names: tuple[str | None, ...], country: str | None, found: str
) -> None:
    place = find_place(code, names, country)
    assert place is not None
    assert place.name == found


def test_a_name_counts_in_its_country_only() -> None:
    assert find_place(None, ["Yallama"], "KG") is None
    assert find_place(None, ["nowhere"]) is None
    assert find_place() is None


def test_what_is_not_verified_says_so() -> None:
    assert find_place(None, ["Fotekhobod"], "TJ") == Place("TJ", "Fotekhobod", 40.6, 69.0, True)


def test_a_place_known_with_certainty_comes_before_a_rough_one() -> None:
    place = find_place(None, ["Spitamen"], "TJ")
    assert place is not None
    assert 40.0 < place.lat < 40.3


def test_every_place_lies_in_the_region() -> None:
    source = json.loads(OUTLINES.read_text("utf-8"))
    assert "Natural Earth" in source["source"]
    assert OUTLINES.stat().st_size < 40_000
    assert {"KZ", "UZ", "KG", "TJ", "TM", "AF", "CN", "RU", "IR"} <= source["outlines"].keys()
