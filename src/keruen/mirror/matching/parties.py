"""Firms: one number and one key of a name for all the spellings of them, learned from both tables.

A number is what it is. A name without a number is the firm's that alone has it. A name that is hardly ever
written is taken for the known one that is nearest to it.
"""

from __future__ import annotations

import duckdb

from keruen.mirror.matching.keys import folded
from keruen.mirror.matching.names import name_key

NEAR = 0.94
"""Jaro-Winkler similarity from which a rare name is taken for a known one."""
KNOWN = 3
"""Lines that must have a name before it counts as known."""
ALONE = 0.98
"""Share of a name's lines that one number must have before the name stands for it."""


def resolve_parties(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``exporter_of`` and ``consignee_of``: id, name as written → firm, key."""
    for here, there in (("exporter", "exporter"), ("consignee", "importer")):
        _written(connection, there)
        _names(connection)
        _firms(connection)
        connection.execute(f"CREATE OR REPLACE TABLE {here}_of AS FROM resolved")


def _written(connection: duckdb.DuckDBPyConnection, role: str) -> None:
    """How often each number stands with each name."""
    both = " UNION ALL ".join(
        f"SELECT {role}_id AS id, {role}_name AS name FROM {side}_raw"
        for side in ("exported", "imported")
    )
    connection.execute(
        f"""CREATE OR REPLACE TABLE written AS
        SELECT id, name, lines, nullif(coalesce(odd_id.folded, {folded("id")}), '') AS number,
               {name_key("coalesce(odd_name.plain, name)")} AS spelled
        FROM (SELECT id, name, count(*) AS lines FROM ({both}) GROUP BY ALL)
        LEFT JOIN odd AS odd_id ON odd_id.text = id
        LEFT JOIN odd AS odd_name ON odd_name.text = name"""
    )


def _names(connection: duckdb.DuckDBPyConnection) -> None:
    """``spelling``: each key of a name → the known one that is meant."""
    connection.execute(
        f"""CREATE OR REPLACE TABLE spelling AS
        WITH spelled AS (SELECT spelled, sum(lines) AS lines FROM written
                         WHERE spelled IS NOT NULL GROUP BY spelled),
        near AS (SELECT rare.spelled, known.spelled AS meant, known.lines,
                        jaro_winkler_similarity(rare.spelled, known.spelled) AS nearness
                 FROM spelled AS rare JOIN spelled AS known
                   ON rare.lines < {KNOWN} AND known.lines >= {KNOWN}
                  AND rare.spelled[:3] = known.spelled[:3]
                  AND abs(length(rare.spelled) - length(known.spelled)) <= 1),
        best AS (SELECT spelled, arg_max(meant, (nearness, lines, meant)) AS meant
                 FROM near WHERE nearness >= {NEAR} GROUP BY spelled)
        SELECT spelled, coalesce(best.meant, spelled) AS key
        FROM spelled LEFT JOIN best USING (spelled)"""
    )


def _firms(connection: duckdb.DuckDBPyConnection) -> None:
    """``resolved``: the key of a name that a number mostly has; the number that a name has alone."""
    connection.execute(
        f"""CREATE OR REPLACE TABLE resolved AS
        WITH counted AS (SELECT number, key, sum(lines) AS lines
                         FROM written JOIN spelling USING (spelled) WHERE number IS NOT NULL
                         GROUP BY ALL),
        named AS (SELECT number, arg_max(key, (lines, key)) AS key FROM counted GROUP BY number),
        numbered AS (SELECT key, arg_max(number, (lines, number)) AS number
                     FROM counted GROUP BY key HAVING max(lines) >= {ALONE} * sum(lines))
        SELECT written.id, written.name, coalesce(written.number, numbered.number) AS firm,
               coalesce(named.key, spelling.key) AS key
        FROM written LEFT JOIN spelling USING (spelled)
        LEFT JOIN named ON named.number = written.number
        LEFT JOIN numbered ON numbered.key = spelling.key"""
    )
