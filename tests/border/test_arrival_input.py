"""What an officer or a post's system may hand in, and what is said of everything else."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.border.world import NOON, POST, TRUCK, World, containers, export, seals, wagon

from keruen.border import Arrival, InspectedItem, arrival, arrival_schema, read_arrivals
from keruen.errors import InputError

ONE = {"post": POST, "arrived": "2026-11-23T17:00:00+05:00", "vehicle": TRUCK}
FULL = {
    **ONE,
    "trailers": ["45 XYZ 02"],
    "containers": ["KRNU1234565"],
    "number": "55302/221126/0012345",
    "seals": ["KZ0451234"],
    "seals_broken": ["KZ0451235"],
    "seals_missing": ["KZ0451236"],
    "weighbridge": "20210.5",
    "items": [{"item": 1, "packages": 398, "gross_mass": 20000.25}, {"hs": "2203"}],
    "remark": "Пломба\nповреждена",
    "nationality": "KZ",
}


def made(**values: Any) -> bytes:
    return json.dumps([{**ONE, **values}]).encode()


def mistake(data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read_arrivals(data)
    assert caught.value.code == "arrival-invalid"
    return caught.value


def test_all_that_can_be_said_of_an_arrival() -> None:
    (one,) = read_arrivals(json.dumps(FULL).encode())
    assert one == arrival(
        **{
            **FULL,
            "arrived": NOON,
            "weighbridge": Decimal("20210.5"),
            "items": [
                InspectedItem(item=1, packages=Decimal(398), gross_mass=Decimal("20000.25")),
                InspectedItem(hs="2203"),
            ],
        }
    )


@pytest.mark.parametrize(
    "write",
    [
        json.dumps,
        lambda ones: json.dumps(ones, indent=2),
        lambda ones: "\n".join(map(json.dumps, ones)),
        lambda ones: "\r\n\r\n".join(map(json.dumps, ones)) + "\n",
        lambda ones: "\ufeff " + json.dumps(ones),
    ],
    ids=["array", "array over lines", "lines", "lines of another system", "with a mark of order"],
)
def test_many_in_an_array_or_one_a_line(write: Callable[[list[Any]], str]) -> None:
    ones = [ONE, {**ONE, "vehicle": "777 KKK 01"}]
    found = read_arrivals(write(ones).encode())
    assert [one.vehicle for one in found] == [TRUCK, "777 KKK 01"]
    assert [one.vehicle for one in read_arrivals(write(ones[:1]).encode())] == [TRUCK]


@pytest.mark.parametrize("data", [b"", b" \n", b"[]"])
def test_nothing_is_no_arrival(data: bytes) -> None:
    assert read_arrivals(data) == []


@pytest.mark.parametrize(
    ("values", "path", "text"),
    [
        ({"seals_brokn": []}, "[0]", "unknown field `seals_brokn`"),
        ({"vehicle": None}, "[0]", "names a vehicle, wagons, containers or a number"),
        ({"vehicle": "— / —"}, "[0].vehicle", "letters or digits"),
        ({"vehicle": ""}, "[0].vehicle", "length >= 1"),
        ({"vehicle": "A1\n"}, "[0].vehicle", "matching regex"),
        ({"vehicle": "7" * 65}, "[0].vehicle", "length <= 64"),
        ({"trailers": ["", "x1"]}, "[0].trailers[0]", "length >= 1"),
        ({"containers": ["K1"] * 1001}, "[0].containers", "length <= 1000"),
        ({"items": [{}] * 1001}, "[0].items", "length <= 1000"),
        ({"remark": "x" * 2001}, "[0].remark", "length <= 2000"),
        ({"remark": "\0"}, "[0].remark", "matching regex"),
        ({"remark": "\x1b[2J"}, "[0].remark", "Control characters"),
        ({"arrived": "2026-11-23T17:00:00"}, "[0].arrived", "timezone"),
        ({"arrived": "yesterday"}, "[0].arrived", "Invalid RFC3339"),
        ({"arrived": "0001-01-01T00:00:00+14:00"}, "[0].arrived", "years 1900"),
        ({"post": None}, "[0].post", "Expected `str`"),
        ({"partner": "kz"}, "[0].partner", "matching regex"),
        ({"weighbridge": -1}, "[0].weighbridge", "zero or more"),
        ({"weighbridge": "NaN"}, "[0].weighbridge", "digits before the point"),
        ({"weighbridge": "-Infinity"}, "[0].weighbridge", "digits before the point"),
        ({"weighbridge": "1E+999999999"}, "[0].weighbridge", "digits before the point"),
        ({"weighbridge": True}, "[0].weighbridge", "Expected `decimal"),
        ({"items": [{"item": 1}, {"net_mass": "-0.001"}]}, "[0].items[1].net_mass", "zero or more"),
        ({"items": [{"packages": "sNaN"}]}, "[0].items[0].packages", "digits before the point"),
        ({"items": [{"item": 10**12}]}, "[0].items[0].item", "at most 10 digits before the point"),
        ({"items": [{"item": 1}, {"item": 1}]}, "[0].items[1].item", "one place"),
        ({"items": [{"origin": "Kazakhstan"}]}, "[0].items[0].origin", "matching regex"),
        ({"items": [{"mass": 1}]}, "[0].items[0]", "unknown field `mass`"),
        ({"seals": ["A 1"], "seals_broken": ["А1"]}, "[0].seals_broken", "whole or broken"),
        ({"seals": ["A1"], "seals_missing": ["A1"]}, "[0].seals_missing", "there or missing"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(values: dict[str, Any], path: str, text: str) -> None:
    error = mistake(made(**values))
    assert error.path == path
    assert text in error.text
    assert error.text.endswith("`keruen schema Arrival` prints what an arrival consists of")


def test_where_they_stand_one_a_line_the_line_is_named() -> None:
    good = json.dumps(ONE).encode()
    error = mistake(b"\n\n" + good + b"\n\n" + good[:-1] + b"\n")
    assert (error.path, error.line) == ("[1]", 5)
    error = mistake(good + b"\n" + b'{"post": 7}')
    assert (error.path, error.line) == ("[1].post", 2)


@pytest.mark.parametrize(
    "data",
    [
        b"7", b'"x"', b"null", b"[7]", b"{", b"[", b"[{}", b"\xff\xfe{\0}\0", b"{\xff}", b"<a/>",
        b"[" * 100_000, b'{"post":' * 100_000, b'[{"post":' + b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_arrival_at_all(data: bytes) -> None:
    mistake(data)


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(InputError):
        read_arrivals(data)


def test_an_arrival_from_its_elements() -> None:
    assert arrival(post=POST, arrived=NOON, vehicle=TRUCK) == Arrival(
        post=POST, arrived=NOON, vehicle=TRUCK
    )
    for facts in ({}, {"post": POST, "arrived": NOON}, {**ONE, "colour": "red"}):
        with pytest.raises(InputError) as caught:
            arrival(**facts)
        assert caught.value.code == "arrival-invalid"


def test_the_schema_says_the_same() -> None:
    schema = arrival_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert list(validator.iter_errors(FULL)) == []
    wrongs: list[dict[str, Any]] = [
        {"vehicle": None}, {"seals_brokn": []}, {"vehicle": ""}, {"partner": "kz"},
    ]  # fmt: skip
    for wrong in wrongs:
        plain = {key: value for key, value in {**ONE, **wrong}.items() if value is not None}
        assert list(validator.iter_errors(plain))


def test_the_largest_train_is_registered_in_reasonable_time(plain_world: World) -> None:
    """A thousand wagons, containers and seals, all of them other ones than announced."""

    def numbers(first: int) -> list[str]:
        return [f"{number:08}" for number in range(first, first + 1000)]

    plain_world.announce(
        export(
            transport_means=tuple(wagon(one) for one in numbers(0)),
            containers=containers(*(f"KRNU{one}" for one in numbers(0))),
            seals=seals(*(f"KZ{one}" for one in numbers(0))),
        )
    )
    start = time.process_time()
    (one,) = plain_world.arrive(
        vehicle=None,
        number="55302/221126/0012345",
        wagons=numbers(5000),
        containers=[f"KRNU{one}" for one in numbers(5000)],
        seals=[f"KZ{one}" for one in numbers(5000)],
    )
    assert len(one.discrepancies) == 3000
    assert time.process_time() - start < 5
    assert plain_world.pass_time(timedelta(days=9)) == 0
