"""What no value may be, wherever it stands: it could not be stored, compared or written as XML.

The same rules hold for a declaration that the national system hands in and for a message that a partner
sends: what passes here on one side is taken by the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from typing import Any

from keruen.customs.codelists import BUILT_IN
from keruen.customs.findings import Finding
from keruen.customs.values import Struct
from keruen.customs.walking import Ground, Kept, Rule, Sign, Walk, walker

MAXIMUM_TEXT = 32_768
"""Characters of any text."""
MAXIMUM_MARK = 256
"""Characters of a text by which something is looked up."""
MARKS = frozenset(
    {
        "agreement", "code", "consignment_reference", "containers", "currency", "declaration_number",
        "document_id", "hs", "id", "identity", "local_reference", "mode", "number", "office", "post",
        "refers_to", "registration_number", "seals_broken", "structure", "version", "vin",
    }
)  # fmt: skip
"""Names of elements that are such texts."""
MAXIMUM_INTEGER = 2**31 - 1
WHOLE_DIGITS = 18
"""Digits of a number before the point."""
DECIMAL_PLACES = 20
"""Digits of a number after the point: systems that reckon in binary write seventeen."""
YEARS = range(1900, 2200)
"""Years that a time or date may lie in; farther out, adding an offset or a deadline overflows."""
UNUSABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is not a character of XML 1.0 (clause 2.2)."""
_TIMELESS = Ground.of(date.min, BUILT_IN)
"""Soundness asks for no day and no list."""


def unsound(struct: Struct) -> Iterator[Finding]:
    """An error for each value of the struct that cannot be used at all."""
    for broken in _walker(type(struct))(struct, _TIMELESS):
        yield broken.finding(_TIMELESS)


@cache
def _walker(kind: type[Struct]) -> Walk:
    return walker(kind, lambda _kind, name, _outer, plain: sound(name, plain))


def sound(name: str, plain: type) -> Kept | None:
    """The rules for a value of a type in an element of a name; None for one that is always sound."""
    if issubclass(plain, Enum | bool):
        return None
    if issubclass(plain, str):
        return _text(limit_of(name))
    return next((kept for kind, kept in _OF_TYPE if issubclass(plain, kind)), None)


def limit_of(name: str) -> int:
    """Characters that a text of this name may have."""
    return MAXIMUM_MARK if name in MARKS else MAXIMUM_TEXT


def usable(number: Decimal | None) -> bool:
    """Whether there is a number, and one that can be reckoned with."""
    if number is None or not number.is_finite():
        return False
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - it is a letter for NaN and infinity only
    return number.adjusted() < WHOLE_DIGITS and -DECIMAL_PLACES <= exponent < WHOLE_DIGITS


SURELY_USABLE = Sign(
    f"len(text := str(value)) <= {WHOLE_DIGITS} and "
    "(text.isdigit() or ('0' <= text < ':' and 'E' not in text))"
)
"""A sign that a number is usable and not below zero: it is written in a few plain digits, perhaps with a point.

What begins with a digit (which the colon comes behind) is neither negative nor without end, nor is it none.
"""


@cache
def _text(limit: int) -> Kept:
    return Kept(
        Sign(f"value.isprintable() and len(value) <= {limit}"),
        (
            Rule(
                "text-too-long",
                lambda text, _: len(text) <= limit,
                values=lambda _text, _: (limit,),
            ),
            Rule("text-unusable", lambda text, _: not UNUSABLE.search(text)),
        ),
    )


def _in_years(day: Any, _ground: Ground | None = None) -> bool:
    return day.year in YEARS


_DATE = Rule("date-unusable", _in_years, values=lambda _day, _: (YEARS[0], YEARS[-1]))
_OFFSET = Rule("time-without-offset", lambda time, _: time.utcoffset() is not None)
_number = partial(Rule, "number-unusable", values=lambda _number, _: (WHOLE_DIGITS, DECIMAL_PLACES))
_INTEGER = Rule(
    "number-unusable",
    lambda number, _: abs(number) <= MAXIMUM_INTEGER,
    values=lambda _number, _: (len(str(MAXIMUM_INTEGER)), 0),
)
_OF_TYPE: tuple[tuple[type, Kept], ...] = (
    (Decimal, Kept(SURELY_USABLE, (_number(lambda number, _: usable(number)),))),
    (int, Kept(Sign(f"0 <= value <= {MAXIMUM_INTEGER}"), (_INTEGER,))),
    (datetime, Kept(None, (_DATE, _OFFSET))),
    (date, Kept(Sign(f"{YEARS[0]} <= value.year <= {YEARS[-1]}"), (_DATE,))),
)
"""Type → its rules; the first that fits."""
