"""Users by the command line: made, listed, narrowed, disabled; the how-to as it stands."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from tests.cli.conftest import ROOT, keruen

from keruen.config.settings import check_settings

PAGE = (ROOT / "docs" / "how-to" / "users.md").read_text(encoding="utf-8")
WORDS = "four donkeys cross at dawn"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_commands_of_the_page_do_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in (line for block in blocks("sh") for line in block.splitlines()):
        said, _, command = line.rpartition(" | ")
        given = shlex.split(said)[1] + "\n" if said else None
        answer = keruen(*shlex.split(command)[1:], given=given)
        assert answer.code == 0, (line, answer)
    names = [row["name"] for row in keruen("user", "list", "tj", "--json").json]
    assert names == ["madina", "sitora"]
    acts = [json.loads(line)["act"] for line in keruen("audit", "tj", "--json").out.splitlines()]
    assert acts == [
        *("drop-factor", "set-password", "enable-user", "disable-user", "change-user"),
        *("make-user", "make-user"),
    ]


def test_the_settings_of_the_page_are_right() -> None:
    listener, *_ = re.findall(r"\[console\]\n.*?(?=\n```)", PAGE, re.DOTALL)
    rest = [block for block in blocks("toml") if "[console]\n" not in block]
    text = 'country = "TJ"\n[as4]\nport = 8701\n' + "\n".join([listener, *rest])
    console = check_settings(text).must().console
    assert console.hosts == ("console.customs.example",)
    assert console.oidc is not None
    assert console.oidc.group[0].posts == ("TJ-FOT",)
    assert tomllib.loads(text)["console"]["sessions"] == {"idle_minutes": 30, "hours": 12}


def test_what_is_wrong_with_a_user_is_said(tj: Path) -> None:
    def add(*options: str, given: str = f"{WORDS}\n") -> str:
        answer = keruen("user", "add", tj, *options, given=given)
        assert answer.code == 2
        return answer.err

    assert "user-roles" in add("daler")
    assert "user-name" in add("two words", "--role", "officer")
    assert "password-short" in add("daler", "--role", "officer", given="short\n")
    assert "password-simple" in add("daler", "--role", "officer", given="caravan-at-dawn-demo\n")
    assert "post-unknown" in add("daler", "--role", "officer", "--post", "TJ-XXX")
    assert "partner-unknown" in add("daler", "--role", "officer", "--partner", "UZ")
    assert "king" in add("daler", "--role", "king")
    assert "user-unknown" in keruen("user", "disable", tj, "nobody").err
    assert "There are no users" in keruen("user", "list", tj).out


def test_the_password_is_told_nowhere(tj: Path) -> None:
    made = keruen("user", "add", tj, "daler", "--role", "auditor", given=f"{WORDS}\n")
    listed = keruen("user", "list", tj, "--json")
    table = keruen("audit", tj, "--csv")
    assert not any(
        WORDS in one.out + one.err or "argon2" in one.out for one in (made, listed, table)
    )
    (row,) = csv.DictReader(io.StringIO(table.out))
    assert (row["act"], row["subject"], row["detail"]) == ("make-user", "daler", "roles: auditor")
