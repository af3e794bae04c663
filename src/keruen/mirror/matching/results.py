"""What is written: links, what is missing, what is orphaned, and in what linked lines differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import numpy as np

from keruen.customs.recognition import EQUAL, RULE_OF, TOLERATED, Feature
from keruen.mirror.matching.balance import Group
from keruen.mirror.matching.evidence import COMPARED, column
from keruen.mirror.matching.linking import Linked

REVIEW = 0.95
"""Score below which a person is to look at a link."""
DOUBTFUL = 0.005
"""How likely it must be that nothing came before a linked export is told among the missing, too."""
EDGE = 60
"""Days before the tables' day from which exports may still be on their way."""
FEW = 100
"""Links of a mode of transport from which its own days are learned."""
AGREED = ("heading", "chapter", TOLERATED, "freight-3", "freight-6", "freight-10", "freight-20")
"""Levels that speak for a link, beside equal and alike ones."""


def put_links(
    connection: duckdb.DuckDBPyConnection,
    linked: Linked,
    split: Sequence[Group],
    merged: Sequence[Group],
) -> None:
    """Make ``linked`` (e, i, score, kind, bundle) and ``alone`` of each side."""
    rows = [
        *((one.whole, part, one.score, "split-shipment") for one in split for part in one.parts),
        *((part, one.whole, one.score, "merged-shipment") for one in merged for part in one.parts),
    ]
    e, i, score, kind = zip(*rows, strict=True) if rows else ((), (), (), ())
    _register(connection, "grouped", e=np.array(e, np.int64), i=np.array(i, np.int64),
              score=np.array(score, np.float64), kind=np.array(kind, object))  # fmt: skip
    connection.execute(
        """CREATE OR REPLACE TABLE linked AS
        WITH every AS (
            SELECT e::INTEGER AS e, i::INTEGER AS i, score, kind::VARCHAR AS kind FROM grouped
            UNION ALL SELECT e, i, score, NULL FROM paired
            ANTI JOIN grouped AS ge ON ge.e = paired.e ANTI JOIN grouped AS gi ON gi.i = paired.i)
        SELECT *, CASE kind WHEN 'split-shipment' THEN e WHEN 'merged-shipment' THEN i END AS bundle
        FROM every"""
    )
    for side, alone in (("e", linked.alone_e), ("i", linked.alone_i)):
        _register(connection, "believed", n=np.arange(len(alone)), alone=alone)
        connection.execute(
            f"""CREATE OR REPLACE TABLE alone_{side} AS
            SELECT believed.n, CASE WHEN any_value(kind) IS NOT NULL THEN 1 - max(linked.score)
                   WHEN any_value(linked.e) IS NULL THEN greatest(any_value(alone), coalesce(max(was.score), 0))
                   ELSE any_value(alone) END AS alone, any_value(linked.e) IS NOT NULL AS is_linked
            FROM believed LEFT JOIN linked ON linked.{side} = believed.n
            LEFT JOIN paired AS was ON was.{side} = believed.n GROUP BY believed.n"""
        )
        connection.unregister("believed")
    connection.unregister("grouped")


def _register(connection: duckdb.DuckDBPyConnection, name: str, **columns: np.ndarray) -> None:
    connection.register(name, columns)


def links() -> str:
    """SQL of ``links``."""
    return f"""SELECT export_id, import_id, round(score, 6) AS score,
        concat_ws('+', kind, {_basis()}) AS basis,
        CASE WHEN score < {REVIEW} THEN 'review' ELSE 'sure' END AS band
        FROM linked JOIN exported_raw AS x ON x.n = linked.e JOIN imported_raw AS y ON y.n = linked.i
        LEFT JOIN candidate USING (e, i) ORDER BY export_id, import_id"""


def _basis() -> str:
    """SQL: the features that speak for it; other levels than equal behind a hyphen."""
    return ", ".join(_spoken(feature) for feature in COMPARED if feature is not Feature.DATE)


def _spoken(feature: Feature) -> str:
    cases = " ".join(
        f"WHEN {number} THEN '{feature}{'' if level.name == EQUAL else '-' + level.name}'"
        for number, level in enumerate(RULE_OF[feature].levels, 1)
        if level.name in {EQUAL, "alike", "slip", *AGREED}
    )
    return f"CASE {column(feature)} {cases} END"


def put_journeys(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Make ``journey``: mode → share of the arrivals that take longer than so many days.

    Learned from the links; where a mode has few of them all together count.
    """
    connection.execute(
        f"""CREATE OR REPLACE TABLE took AS
        SELECT coalesce(x.mode, '') AS mode, greatest(date_diff('day', x.date, y.date), 0) AS days
        FROM linked JOIN exported_raw AS x ON x.n = e JOIN imported_raw AS y ON y.n = i
        WHERE score > {REVIEW} AND x.date IS NOT NULL AND y.date IS NOT NULL
        AND (x.date < DATE '{as_of}' - {EDGE} OR (SELECT count(*) FROM linked
             JOIN exported_raw AS z ON z.n = linked.e WHERE z.date < DATE '{as_of}' - {EDGE}) < {FEW})"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TABLE journey AS
        WITH modes AS (SELECT mode FROM took WHERE mode <> '' GROUP BY mode HAVING count(*) >= {FEW}),
        every AS (SELECT mode, days FROM took SEMI JOIN modes USING (mode)
                  UNION ALL SELECT '', days FROM took),
        counted AS (SELECT mode, days, count(*) AS lines FROM every GROUP BY ALL)
        SELECT mode, days AS after,
               1 - sum(lines) OVER (PARTITION BY mode ORDER BY days)
                 / sum(lines) OVER (PARTITION BY mode) AS later FROM counted"""
    )


def missing(as_of: date) -> str:
    """SQL of ``missing``: what has no link, the surest first, and links that may be none."""
    return f"""WITH old AS (SELECT greatest(avg((NOT is_linked)::INTEGER), 0.0005) AS never FROM alone_e
            JOIN exported_raw AS x USING (n) WHERE x.date < DATE '{as_of}' - {EDGE}),
        told AS (SELECT x.export_id, alone AS score, is_linked,
            CASE WHEN x.mode IN (SELECT mode FROM journey) THEN x.mode ELSE '' END AS mode,
            date_diff('day', x.date, DATE '{as_of}') AS age
            FROM alone_e JOIN exported_raw AS x USING (n) WHERE NOT is_linked OR alone >= {DOUBTFUL})
        SELECT export_id, round(score, 6) AS score,
            CASE WHEN is_linked THEN 'doubtful-link'
                 WHEN coalesce(later, (age IS NOT NULL)::INTEGER) > coalesce((SELECT never FROM old), 0.02)
                 THEN 'not-yet-arrived' ELSE 'never-arrived' END AS reason
        FROM told ASOF LEFT JOIN journey ON journey.mode = told.mode AND told.age >= journey.after
        ORDER BY score DESC, export_id"""


def orphans() -> str:
    """SQL of ``orphans``: imports without a link, and whether anything was like them."""
    return """SELECT import_id,
        CASE WHEN best IS NULL THEN 'no-candidate' WHEN taken THEN 'candidate-taken'
             ELSE 'candidate-unlikely' END AS reason
        FROM alone_i JOIN imported_raw AS y USING (n)
        LEFT JOIN (SELECT i, max(bits) AS best, arg_max(c.e IN (SELECT e FROM linked), bits) AS taken
                   FROM candidate AS c GROUP BY i) AS like_it ON like_it.i = n
        WHERE NOT is_linked ORDER BY import_id"""
