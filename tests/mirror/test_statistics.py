"""Both reporters' figures of each cell, and lines that explain their gap to the cent."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from keruen.cli.main import main
from keruen.errors import InputError, UsageError
from keruen.mirror.statistics import Question, answer, cell, opened, where

SALT = {"hs6": "250100", "flow": "KZ-TJ", "hs_edition": "2022", "office": "TJ01", "mode": "3"}
NUMBERS = {"net_mass_kg", "value_usd", "freight_usd", "packages"}


def line(number: str, day: str, value: float | None, **more: Any) -> dict[str, Any]:
    facts = {"id": number, "date": date.fromisoformat(day), "value_usd": value}
    return SALT | {"net_mass_kg": 1000.0, "exporter_id": "firm"} | facts | more


def table(path: Path, id_column: str, rows: list[dict[str, Any]]) -> Path:
    columns = sorted({name for row in rows for name in row} - {"id", "date"})
    types = ", ".join(f"{one} {'DOUBLE' if one in NUMBERS else 'STRING'}" for one in columns)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t ({id_column} STRING, date DATE, {types})")
        connection.executemany(
            f"INSERT INTO t VALUES ({', '.join('?' * (2 + len(columns)))})",
            [[row["id"], row["date"], *map(row.get, columns)] for row in rows],
        )
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


class Case:
    """Two tables and the links between them; what is left out of the links stands alone."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out"
        self.missing: list[tuple[str, str]] = []

    def ask(
        self,
        exports: list[dict[str, Any]],
        imports: list[dict[str, Any]],
        pairs: list[tuple[str, str]] | None,
        by: str = "hs6,month",
        **more: Any,
    ) -> dict[str, float]:
        self.exports = table(self.folder / "e.parquet", "export_id", exports)
        self.imports = table(self.folder / "i.parquet", "import_id", imports)
        asked = Question(self.exports, self.imports, cell(by), self._links(pairs), **more)
        return answer(asked, self.out).moved

    def _links(self, pairs: list[tuple[str, str]] | None) -> Path | None:
        if pairs is None:
            return None
        (self.folder / "links").mkdir()
        with duckdb.connect() as connection:
            connection.execute("CREATE TABLE t (export_id STRING, import_id STRING)")
            for pair in pairs:
                connection.execute("INSERT INTO t VALUES (?, ?)", pair)
            connection.execute(f"COPY t TO '{self.folder}/links/links.parquet' (FORMAT parquet)")
            connection.execute("CREATE TABLE m (export_id STRING, reason STRING)")
            for row in self.missing:
                connection.execute("INSERT INTO m VALUES (?, ?)", row)
            connection.execute(f"COPY m TO '{self.folder}/links/missing.parquet' (FORMAT parquet)")
        return self.folder / "links"

    def rows(self, columns: str, name: str = "cells") -> list[tuple[Any, ...]]:
        with duckdb.connect() as connection:
            return connection.execute(
                f"SELECT {columns} FROM '{self.out}/{name}.parquet' ORDER BY ALL"
            ).fetchall()


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def test_a_cell_has_both_figures_their_gap_and_its_shares(case: Case) -> None:
    exports = [line("e1", "2025-01-05", 100.0), line("e2", "2025-01-06", 100.0, hs6="250200")]
    imports = [line("i1", "2025-01-09", 150.5), line("i2", "2025-02-01", 7.0)]
    case.ask(exports, imports, None, "hs2,month", explain=False)
    columns = "hs2, month, exported_usd, imported_usd, gap_usd, relative_asymmetry"
    january, february = case.rows(f"{columns}, symmetric_asymmetry, export_lines, import_lines")
    assert [str(one) for one in january[:5]] == ["25", "2025-01-01", "200.00", "150.50", "-49.50"]
    assert january[5] == pytest.approx(-0.2475)
    assert january[6] == pytest.approx(-49.5 / 175.25)
    assert january[7:] == (2, 1)
    assert february[5:] == (None, 2.0, 0, 1)


