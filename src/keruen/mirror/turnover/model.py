"""What is said about trade between two countries, by whom, and where it stands. Pure."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from keruen.customs import Struct
from keruen.mirror.turnover.period import Period


class Measure(StrEnum):
    """What is measured, and in which unit."""

    USD_MLN = "usd-mln"
    """Value, millions of US dollars."""
    NET_MASS_T = "net-mass-t"
    """Net mass, tonnes."""
    CONSIGNMENTS = "consignments"


class Basis(StrEnum):
    """How a figure came about; of several, the one that stands first counts."""

    COUNTED = "counted"
    """By this node, from declarations."""
    REPORTED = "reported"
    REPORTED_ROUNDED = "reported-rounded"
    DERIVED = "derived"
    """Worked out from other published figures, such as a growth."""
    ADDED = "added"
    """Exports and imports of the same reporter, added here."""
    NOT_FOUND = "not found"
    """It was looked for in vain: there is no value."""


class Flow(Struct, frozen=True, order=True, omit_defaults=False):
    """A direction of trade, or both together.

    Attributes:
        first: ISO code of the exporting country; of turnover, the first of the two by its code.
        second: the importing country.
        both: whether it is turnover: exports and imports.
    """

    first: str
    second: str
    both: bool = False

    @property
    def turnover(self) -> Flow:
        """Both directions between the same two."""
        one, other = sorted((self.first, self.second))
        return Flow(first=one, second=other, both=True)

    def __str__(self) -> str:
        """``KZ-TJ``: exports of Kazakhstan, imports of Tajikistan; ``KZ+TJ``: turnover."""
        return f"{self.first}{'+' if self.both else '-'}{self.second}"


class Figure(Struct, frozen=True, omit_defaults=False):
    """What one reporter says of one direction in one period.

    Attributes:
        reporter: ISO code of the country whose administration or statistics say it.
        value: in the unit of the measure; None where there is none.
        source: address of the publication, or what of the node it was counted from.
        note: how it was read or derived, in the words of whoever compiled it.
        series: name of the file that it stands in; empty for a node's own.
        line: there.
        stated, counted: of a node's own, how many of how many consignments state what is added up.
    """

    period: Period
    flow: Flow
    reporter: str
    measure: Measure
    value: Decimal | None
    basis: Basis
    source: str = ""
    note: str = ""
    series: str = ""
    line: int | None = None
    stated: int | None = None
    counted: int | None = None

    @property
    def partial(self) -> bool:
        """Whether something is missing in the sum, so that it compares with no other."""
        return (self.stated or 0) < (self.counted or 0)
