"""How one text of a file becomes a value of the model and back: a table of pairs of functions.

Each `decode` raises ValueError for a text that is not of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
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


_PLAIN_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})", re.ASCII)
_WHOLE_NUMBER = re.compile(r"([+-]?\d{1,18})(\.0*)?", re.ASCII)
_COMPACT = re.compile(r"(\d{8})(\d{4})?(\d\d)?(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII)
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})", re.ASCII)
CENTURY = 2000
"""Of years that are written with two digits."""


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return found


def _sound(value: date) -> date:
    if unsound(value):
        raise ValueError(value)
    return value


def _decimal(text: str) -> Decimal:
    return Decimal(_matched(_PLAIN_NUMBER, text).group())


def _integer(text: str) -> int:
    return int(_matched(_WHOLE_NUMBER, text).group(1))


def _boolean(text: str) -> bool:
    if text.lower() not in {"true", "false", "1", "0"}:
        raise ValueError(text)
    return text.lower() in {"true", "1"}


def _date(text: str) -> date:
    return _sound(date.fromisoformat(text[:10]))


def _time(text: str) -> datetime:
    """A time without an offset is completed later: what it means is the format's affair."""
    moment = datetime.fromisoformat(text)
    return _dated(moment, moment.date())


def _dated(moment: datetime, day: date) -> datetime:
    _sound(day)
    return moment


def _american_date(text: str) -> date:
    month, day, year = (int(part) for part in _matched(_AMERICAN, text).groups())
    return _sound(date(year if year >= 100 else CENTURY + year, month, day))  # noqa: PLR2004


def _american(value: date) -> str:
    short = CENTURY <= value.year < CENTURY + 100
    return f"{value.month}/{value.day}/{f'{value.year % 100:02d}' if short else value.year}"


def _compact(text: str) -> datetime:
    day, minutes, seconds, offset = _matched(_COMPACT, text).groups()
    digits = f"{day}{minutes or '0000'}{seconds or '00'}"
    moment = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=_offset(offset))
    return _dated(moment, moment.date())


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
    "numeric country code of ISO 3166", _country_of_numeric, NUMERIC_OF_ALPHA2.__getitem__
)
