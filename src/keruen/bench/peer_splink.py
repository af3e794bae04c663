"""Splink measured: run by the Python of its own venv, told where the lines with their keys lie.

    PEER_PYTHON -I peer_splink.py FOLDER   (exported.parquet, imported.parquet: keys as Keruen makes them)

Unsupervised: u from random pairs, m by expectation maximisation. Writes links.parquet and missing.parquet
there, by line numbers; each line is linked where both are each other's best above even odds.
It knows nothing of Keruen: it runs where that is not installed.
"""

# mypy does not see the library.
# mypy: ignore-errors

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

EXACT = ("exporter_name", "consignee_name", "packages")


def _levels(name: str, *levels: str) -> cl.CustomComparison:
    column = name.split(",", maxsplit=1)[0]
    missing = f"{column}_l IS NULL OR {column}_r IS NULL"
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            {"sql_condition": missing, "label_for_charts": "missing", "is_null_level": True},
            *({"sql_condition": one, "label_for_charts": one} for one in levels),
            {"sql_condition": "ELSE", "label_for_charts": "other"},
        ],
    )


def _mark(name: str) -> cl.CustomComparison:
    return _levels(name, f"{name}_l = {name}_r", f"levenshtein({name}_l, {name}_r) = 1")


def _settings() -> SettingsCreator:
    apart = "abs(mass_l - mass_r) / greatest(mass_l, mass_r)"
    ratio = "(value_r / value_l)"
    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="unique_id",
        comparisons=[
            *(_mark(one) for one in ("reference_a", "transport_document_a", "vehicle_a")),
            *(cl.ExactMatch(one) for one in EXACT),
            _levels("hs6", "hs6_l = hs6_r", "hs6_l[:4] = hs6_r[:4]", "hs6_l[:2] = hs6_r[:2]"),
            _levels("mass", *(f"{apart} <= {end}" for end in (0.0005, 0.02, 0.1))),
            _levels("value", *(f"{ratio} BETWEEN {a} AND {b}" for a, b in _RATIOS)),
            _levels("day", *(f"(day_r - day_l) BETWEEN {a} AND {b}" for a, b in _DAYS)),
        ],
        blocking_rules_to_generate_predictions=[block_on(*one) for one in _BLOCKS],
    )


_RATIOS = ((0.995, 1.06), (1.06, 1.10), (1.10, 1.2))
_DAYS = ((0, 4), (4, 10), (10, 21), (21, 45))
_BLOCKS = (
    ("reference_a",),
    ("transport_document_a",),
    ("vehicle_a",),
    ("exporter_name", "consignee_name"),
    ("exporter_name", "hs4"),
)


def main() -> None:
    """Link once."""
    folder = Path(sys.argv[1])
    connection = duckdb.connect()
    database = DuckDBAPI(connection=connection)
    tables = [
        database.register(_lines(connection, folder, name), dataset_display_name=name)
        for name in ("exported", "imported")
    ]
    linker = Linker(tables, _settings(), log_level=40)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("reference_a", "hs6"), block_on("vehicle_a", "mass")], recall=0.8
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (("vehicle_a",), ("exporter_name", "consignee_name")):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    found = linker.inference.predict(threshold_match_probability=0.01)
    _write(connection, folder, found.as_pyarrow_table())


def _lines(connection: duckdb.DuckDBPyConnection, folder: Path, name: str) -> pa.Table:
    lines = f"SELECT n AS unique_id, * EXCLUDE (n) FROM '{folder / name}.parquet'"
    return connection.sql(lines).to_arrow_table()


def _write(connection: duckdb.DuckDBPyConnection, folder: Path, pairs: pa.Table) -> None:
    """Links, and all exports with how sure it is that nothing came."""
    connection.register("pairs", pairs)
    connection.execute(
        f"""COPY (SELECT unique_id_l AS e, unique_id_r AS i FROM pairs WHERE match_probability > 0.5
        QUALIFY row_number() OVER (PARTITION BY unique_id_l ORDER BY match_weight DESC) = 1
            AND row_number() OVER (PARTITION BY unique_id_r ORDER BY match_weight DESC) = 1)
        TO '{folder / "links.parquet"}' (FORMAT parquet)"""
    )
    connection.execute(
        f"""COPY (SELECT n AS e, 1 - coalesce(max(match_probability), 0) AS score
        FROM '{folder / "exported.parquet"}' LEFT JOIN (SELECT p.* FROM pairs AS p
            JOIN '{folder / "links.parquet"}' AS l ON l.e = unique_id_l AND l.i = unique_id_r)
        ON unique_id_l = n
        GROUP BY n) TO '{folder / "missing.parquet"}' (FORMAT parquet)"""
    )


if __name__ == "__main__":
    main()
