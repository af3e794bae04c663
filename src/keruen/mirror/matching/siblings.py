"""Lines of one declaration that are as like as eggs: same goods, same weight, only the value tells them apart.

Freight and a rate of exchange are the declaration's, so their order by value is the same on both sides.
"""

from __future__ import annotations

import duckdb

from keruen.mirror.matching.balance import BALANCED


def by_value(connection: duckdb.DuckDBPyConnection) -> None:
    """Pair the links in ``paired`` of such lines anew, in the order of their values."""
    connection.execute(
        f"""CREATE OR REPLACE TABLE reordered AS
        WITH lines AS (SELECT paired.e, paired.i, e.value AS ve, i.value AS vi,
            e.mass AS me, i.mass AS mi, (e.reference, e.hs6, i.hs6, i.day, i.consignee_name,
            i.exporter_name) AS of FROM paired JOIN exported AS e ON e.n = e JOIN imported AS i ON i.n = i
            WHERE e.reference IS NOT NULL AND e.value IS NOT NULL AND i.value IS NOT NULL),
        alike AS (SELECT *, row_number() OVER (PARTITION BY of ORDER BY ve, e) AS place_e,
            row_number() OVER (PARTITION BY of ORDER BY vi, i) AS place_i
            FROM lines QUALIFY count(*) OVER (PARTITION BY of) > 1
            AND max(me) OVER (PARTITION BY of) <= {1 + BALANCED[0]} * min(me) OVER (PARTITION BY of)
            AND max(mi) OVER (PARTITION BY of) <= {1 + 2 * BALANCED[0]} * min(mi) OVER (PARTITION BY of))
        SELECT a.e, b.i FROM alike AS a JOIN alike AS b ON a.of = b.of AND a.place_e = b.place_i"""
    )
    connection.execute(
        "UPDATE paired SET i = reordered.i FROM reordered WHERE reordered.e = paired.e"
    )
