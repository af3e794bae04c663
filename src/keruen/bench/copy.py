"""One copy of a story: when it happens, and what its vehicles, seals and papers are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from keruen.store import IdentifierKind

COMES_BACK = {
    IdentifierKind.VEHICLE: 40,
    IdentifierKind.TRAILER: 40,
    IdentifierKind.WAGON: 200,
    IdentifierKind.CONTAINER: 400,
}
"""Copies after which a mark of this kind is borne again; at the busiest a plate once a week for years."""
STEP, DIGITS = 1009, 7
MILLISECONDS = 1000
UUID = re.compile(r"[0-9a-f]{8}(?=-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of the originals.

    Attributes:
        number: tells its marks from those of other copies.
        prefix: the first eight digits of its ids, which say about when they were made (UUIDv7).
        shift: how much later everything happens.
        whole: messages can be read; else their content is `KEPT`.
    """

    number: int
    prefix: str
    shift: timedelta
    whole: bool

    @classmethod
    def of(
        cls, number: int, original: datetime, end: datetime, made: datetime, *, whole: bool
    ) -> Copy:
        """A copy of what ended at `original`.

        Args:
            end: when the copy ends.
            made: what its ids say of their time: minutes apart from any other copy's.
        """
        milliseconds = int(made.timestamp() * MILLISECONDS)
        return cls(number, f"{milliseconds >> 16:08x}", end - original, whole)

    def mark(self, kind: str, declared: str) -> str:
        """What a vehicle, seal or paper is called in this copy."""
        if UUID.match(declared):
            return self.prefix + declared[8:]
        number = self.number % COMES_BACK.get(IdentifierKind(kind), self.number + 1)
        return renumbered(declared, number)


def renumbered(mark: str, number: int) -> str:
    """A mark with other digits, none alike for ten thousand numbers if it has seven of them."""
    places = [place for place, sign in enumerate(mark) if sign.isdigit()][-DIGITS:]
    if not places:
        return mark
    value = int("".join(mark[place] for place in places)) + number * STEP
    digits = f"{value % 10 ** len(places):0{len(places)}}"
    signs = list(mark)
    for place, digit in zip(places, digits, strict=True):
        signs[place] = digit
    return "".join(signs)
