"""Checks of figures: masses in kg, counts, money, and whether the totals are those of the items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from keruen.customs.findings import Finding, Severity, error, warning
from keruen.customs.model import Amount, Declaration
from keruen.customs.soundness import MAXIMUM_INTEGER, SURELY_USABLE
from keruen.customs.walking import Ground, Kept, Rule, Sign

ROUNDING = Decimal("0.5")
"""kg by which rounding may change the mass of one item."""
CENTS = Decimal("0.01")
"""Money by which rounding may change the value of one item."""
COUNT_ELEMENTS = frozenset(
    {"count", "departure_means_count", "item_count", "package_count", "transport_means_count"}
)
"""Names of elements that count something."""
MASS_ELEMENTS = frozenset({"gross_mass", "net_mass"})
AMOUNTS = ("price", "statistical_value", "customs_value", "invoice")
"""Elements whose money is never below zero; charges may be deductions."""

MASS = Kept(
    Sign(f"{SURELY_USABLE.source} and value"),
    (Rule("mass-not-positive", lambda mass, _: not mass.is_finite() or mass > 0),),
)
"""A mass is more than nothing."""
ITEM_MASS = Kept(
    MASS.sure,
    (
        Rule("mass-not-positive", lambda mass, _: not mass.is_finite() or mass >= 0),
        Rule(
            "mass-not-positive", lambda mass, _: not mass.is_finite() or mass != 0, Severity.WARNING
        ),
    ),
)
"""Goods that share a package with others may have no mass of their own."""
COUNT = Kept(
    Sign(f"0 <= value <= {MAXIMUM_INTEGER} if isinstance(value, int) else {SURELY_USABLE.source}"),
    (Rule("count-negative", lambda count, _: not _finite(count) or count >= 0),),
)
"""Nothing is counted below zero."""
AMOUNT = Kept(
    SURELY_USABLE,
    (
        Rule(
            "amount-negative",
            lambda value, _: not _finite(value) or value >= 0,
            Severity.WARNING,
        ),
    ),
)
"""A price is not below zero."""


def _finite(number: Decimal | int) -> bool:
    return not isinstance(number, Decimal) or number.is_finite()


def nets(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """Goods weigh no more without their packing than with it."""
    for index, item in enumerate(declaration.items):
        net, gross = item.net_mass, item.gross_mass
        if net is not None and gross is not None and net > gross > 0:
            yield warning("net-exceeds-gross", f"items[{index}].net_mass", net, gross)


def total_mass(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """The total gross mass is that of the items, give or take their rounding."""
    total = declaration.gross_mass
    found = _sum([item.gross_mass for item in declaration.items])
    if total is None or found is None:
        return
    if abs(total - found) > ROUNDING * (len(declaration.items) + 1):
        yield warning("total-mass-differs", "gross_mass", total, found)


def item_count(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """As many items are there as the declaration says; else a part of it is missing."""
    stated, there = declaration.item_count, len(declaration.items)
    if stated is not None and there and stated != there:
        yield error("item-count-differs", "item_count", stated, there)


def package_count(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """The total number of packages is that of the items, where each of them states one."""
    total = declaration.package_count
    if total is None:
        return
    found = _sum([packed.count for item in declaration.items for packed in item.packages])
    if found is not None and found != total:
        yield warning("package-count-differs", "package_count", total, found)


def invoice(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """The invoice is the sum of the prices, where all are stated in its currency."""
    if declaration.invoice is not None:
        prices = [item.price for item in declaration.items]
        yield from _total("invoice-differs", "invoice.value", declaration.invoice, prices)


def customs_value(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """The customs value is the sum of those of the items, where all are stated in its currency."""
    total = declaration.customs_value
    if total is not None:
        values = [item.customs_value for item in declaration.items]
        yield from _total("customs-value-differs", "customs_value.value", total, values)


def _total(
    code: str, path: str, total: Amount, parts: Sequence[Amount | None]
) -> Iterator[Finding]:
    stated = [part for part in parts if part is not None and part.currency == total.currency]
    found = _sum([part.value for part in stated])
    if total.value is None or found is None or len(stated) < len(parts):
        return
    if abs(total.value - found) > CENTS * (len(stated) + 1):
        yield warning(code, path, total.value, found)


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum, if there are values and each is stated."""
    stated = [value for value in values if value is not None]
    return sum(stated, Decimal(0)) if stated and len(stated) == len(values) else None
