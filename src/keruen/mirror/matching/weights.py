"""What each level weighs, in bits (doublings of the odds), and the SQL and the function that add it up.

Firms that trade with each other send the same goods, of one weight, in the same trucks: a sign that tells two
consignments of strangers apart says little of two of theirs. So weights are of four populations of pairs:

    0  other exporter, or unknown    2  same exporter and consignee
    1  same exporter                 3  same exporter, consignee and HS code
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from keruen.customs.recognition import ALIKE, EQUAL, POINTS, RULE_OF, Feature
from keruen.mirror.matching.evidence import COMPARED, column, place

POPULATIONS = 4
LAST_POPULATION = {
    Feature.EXPORTER: 0,
    Feature.CONSIGNEE: 1,
    Feature.GOODS: 2,
    Feature.REFERENCE: 2,
    Feature.TRANSPORT_DOCUMENT: 2,
    Feature.VEHICLE: 2,
    Feature.DATE: 2,
}
"""A feature that makes the populations is weighed in those that are known before it; what all lines of one
declaration share does not depend on their goods."""
MARKS = (Feature.REFERENCE, Feature.TRANSPORT_DOCUMENT, Feature.VEHICLE)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of all levels.

    Attributes:
        bits: feature → population → level, 0 for a missing value.
        prior: bits of a pair of which nothing is known but that its days are possible.
    """

    bits: Mapping[Feature, tuple[tuple[float, ...], ...]]
    prior: float


def starting(prior: float) -> Weights:
    """The table's own weights."""
    return Weights({one: _starting(one) for one in COMPARED}, prior)


def _starting(feature: Feature) -> tuple[tuple[float, ...], ...]:
    row = (0.0, *(level.weight / POINTS for level in RULE_OF[feature].levels))
    return (row,) * POPULATIONS


def population() -> str:
    """SQL of a pair's population."""
    exporter, consignee, goods = map(column, (Feature.EXPORTER, Feature.CONSIGNEE, Feature.GOODS))
    return (
        f"CASE WHEN {exporter} NOT IN (1, 2) THEN 0 WHEN {consignee} NOT IN (1, 2) THEN 1 "
        f"WHEN {goods} <> 1 THEN 2 ELSE 3 END"
    )


def population_of(levels: Mapping[Feature, str]) -> int:
    """A pair's population."""
    same = (EQUAL, ALIKE)
    if levels.get(Feature.EXPORTER) not in same:
        return 0
    if levels.get(Feature.CONSIGNEE) not in same:
        return 1
    return 3 if levels.get(Feature.GOODS) == EQUAL else 2


def score_sql(weights: Weights, left_out: Collection[Feature] = ()) -> str:
    """SQL of a pair's bits; needs its levels, its population as ``pop``, and ``rare`` of its exporter."""
    terms = [_term(weights, one) for one in COMPARED if one not in left_out]
    return f"({weights.prior!r} + {_rare()} + {' + '.join(terms)})"


def against_sql(weights: Weights) -> str:
    """SQL of the bits that marks which differ take off: a part may come under marks of its own."""
    return " + ".join(f"least({_term(weights, one)}, 0)" for one in MARKS)


def _term(weights: Weights, feature: Feature) -> str:
    rows = weights.bits[feature]
    size, flat = len(rows[0]), [bits for row in rows for bits in row]
    last = LAST_POPULATION.get(feature, POPULATIONS - 1)
    where = f"least(pop, {last}) * {size} + {column(feature)} + 1"
    return f"list_extract({flat!r}::FLOAT[], ({where})::INTEGER)"


def _rare() -> str:
    """A firm's name that is rare tells more than one that is common."""
    return f"CASE WHEN {column(Feature.EXPORTER)} IN (1, 2) THEN rare ELSE 0 END"


def score(weights: Weights, levels: Mapping[Feature, str], rare: float = 0.0) -> float:
    """A pair's bits, as `score_sql` has them.

    Args:
        rare: bits by which the exporter is rarer than the mean one.
    """
    group = population_of(levels)
    total = weights.prior + (rare if group else 0.0)
    for feature, level in levels.items():
        row = weights.bits[feature][min(group, LAST_POPULATION.get(feature, POPULATIONS - 1))]
        total += row[place(RULE_OF[feature], level)]
    return total