@pytest.mark.parametrize(
    ("imported", "reasons"),
    [
        ({"value_usd": 1060.0}, {"freight": 60.0}),
        ({"value_usd": 1200.0, "freight_usd": 200.0}, {"freight": 200.0}),
        ({"date": date(2025, 2, 1), "value_usd": 1060.0}, {"period": 2000.0, "freight": 60.0}),
        ({"hs6": "250200", "freight_usd": 60.0}, {"misclassification": 2000.0, "freight": 60.0}),
        ({"hs6": "250190", "hs_edition": "2017", "freight_usd": 60.0}, {"hs-edition": 2000.0, "freight": 60.0}),
        ({"flow": "CN-TJ", "freight_usd": 60.0}, {"transit": 2000.0, "freight": 60.0}),
        ({"value_usd": 700.0, "freight_usd": 60.0}, {"freight": 60.0, "value": 360.0}),
        ({"value_usd": 860.0, "net_mass_kg": 800.0, "freight_usd": 60.0}, {"freight": 60.0, "weight": 200.0}),
        ({"value_usd": 1160.0, "invoicing_country": "AE", "freight_usd": 60.0},
         {"freight": 60.0, "third-country-invoicing": 100.0}),
        ({"value_usd": 1.06, "net_mass_kg": 1.0, "freight_usd": 60.0}, {"units": 1058.94, "freight": 60.0}),
        ({"value_usd": 1050.0}, {"freight": 60.0, "unexplained": 10.0}),
    ],
    ids=[
        "freight by the factor", "freight as declared", "another month", "another code", "another edition",
        "another origin", "undervalued", "less arrived", "sold by a third country", "thousands",
        "little is left",
    ],
)  # fmt: skip
def test_a_linked_pair_differs_for_a_reason(
    case: Case, imported: dict[str, Any], reasons: dict[str, float]
) -> None:
    exports = [line("e", "2025-01-05", 1000.0)]
    given = {"freight_usd": None, "invoicing_country": None} | imported
    imports = [line("i", "2025-01-09", 1060.0) | given]
    assert case.ask(exports, imports, [("e", "i")]) == pytest.approx(reasons)


def test_what_stands_alone_is_late_lost_or_an_orphan(case: Case) -> None:
    exports = [line("lost", "2025-01-05", 10.0), line("late", "2025-06-01", 20.0)]
    imports = [
        line("i", "2025-06-09", 40.0, procedure="import"),
        line("t", "2025-06-09", 80.0, procedure="transit"),
    ]
    found = case.ask(exports, imports, [])
    assert found == {"transit": 80, "not-yet-arrived": 20, "never-arrived": 10, "orphan": 40}


def test_the_reconciliation_says_what_will_not_come(case: Case) -> None:
    exports = [line(one, "2025-06-01", 10.0) for one in ("lost", "doubted")]
    case.missing = [("lost", "never-arrived"), ("doubted", "doubtful-link")]
    found = case.ask(exports, [line("i", "2025-06-02", 5.0)], [])
    assert found == {"never-arrived": 10, "not-yet-arrived": 10, "orphan": 5}


def test_a_split_consignment_that_ends_in_the_next_month_is_no_shift_of_period(case: Case) -> None:
    exports = [line("e", "2025-01-05", 1000.0, net_mass_kg=3000.0, freight_usd=0.0)]
    imports = [
        line("i1", "2025-01-09", 333.33, net_mass_kg=1000.0),
        line("i2", "2025-02-09", 666.67, net_mass_kg=2000.0),
    ]
    found = case.ask(exports, imports, [("e", "i1"), ("e", "i2")])
    assert found == pytest.approx({"split-merge": 1333.34})
    gaps = case.rows("month, gap_usd, split_merge_usd, export_lines")
    assert [str(one[1]) for one in gaps] == ["-666.67", "666.67"]
    assert [one[3] for one in gaps] == [1, 0]


def test_a_table_of_correspondences_decides_what_is_another_edition(case: Case) -> None:
    pairs = case.folder / "codes.parquet"
    duckdb.execute(f"COPY (SELECT '240412' AS code, '110220' AS other) TO '{pairs}'")
    exports = [
        line(f"e{n}", "2025-01-05", 100.0, hs6=c) for n, c in enumerate(["110220", "110290"])
    ]
    imports = [
        line(f"i{n}", "2025-01-07", 100.0, hs6="240412", freight_usd=0.0, hs_edition="2017")
        for n in range(2)
    ]
    found = case.ask(exports, imports, [("e0", "i0"), ("e1", "i1")], correlation=pairs)
    assert found == {"hs-edition": 200.0, "misclassification": 200.0}


