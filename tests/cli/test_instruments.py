"""`keruen instruments`: the register as it stands on a day, in four languages and for programs."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from keruen.cli.main import main

PROTOCOL = "kz-tj-2023-preliminary-information"
WORDS = {
    "kk": ("Хаттама", "Қолданыста", "Қол қойғандар", "kz-tj"),
    "ru": ("Протокол", "Действует", "Подписали", "Министерство финансов"),
    "tg": ("Протокол", "Амал мекунад", "Имзо карданд", "Вазорати молия"),
    "en": ("Protocol", "In force", "Signed by", "supposed"),
}


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("instruments") / "kz"
    assert CliRunner().invoke(main, ["init", str(root), "--country", "KZ"]).exit_code == 0
    return root


def run(*arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["instruments", *map(str, arguments)], input=given)


def test_the_list_says_how_each_stands_on_a_day(pristine: Path) -> None:
    def standing(day: str) -> dict[str, str]:
        listed = json.loads(run("list", pristine, "--on", day, "--json").stdout)
        return {one["key"].removeprefix("kz-tj-2023-"): one["status"] for one in listed}

    assert set(standing("2023-05-03").values()) == {"not-signed"}
    assert set(standing("2023-05-04").values()) == {"in-force"}
    later = standing("2026-01-01")
    ended = {"agriculture", "industry", "foreign-ministries"}
    assert {key for key, status in later.items() if status == "expired"} == ended


@pytest.mark.parametrize("language", WORDS)
def test_an_instrument_is_shown_in_each_language(pristine: Path, language: str) -> None:
    text = run("show", pristine, PROTOCOL, "--language", language).stdout
    assert [one for one in WORDS[language] if one not in text] == []


def test_milestones_are_shown_with_what_shows_for_them(pristine: Path) -> None:
    facts = json.loads(run("show", pristine, PROTOCOL, "--json").stdout)
    (milestone,) = facts["milestones"]
    assert milestone["progress"] == "done"
    assert milestone["evidence"][0]["source"].startswith("https://")
    assert facts["agreements"] == ["kz-tj"]


def test_an_instrument_that_is_not_there_is_named_with_those_that_are(pristine: Path) -> None:
    answer = run("show", pristine, "dream")
    assert answer.exit_code == 2
    assert PROTOCOL in answer.stderr
