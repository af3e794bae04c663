"""Corrections from the command line: the same number again, an annulment, an empty vehicle, what is kept."""

from __future__ import annotations

import json
from getpass import getuser
from pathlib import Path

import pytest
from tests.cli.conftest import keruen
from tests.exchange.papers import declaration, paper

NUMBER = declaration().number or ""


@pytest.fixture
def node(tmp_path: Path) -> Path:
    """A node of Kazakhstan that has announced one consignment and corrected its reference."""
    root = tmp_path / "kz"
    assert keruen("init", root, "--country", "KZ").code == 0
    for place, one in enumerate((declaration(), declaration(consignment_reference="UCR-1"))):
        file = tmp_path / f"{place}.json"
        file.write_bytes(paper(one))
        assert keruen("submit", root, file, "--json").json[0]["result"] == "queued"
    return root


def test_what_a_correction_changed_is_shown(node: Path) -> None:
    shown = keruen("show", node, NUMBER, "--versions", "--json").json
    first, second = shown["versions"]
    assert (first["ordinal"], second["ordinal"]) == (1, 2)
    assert second["changed"] == [{"path": "consignment_reference", "after": "UCR-1"}]
    told = keruen("show", node, shown["consignment_id"], "--versions").out
    assert "consignment_reference: - → UCR-1" in told


def test_an_annulment_is_told_once(node: Path) -> None:
    assert keruen("annul", node, NUMBER, "--reason", "sold").code == 0
    again = keruen("annul", node, NUMBER, "--reason", "sold", "--json")
    assert (again.code, again.json["result"]) == (1, "known")
    assert "Annulment" in keruen("show", node, NUMBER).out
    assert keruen("annul", node, "nothing", "--reason", "sold").code == 3


def test_an_empty_vehicle_is_told_to_the_post_it_goes_to(node: Path) -> None:
    given = ("--vehicle", "555AAA02", "--eta", "2026-11-26T06:00:00+05:00")
    told = keruen("empty", node, *given, "--post", "TJ-GUL", "--json")
    assert (told.code, told.json["partner"]) == (0, "TJ")
    assert keruen("empty", node, *given, "--post", "TJ-XXX").code == 3
    refused = keruen("empty", node, *given[:3], "tomorrow", "--post", "TJ-GUL")
    assert refused.code == 2
    assert "a time with offset" in refused.err


def test_a_time_may_be_without_seconds(node: Path) -> None:
    given = ("--vehicle", "555AAA02", "--eta", "2026-11-26T06:00+05:00", "--post", "TJ-GUL")
    assert keruen("empty", node, *given).code == 0


def test_what_commands_did_and_showed_is_in_the_audit_trail(node: Path) -> None:
    shown = keruen("show", node, NUMBER, "--json").json
    keruen("record", node, NUMBER)
    keruen("annul", node, NUMBER, "--reason", "sold")
    keruen("show", node, "nothing")
    trail = [json.loads(line) for line in keruen("audit", node, "--json").out.splitlines()]
    assert [(one["act"], one["subject"]) for one in reversed(trail)] == [
        ("submit", NUMBER),
        ("submit", NUMBER),
        ("see-consignment", shown["consignment_id"]),
        ("see-consignment", shown["consignment_id"]),
        ("submit", NUMBER),
    ]
    assert {(one["name"], one["address"]) for one in trail} == {(getuser(), "command line")}