def test_a_linked_line_stands_under_one_post_and_one_trader(case: Case) -> None:
    exports = [line("e", "2025-01-05", 100.0, office="KZ09", exporter_id="970740000838")]
    imports = [line("i", "2025-01-07", 106.0, exporter_id=None, exporter_name="ТОО «Соль»")]
    exports[0]["exporter_name"] = "Тұз ЖШС"
    case.ask(exports, imports, [("e", "i")], "office,trader")
    ((office, trader, gap),) = case.rows("office, trader, gap_usd")
    assert (office, trader, str(gap)) == ("TJ01", "970740000838", "6.00")


def test_exact_keys_link_where_nobody_has(case: Case) -> None:
    exports = [
        line("e1", "2025-01-05", 100.0, reference="55/1", net_mass_kg=1000.0),
        line("e2", "2025-01-05", 100.0, transport_document="CMR 7"),
    ]
    imports = [
        line("i1", "2025-01-06", 106.0, reference="55/1", net_mass_kg=900.0),
        line("i2", "2025-01-06", 106.0, transport_document="CMR 7"),
        line("i3", "2025-01-06", 5.0),
    ]
    case.ask(exports, imports, None)
    assert case.rows("export_id, import_id, basis", "links") == [
        ("e1", "i1", "reference"),
        ("e2", "i2", "transport-document"),
    ]
    assert case.rows("import_id, reason", "orphans") == [("i3", "orphan")]
    assert case.rows("code, amount", "differences") == [("net-mass-differs", -100.0)]


def test_plain_columns_are_enough(case: Case) -> None:
    plain = ["id", "date", "hs6", "value_usd"]
    exports = [{name: line("e", "2025-01-05", 100.0)[name] for name in plain}]
    imports = [{name: line("i", "2025-02-05", 106.0)[name] for name in plain}]
    assert case.ask(exports, imports, [("e", "i")]) == {"period": 200.0, "freight": 6.0}


def test_a_cell_opens_down_to_both_declarations(case: Case) -> None:
    exports = [line("e", "2025-01-05", 100.0), line("x", "2025-01-05", 1.0, hs6="250200")]
    case.ask(exports, [line("i", "2025-02-05", 106.0)], [("e", "i")])
    (one,) = opened(case.out, case.exports, case.imports, where("hs6=250100,month=2025-01"))
    assert (one.reason, one.amount_usd) == ("period", -100.0)
    assert one.exported
    assert one.imported
    assert (one.exported.id, one.exported.value_usd) == ("e", 100.0)
    assert (one.imported.id, one.imported.date) == ("i", date(2025, 2, 5))


@pytest.mark.parametrize("wrong", ["weight", "hs2,hs4", "month,month"])
def test_a_cell_is_made_of_known_columns_each_once(wrong: str) -> None:
    with pytest.raises(UsageError, match="dimension-"):
        cell(wrong)


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "e.parquet"
    wrong.write_text("no table")
    with pytest.raises(InputError, match="table-unreadable"):
        answer(Question(wrong, wrong, cell("month")), tmp_path)


def test_a_column_without_which_nothing_is_counted_is_named(tmp_path: Path) -> None:
    path = tmp_path / "e.parquet"
    duckdb.execute(f"COPY (SELECT 'e' AS export_id, '250100' AS hs6) TO '{path}'")
    with pytest.raises(UsageError, match="has no column date, value_usd"):
        answer(Question(path, path, cell("month")), tmp_path)


def test_the_command_writes_and_prints_what_it_found(case: Case) -> None:
    case.ask([line("e", "2025-01-05", 100.0)], [line("i", "2025-01-06", 106.0)], [])
    given = ["mirror", "--exports", str(case.exports), "--imports", str(case.imports)]
    done = CliRunner().invoke(main, [*given, "--out", str(case.out), "--by", "hs2", "--csv"])
    assert done.exit_code == 0, done.output
    assert "gap      6.00 USD: +6.00 % of the exporter's" in done.output
    assert (case.out / "cells.csv").read_text("utf-8").startswith("flow,hs2,exported_usd,")
    shown = CliRunner().invoke(main, [*given, "--out", str(case.out), "--open", "hs2=25", "--json"])
    assert '"reason": "orphan"' in shown.output
