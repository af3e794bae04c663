"""Code lists by commands: shown, imported in versions, taken away; a bad file changes nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import Answer, keruen

from keruen.config import directory
from keruen.config.codelists import FOLDER

OFFICES = """\
code,name_ru,name_tg,name_kk,valid_from
39855302,Алматы – ЦТО,Алмаато – МБГ,Алматы – КРО,2024-01-01
762001,Душанбе-1,Душанбе-1,,
"""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("codelists") / "kz"
    directory.init(root, "KZ")
    return root


@pytest.fixture
def node(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "kz")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "offices.csv"
    path.write_text(OFFICES, encoding="utf-8")
    return path


def listed(node: Path) -> dict[str, dict[str, object]]:
    return {one["list"]: one for one in keruen("codelists", "list", node, "--json").json}


def shown(node: Path, *arguments: str) -> dict[str, str | None]:
    codes = keruen("codelists", "show", node, *arguments, "--json").json["codes"]
    return {one["code"]: one["name"] for one in codes}


def files(node: Path) -> list[str]:
    folder = node / FOLDER
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def test_a_node_knows_the_lists_of_the_program(node: Path) -> None:
    lists = listed(node)
    assert lists["country"]["codes"] == 249
    assert lists["hs-2022"]["edition"] == "2022"
    assert all(one["built_in"] and not one["versions"] for one in lists.values())
    assert "country: 249 codes. Countries. ISO 3166-1" in keruen("codelists", "list", node).out


def test_an_imported_list_adds_to_that_of_the_program(node: Path, table: Path) -> None:
    answer = keruen("codelists", "import", node, "office", table, "--json")
    assert answer.code == 0
    assert answer.json["version"] == 1
    assert answer.json["since"] is None
    assert answer.json["codes"] == 2
    assert files(node) == ["office/1/about.toml", "office/1/codes.csv"]
    names = shown(node, "office", "39855302", "762001", "39850417", "--language", "tg")
    assert names == {
        "39855302": "Алмаато – МБГ",
        "762001": "Душанбе-1",
        "39850417": "Т/п «Актобе-Центр таможенного оформления»",
    }


def test_instead_of_that_of_the_program_it_is_alone(node: Path, table: Path) -> None:
    keruen("codelists", "import", node, "office", table, "--instead")
    assert listed(node)["office"]["codes"] == 2


def test_a_next_version_counts_from_its_first_day(node: Path, table: Path) -> None:
    keruen("codelists", "import", node, "office", table)
    table.write_text("code,name_ru\n762001,Душанбе\n", encoding="utf-8")
    keruen("codelists", "import", node, "office", table, "--from", "2027-01-01")
    assert shown(node, "office", "762001", "--on", "2026-12-31") == {"762001": "Душанбе-1"}
    assert shown(node, "office", "762001", "--on", "2027-01-01") == {"762001": "Душанбе"}
    assert [one["since"] for one in listed(node)["office"]["versions"]] == [None, "2027-01-01"]  # type: ignore[attr-defined]


def test_a_next_version_counts_from_today_unless_a_day_is_said(node: Path, table: Path) -> None:
    keruen("codelists", "import", node, "office", table)
    again = keruen("codelists", "import", node, "office", table, "--json").json
    assert again["since"] is not None
    always = keruen("codelists", "import", node, "office", table, "--always", "--json").json
    assert (always["version"], always["since"]) == (3, None)
    both = ("--always", "--from", "2027-01-01")
    assert keruen("codelists", "import", node, "office", table, *both).code == 2


def test_taking_a_version_away_brings_the_one_before_back(node: Path, table: Path) -> None:
    keruen("codelists", "import", node, "office", table)
    table.write_text("code,name_ru\n762001,Хато\n", encoding="utf-8")
    keruen("codelists", "import", node, "office", table, "--always")
    assert shown(node, "office", "762001") == {"762001": "Хато"}
    assert keruen("codelists", "remove", node, "office", "--json").json["removed"] == 2
    assert shown(node, "office", "762001") == {"762001": "Душанбе-1"}
    assert keruen("codelists", "remove", node, "office").code == 0
    assert files(node) == []
    answer = keruen("codelists", "remove", node, "office")
    assert answer.code == 2
    assert answer.err == "keruen: codelist-unknown: no list office was imported here\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("code,name_ru\n1,A\n1,B\n", "column 1 (code): '1' is on line 2 already, for some of the same days"),
        ("kod,name_ru\n1,A\n", "no column is recognised as code; say which it is: --column code=HEADER"),
        ("code,valid_until\n1,soon\n", "column 2 (valid_until): must be a day such as 2027-01-31 or"),
        ("code,name_ru\n1,A,B\n", "has 3 cells, the header has 2"),
        ('code\n"1', "is no CSV: unexpected end of data"),
    ],
)  # fmt: skip
def test_a_bad_table_is_refused_with_line_and_column_and_nothing_is_done(
    node: Path, table: Path, text: str, says: str
) -> None:
    keruen("codelists", "import", node, "office", table)
    before = files(node)
    table.write_text(text, encoding="utf-8")
    answer = keruen("codelists", "import", node, "office", table)
    assert answer.code == 2
    assert f"codelist-invalid: {says}" in answer.err
    assert "(" + str(table) + ", line " in answer.err
    assert files(node) == before


def test_a_table_in_another_encoding_is_read_when_it_is_named(node: Path, table: Path) -> None:
    table.write_bytes("Код;Наименование\n762001;Душанбе\n".encode("cp1251"))
    answer = keruen("codelists", "import", node, "office", table)
    assert answer.code == 2
    assert "the file is no text in utf-8; say in which it is, such as --encoding" in answer.err
    assert keruen("codelists", "import", node, "office", table, "--encoding", "cp1251").code == 0
    assert shown(node, "office", "762001") == {"762001": "Душанбе"}
    assert keruen("codelists", "import", node, "office", table, "--encoding", "x").code == 2


def test_columns_and_lines_can_be_named(node: Path, table: Path) -> None:
    table.write_text("No,State,Ном\n1,open,Як\n2,closed,Ду\n", encoding="utf-8")
    how = ("--column", "code=No", "--column", "state=State", "--where", "State=open")
    answer = keruen("codelists", "import", node, "warehouses", table, *how)
    assert answer.code == 0
    assert shown(node, "warehouses", "--language", "tg") == {"1": "Як"}
    assert keruen("codelists", "show", node, "warehouses").out == "1  Як  (state open)\n"


def test_a_dry_run_changes_nothing(node: Path, table: Path) -> None:
    answer = keruen("codelists", "import", node, "office", table, "--dry-run")
    assert answer.code == 0
    assert answer.err == "2 entries can be imported; nothing was changed.\n"
    assert files(node) == []


def test_a_code_that_is_not_there_is_a_finding(node: Path) -> None:
    answer = keruen("codelists", "show", node, "currency", "TJS", "BGN", "--on", "2026-02-01")
    assert answer.code == 1
    assert answer.out == "TJS  Tajikistani Somoni\n"
    assert answer.err == "BGN is not in currency on 2026-02-01.\n"


def test_names_are_searched_in_the_readers_language(node: Path) -> None:
    assert shown(node, "country", "--find", "тоҷ", "--language", "tg") == {"TJ": "Тоҷикистон"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "KZ", "nonsense"),
        ("import", "KZ", "Not A Name!", "F"),
        ("import", "KZ", "office", "F", "--column", "code"),
        ("show", "KZ", "country", "--on", "tomorrow"),
        ("list", "F"),
    ],
)
def test_wrong_use_is_explained(node: Path, table: Path, arguments: tuple[str, ...]) -> None:
    real = [{"KZ": str(node), "F": str(table)}.get(one, one) for one in arguments]
    answer: Answer = keruen("codelists", *real)
    assert answer.code == 2
    assert answer.err


def test_a_list_that_was_changed_by_hand_is_not_used(node: Path, table: Path) -> None:
    keruen("codelists", "import", node, "office", table)
    with (node / FOLDER / "office" / "1" / "codes.csv").open("a") as file:
        file.write("9,,,,\n")
    answer = keruen("codelists", "show", node, "office")
    assert answer.code == 2
    assert "codelist-damaged: is not as it was imported (its SHA-256 differs)" in answer.err
    mistakes = keruen("check", node, "--json").json
    assert [one["code"] for one in mistakes if "codelist" in one["code"]] == ["codelist-damaged"]


def test_what_an_unfinished_import_left_is_no_version(node: Path, table: Path) -> None:
    (node / FOLDER / "office" / ".1.4711").mkdir(parents=True)
    assert listed(node)["office"]["versions"] == []
    assert keruen("codelists", "import", node, "office", table).code == 0


def test_the_nomenclature_of_the_eaeu_is_imported_as_published(shared: Path, node: Path) -> None:
    published = shared / "codelists" / "tnved_eaeu_2022_ru.csv"
    answer = keruen("codelists", "import", node, "tnved-eaeu", published, "--json")
    assert answer.json["codes"] == 13768
    names = shown(node, "tnved-eaeu", "0101", "0101210000", "--language", "ru")
    assert names["0101"] == "ЛОШАДИ, ОСЛЫ, МУЛЫ И ЛОШАКИ ЖИВЫЕ"
    assert names["0101210000"] == "- - чистопородные племенные животные"
    early = keruen("codelists", "show", node, "tnved-eaeu", "0101", "--on", "2021-12-31")
    assert early.code == 1


def test_a_code_that_is_published_twice_is_said_and_imported(node: Path, table: Path) -> None:
    table.write_text("Status,Common Code,Name\nD,A91,grade\n,A91,gon\n", encoding="utf-8")
    answer = keruen("codelists", "import", node, "unit", table, "--json")
    said = "'A91' is on line 2 already; line 3 counts, as line 2 is deprecated (D)"
    assert answer.code == 0
    assert answer.json["warnings"] == [{"code": "code-repeated", "line": 3, "text": said}]
    assert f"warning: code-repeated: {said} ({table}, line 3)" in answer.err
    assert shown(node, "unit", "A91", "--language", "en") == {"A91": "gon"}
