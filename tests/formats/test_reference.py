from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.formats.files import FILES, samples

from keruen import formats
from keruen.customs import Declaration
from keruen.formats import reference
from keruen.formats.documents import XML_FORMATS
from keruen.formats.reasons import REASONS

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "formats.md"
SCHEMA = formats.declaration_schema()


def problems(plain: Any) -> list[str]:
    checker = jsonschema.Draft202012Validator(SCHEMA)
    return [error.message for error in checker.iter_errors(plain)]


def test_the_reference_is_up_to_date() -> None:
    assert REFERENCE.read_text("utf-8") == reference.reference(), "run scripts/reference_formats"


def test_every_reason_is_of_the_closed_list_and_explained() -> None:
    used = {reason for format in XML_FORMATS for reason in format.not_carried.values()}
    assert used <= set(REASONS) == set(reference.REASONS)


def test_every_format_says_by_what_it_is_known() -> None:
    assert tuple(reference.RECOGNISED) == formats.FORMATS


@pytest.mark.parametrize("format", XML_FORMATS, ids=lambda format: format.name)
def test_no_element_is_both_carried_and_not(format: Any) -> None:
    text = reference.reference()
    for path in format.not_carried:
        assert f"| `{path}` |" in text
    assert not {rule.path for rule in format.rules} & set(format.not_carried)


def is_of_the_model(path: str, node: Any) -> bool:
    """Whether a path leads to an element of the schema."""
    for step in re.sub(r"\[\]| \(.*?\)", "", path).split("."):
        name = re.search(r"#/\$defs/(\w+)", json.dumps(node))
        assert name is not None, path
        node = SCHEMA["$defs"][name.group(1)]["properties"].get(step)
        if node is None:
            return False
    return "#/$defs" not in json.dumps(node) or "Kind" in json.dumps(node)


@pytest.mark.parametrize("format", XML_FORMATS, ids=lambda format: format.name)
def test_the_reference_names_elements_of_the_model(format: Any) -> None:
    for where, what in reference.elements(format):
        assert is_of_the_model(what, {"$ref": "#/$defs/Declaration"}), (where, what)


def test_the_schema_is_of_json_schema_2020_12_and_has_an_id() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "urn:keruen:schema:Declaration:1.0"


def test_the_schema_has_no_more_than_it_needs() -> None:
    text = json.dumps(SCHEMA)
    assert {"Declaration", "GoodsItem", "Party"} <= set(SCHEMA["$defs"])
    for name in SCHEMA["$defs"]:
        assert f'"#/$defs/{name}"' in text
    assert set(SCHEMA["$defs"]["Declaration"]["properties"]) == set(Declaration.__struct_fields__)


@pytest.mark.parametrize("name", [name for name in FILES if name != "json"])
def test_what_is_written_as_json_follows_the_schema(name: str) -> None:
    declaration = formats.read(FILES[name].encode()).declaration
    assert problems(json.loads(formats.write(declaration, "json"))) == []


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)
def test_a_sample_as_json_follows_the_schema(path: Path) -> None:
    declaration = formats.read(path.read_bytes()).declaration
    assert problems(json.loads(formats.write(declaration, "json"))) == []


@pytest.mark.parametrize(
    "plain",
    [{}, {"kind": "other"}, {"kind": "export", "items": [{}]}, {"kind": "export", "number": 7}],
)
def test_the_schema_refuses_what_the_reader_refuses(plain: Any) -> None:
    from keruen.errors import InputError

    assert problems(plain)
    with pytest.raises(InputError):
        formats.read(json.dumps(plain).encode())
