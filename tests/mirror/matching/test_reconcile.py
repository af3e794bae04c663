"""Two tables in, links, missing, orphans and differences out: by hand, and simulated with known truth."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

# Tests are no packages, yet those of this folder share their tables.
sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.mirror.matching.tables import CAME, LINE, OTHER, rows, write

from keruen.cli.main import main
from keruen.config.packaged import packaged_agreement
from keruen.errors import InputError, UsageError
from keruen.mirror.matching import Summary, reconcile
from keruen.mirror.simulated import write_simulation
from keruen.simulate.tables import planned


def run(
    room: Path, exports: list[dict[str, Any]], imports: list[dict[str, Any]], **more: Any
) -> Summary:
    named = [{"export_id": f"E{n}", **row} for n, row in enumerate(exports, 1)]
    others = [{"import_id": f"I{n}", **row} for n, row in enumerate(imports, 1)]
    return reconcile(
        write(room / "e.parquet", "export_id", named),
        write(room / "i.parquet", "import_id", others),
        room / "out",
        **more,
    )


def linked(room: Path) -> dict[tuple[str, str], str]:
    return {(e, i): basis for e, i, _, basis, _ in rows(room / "out" / "links.parquet")}


@pytest.mark.parametrize(
    ("change", "spoken"),
    [
        ({}, "reference+transport-document+vehicle+exporter+consignee+goods+mass+packages"),
        ({"reference": None}, "transport-document+vehicle+exporter"),
        ({"reference": "57201/231126/0000018"}, "reference-slip+transport-document"),
        ({"reference": None, "transport_document": None}, "vehicle+exporter"),
        ({"vehicle": "123-АВС-02"}, "document+vehicle+exporter"),
        ({"vehicle": "I23 A8C O2"}, "vehicle-alike"),
        ({"vehicle": "124 ABC 02"}, "vehicle-slip"),
        ({"vehicle": "999 XXX 09"}, "transport-document+exporter"),
        ({"vehicle": "б/н"}, "transport-document+exporter"),
        ({"exporter_id": None, "exporter_name": "NAN BERSAI LLP"}, "vehicle+exporter+consignee"),
        ({"hs6": "110220"}, "consignee+goods-chapter+mass"),
        ({"net_mass_kg": 20.0}, "goods+packages"),
        ({"net_mass_kg": 19800.0}, "goods+mass-tolerated+packages"),
    ],
)
def test_what_speaks_for_a_link_is_told(
    tmp_path: Path, change: dict[str, Any], spoken: str
) -> None:
    run(tmp_path, [LINE, OTHER], [{**CAME, **change}])
    assert list(linked(tmp_path)) == [("E1", "I1")]
    assert spoken in linked(tmp_path)["E1", "I1"]


def test_what_did_not_come_is_missing_or_not_yet_there_and_what_nobody_announced_an_orphan(
    tmp_path: Path,
) -> None:
    summary = run(tmp_path, [LINE], [OTHER | {"date": "2026-11-05"}], as_of=date(2026, 11, 5))
    assert linked(tmp_path) == {}
    ((export, score, reason),) = rows(tmp_path / "out" / "missing.parquet")
    assert (export, reason) == ("E1", "not-yet-arrived")
    assert score > 0.9
    assert rows(tmp_path / "out" / "orphans.parquet") == [("I1", "no-candidate")]
    assert (summary.links, summary.missing) == (0, {"not-yet-arrived": 1})


def test_two_journeys_of_one_truck_are_told_apart(tmp_path: Path) -> None:
    nameless = {"reference": None, "transport_document": None}
    second = {**LINE, "date": "2026-11-20", "net_mass_kg": 18000.0, "packages": 360.0}
    later = {**CAME, **nameless, "date": "2026-11-24", "net_mass_kg": 18000.0, "packages": 360.0}
    run(tmp_path, [second, LINE], [{**CAME, **nameless}, later])
    assert set(linked(tmp_path)) == {("E1", "I2"), ("E2", "I1")}


def test_an_export_that_comes_in_parts_is_split(tmp_path: Path) -> None:
    parts = [
        {**CAME, "net_mass_kg": mass, "packages": mass / 50, "value_usd": mass * 0.47}
        for mass in (12000.0, 8000.0)
    ]
    summary = run(tmp_path, [LINE, OTHER], parts)
    assert {pair: basis.split("+")[0] for pair, basis in linked(tmp_path).items()} == {
        ("E1", "I1"): "split-shipment",
        ("E1", "I2"): "split-shipment",
    }
    assert (summary.split, summary.differences) == (1, {"split-shipment": 1})
    assert summary.missing.get("doubtful-link") is None


def test_exports_that_are_cleared_together_are_merged(tmp_path: Path) -> None:
    second = {**LINE, "reference": "57201/231126/0000555", "vehicle": "555 EEE 05"}
    whole = {**CAME, "net_mass_kg": 40000.0, "packages": 800.0, "value_usd": 19000.0}
    summary = run(tmp_path, [LINE, {**second, "transport_document": "KZ 5555555"}], [whole])
    assert set(linked(tmp_path)) == {("E1", "I1"), ("E2", "I1")}
    assert (summary.merged, summary.missing) == (1, {})


def test_differences_are_coded_with_their_tolerance(tmp_path: Path) -> None:
    change = {"net_mass_kg": 18500.0, "packages": 370.0, "hs6": "110220", "vehicle": "999 XXX 09"}
    run(tmp_path, [LINE], [{**CAME, **change, "value_usd": 4000.0}])
    found = {row[2]: row[3:] for row in rows(tmp_path / "out" / "differences.parquet")}
    assert found == {
        "net-mass-differs": ("20000.0", "18500.0", "max(20 kg, 2 %)", -1500.0),
        "quantity-short": ("400.0", "370.0", "1", -30.0),
        "value-differs": ("9000.0", "4000.0", "0.99-1.2", -5000.0),
        "other-hs6": ("110100", "110220", None, None),
        "other-vehicle": ("123 ABC 02", "999 XXX 09", None, None),
    }


def test_tables_of_nulls_and_empty_tables_are_reconciled_too(tmp_path: Path) -> None:
    summary = run(tmp_path, [{}, {}], [{}])
    assert (summary.links, sum(summary.missing.values()), summary.orphans) == (
        0, 2, {"no-candidate": 1},
    )  # fmt: skip
    assert run(tmp_path, [], []).links == 0
    assert sum(run(tmp_path, [LINE], []).missing.values()) == 1


def test_an_id_that_stands_twice_is_refused_and_named(tmp_path: Path) -> None:
    twice = [{"export_id": "E1", **LINE}] * 2
    exports = write(tmp_path / "e.parquet", "export_id", twice)
    imports = write(tmp_path / "i.parquet", "import_id", [])
    with pytest.raises(UsageError, match=r"id-doubled: In the column export_id, 1 ids .* E1"):
        reconcile(exports, imports, tmp_path / "out")


def test_a_row_without_id_is_refused(tmp_path: Path) -> None:
    exports = write(tmp_path / "e.parquet", "export_id", [LINE])
    imports = write(tmp_path / "i.parquet", "import_id", [])
    with pytest.raises(UsageError, match="id-missing: In 1 rows the column export_id"):
        reconcile(exports, imports, tmp_path / "out")


def test_a_table_without_a_column_is_refused_and_the_column_named(tmp_path: Path) -> None:
    imports = write(tmp_path / "i.parquet", "import_id", [])
    with pytest.raises(UsageError, match="columns-missing: The table has no column export_id"):
        reconcile(imports, imports, tmp_path / "out")


def test_a_column_of_another_type_is_refused_and_named(tmp_path: Path) -> None:
    rows_ = [{"export_id": "E1", **LINE, "net_mass_kg": "heavy"}]
    exports = write(tmp_path / "e.parquet", "export_id", rows_, net_mass_kg="VARCHAR")
    imports = write(tmp_path / "i.parquet", "import_id", [])
    with pytest.raises(UsageError, match=r"column-type: In the column net_mass_kg, 1 .* heavy"):
        reconcile(exports, imports, tmp_path / "out")


def test_a_file_that_is_no_table_is_refused_by_the_command(tmp_path: Path) -> None:
    (tmp_path / "e.parquet").write_text("export_id,reference")
    imports = write(tmp_path / "i.parquet", "import_id", [])
    with pytest.raises(InputError, match="table-unreadable"):
        reconcile(tmp_path / "e.parquet", imports, tmp_path / "out")


def test_simulated_tables_are_reconciled_nearly_as_they_were(tmp_path: Path) -> None:
    write_simulation(tmp_path, planned(packaged_agreement(), seed=5, days=60, consignments=2000))
    tables = [f"--{name}={tmp_path / name}.parquet" for name in ("exports", "imports")]
    done = CliRunner().invoke(main, ["reconcile", *tables, f"--out={tmp_path / 'out'}", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    truth = set(rows(tmp_path / "truth_links.parquet"))
    found = set(linked(tmp_path))
    assert told["links"] == len(found)
    assert len(found & truth) > 0.97 * max(len(found), len(truth))
    absent = {export for export, _ in rows(tmp_path / "truth_missing.parquet")}
    listed = rows(tmp_path / "out" / "missing.parquet")
    alarmed = {export for export, _, reason in listed if reason != "doubtful-link"}
    assert len(alarmed & absent) > 0.9 * max(len(alarmed), len(absent))
