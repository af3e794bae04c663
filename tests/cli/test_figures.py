"""keruen figures: a table for people, JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import csv
import sys
from functools import partial
from io import StringIO
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import keruen
from tests.store.samples import NOON, consignment

from keruen.node import Node
from keruen.store import Role, Transaction
from keruen.store.figured import Aspect, FigureRow

PERIOD = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.fixture
def counted(kz: Path) -> Path:
    """A node that has sent one consignment, which came too late."""
    node, one = Node.open(kz), consignment(1)
    rows = [
        FigureRow(
            corridor=one.corridor,
            consignment_id=one.consignment_id,
            aspect=aspect,
            key=key,
            label=label,
            day=f"{NOON:%Y-%m-%d}",
            role=Role.SENDER,
            partner="TJ",
            announced=1,
            arrived=1,
            timed=1,
            delay=900,
        )
        for aspect, key, label in ((Aspect.ALL, "", None), (Aspect.TRADER, "9901", "=Дән"))
    ]
    put = partial(Transaction.put_figures, corridor=one.corridor, rows=rows)
    node.store.write_now(partial(put, consignment_id=one.consignment_id))
    node.close()
    return kz


def test_figures_as_a_table_and_as_json(counted: Path) -> None:
    shown = keruen("figures", counted, "--by", "trader", *PERIOD)
    assert "=Дән" in shown.out
    assert "0 %" in shown.out
    found = keruen("figures", counted, "--json", *PERIOD).json
    assert found["overview"]["total"]["arrived"] == 1
    assert found["overview"]["median_delay"] == 900
    assert [one["key"] for one in found["by"]] == ["2026-11"]


def test_figures_as_csv_in_which_nothing_acts(counted: Path) -> None:
    printed = keruen("figures", counted, "--by", "trader", "--csv", *PERIOD).out
    (row,) = csv.DictReader(StringIO(printed))
    assert (row["key"], row["label"], row["announced"]) == ("9901", "'=Дән", "1")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--from", "2026-11-30", "--to", "2026-11-01"), "period-invalid"),
        (("--partner", "XX"), "partner-unknown"),
        (("--json", "--csv"), "options-exclude"),
    ],
)
def test_what_is_asked_wrongly_is_said(counted: Path, options: tuple[str, ...], code: str) -> None:
    refused = keruen("figures", counted, *options)
    assert refused.code == 2
    assert code in refused.err
