"""The published JSON Schema: valid itself, and neither narrower nor wider than the codec."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.messages.test_codec import MESSAGE, altered, messages, plain, quiet

from keruen.errors import RemoteError
from keruen.messages import KINDS, decode, encode, json_schema

VALIDATORS = {kind: Draft202012Validator(json_schema(kind)) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_valid_and_says_what_it_is_of(kind: str) -> None:
    schema = json_schema(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:keruen:schema:{kind}:1.0"
    assert schema["title"] == kind
    assert json.loads(json.dumps(schema)) == schema


def test_there_is_no_schema_of_an_unknown_kind() -> None:
    with pytest.raises(KeyError):
        json_schema("Correction")


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@quiet
def test_what_is_written_follows_the_schema(kind: str, data: st.DataObject) -> None:
    message = data.draw(messages(KINDS[kind]))
    VALIDATORS[kind].validate(json.loads(encode(message)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("kind", "Acknowledgement"),
        ("header.message_id", "1"),
        ("header.message_id", plain()["header"]["message_id"] + "\n"),
        ("header.created", 7),
        ("header.version", "1"),
        ("header.agreement", ""),
        ("header.agreement", "k" * 257),
        ("header.sender.country", "KAZ"),
        ("header.stage", "import"),
        ("consignment_id", "7"),
        ("ordinal", 0),
        ("ordinal", 2**31),
        ("declaration.number", "1" * 257),
        ("declaration.language", "я" * 32_769),
        ("declaration.gross_mass", "NaN"),
        ("declaration.gross_mass", "1e999999"),
        ("declaration.gross_mass", "9" * 19),
        ("declaration.items.0.ordinal", -(2**31)),
        ("declaration.items.0.gross_mass", "Infinity"),
    ],
)  # fmt: skip
def test_what_breaks_the_schema_is_refused(path: str, value: Any) -> None:
    data = altered(path, value)
    assert not VALIDATORS["PreliminaryInformation"].is_valid(json.loads(data))
    with pytest.raises(RemoteError, match="message-invalid"):
        decode(data)


def test_the_header_of_the_schema_requires_what_is_required() -> None:
    header = json_schema("Acknowledgement")["$defs"]["Header"]
    assert set(header["properties"]) - set(header["required"]) == {"refers_to"}


def test_a_later_member_breaks_no_schema() -> None:
    data = altered("declaration.later", 1)
    VALIDATORS["PreliminaryInformation"].validate(json.loads(data))
    assert decode(data) == MESSAGE
