"""Simulated tables as files: what `keruen simulate` leaves in its directory."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from keruen import formats
from keruen.border import read_arrivals
from keruen.config.packaged import packaged_agreement
from keruen.errors import UsageError
from keruen.mirror.simulated import cleared, write_simulation
from keruen.simulate.tables import TABLES, Plan, planned


def plan(seed: int = 1) -> Plan:
    return planned(packaged_agreement(), seed=seed, days=120, consignments=3000)


def digests(directory: Path) -> dict[str, str]:
    return {
        str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in directory.rglob("*.*")
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("simulated")
    write_simulation(directory, plan(), declarations=40)
    return directory


def test_the_same_seed_gives_the_same_bytes_in_another_process(made: Path, tmp_path: Path) -> None:
    asked = ["--seed", "1", "--days", "120", "--consignments", "3000", "--declarations", "40"]
    command = [sys.executable, "-m", "keruen", "simulate", str(tmp_path), *asked, "--json"]
    hashing = os.environ | {"PYTHONHASHSEED": "7"}
    done = subprocess.run(command, check=True, env=hashing, capture_output=True)
    assert digests(made) == digests(tmp_path)
    assert json.loads(done.stdout) == json.loads((made / "manifest.json").read_text("utf-8"))


def test_another_seed_gives_other_tables(made: Path, tmp_path: Path) -> None:
    write_simulation(tmp_path, plan(seed=2))
    before = digests(made)
    for name, digest in digests(tmp_path).items():
        assert digest != before[name]


def test_a_table_is_one_file_and_nothing_else_is_left(made: Path) -> None:
    names = {path.name for path in made.iterdir()} - {f"{table}.parquet" for table in TABLES}
    assert names == {"declarations", "script.jsonl", "truth_discrepancies.jsonl", "manifest.json"}


def test_the_script_hands_in_every_declaration_and_a_node_can_read_it(made: Path) -> None:
    steps = [json.loads(line) for line in (made / "script.jsonl").read_text("utf-8").splitlines()]
    assert steps == sorted(steps, key=lambda step: step["at"])
    names = [step["submit"] for step in steps if "submit" in step]
    assert sorted(names) == sorted(path.name for path in (made / "declarations").iterdir())
    for name in names:
        assert formats.read((made / "declarations" / name).read_bytes()).declaration.items
    arrivals = [step["arrive"] for step in steps if "arrive" in step]
    assert len(read_arrivals(json.dumps(arrivals).encode())) == len(arrivals)


def test_an_earlier_simulation_makes_room_and_other_files_stay(tmp_path: Path) -> None:
    write_simulation(tmp_path, planned(packaged_agreement(), seed=1, consignments=20))
    cleared(tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "letter.txt").write_text("dear all")
    with pytest.raises(UsageError, match="directory-exists"):
        cleared(tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "dear all"


def test_the_manifest_says_what_was_asked_for_and_what_is_there(made: Path) -> None:
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["seed"], manifest["profile"], manifest["as_of"]) == (1, "medium", "2025-05-01")
    assert all(rate["reason"] for rate in manifest["rates"].values())
    for table, rows in manifest["rows"].items():
        counted = duckdb.execute(f"SELECT count(*) FROM '{made / table}.parquet'").fetchone()
        assert counted == (rows,)


def test_the_truth_about_the_gap_sums_to_the_gap_of_every_cell(made: Path) -> None:
    cell = "flow, hs6, date_trunc('month', date) AS month, mode, office"
    cents = "sum(round(value_usd * 100)::BIGINT)"
    left = duckdb.execute(f"""
        WITH sides AS (
            SELECT {cell}, {cents} AS gap FROM '{made}/imports.parquet' GROUP BY ALL
            UNION ALL SELECT {cell}, -{cents} FROM '{made}/exports.parquet' GROUP BY ALL
            UNION ALL SELECT flow, hs6, month, mode, office, -sum(round(amount_usd * 100)::BIGINT)
            FROM '{made}/truth_gap.parquet' GROUP BY ALL
        )
        SELECT flow, hs6, month, mode, office FROM sides GROUP BY ALL HAVING sum(gap) <> 0
    """).fetchall()
    assert left == []
