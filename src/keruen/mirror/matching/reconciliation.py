"""The whole way: two tables → links, missing, orphans, differences as Parquet, and a summary.

load ─► learn ─► link ─► balance ─► write
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from keruen.mirror.matching.balance import divided
from keruen.mirror.matching.differences import differences
from keruen.mirror.matching.learning import learn
from keruen.mirror.matching.linking import link
from keruen.mirror.matching.load import load
from keruen.mirror.matching.results import links, missing, orphans, put_journeys, put_links
from keruen.mirror.matching.siblings import by_value

STEPS = ("read", "learn", "link", "balance", "write")
MEMORY = "3GB"
"""What DuckDB takes at most; beyond it goes to a folder beside the results."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of it.

    Attributes:
        exports, imports: lines of each table; `exports_linked`, `imports_linked`: of those.
        links: pairs; `review`: those that a person is to look at; `split`, `merged`: consignments in parts.
        missing: exports by reason; `orphans`: imports by reason; `differences`: by code.
        as_of: day on which the tables were drawn up.
    """

    exports: int
    imports: int
    links: int
    exports_linked: int
    imports_linked: int
    review: int
    split: int
    merged: int
    missing: dict[str, int]
    orphans: dict[str, int]
    differences: dict[str, int]
    as_of: date | None


def reconcile(
    exports: Path,
    imports: Path,
    out: Path,
    *,
    as_of: date | None = None,
    advance: Callable[[str], object] = lambda _: None,
) -> Summary:
    """Link two tables and write what was found into a folder.

    Args:
        as_of: day on which the tables were drawn up; the latest day in them if left out.
        advance: told of each of `STEPS` when it is done.

    Raises:
        InputError, UsageError: as `keruen.mirror.matching.load.load`.
    """
    out.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET temp_directory = ?", [str(out / ".spill")])
        load(connection, exports, imports)
        advance("read")
        weights = learn(connection)
        advance("learn")
        found = link(connection, weights)
        advance("link")
        split, merged = divided(connection, found)
        by_value(connection)
        put_links(connection, found, split, merged)
        advance("balance")
        summary = _written(connection, out, as_of)
        advance("write")
    return summary


def _written(connection: duckdb.DuckDBPyConnection, out: Path, as_of: date | None) -> Summary:
    day = as_of or _last_day(connection)
    put_journeys(connection, day)
    for name, sql in (
        ("links", links()),
        ("missing", missing(day)),
        ("orphans", orphans()),
        ("differences", differences()),
    ):
        path = str(out / f"{name}.parquet").replace("'", "''")
        connection.execute(f"CREATE OR REPLACE TABLE out_{name} AS {sql}")
        connection.execute(f"COPY out_{name} TO '{path}' (FORMAT parquet)")
    return _summary(connection, as_of or _last_day(connection))


def _last_day(connection: duckdb.DuckDBPyConnection) -> date:
    (day,) = connection.execute(
        "SELECT coalesce(greatest((SELECT max(date) FROM exported_raw), (SELECT max(date) FROM imported_raw)), "
        "DATE '1970-01-01')"
    ).fetchall()[0]
    found: date = day
    return found


def _summary(connection: duckdb.DuckDBPyConnection, as_of: date) -> Summary:
    def number(sql: str) -> int:
        return int(connection.execute(f"SELECT count(*) FROM {sql}").fetchall()[0][0])

    def by(name: str, column: str) -> dict[str, int]:
        rows = connection.execute(
            f"SELECT {column}, count(*) FROM out_{name} GROUP BY 1 ORDER BY 1"
        ).fetchall()
        return dict(rows)

    bundles = "(SELECT DISTINCT kind, bundle FROM linked) WHERE kind ="
    return Summary(
        exports=number("exported"),
        imports=number("imported"),
        links=number("linked"),
        exports_linked=number("(SELECT DISTINCT e FROM linked)"),
        imports_linked=number("(SELECT DISTINCT i FROM linked)"),
        review=number("out_links WHERE band = 'review'"),
        split=number(f"{bundles} 'split-shipment'"),
        merged=number(f"{bundles} 'merged-shipment'"),
        missing=by("missing", "reason"),
        orphans=by("orphans", "reason"),
        differences=by("differences", "code"),
        as_of=as_of,
    )
