"""How one text of a file becomes a value of the model and back: a table of pairs of functions.

Each `decode` raises ValueError for a text that is not of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from keruen.customs.countries import ALPHA2_OF_NUMERIC, NUMERIC_OF_ALPHA2


@dataclass(frozen=True, slots=True)
class Codec:
    """A kind of text.

    Attributes:
        name: for the documentation.
        decode: text → value.
        encode: value → text.
    """

    name: str
    decode: Callable[[str], Any]
    encode: Callable[[Any], str]


DIGITS = 30
"""Digits before and after the point that a number may have."""
YEARS = range(1900, 2200)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def unsound(value: str | int | Decimal | date) -> str | None:
    """What a value would have to be for XML, databases and arithmetic to bear it; None if it is."""
    match value:
        case str():
            return "text without control characters" if _CONTROL.search(value) else None
        case int():
            return None if abs(value) < 2**63 else "a number of at most 18 digits"
        case Decimal():
            return None if _is_bounded(value) else f"a number of at most {DIGITS} digits"
        case datetime() if value.tzinfo is None:
            return "a time with its offset from UTC"
        case date():
            return None if value.year in YEARS else "a year from 1900 to 2199"


def _is_bounded(value: Decimal) -> bool:
    if not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return value.adjusted() < DIGITS and isinstance(exponent, int) and exponent >= -DIGITS


_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?|[+-]?\.\d+")


def _decimal(text: str) -> Decimal:
    if not _PLAIN_NUMBER.fullmatch(text):
        raise ValueError("a number, with a point before decimals")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError("a number") from error


def _integer(text: str) -> int:
    value = _decimal(text)
    if value != value.to_integral_value():
        raise ValueError("a whole number")
    return int(value)


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _boolean(text: str) -> bool:
    if text.lower() not in {"true", "false", "1", "0"}:
        raise ValueError("true or false")
    return text.lower() in {"true", "1"}


def _american_date(text: str) -> date:
    month, day, year = (int(part) for part in text.split("/"))
    return date(year if year > 99 else 2000 + year, month, day)  # noqa: PLR2004 - two digits of a year


def _american(value: date) -> str:
    return f"{value.month}/{value.day}/{value.year % 100:02d}"


def _compact(text: str) -> datetime:
    digits = re.sub(r"\D", "", text)
    return datetime.strptime(digits[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _country_of_numeric(text: str) -> str:
    if text not in ALPHA2_OF_NUMERIC:
        raise ValueError("a numeric ISO 3166 country code")
    return ALPHA2_OF_NUMERIC[text]


TEXT = Codec("text", str, str)
DECIMAL = Codec("number", _decimal, _plain)
INTEGER = Codec("whole number", _integer, str)
BOOLEAN = Codec("true or false", _boolean, lambda value: "true" if value else "false")
FLAG = Codec("0 or 1", _boolean, lambda value: "1" if value else "0")
DATE = Codec("date", lambda text: date.fromisoformat(text[:10]), date.isoformat)
TIME = Codec("date and time", datetime.fromisoformat, lambda value: value.isoformat())
AMERICAN_DATE = Codec("month/day/year", _american_date, _american)
COMPACT_TIME = Codec(
    "YYYYMMDDHHMMSS, UTC", _compact, lambda value: value.astimezone(UTC).strftime("%Y%m%d%H%M%SZ")
)
NUMERIC_COUNTRY = Codec(
    "numeric country", _country_of_numeric, lambda value: NUMERIC_OF_ALPHA2[value]
)
