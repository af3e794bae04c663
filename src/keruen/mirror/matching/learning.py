"""Weights learned from the tables themselves: nobody says which lines belong together.

Fellegi and Sunter's weights, log2(m/u): how often a level is seen among lines that are of one consignment,
over how often among those that are not. u is counted on pairs that are drawn by their exporters and days
alone; m on candidates, each as much as it is believed (`keruen.mirror.matching.belief`). Weights and beliefs
are made of each other in turns, as expectation maximisation does, from the table's weights on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np

from keruen.customs.recognition import RULE_OF, Feature
from keruen.mirror.matching.belief import Floats, believe
from keruen.mirror.matching.candidates import ALL, EARLY, WINDOW, pairs
from keruen.mirror.matching.evidence import COMPARED, column, levels
from keruen.mirror.matching.weights import (
    LAST_POPULATION,
    POPULATIONS,
    Weights,
    population,
    starting,
)

TURNS = 6
DRAWN = 400_000
"""Pairs of one exporter, and as many of strangers, on which u is counted."""
LEARNED_FROM = 2_000_000
"""Candidates on which m is counted, about."""
FEW = 60.0
"""Linked pairs at which what is learned counts as much as the table."""
LEAST_SHARE = 0.003
"""Missing and orphaned lines that are always reckoned with."""
STRONGEST = 14.0
"""Bits that one feature may weigh at most."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Pairs in columns: levels by feature, population, how rare the exporter is."""

    levels: Mapping[Feature, np.ndarray]
    population: np.ndarray
    rare: Floats

    def bits(self, weights: Weights) -> Floats:
        """What each pair weighs."""
        total = np.full(len(self.population), weights.prior)
        total += np.where(self.population > 0, self.rare, 0.0)
        for feature, level in self.levels.items():
            table = np.array(weights.bits[feature])
            total += table[self.of(feature), level]
        return total

    def of(self, feature: Feature) -> np.ndarray:
        """The population that counts for a feature."""
        last = LAST_POPULATION.get(feature, POPULATIONS - 1)
        limited: np.ndarray = np.minimum(self.population, last)
        return limited

    def counted(self, feature: Feature, weight: Floats) -> Floats:
        """Weight by population and level; missing values count nowhere."""
        size = len(RULE_OF[feature].levels) + 1
        place = self.of(feature) * size + self.levels[feature]
        flat: Floats = np.bincount(place, weight, POPULATIONS * size).astype(np.float64)
        table = flat.reshape(POPULATIONS, size)
        table[:, 0] = 0
        return table


def learn(connection: duckdb.DuckDBPyConnection) -> Weights:
    """The weights of the tables that are loaded."""
    strangers, same = _drawn(connection)
    sample = _candidates(connection)
    size = _sizes(connection)
    weights = starting(_prior(size, LEAST_SHARE * 5, LEAST_SHARE * 5))
    for _ in range(TURNS):
        belief = believe(
            sample.e, sample.i, sample.pairs.bits(weights), (size.exported, size.imported)
        )
        weights = Weights(
            bits={
                one: _learned(one, sample.pairs, belief.link, (strangers, same), weights)
                for one in COMPARED
            },
            prior=_prior(
                size,
                float(belief.alone_e[sample.exported].mean()) if len(sample.exported) else 1.0,
                float(belief.alone_i[sample.imported].mean()) if len(sample.imported) else 1.0,
            ),
        )
    return weights


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates of some exporters, and which lines are theirs."""

    e: np.ndarray
    i: np.ndarray
    pairs: Sample
    exported: np.ndarray
    imported: np.ndarray


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lines of each table; imports that an export's days allow, the mean."""

    exported: int
    imported: int
    possible: float


def _prior(size: Sizes, missing: float, orphaned: float) -> float:
    """Bits of a pair of strangers: that it arrived, against that it is missing and the other one an orphan."""
    lost = min(max(missing, LEAST_SHARE), 0.9)
    strange = min(max(orphaned, LEAST_SHARE), 0.9)
    return float(np.log2((1 - lost) / lost) - np.log2(max(strange * size.possible, 1e-3)))


def _learned(
    feature: Feature,
    pairs: Sample,
    link: Floats,
    drawn: tuple[Sample, Sample],
    weights: Weights,
) -> tuple[tuple[float, ...], ...]:
    """Weights of one feature: what was learned, and the table's as far as there is little to learn from."""
    seen = pairs.counted(feature, link).sum(axis=0)
    strangers, same = (one.counted(feature, _unlike(one, weights)) for one in drawn)
    by_chance = np.vstack([strangers[:1], same[1:]])
    table = np.array(starting(0).bits[feature])
    rows = []
    for number, row in enumerate(by_chance):
        learned = np.log2(_shares(seen) / _shares(row))
        trust = min(seen.sum(), row.sum()) / (min(seen.sum(), row.sum()) + FEW)
        mixed = trust * np.clip(learned, -STRONGEST, STRONGEST) + (1 - trust) * table[number]
        rows.append((0.0, *map(float, mixed[1:])))
    return tuple(rows)


