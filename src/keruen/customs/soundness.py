"""What no value may be, wherever it stands: it could not be stored, compared or written as XML.

The same rules hold for a declaration that the national system hands in and for a message that a partner
sends: what passes here on one side is taken by the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from keruen.customs.elements import Element, elements
from keruen.customs.findings import Finding, error
from keruen.customs.model import Struct

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


def unsound(struct: Struct) -> Iterator[Finding]:
    """An error for each value of the struct that cannot be used at all."""
    for element in elements(struct):
        yield from unsound_value(element)


def unsound_value(element: Element) -> Iterator[Finding]:
    """What keeps one value from being used."""
    match element.value:
        case str():
            yield from _text(element)
        case Decimal():
            yield from _number(element)
        case int():
            yield from _integer(element)
        case date():
            yield from _date(element)


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


def _text(element: Element) -> Iterator[Finding]:
    limit = limit_of(element.name)
    if len(element.value) > limit:
        text = f"A text has at most {limit} characters here; this one has {len(element.value)}."
        yield error("text-too-long", element.path, text)
    if UNUSABLE.search(element.value):
        text = "Control characters cannot be exchanged; write the text without them."
        yield error("text-unusable", element.path, text, element.value)


def _number(element: Element) -> Iterator[Finding]:
    if not usable(element.value):
        text = (
            f"A number has at most {WHOLE_DIGITS} digits before the point and "
            f"{DECIMAL_PLACES} after it."
        )
        yield error("number-unusable", element.path, text, element.value)


def _integer(element: Element) -> Iterator[Finding]:
    if abs(element.value) > MAXIMUM_INTEGER:
        text = f"A whole number is at most {MAXIMUM_INTEGER} here."
        yield error("number-unusable", element.path, text)


def _date(element: Element) -> Iterator[Finding]:
    if element.value.year not in YEARS:
        text = f"A date lies in the years {YEARS[0]} to {YEARS[-1]}."
        yield error("date-unusable", element.path, text, element.value)
    if isinstance(element.value, datetime) and element.value.utcoffset() is None:
        text = "A time is stated with its offset from UTC, such as +05:00."
        yield error("time-without-offset", element.path, text, element.value)
