"""`keruen check-declaration` says where a declaration is wrong, and what would be right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from keruen.cli.check_declaration import check_declaration
from keruen.cli.main import main

GOOD = {
    "kind": "export",
    "number": "57201/231126/0000017",
    "registered": "2026-11-23",
    "country_of_dispatch": "KZ",
    "country_of_destination": "TJ",
    "transport_means": [{"identity": "123 ABC 02", "nationality": "KZ", "mode": "3"}],
    "items": [
        {
            "ordinal": 1,
            "hs": "1101001500",
            "gross_mass": "20060",
            "net_mass": "20000",
            "packages": [{"count": "400", "kind": "5H"}],
            "price": {"value": "7800", "currency": "USD"},
        }
    ],
}
HEAVY = {**GOOD, "items": [{**GOOD["items"][0], "net_mass": "20070"}]}  # type: ignore[dict-item]


def checked(tmp_path: Path, content: object, *options: str) -> Result:
    path = tmp_path / "declaration.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return CliRunner().invoke(check_declaration, [str(path), *options])


def test_the_command_is_known() -> None:
    assert "check-declaration" in CliRunner().invoke(main, ["--help"]).output


def test_a_good_declaration_ends_with_0(tmp_path: Path) -> None:
    result = checked(tmp_path, GOOD)
    assert result.exit_code == 0, result.output
    assert result.output.endswith("json ✓\n")


def test_findings_end_with_1_and_show_path_declared_and_right(tmp_path: Path) -> None:
    result = checked(tmp_path, HEAVY)
    assert result.exit_code == 1
    for part in ("items[0].net_mass", "20070", "net-exceeds-gross"):
        assert part in result.output
    assert "20060 kg" in " ".join(result.output.split())


def test_an_unreadable_file_ends_with_3(tmp_path: Path) -> None:
    result = checked(tmp_path, "{")
    assert result.exit_code == 3
    assert "input-truncated" in result.output


def test_a_file_in_another_format_than_was_said_ends_with_3(tmp_path: Path) -> None:
    result = checked(tmp_path, GOOD, "--format", "asycuda")
    assert result.exit_code == 3
    assert "format-other" in result.output


@pytest.mark.parametrize(
    ("language", "right"),
    [
        ("en", "The net mass is at most the gross mass, 20060 kg."),
        ("ru", "Масса нетто не больше массы брутто, 20060 кг."),
        ("kk", "Нетто салмағы бруттодан аспайды: 20060 кг."),
        ("tg", "Вазни нетто аз вазни брутто, 20060 кг, зиёд нест."),
    ],
)
def test_what_would_be_right_is_said_in_the_readers_language(
    tmp_path: Path, language: str, right: str
) -> None:
    (answer,) = json.loads(checked(tmp_path, HEAVY, "--json", "--language", language).output)
    (finding,) = answer["findings"]
    assert finding["right"] == right
    assert finding["path"] == "items[0].net_mass"
    assert finding["declared"] == "20070"


def test_with_a_node_its_agreement_counts(tmp_path: Path) -> None:
    root = tmp_path / "kz"
    made = CliRunner().invoke(main, ["init", str(root), "--country", "KZ"])
    assert made.exit_code == 0, made.output
    (answer,) = json.loads(checked(tmp_path, GOOD, "--json", "--node", str(root)).output)
    assert "element-missing" in {finding["code"] for finding in answer["findings"]}
