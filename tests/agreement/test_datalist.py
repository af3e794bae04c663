"""What is sent is what the data list names: proved on a message in which every element is filled."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from importlib import resources
from typing import Any

import msgspec
import pytest

from keruen.agreement import Agreement, cut, known_paths, missing, read_agreement, unlisted
from keruen.messages import KINDS, encode

TEXT = resources.files("keruen.agreement").joinpath("kz-tj.toml").read_text(encoding="utf-8")
PATTERNED = ("01234567-89ab-cdef-0123-456789abcdef", "KZ", "1.0")
"""A value for each kind of text that has a pattern."""
ALWAYS = {"kind", "header", "consignment_id", "ordinal", "withdrawn"}


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return read_agreement(TEXT)


def filled(info: msgspec.inspect.Type, path: str) -> Any:
    """A value for a type in which every element is there, and every string names its own path."""
    match info:
        case msgspec.inspect.StructType(cls=cls):
            return cls(
                **{
                    field.name: other_than(
                        field.default,
                        filled(msgspec.inspect.type_info(field.type), f"{path}.{field.name}"),
                    )
                    for field in msgspec.structs.fields(cls)
                }
            )
        case msgspec.inspect.Metadata(type=inner):
            return filled(inner, path)
        case msgspec.inspect.UnionType(types=types):
            return filled(
                next(t for t in types if not isinstance(t, msgspec.inspect.NoneType)), path
            )
        case msgspec.inspect.VarTupleType(item_type=item):
            return (filled(item, path), filled(item, path))
        case msgspec.inspect.EnumType(cls=cls):
            assert issubclass(cls, Enum)
            return list(cls)[-1]
        case _:
            return _leaf(info, path)


def other_than(default: Any, value: Any) -> Any:
    """A default is not written: another member of the enumeration is."""
    return next(m for m in type(value) if m is not default) if value is default else value


def _leaf(info: msgspec.inspect.Type, path: str) -> Any:
    if isinstance(info, msgspec.inspect.StrType) and info.pattern:
        return next(text for text in PATTERNED if re.search(info.pattern, text))
    leaves: dict[type, Any] = {
        msgspec.inspect.StrType: f"secret of {path}",
        msgspec.inspect.IntType: 77,
        msgspec.inspect.BoolType: True,
        msgspec.inspect.DecimalType: Decimal("77.7"),
        msgspec.inspect.DateTimeType: datetime(2026, 11, 23, tzinfo=UTC),
        msgspec.inspect.DateType: date(2026, 11, 23),
    }
    return leaves[type(info)]


def paths(value: Any, prefix: str = "") -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from paths(inner, prefix)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield f"{prefix}{name}"
            yield from paths(inner, f"{prefix}{name}.")


def full(kind: str) -> Any:
    return filled(msgspec.inspect.type_info(KINDS[kind]), kind)


@pytest.mark.parametrize(
    "kind", ["PreliminaryInformation", "ArrivalInformation", "ImportInformation"]
)
def test_nothing_unlisted_is_on_the_wire(kind: str, agreement: Agreement) -> None:
    message = full(kind)
    listed = set(agreement.data_list[kind])
    before = set(paths(json.loads(encode(message))))
    assert before >= known_paths(kind)  # every element was there to be sent

    sent = set(paths(json.loads(encode(cut(message, agreement)))))

    allowed = {
        path
        for path in before
        if path.partition(".")[0] in ALWAYS
        or path in listed
        or any(path.startswith(f"{one}.") or one.startswith(f"{path}.") for one in listed)
    }
    assert sent <= allowed - set(agreement.withheld)
    assert listed - set(agreement.withheld) <= sent


@pytest.mark.parametrize(
    "secret",
    ["drivers", "signatory", "invoice", "price", "statistical_value", "customs_value", "charges"],
)
def test_values_and_identities_are_withheld(secret: str, agreement: Agreement) -> None:
    wire = encode(cut(full("PreliminaryInformation"), agreement)).decode()
    assert f'"{secret}"' not in wire
    assert f"{secret}." not in wire


def test_a_value_is_not_told_by_way_of_a_discrepancy(agreement: Agreement) -> None:
    plain = msgspec.to_builtins(full("ImportInformation"))
    plain["discrepancies"][0]["code"] = "value-differs"
    plain["discrepancies"][1]["code"] = "gross-mass-differs"
    message = msgspec.convert(plain, KINDS["ImportInformation"])
    sent = json.loads(encode(cut(message, agreement)))
    assert [one["code"] for one in sent["discrepancies"]] == ["gross-mass-differs"]


def test_an_element_is_sent_once_it_is_listed_and_no_longer_withheld() -> None:
    text = TEXT.replace('  "declaration.items.price",\n', "").replace(
        '"declaration.items.hs" = "M"',
        '"declaration.items.hs" = "M"\n"declaration.items.price" = "O"',
    )
    wire = json.loads(encode(cut(full("PreliminaryInformation"), read_agreement(text))))
    assert wire["declaration"]["items"][0]["price"]["value"] == "77.7"


def test_a_missing_mandatory_element_is_a_finding_with_its_path(agreement: Agreement) -> None:
    plain = msgspec.to_builtins(full("PreliminaryInformation"))
    del plain["declaration"]["items"][1]["hs"]
    message = msgspec.convert(plain, KINDS["PreliminaryInformation"])
    assert [finding.path for finding in missing(message, agreement)] == ["declaration.items[1].hs"]


def test_the_receiver_sees_what_the_sender_should_have_left_out(agreement: Agreement) -> None:
    plain = json.loads(encode(full("PreliminaryInformation")))
    found = unlisted(plain, "PreliminaryInformation", agreement)
    assert "declaration.drivers" in found
    assert "declaration.items.price" in found
    assert not unlisted(
        json.loads(encode(cut(full("PreliminaryInformation"), agreement))),
        "PreliminaryInformation",
        agreement,
    )