def _unlike(pairs: Sample, weights: Weights) -> Floats:
    """How sure it is of each drawn pair that it is not of one consignment."""
    unlike: Floats = 1 / (1 + np.exp2(np.clip(pairs.bits(weights), -60, 60)))
    return unlike


def _shares(counted: Floats) -> Floats:
    """Shares of levels, none of them nought."""
    smooth = counted + 0.5
    smooth[0] = 1e-9
    shares: Floats = smooth / smooth[1:].sum()
    return shares


def _drawn(connection: duckdb.DuckDBPyConnection) -> tuple[Sample, Sample]:
    """Pairs of any lines, and pairs of lines of one exporter, whose days are possible."""
    near = f"(e.day IS NULL OR i.day IS NULL OR i.day - e.day BETWEEN -{EARLY} AND {WINDOW})"
    one, other = (
        connection.execute(f"SELECT count(*) FROM {side}").fetchall()[0][0]
        for side in ("exported", "imported")
    )
    strangers = _pairs_of(connection, one * other, f"ON {near}")
    (there,) = connection.execute(
        "SELECT coalesce(sum(a * b), 0)::DOUBLE FROM "
        "(SELECT exporter_name, count(*) AS a FROM exported GROUP BY 1) JOIN "
        "(SELECT exporter_name, count(*) AS b FROM imported GROUP BY 1) USING (exporter_name)"
    ).fetchall()[0]
    same = _pairs_of(connection, there, f"ON e.exporter_name = i.exporter_name AND {near}")
    return strangers, same


def _pairs_of(connection: duckdb.DuckDBPyConnection, there: float, condition: str) -> Sample:
    """Some `DRAWN` of so many pairs: every so manieth line of each side."""
    step = max(1, int(np.sqrt(there / DRAWN)))
    some = f"(SELECT * FROM {{}} WHERE hash(n + {{}}) % {step} = 0)"
    return _sample(
        connection.execute(
            f"SELECT *, {population()} AS pop FROM (SELECT {levels()}, e.rare FROM "
            f"{some.format('exported', 0)} AS e JOIN {some.format('imported', 1)} AS i {condition})"
        ).fetchnumpy()
    )


def _sample(found: Mapping[str, np.ndarray]) -> Sample:
    return Sample(
        levels={one: np.asarray(found[column(one)]).astype(np.int64) for one in COMPARED},
        population=np.asarray(found["pop"]).astype(np.int64),
        rare=np.asarray(found["rare"]).astype(np.float64),
    )


def _candidates(connection: duckdb.DuckDBPyConnection) -> Candidates:
    """All candidates of so many exporters, whose they are by chance, that there are not too many."""
    connection.execute(
        f"""CREATE OR REPLACE TABLE learner AS SELECT exporter_name FROM (
        SELECT exporter_name, sum(a * b) OVER (ORDER BY hash(exporter_name)) AS before
        FROM (SELECT exporter_name, count(*) AS a FROM exported GROUP BY 1)
        JOIN (SELECT exporter_name, count(*) AS b FROM imported GROUP BY 1) USING (exporter_name))
        WHERE before <= {LEARNED_FROM}"""
    )
    some = "(SELECT * FROM exported SEMI JOIN learner USING (exporter_name))"
    found = connection.execute(
        f"SELECT c.*, rare, {population()} AS pop FROM ({pairs(some, 'imported', ALL)}) AS c "
        "JOIN exported ON exported.n = c.e"
    ).fetchnumpy()
    of = "SELECT n FROM {} SEMI JOIN learner USING (exporter_name)"
    mine = [
        connection.execute(of.format(side)).fetchnumpy()["n"] for side in ("exported", "imported")
    ]
    return Candidates(
        np.asarray(found["e"]), np.asarray(found["i"]), _sample(found), mine[0], mine[1]
    )


def _sizes(connection: duckdb.DuckDBPyConnection) -> Sizes:
    counts = [
        connection.execute(f"SELECT count(*) FROM {side}").fetchall()[0][0]
        for side in ("exported", "imported")
    ]
    (near,) = connection.execute(
        f"""SELECT coalesce(sum(a * b), 0)::DOUBLE FROM
        (SELECT day AS d, count(*) AS a FROM exported GROUP BY 1) JOIN
        (SELECT day AS f, count(*) AS b FROM imported GROUP BY 1)
        ON d IS NULL OR f IS NULL OR f - d BETWEEN -{EARLY} AND {WINDOW}"""
    ).fetchall()[0]
    return Sizes(counts[0], counts[1], near / max(counts[0], 1))
