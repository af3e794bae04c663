"""`keruen agreement show`: the whole agreement for a lawyer, in four languages."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from keruen.agreement import digest, read_agreement
from keruen.cli.main import main

TITLES = {
    "kk": ("Бап 1. Құқықтық негіз", "Тәжікстан Республикасы", "Фотехобод", "міндетті"),
    "ru": ("Статья 1. Правовая основа", "Республикой Таджикистан", "Фотехобод", "обязательно"),
    "tg": ("Моддаи 1. Асоси ҳуқуқӣ", "Хадамоти гумруки", "Фотеҳобод", "ҳатмӣ"),
    "en": ("Article 1. Legal basis", "Customs Service under", "Fotekhobod", "mandatory"),
}


@pytest.fixture(scope="module")
def kz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("agreement") / "kz"
    assert CliRunner().invoke(main, ["init", str(root), "--country", "KZ"]).exit_code == 0
    return root


@pytest.fixture
def show(kz: Path) -> Callable[..., str]:
    def run(*options: str) -> str:
        answer = CliRunner().invoke(main, ["agreement", "show", str(kz), *options])
        assert answer.exit_code == 0
        return answer.stdout

    return run


@pytest.mark.parametrize("language", TITLES)
def test_it_is_shown_in_each_language(language: str, show: Callable[..., str]) -> None:
    text = show("--language", language)
    assert all(one.lower() in text.lower() for one in TITLES[language])


def test_every_rule_is_shown(kz: Path, show: Callable[..., str]) -> None:
    agreed = read_agreement((kz / "agreements" / "kz-tj.toml").read_text(encoding="utf-8"))
    text = show()
    shown = [
        *(path for listed in agreed.data_list.values() for path in listed),
        *agreed.withheld,
        *(post.code for post in agreed.posts),
        *(str(bound) for bound in agreed.tolerances.values()),
        *(rule.names["en"] for rule in agreed.excluded),
        *(str(span.since) for spans in agreed.phases.values() for span in spans),  # type: ignore[union-attr]
        digest(agreed),
        str(agreed.retention.content.days),
    ]
    assert [one for one in shown if one not in text] == []


def test_json_is_for_programs(show: Callable[..., str]) -> None:
    (one,) = json.loads(show("--partner", "TJ", "--json"))
    assert one["id"] == "kz-tj"
    assert len(one["digest"]) == 64


def test_an_agreement_that_is_not_there_is_named(kz: Path) -> None:
    answer = CliRunner().invoke(main, ["agreement", "show", str(kz), "--partner", "UZ"])
    assert answer.exit_code == 2
    assert "there is no agreement with UZ; there are KZ-TJ" in answer.stderr
