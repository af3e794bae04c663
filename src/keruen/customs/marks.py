"""Check digits of the marks that goods travel under."""

from __future__ import annotations

import re
from itertools import count
from operator import lshift
from string import ascii_uppercase, digits

from keruen.customs.keys import fold

_CONTAINER = re.compile(r"([A-Z]{4}[0-9]{6})([0-9])")
_WAGON = re.compile(r"[0-9]{8}")
_WORTH = {
    **{digit: int(digit) for digit in digits},
    **{letter: 10 + place + (place + 9) // 10 for place, letter in enumerate(ascii_uppercase)},
}
"""Digits count as themselves, letters from 10 on without the multiples of 11 (ISO 6346, A.1)."""


def container_digit(mark: str) -> int | None:
    """The check digit that ISO 6346, annex A computes for a container number.

    Gives:
        None for a mark that is not four letters and seven digits: it has no check digit.
    """
    match = _CONTAINER.fullmatch(fold(mark))
    if match is None:
        return None
    total: int = sum(map(lshift, map(_WORTH.__getitem__, match[1]), count()))
    return total % 11 % 10


def wagon_digit(mark: str) -> int | None:
    """The check digit of a wagon's number of the 1520 mm railways: the last of its eight digits.

    Weights 2 and 1 in turn from the left; the digits of all products add up to a multiple of ten.

    Gives:
        None for a mark that is not eight digits.
    """
    number = fold(mark)
    if not _WAGON.fullmatch(number):
        return None
    products = (int(digit) * (2 - place % 2) for place, digit in enumerate(number[:7]))
    return -sum(sum(divmod(product, 10)) for product in products) % 10


def last_digit(mark: str) -> int:
    """The digit that a mark with a check digit ends with."""
    return int(fold(mark)[-1])
