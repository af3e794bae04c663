"""Periods of trade statistics: a year and its months from the first to the last. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from keruen.customs import Struct

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YEAR, HALF, QUARTER = 12, 6, 3
"""Months."""
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PART = re.compile(
    rf"(?:{_YEAR}[ -]?)?(?P<part>[HQ])(?P<number>[1-4])(?:[ -]?(?P<after>(?:19|20)\d\d))?"
)
_NUMBERED = re.compile(rf"{_YEAR}-(?P<first>\d\d)(?:/(?P<same>(?:19|20)\d\d)-(?P<last>\d\d))?")
_NAMED = re.compile(
    rf"(?:{_YEAR} )?(?P<first>[A-Za-z]{{3,9}})\.?(?: ?[-\N{{EN DASH}}] ?(?P<last>[A-Za-z]{{3,9}})\.?)?"
    r"(?: (?P<after>(?:19|20)\d\d))?"
)
_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


class Length(StrEnum):
    """How long a period is."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    TO_DATE = "to-date"
    """From January on, no half and no quarter: as statistics of the running year are published."""
    SPAN = "span"
    """Any other months."""


class Period(Struct, frozen=True, order=True, omit_defaults=False):
    """Whole months of one year.

    Attributes:
        year: of the Gregorian calendar.
        first, last: months, 1 to 12.
    """

    year: int
    first: int = 1
    last: int = YEAR

    @property
    def months(self) -> int:
        """How many."""
        return self.last - self.first + 1

    @property
    def length(self) -> Length:
        """What such a period is called."""
        at = self.first - 1
        for months, length in ((HALF, Length.HALF), (QUARTER, Length.QUARTER)):
            if self.months == months and at % months == 0:
                return length
        if self.months in (1, YEAR):
            return Length.MONTH if self.months == 1 else Length.YEAR
        return Length.TO_DATE if self.first == 1 else Length.SPAN

    @property
    def before(self) -> Period:
        """The same months of the year before."""
        return Period(year=self.year - 1, first=self.first, last=self.last)

    def each(self) -> Iterator[str]:
        """Its months as in ISO 8601: ``2026-11``."""
        return (f"{self.year}-{month:02}" for month in range(self.first, self.last + 1))

    def __str__(self) -> str:
        """As series write it: ``2021``, ``2021 H1``, ``2022 Q1``, ``2026 Jan``, ``2022 Jan-Sep``."""
        match self.length:
            case Length.YEAR:
                return str(self.year)
            case Length.HALF:
                return f"{self.year} H{self.last // HALF}"
            case Length.QUARTER:
                return f"{self.year} Q{self.last // QUARTER}"
            case Length.MONTH:
                return f"{self.year} {MONTHS[self.first - 1]}"
            case _:
                return f"{self.year} {MONTHS[self.first - 1]}-{MONTHS[self.last - 1]}"


def period_of(text: str) -> Period | None:
    """A period as people write it; None for what is none.

    ``2021``; ``2021 H1``, ``Q1 2022``; ``2026 Jan``, ``2026-01``; ``2022 Jan-Sep``, ``January–September 2022``,
    ``2022-01/2022-09``. January to June is the first half.
    """
    text = " ".join(text.split())
    if re.fullmatch(_YEAR, text):
        return Period(year=int(text))
    return _part(text) or _numbered(text) or _named(text)


def _part(text: str) -> Period | None:
    found = _PART.fullmatch(text.upper())
    year = _one(found)
    if found is None or year is None:
        return None
    months, number = HALF if found["part"] == "H" else QUARTER, int(found["number"])
    last = months * number
    return Period(year=year, first=last - months + 1, last=last) if last <= YEAR else None


def _numbered(text: str) -> Period | None:
    found = _NUMBERED.fullmatch(text)
    if found is None or found["same"] not in (None, found["year"]):
        return None
    first = int(found["first"])
    return _between(int(found["year"]), first, int(found["last"] or first))


def _named(text: str) -> Period | None:
    found = _NAMED.fullmatch(text)
    year = _one(found)
    if found is None or year is None:
        return None
    first = _month(found["first"])
    return _between(year, first, _month(found["last"]) if found["last"] else first)


def _one(found: re.Match[str] | None) -> int | None:
    """The year, if it is said once, before or after."""
    years = [one for one in (found["year"], found["after"]) if one] if found else []
    return int(years[0]) if len(years) == 1 else None


def _month(name: str) -> int:
    """1 to 12; 0 for what names no month."""
    name = "sep" if name.lower() == "sept" else name.lower()
    named = [number for number, one in enumerate(_NAMES, 1) if name in (one, one[:3])]
    return named[0] if named else 0


def _between(year: int, first: int, last: int) -> Period | None:
    return Period(year=year, first=first, last=last) if 1 <= first <= last <= YEAR else None
