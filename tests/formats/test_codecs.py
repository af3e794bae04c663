from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keruen.customs.countries import COUNTRIES
from keruen.formats import codecs
from keruen.formats.codecs import Codec

ALL = [value for value in vars(codecs).values() if isinstance(value, Codec)]
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
seconds = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2199, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))
VALUES: dict[str, tuple[Codec, st.SearchStrategy[Any]]] = {
    "text": (codecs.TEXT, st.text()),
    "number": (
        codecs.DECIMAL,
        st.decimals(-(10**17), 10**17, allow_nan=False, allow_infinity=False, places=6),
    ),
    "number of things": (codecs.WHOLE, st.integers(0, 10**17).map(Decimal)),
    "money": (codecs.MONEY, st.decimals(-(10**17), 10**17, places=2)),
    "rate": (codecs.RATE, st.decimals(0, 10**9, places=4)),
    "measure": (codecs.MEASURE, st.decimals(0, 10**17, places=6)),
    "whole number": (codecs.INTEGER, st.integers(-(2**31) + 1, 2**31 - 1)),
    "truth": (codecs.BOOLEAN, st.booleans()),
    "flag": (codecs.FLAG, st.booleans()),
    "date": (codecs.DATE, days),
    "time": (codecs.TIME, seconds),
    "clock": (codecs.CLOCK, st.times()),
    "American date": (codecs.AMERICAN_DATE, days),
    "compact time": (codecs.COMPACT_TIME, seconds),
    "compact date": (codecs.COMPACT_DATE, days),
    "country": (codecs.NUMERIC_COUNTRY, st.sampled_from(sorted(COUNTRIES))),
}


def test_every_codec_is_tested() -> None:
    assert [codec for codec, _ in VALUES.values()] == ALL


@pytest.mark.parametrize("name", VALUES)
@given(data=st.data())
def test_a_value_survives_its_text(name: str, data: st.DataObject) -> None:
    codec, values = VALUES[name]
    value = data.draw(values)
    assert codec.decode(codec.encode(value)) == value


@pytest.mark.parametrize("codec", ALL, ids=lambda codec: codec.name)
@given(text=st.text(max_size=30) | st.from_regex(r"[0-9/:.+TZE-]{1,25}", fullmatch=True))
def test_a_text_that_is_not_of_its_kind_is_a_value_error(codec: Codec, text: str) -> None:
    try:
        value = codec.decode(text)
    except (ValueError, OverflowError):
        return
    assert codec.encode(value) is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1435.000000", "1435.000000"),
        (".5", "0.5"),
        ("12.", "12"),
        ("+3", "3"),
        ("1.5E7", "1.5E+7"),
    ],
)
def test_a_number_is_read_exactly(text: str, value: str) -> None:
    assert str(codecs.DECIMAL.decode(text)) == str(Decimal(value))


@pytest.mark.parametrize(
    ("codec", "text"), [(codecs.WHOLE, "2"), (codecs.MONEY, "1.75"), (codecs.MEASURE, "1.750001")]
)
def test_more_digits_than_the_file_has_places_are_rounded(codec: Codec, text: str) -> None:
    assert codec.encode(Decimal("1.75000051")) == text
