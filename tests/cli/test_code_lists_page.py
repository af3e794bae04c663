"""The how-to of code lists, run as it stands."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import ROOT, keruen

PAGE = (ROOT / "docs" / "how-to" / "code-lists.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```sh\n(.*?)^```(?:\n\n```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)


def test_the_commands_of_the_page_do_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)
    for commands, shown in BLOCK.findall(PAGE):
        said = ""
        for line in commands.splitlines():
            command, _, or_true = line.removeprefix("./run ").partition(" || ")
            answer = keruen(*shlex.split(command))
            assert answer.code == (1 if or_true else 0), answer.err
            said += answer.out if " show " in line or " convert " in line else ""
        assert said == shown
