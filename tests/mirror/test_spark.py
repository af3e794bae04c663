"""The same SQL text gives the same rows on DuckDB and on Spark: a master and two worker processes."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from tests.venvs import python_of

from keruen.config.packaged import packaged_agreement
from keruen.errors import UsageError
from keruen.mirror.simulated import write_tables
from keruen.mirror.statistics import Question, cell, duck, spark
from keruen.mirror.statistics.job import Job
from keruen.mirror.statistics.plan import exact_job, job
from keruen.simulate.tables import planned

CLUSTER = "local-cluster[2,1,1024]"
"""Two worker processes of one core and 1024 MiB each, which a master process of their own deals work to."""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Simulated tables, with the true links as if a reconciliation had found them."""
    folder = tmp_path_factory.mktemp("tables")
    plan = planned(packaged_agreement(), seed=5, days=90, consignments=600, profile="heavy")
    write_tables(folder, plan)
    for name in ("links", "missing", "orphans"):
        (folder / f"truth_{name}.parquet").rename(folder / f"{name}.parquet")
    return folder


def rows(one: Path, other: Path) -> tuple[int, int, int]:
    """Rows of one table, those that the other has not, and those that only the other has."""
    counted = (
        f"FROM '{one}'",
        f"FROM '{one}' EXCEPT ALL FROM '{other}'",
        f"FROM '{other}' EXCEPT ALL FROM '{one}'",
    )
    with duckdb.connect() as connection:
        found = [
            connection.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0]
            for query in counted
        ]
    return found[0], found[1], found[2]


@pytest.mark.cluster
@pytest.mark.parametrize("linked", [True, False], ids=["links given", "exact keys"])
def test_duckdb_and_a_spark_cluster_give_equal_rows(
    tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linked: bool
) -> None:
    if not shutil.which("java"):
        pytest.skip("Spark needs Java 17 or newer, and there is no java on the PATH")
    monkeypatch.setenv(spark.PYTHON, str(python_of("spark")))
    monkeypatch.setenv(spark.MASTER, CLUSTER)
    ours, theirs = tmp_path / "duckdb", tmp_path / "spark"
    make = job if linked else exact_job
    for folder in (ours, theirs):
        folder.mkdir()
    asked = Question(
        tables / "exports.parquet",
        tables / "imports.parquet",
        cell("hs4,month,office,trader"),
        links=tables if linked else None,
    )
    duck.run(make(asked, ours), tmp_path)
    assert spark.run(make(asked, theirs)) == {"executors": 2}
    written = sorted(path.name for path in ours.iterdir())
    assert written == sorted(path.name for path in theirs.iterdir())
    assert len(written) == (2 if linked else 4)
    for name in written:
        count, missing, added = rows(ours / name, theirs / name)
        assert (missing, added) == (0, 0), name
        assert count > 10, name


def test_who_has_no_spark_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(spark.PYTHON, str(tmp_path / "python"))
    with pytest.raises(UsageError, match="spark-missing"):
        spark.run(Job({}, (), {}))
