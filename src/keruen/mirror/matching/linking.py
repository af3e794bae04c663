"""From weights to links: first those whose marks leave no doubt, then all others by whatever they share.

marks ─► candidates ─► belief ─► settled
│
└─► the rest, with the candidates of their firms ─► belief ─► assignment
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np

from keruen.customs.recognition import DIFFERS, RULE_OF, Feature
from keruen.mirror.matching.assignment import assign
from keruen.mirror.matching.belief import Floats, Ints, believe
from keruen.mirror.matching.candidates import ALL, BY_MARKS, pairs
from keruen.mirror.matching.evidence import QUANTITIES, column, place
from keruen.mirror.matching.weights import Weights, against_sql, population, score_sql

SETTLED = 0.999
LEAST_BITS, LEAST_WITHOUT = -9.0, 0.0
"""Odds below which a pair is no candidate; for a part of the other, whose amounts cannot agree."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Who is whose.

    Attributes:
        e, i, score: the links and how sure each is.
        alone_e, alone_i: of each line how sure it is that it has no partner.
    """

    e: Ints
    i: Ints
    score: Floats
    alone_e: Floats
    alone_i: Floats


def link(connection: duckdb.DuckDBPyConnection, weights: Weights) -> Linked:
    """Link the tables one to one; ``candidate`` holds the pairs that were compared."""
    counts = _count(connection, "exported"), _count(connection, "imported")
    first = scored("exported", "imported", BY_MARKS, weights)
    connection.execute(f"CREATE OR REPLACE TABLE candidate AS {first}")
    e, i, bits = _fetched(connection, "candidate")
    belief = believe(e, i, bits, counts)
    whole = connection.execute(f"SELECT NOT {_apart()} AS whole FROM candidate").fetchnumpy()[
        "whole"
    ]
    settled = (belief.link > SETTLED) & np.asarray(whole, bool)
    _put_settled(connection, e[settled], i[settled])
    more = scored(_rest("exported", "e"), _rest("imported", "i"), ALL, weights)
    connection.execute(
        f"INSERT INTO candidate SELECT * FROM ({more}) ANTI JOIN candidate USING (e, i)"
    )
    return _all(connection, counts)


def _all(connection: duckdb.DuckDBPyConnection, counts: tuple[int, int]) -> Linked:
    e, i, bits = _fetched(connection, "candidate")
    belief = believe(e, i, bits, counts)
    links = assign(e, i, bits, belief)
    return Linked(e[links], i[links], belief.link[links], belief.alone_e, belief.alone_i)


def scored(
    exported: str,
    imported: str,
    blocks: tuple[tuple[tuple[str, ...], str], ...],
    weights: Weights,
) -> str:
    """SQL of the candidates with their bits (`bits`; `without`: of what a part has, too)."""
    return (
        f"SELECT * FROM (SELECT *, {score_sql(weights)} AS bits, "
        f"{score_sql(weights, QUANTITIES)} AS without, {against_sql(weights)} AS against FROM "
        f"(SELECT c.*, x.rare, {population()} AS pop FROM ({pairs(exported, imported, blocks)}) AS c "
        f"JOIN exported AS x ON x.n = c.e)) "
        f"WHERE bits > {LEAST_BITS} OR (without - against > {LEAST_WITHOUT} AND {_apart()})"
    )


def _apart() -> str:
    """SQL: one weighs much less than the other."""
    mass = RULE_OF[Feature.MASS]
    return f"{column(Feature.MASS)} IN ({place(mass, 'far')}, {place(mass, DIFFERS)}, {place(mass, 'near')})"


def _rest(side: str, column: str) -> str:
    return f"(SELECT {side}.* FROM {side} ANTI JOIN settled ON settled.{column} = {side}.n)"


def _put_settled(connection: duckdb.DuckDBPyConnection, e: Ints, i: Ints) -> None:
    found = {"e": e, "i": i}
    connection.register("found", found)
    connection.execute("CREATE OR REPLACE TABLE settled AS FROM found")
    connection.unregister("found")


def _fetched(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[Ints, Ints, Floats]:
    found = connection.execute(f"SELECT e, i, bits FROM {table}").fetchnumpy()
    return (
        np.asarray(found["e"], np.int64),
        np.asarray(found["i"], np.int64),
        np.asarray(found["bits"], np.float64),
    )


def _count(connection: duckdb.DuckDBPyConnection, side: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {side}").fetchall()[0][0])
