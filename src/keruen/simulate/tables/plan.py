"""What is asked for: a seed, so many consignments in so many days, and how bad the records are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from keruen.agreement import Agreement
from keruen.errors import UsageError
from keruen.simulate.tables.assortment import sender_share
from keruen.simulate.tables.profiles import Profile

SLICE = 40_000
"""Consignments that are made at once: memory is bounded by it, and the bytes depend on it."""
A_DAY = 140
"""Consignments a day, if nobody says how many: some 50 000 a year for this pair."""
COUNTRIES = ("KZ", "TJ")


@dataclass(frozen=True, slots=True)
class Slice:
    """Consignments `first` to `last` (not included) of one direction.

    Attributes:
        number: of the slice; chance of its own belongs to it.
    """

    number: int
    sender: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What tables to make.

    Attributes:
        consignments: that are exported, both directions together.
        start: first day; `days` from there on until the tables are drawn up.
    """

    agreement: Agreement
    seed: int
    consignments: int
    days: int
    start: date
    profile: Profile

    def __post_init__(self) -> None:
        """Refuse another corridor.

        Raises:
            UsageError: ``corridor-unknown``.
        """
        if self.agreement.countries != COUNTRIES:
            raise UsageError(
                "corridor-unknown", "only traffic of Kazakhstan and Tajikistan is known"
            )

    @property
    def as_of(self) -> date:
        """The day on which the tables are drawn up: what is cleared then or later is in none."""
        return self.start + timedelta(days=self.days)

    def of(self, sender: str) -> int:
        """How many consignments of that sender."""
        first = round(self.consignments * sender_share("KZ"))
        return first if sender == "KZ" else self.consignments - first

    def slices(self) -> Iterator[Slice]:
        """All slices, one direction after the other, in the order of time."""
        number = 0
        for sender in COUNTRIES:
            for first in range(0, self.of(sender), SLICE):
                last = min(first + SLICE, self.of(sender))
                yield Slice(number, sender, first, last)
                number += 1
