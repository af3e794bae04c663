"""Pages that are made from the program are up to date."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from keruen.messages import KINDS, decode, encode, json_schema

ROOT = Path(__file__).parents[1]


def test_the_page_of_codes_is_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "reference_codes"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0, "run scripts/reference_codes"


def test_the_page_of_code_lists_is_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "reference_codelists"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0, "run scripts/reference_codelists"


def test_the_page_of_the_api_is_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "reference_api"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0, "run scripts/reference_api"


def test_the_page_of_simulated_records_is_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "reference_simulation"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0, "run scripts/reference_simulation"


INTERFACE = ROOT / "docs" / "reference" / "interface.md"
DOCUMENTS = [
    json.loads(one)
    for one in re.findall(r"```json\n(.*?)```", INTERFACE.read_text("utf-8"), re.DOTALL)
]


def test_the_page_of_the_interface_is_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "reference_interface"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0, "run scripts/reference_interface"


def test_the_page_of_the_interface_shows_every_kind_of_document() -> None:
    assert {document["kind"] for document in DOCUMENTS} == set(KINDS)


@pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda one: f"{one['kind']}-{one['header']['message_id'][-1]}"
)
def test_a_document_on_the_page_follows_its_schema_and_is_read(document: dict[str, object]) -> None:
    jsonschema.validate(document, json_schema(str(document["kind"])))
    assert json.loads(encode(decode(json.dumps(document).encode()))) == document
