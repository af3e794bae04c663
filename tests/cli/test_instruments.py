"""`keruen instruments`: the register as it stands on a day, in four languages and for programs."""

import json
import shutil
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


TEXT = """\
The two governments signed:

1. Agreement between the Government of Kazakhstan and the Government of Tajikistan on border posts
   for 2027-2029;
2. Memorandum on statistics.
"""


@pytest.fixture
def kz(pristine: Path, tmp_path: Path) -> Path:
    return shutil.copytree(pristine, tmp_path / "kz")


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "Release 7.txt"
    path.write_text(TEXT)
    return path


def listed(root: Path) -> list[str]:
    return [one["key"] for one in json.loads(run("list", root, "--json").stdout)][9:]


def test_what_a_person_confirms_enters_and_nothing_else(kz: Path, release: Path) -> None:
    answer = run("import", kz, release, "--signed", "2026-11-20", given="y\nn\n")
    assert answer.exit_code == 0
    assert "3:4-4:16: Agreement between the Government of Kazakhstan" in answer.stderr
    assert "parties: not read" in answer.stderr
    assert listed(kz) == ["release-7-1"]
    facts = json.loads(run("show", kz, "release-7-1", "--json").stdout)
    assert [party["country"] for party in facts["parties"]] == ["KZ", "TJ"]
    assert facts["period"] == {"from": "2027-01-01", "until": "2029-12-31"}
    assert (facts["field"], facts["source"]) == ("customs", "Release 7.txt")
    assert not [*kz.glob("*proposed*")]


def test_what_was_not_read_whole_does_not_enter_by_a_yes(kz: Path, release: Path) -> None:
    answer = run("import", kz, release, given="n\ny\n")
    assert "party: who signed is missing" in answer.stderr
    assert listed(kz) == []


def test_proposals_wait_in_a_file_until_they_are_confirmed(kz: Path, release: Path) -> None:
    assert run("import", kz, release, "--propose", "--prefix", "talks").exit_code == 0
    path = kz / "instruments-proposed.toml"
    text = path.read_text()
    assert text.count("confirmed = false") == 2
    assert 'unread = ["parties", "field", "period"]' in text
    refused = run("add", kz)
    assert (refused.exit_code, listed(kz)) == (1, [])
    path.write_text(text.replace("confirmed = false", "confirmed = true", 1))
    added = json.loads(run("add", kz, "--json").stdout)
    assert (added["added"], added["waiting"]) == (["talks-1"], ["talks-2"])
    assert listed(kz) == ["talks-1"]
    assert "talks-1" not in path.read_text()
    assert run("add", kz).exit_code == 1


def test_a_text_that_lists_nothing_signed_proposes_nothing(kz: Path) -> None:
    answer = run("import", kz, "-", "--propose", given="Agenda:\n1. Protocol of the session\n")
    assert answer.exit_code == 1
    assert "lists no signed documents" in answer.stderr
    assert not [*kz.glob("*proposed*")]


def test_for_programs_a_communique_is_read_without_questions(kz: Path, release: Path) -> None:
    first, second = json.loads(run("import", kz, release, "--json").stdout)
    assert first["stands"] == {"line": 3, "column": 4, "end_line": 4, "end_column": 16}
    assert second["unread"] == ["parties", "field", "period"]
    assert listed(kz) == []


def test_evidence_is_added_and_moves_a_milestone(kz: Path, tmp_path: Path) -> None:
    file = tmp_path / "more.toml"
    agriculture = "kz-tj-2023-agriculture"
    file.write_text(
        f'[[milestone]]\ninstrument = "{agriculture}"\nid = "report"\ntitle = {{ en = "Report" }}\n'
        "due = 2024-06-30\n"
    )
    assert run("add", kz, file).exit_code == 0

    def progress() -> str:
        facts = json.loads(run("show", kz, agriculture, "--json").stdout)
        return str(facts["milestones"][0]["progress"])

    assert progress() == "overdue"
    shown = ("--state", "done", "--on", "2024-06-12", "--text", "It was handed over")
    assert run("evidence", kz, agriculture, "report", *shown).exit_code == 0
    assert progress() == "done"
    wrong = run("evidence", kz, agriculture, "speech", *shown)
    assert wrong.exit_code == 2
    assert "has no milestone speech" in wrong.stderr
