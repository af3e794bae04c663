"""Checks of figures: masses in kg, counts, and whether the totals are those of the items."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from keruen.customs.elements import Element
from keruen.customs.findings import Finding, error, warning
from keruen.customs.model import Declaration
from keruen.customs.soundness import usable

ROUNDING = Decimal("0.5")
"""kg by which rounding may change the mass of one item."""
COUNT_ELEMENTS = frozenset(
    {"count", "departure_means_count", "item_count", "package_count", "transport_means_count"}
)
"""Names of elements that count something."""
MASS_ELEMENTS = frozenset({"gross_mass", "net_mass"})


def mass(element: Element, _today: date) -> Iterator[Finding]:
    """A mass is more than nothing; goods that share a package with others may have none of their own."""
    path, _, value = element
    if usable(value) and value <= 0:
        text = "A mass is stated in kg and more than zero."
        grave = warning if value == 0 and path.startswith("items") else error
        yield grave("mass-not-positive", path, text, value)


def count(element: Element, _today: date) -> Iterator[Finding]:
    """Nothing is counted below zero."""
    path, _, value = element
    if (isinstance(value, int) or usable(value)) and value < 0:
        yield error("count-negative", path, "A number of things is zero or more.", value)


def nets(declaration: Declaration, _today: date) -> Iterator[Finding]:
    """Goods weigh no more without their packing than with it."""
    for index, item in enumerate(declaration.items):
        net, gross = item.net_mass, item.gross_mass
        if net is None or gross is None or not (usable(net) and usable(gross)):
            continue
        if net > gross > 0:
            text = f"The net mass is at most the gross mass, {gross} kg."
            yield warning("net-exceeds-gross", f"items[{index}].net_mass", text, net)


def total_mass(declaration: Declaration, _today: date) -> Iterator[Finding]:
    """The total gross mass is that of the items, give or take their rounding."""
    total = declaration.gross_mass
    masses = _all_usable([item.gross_mass for item in declaration.items])
    if total is None or masses is None or not usable(total):
        return
    found = sum(masses, Decimal(0))
    if abs(total - found) > ROUNDING * (len(masses) + 1):
        text = f"The gross masses of the items add up to {found} kg."
        yield warning("total-mass-differs", "gross_mass", text, total)


def item_count(declaration: Declaration, _today: date) -> Iterator[Finding]:
    """As many items are there as the declaration says; else a part of it is missing."""
    stated, there = declaration.item_count, len(declaration.items)
    if stated is not None and there and stated != there:
        text = f"The declaration has {there} items; state that number, or all items."
        yield error("item-count-differs", "item_count", text, stated)


def package_count(declaration: Declaration, _today: date) -> Iterator[Finding]:
    """The total number of packages is that of the items, where each of them states one."""
    total = declaration.package_count
    counts = _all_usable([p.count for item in declaration.items for p in item.packages])
    if total is None or counts is None or not usable(total):
        return
    found = sum(counts, Decimal(0))
    if found != total:
        text = f"The packages of the items add up to {found}."
        yield warning("package-count-differs", "package_count", text, total)


def _all_usable(values: list[Decimal | None]) -> list[Decimal] | None:
    """The values, if there are any and each can be reckoned with."""
    known = [value for value in values if value is not None and usable(value)]
    return known if known and len(known) == len(values) else None
