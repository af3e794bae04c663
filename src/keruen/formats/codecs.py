"""How one text of a file becomes a value of the model and back: a table of pairs of functions.

Each `decode` raises ValueError for a text that is not of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any, TypeVar

from keruen.customs.countries import ALPHA2_OF_NUMERIC, NUMERIC_OF_ALPHA2
from keruen.customs.soundness import MAXIMUM_INTEGER, YEARS, usable


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


_NUMBER = re.compile(r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,2})?", re.ASCII)
"""With an exponent, too: so Java writes a double of ten million and more."""
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?", re.ASCII)
_WHOLE_NUMBER = re.compile(r"([+-]?\d{1,18})(\.0*)?", re.ASCII)
_COMPACT = re.compile(r"(\d{8})(\d{4})?(\d\d)?(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII)
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})", re.ASCII)
Day = TypeVar("Day", bound=date)
CENTURY = 2000
"""Of years that are written with two digits."""


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return found


def _sound(value: Day) -> Day:
    if value.year not in YEARS:
        raise ValueError(value)
    return value


def _decimal(text: str) -> Decimal:
    value = Decimal(_matched(_NUMBER, text).group())
    if not usable(value):
        raise ValueError(text)
    return value


def _rounded(value: Decimal, places: int) -> str:
    digits = value.as_tuple().exponent
    return f"{value:.{places}f}" if isinstance(digits, int) and digits < -places else f"{value:f}"


def _integer(text: str) -> int:
    value = int(_matched(_WHOLE_NUMBER, text).group(1))
    if abs(value) > MAXIMUM_INTEGER:
        raise ValueError(text)
    return value


def _boolean(text: str) -> bool:
    if text.lower() not in {"true", "false", "1", "0"}:
        raise ValueError(text)
    return text.lower() in {"true", "1"}


def _date(text: str) -> date:
    return _sound(date.fromisoformat(_matched(_DATE, text).group(1)))


def _time(text: str) -> datetime:
    """A time without an offset is completed later: what it means is the format's affair."""
    return _sound(datetime.fromisoformat(text))


def _american_date(text: str) -> date:
    month, day, year = _matched(_AMERICAN, text).groups()
    century = CENTURY if len(year) == len("YY") else 0
    return _sound(date(century + int(year), int(month), int(day)))


def _american(value: date) -> str:
    short = CENTURY <= value.year < CENTURY + 100
    return f"{value.month}/{value.day}/{f'{value.year % 100:02d}' if short else value.year}"


def _compact(text: str) -> datetime:
    day, minutes, seconds, offset = _matched(_COMPACT, text).groups()
    digits = f"{day}{minutes or '0000'}{seconds or '00'}"
    return _sound(datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=_offset(offset)))


def _offset(text: str | None) -> timezone:
    if text is None or text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[3:].strip(":") or 0)
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if text[0] == "-" else ahead)


def _compact_date(text: str) -> date:
    return _compact(text).date()


def _country_of_numeric(text: str) -> str:
    if text not in ALPHA2_OF_NUMERIC:
        raise ValueError(text)
    return ALPHA2_OF_NUMERIC[text]


TEXT = Codec("text", str, str)
DECIMAL = Codec("number", _decimal, lambda value: f"{value:f}")
WHOLE = Codec("whole number", _decimal, lambda value: _rounded(value, 0))
MONEY = Codec("amount of money", _decimal, lambda value: _rounded(value, 2))
"""With at most two digits after the point, as the EAEU writes it."""
RATE = Codec("rate", _decimal, lambda value: _rounded(value, 4))
MEASURE = Codec("measure", _decimal, lambda value: _rounded(value, 6))
"""With at most six digits after the point."""
INTEGER = Codec("whole number", _integer, str)
BOOLEAN = Codec("true or false", _boolean, lambda value: "true" if value else "false")
FLAG = Codec("0 or 1", _boolean, lambda value: "1" if value else "0")
DATE = Codec("date YYYY-MM-DD", _date, date.isoformat)
TIME = Codec("date and time YYYY-MM-DDThh:mm:ss", _time, datetime.isoformat)
CLOCK = Codec("time hh:mm:ss", time.fromisoformat, time.isoformat)
AMERICAN_DATE = Codec("date month/day/year", _american_date, _american)
COMPACT_TIME = Codec(
    "time YYYYMMDDhhmmss with its offset",
    _compact,
    lambda value: value.astimezone(UTC).strftime("%Y%m%d%H%M%SZ"),
)
COMPACT_DATE = Codec("date YYYYMMDD", _compact_date, lambda value: value.strftime("%Y%m%d"))
NUMERIC_COUNTRY = Codec(
    "numeric country code of ISO 3166",
    _country_of_numeric,
    lambda value: NUMERIC_OF_ALPHA2.get(value, value),
)
