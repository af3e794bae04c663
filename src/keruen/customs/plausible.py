"""Whether goods weigh and cost what such goods do: warnings for an officer, with wide bounds.

**Pilot.** The bounds are the project's own orders of magnitude, not statistics. Wheat is anchored: Kazakhstan
exported 596 100 t for 194.7 million USD to Tajikistan in January to September 2022, 0.33 USD a kg; its bounds
are a fifth and five times it. The other headings of the corridor are set likewise about what trade pays; a
chapter spans everything in it. Packages: nothing is lighter than ten grams, a big bag of loose goods holds two
tonnes, a coil or bundle weighs up to the load of a heavy vehicle. Chapters with goods of any value
(pharmaceuticals, precious metals, aircraft, instruments, art) have no bounds.

An administration puts its own in their place by importing the code list `plausible`: code (chapter or heading)
and the columns `usd_low`, `usd_high`, `kg_low`, `kg_high`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from keruen.customs.codelists import CodeLists, Entry
from keruen.customs.findings import Finding, warning
from keruen.customs.model import Amount, Declaration, GoodsItem
from keruen.customs.walking import Ground

PLAUSIBLE = "plausible"
"""Id of the code list that takes the place of the bounds here."""
DOLLAR = "USD"

_USD_A_KG = """
01 .3 500|02 .2 50|03 .2 100|04 .1 50|05 .05 500|06 .1 100|07 .02 20|08 .05 50|09 .2 5000|10 .05 10
11 .05 10|12 .03 20000|13 .2 1000|14 .02 50|15 .1 50|16 .3 200|17 .1 50|18 .3 100|19 .1 50|20 .1 50
21 .1 500|22 .02 500|23 .02 20|24 .3 500|25 .003 50|26 .01 100|27 .005 50|31 .03 20|32 .1 500
33 .1 5000|34 .1 100|35 .1 500|36 .1 500|38 .05 5000|39 .1 1000|40 .1 500|41 .05 500|42 .5 5000
44 .02 100|45 .1 100|46 .1 200|47 .02 10|48 .1 200|50 1 1000|51 .3 500|52 .2 200|53 .1 200
54 .2 500|55 .2 200|56 .2 500|57 .3 2000|58 .5 500|59 .3 500|60 .5 500|61 .5 5000|62 .5 5000
63 .1 500|64 .5 5000|65 .5 5000|68 .01 500|69 .03 500|70 .03 1000|72 .05 100|73 .1 500|74 .5 500
75 1 500|76 .3 200|78 .3 50|79 .3 50|80 2 200|82 .3 5000|83 .3 1000|86 .1 1000|87 .3 1000
94 .2 500|1001 .065 1.65|1101 .08 2|2603 .1 15|2607 .05 20|2608 .05 10|2701 .005 1|5201 .3 10
7213 .1 5|7214 .1 5|0703 .02 5
"""
_KG_A_PACKAGE = """
01-24 .01 2500|25-27 .1 2500|28-38 .01 2500|39-40 .01 5000|41-49 .01 5000|50-63 .01 1500
64-67 .01 1500|68-70 .01 5000|72-83 .01 40000
"""


class Bounds(NamedTuple):
    """Least and most; None where nothing is said."""

    low: Decimal
    high: Decimal


class Goods(NamedTuple):
    """What is plausible for goods of a heading or chapter."""

    value: Bounds | None = None
    package: Bounds | None = None


NOTHING = Goods()
NONE = Decimal(0)
IN_BULK = "V"
"""First character of the kinds of packages that are none: UN/ECE Rec 21."""


def goods(declaration: Declaration, ground: Ground) -> Iterator[Finding]:
    """The value a kg of net mass, and the mass of a package, are what such goods have."""
    known = _bounds(ground.lists)
    for index, item in enumerate(declaration.items):
        code = item.hs or ""
        value, package = known.get(code[:4]) or known.get(code[:2]) or NOTHING
        if value and item.net_mass and not _within(value, worth(item), item.net_mass):
            name = "price" if _dollars(item.statistical_value) is None else "statistical_value"
            path = f"items[{index}].{name}.value"
            yield warning("unit-value-implausible", path, worth(item), *value)
        if package and item.gross_mass and not _within(package, item.gross_mass, packed(item)):
            path = f"items[{index}].gross_mass"
            yield warning("package-mass-implausible", path, item.gross_mass, *package)


def _within(bounds: Bounds, whole: Decimal | None, parts: Decimal | None) -> bool:
    """Whether a part has its due share of the whole; nothing is said where one of them is not known."""
    if whole is None or parts is None:
        return True
    low, high = bounds
    return low * parts <= whole <= high * parts or parts <= 0 or whole < 0


def packed(item: GoodsItem) -> Decimal | None:
    """Packages of an item; None where some of it is in bulk (UN/ECE Rec 21: V…) or not counted."""
    total = NONE
    for one in item.packages:
        if one.count is None or (one.kind and one.kind[0] == IN_BULK):
            return None
        total += one.count
    return total


def worth(item: GoodsItem) -> Decimal | None:
    """What an item is worth in dollars: statistically, else by its price."""
    value = _dollars(item.statistical_value)
    return _dollars(item.price) if value is None else value


def _dollars(amount: Amount | None) -> Decimal | None:
    return amount.value if amount is not None and amount.currency == DOLLAR else None


@lru_cache(maxsize=4)
def _bounds(lists: CodeLists) -> Mapping[str, Goods]:
    if lists.known(PLAUSIBLE):
        return {
            code: Goods(_of(entries[-1], "usd"), _of(entries[-1], "kg"))
            for code, entries in lists[PLAUSIBLE].entries.items()
        }
    packages = dict(_package_rows())
    values = {code: Bounds(Decimal(low), Decimal(high)) for code, low, high in _rows(_USD_A_KG)}
    return {
        code: Goods(values.get(code), packages.get(code[:2])) for code in sorted(values | packages)
    }


def _of(entry: Entry, unit: str) -> Bounds | None:
    """The bounds that an imported list states; figures that are none bound nothing."""
    try:
        return Bounds(Decimal(entry.facts[f"{unit}_low"]), Decimal(entry.facts[f"{unit}_high"]))
    except (KeyError, InvalidOperation):
        return None


def _rows(table: str) -> Iterator[list[str]]:
    for line in table.split("\n"):
        yield from (row.split() for row in line.split("|") if row)


def _package_rows() -> Iterator[tuple[str, Bounds]]:
    for chapters, low, high in _rows(_KG_A_PACKAGE):
        first, last = map(int, chapters.split("-"))
        for chapter in range(first, last + 1):
            yield f"{chapter:02}", Bounds(Decimal(low), Decimal(high))
