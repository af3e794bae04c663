"""What does not add up, at the command line: listed, shown, closed, opened again, in the audit trail."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import keruen

from keruen.node import Node


def test_a_case_is_listed_closed_and_opened_again(tj: Path) -> None:
    assert keruen("arrive", tj, "--post", "TJ-FOT", "--vehicle", "312EEA02").code in (0, 1)
    (one,) = keruen("cases", "list", tj, "--json").json["cases"]
    assert (one["state"], one["row"]["vehicle"]) == ("arrived-without-export", "312EEA02")
    case = one["row"]["subject"]
    assert keruen("cases", "close", tj, case, "--reason", "other").code == 3
    done = keruen("cases", "close", tj, case, "--reason", "not-subject", "--text", "Diplomatic")
    assert done.code == 0
    assert "nothing is open" in keruen("cases", "list", tj).out
    assert keruen("cases", "reopen", tj, case).code == 0
    shown = keruen("cases", "show", tj, case, "--json").json
    assert [(act["deed"], act["text"]) for act in shown["acts"]] == [
        ("closed", "Diplomatic"),
        ("reopened", ""),
    ]
    node = Node.open(tj)
    try:
        trail = node.store.read(
            lambda reader: reader.audit(act="close-case", subject=case, limit=9)
        )
    finally:
        node.close()
    assert [entry.detail for entry in trail] == ["reopened", "not-subject"]


def test_what_is_no_case_is_said(tj: Path) -> None:
    refused = keruen("cases", "show", tj, "nothing")
    assert refused.code == 2
    assert "keruen cases list" in refused.err
