"""Every command, option and setting is documented, and the documents are up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import msgspec
import pytest

from keruen.cli.main import COMMANDS, main
from keruen.config.cards import Card
from keruen.config.people import Listener
from keruen.config.settings import Database, DemoClock, Intake, Retry, Settings
from keruen.config.terms import Collaboration, Errors, MessageProperty, PartnerRetry, Pull

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def test_the_reference_is_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "reference_cli"), "--check"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    text = (REFERENCE / "cli.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section
    with click.Context(main) as context:
        command = main.get_command(context, name)
    assert command is not None
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert f"| `{option.opts[0]}" in section[1]


@pytest.mark.parametrize(
    ("prefix", "struct"),
    [
        ("", Settings),
        ("as4.", Listener),
        ("console.", Listener),
        ("database.", Database),
        ("retry.", Retry),
        ("intake.", Intake),
        ("clock.", DemoClock),
        ("", Card),
        ("pull.", Pull),
        ("retry.", PartnerRetry),
        ("errors.", Errors),
        ("collaboration.", Collaboration),
        ("properties.", MessageProperty),
    ],
)
def test_every_key_is_documented(prefix: str, struct: type[msgspec.Struct]) -> None:
    text = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    for field in msgspec.structs.fields(struct):
        assert re.search(rf"^\| `\[*{prefix}{field.name}\]*` \|.*\| [^|]+ \|$", text, re.MULTILINE)


def test_every_option_that_the_documents_name_exists() -> None:
    with click.Context(main) as context:
        known = {
            option
            for name in COMMANDS
            if (command := main.get_command(context, name))
            for one in (command, *getattr(command, "commands", {}).values())
            for parameter in one.params
            for option in parameter.opts
        }
    for page in [ROOT / "README.md", *(ROOT / "docs" / "how-to").glob("*.md")]:
        for line in re.findall(
            r"^(?:\./run|keruen) .*", page.read_text(encoding="utf-8"), re.MULTILINE
        ):
            used = set(re.findall(r"(?<= )--[a-z0-9-]+", line.partition("#")[0]))
            assert used <= known, (page.name, line)
