"""One consignment in several declarations: parts that together weigh what one line of the other side does.

A split export arrives as several imports, several exports are cleared as one import. Marks and firms speak for
each part as for any pair, but weight, packages and value must balance in the sum. Lines that have their
partner by weight, too, are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import duckdb
import numpy as np

from keruen.customs.recognition import DIFFERS, RULE_OF, TOLERATED_KG, Feature
from keruen.mirror.matching.belief import Floats, Ints
from keruen.mirror.matching.evidence import column, place
from keruen.mirror.matching.linking import Linked

LESS = 0.93
"""Share of the whole that a part weighs at most."""
TIED = 0.8
"""Belief from which a link, whose weights agree, is not questioned."""
MOST, PARTS = 8, 4
"""Candidates of one line that are tried, and parts at most."""
BALANCED, NEARLY = (0.02, 5.0), (0.10, 0.0)
"""Difference of the sum as a share of the whole, and the bits that this weighs, as chance is unlikely."""
EQUAL_PACKAGES, OTHER_PACKAGES = 5.0, -5.0
LIKELY_VALUE, OTHER_VALUE = 2.0, -3.0
VALUES = (0.97, 1.25)
"""Imported over exported value that is likely."""
ARRIVES = 5.0
"""Bits of arriving at all, which count once for all parts of an export."""
RARE = -6.0
"""Bits of consignments being divided at all."""


@dataclass(frozen=True, slots=True)
class Group:
    """A line and its parts on the other side; `gain` in bits over what else they may be."""

    whole: int
    parts: tuple[int, ...]
    gain: float

    @property
    def score(self) -> float:
        """How sure it is."""
        return float(1 / (1 + 2 ** -min(self.gain, 60.0)))


@dataclass(frozen=True, slots=True)
class Offer:
    """A line with the candidates for its parts: bits, and mass, packages, value in columns.

    Attributes:
        bits: without what marks that differ take off, which is `against`.
        alone: bits of the link that the line has.
    """

    whole: int
    amounts: Floats
    parts: Ints
    bits: Floats
    against: Floats
    part_amounts: Floats
    alone: float


def divided(
    connection: duckdb.DuckDBPyConnection, linked: Linked
) -> tuple[list[Group], list[Group]]:
    """Split exports (parts are imports), and merged imports (parts are exports)."""
    _put_links(connection, linked)
    split = _chosen(_groups(connection, "e", "i"))
    merged = _chosen(_groups(connection, "i", "e"))
    return split, merged


def _put_links(connection: duckdb.DuckDBPyConnection, linked: Linked) -> None:
    found = {"e": linked.e, "i": linked.i, "score": linked.score}
    connection.register("found", found)
    mass = RULE_OF[Feature.MASS]
    apart = f"({place(mass, 'far')}, {place(mass, DIFFERS)})"
    connection.execute(
        f"""CREATE OR REPLACE TABLE paired AS SELECT found.*, bits,
        score > {TIED} AND {column(Feature.MASS)} NOT IN {apart} AS tied
        FROM found JOIN candidate USING (e, i)"""
    )
    connection.unregister("found")


def _groups(connection: duckdb.DuckDBPyConnection, whole: str, part: str) -> Iterator[Group]:
    for offer in _offers(connection, whole, part):
        found = _best(offer, split=whole == "e")
        if found is not None:
            yield found


_TABLE = {"e": "exported", "i": "imported"}


def _offers(connection: duckdb.DuckDBPyConnection, whole: str, part: str) -> Iterator[Offer]:
    found = connection.execute(
        f"""WITH open AS (SELECT c.{whole} AS w, c.{part} AS p, without, against FROM candidate AS c
            ANTI JOIN (SELECT e FROM paired WHERE tied) AS te ON te.e = c.e
            ANTI JOIN (SELECT i FROM paired WHERE tied) AS ti ON ti.i = c.i),
        apart AS (SELECT open.*, one.mass, one.packages, one.value, other.mass AS part_mass,
                         other.packages AS part_packages, other.value AS part_value
            FROM open JOIN {_TABLE[whole]} AS one ON one.n = w JOIN {_TABLE[part]} AS other ON other.n = p
            WHERE other.mass < {LESS} * one.mass
            QUALIFY row_number() OVER (PARTITION BY w ORDER BY without - against DESC, p) <= {MOST}
                AND count(*) OVER (PARTITION BY w) > 1)
        SELECT apart.*, coalesce(paired.bits, 0) AS alone
        FROM apart LEFT JOIN paired ON paired.{whole} = w ORDER BY w, without DESC, p"""
    ).fetchnumpy()
    if not len(found["w"]):
        return
    starts = np.flatnonzero(np.diff(found["w"], prepend=-1))
    columns = {name: np.ma.filled(np.ma.asarray(found[name], np.float64), np.nan) for name in found}
    amounts = np.column_stack([columns[name] for name in ("mass", "packages", "value")])
    parts = np.column_stack([columns[f"part_{name}"] for name in ("mass", "packages", "value")])
    for start, end in zip(starts, [*starts[1:], len(found["w"])], strict=True):
        yield Offer(
            whole=int(found["w"][start]),
            amounts=amounts[start],
            parts=np.asarray(found["p"][start:end], np.int64),
            bits=(columns["without"] - columns["against"])[start:end],
            against=columns["against"][start:end],
            part_amounts=parts[start:end],
            alone=float(columns["alone"][start]),
        )


@cache
def _subsets(count: int) -> np.ndarray:
    """All subsets of two to `PARTS` of so many, as rows of ones."""
    rows = []
    for size in range(2, min(count, PARTS) + 1):
        for some in combinations(range(count), size):
            row = np.zeros(count)
            row[list(some)] = 1
            rows.append(row)
    return np.array(rows)


def _best(offer: Offer, *, split: bool) -> Group | None:
    subsets = _subsets(len(offer.parts))
    sums = subsets @ offer.part_amounts
    apart = np.abs(sums[:, 0] - offer.amounts[0])
    share = apart / offer.amounts[0]
    near = (share <= NEARLY[0]) | (apart <= TOLERATED_KG)
    if not near.any():
        return None
    gain = subsets @ offer.bits + np.where(subsets > 0, offer.against, -np.inf).max(axis=1)
    gain -= ARRIVES * (subsets.sum(axis=1) - 1) * split
    gain += np.where((share <= BALANCED[0]) | (apart <= TOLERATED_KG), BALANCED[1], NEARLY[1])
    gain += _packages(sums[:, 1], offer.amounts[1]) + _values(sums[:, 2], offer.amounts[2], split)
    gain += RARE - np.log2(len(subsets)) - max(offer.alone, 0.0)
    gain = np.where(near, gain, -np.inf)
    place_ = int(gain.argmax())
    if gain[place_] <= 0:
        return None
    parts = offer.parts[subsets[place_] > 0]
    return Group(offer.whole, tuple(map(int, parts)), float(gain[place_]))


def _packages(sums: Floats, whole: float) -> Floats:
    told = np.where(np.abs(sums - whole) <= 1, EQUAL_PACKAGES, OTHER_PACKAGES)
    return np.where(np.isnan(sums - whole), 0.0, told)


def _values(sums: Floats, whole: float, split: bool) -> Floats:  # noqa: FBT001 - which way the ratio goes
    ratio = sums / whole if split else whole / sums
    told = np.where((ratio >= VALUES[0]) & (ratio <= VALUES[1]), LIKELY_VALUE, OTHER_VALUE)
    return np.where(np.isnan(ratio), 0.0, told)


def _chosen(groups: Iterator[Group]) -> list[Group]:
    """The best first; no line is a part of two."""
    taken: set[int] = set()
    kept = []
    for group in sorted(groups, key=lambda one: (-one.gain, one.whole)):
        if taken.isdisjoint(group.parts):
            taken.update(group.parts)
            kept.append(group)
    return kept
