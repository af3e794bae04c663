"""A node that takes no connections, as processes: it pulls, and sees a consignment through all the same."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import eventually, keruen, processes

from keruen.demo.ports import free_ports

POST = "TJ-FOT"
SERVE = """
[pull]
serve = true
mpc = "urn:keruen:mpc:kz-tj"
"""
FETCH = """
[pull]
fetch = true
mpc = "urn:keruen:mpc:kz-tj"
interval = 0.2
"""


def behind_a_firewall(kz: Path, tj: Path) -> None:
    """KZ keeps a channel for TJ and knows no address where TJ would listen."""
    card = kz / "partners" / "TJ.toml"
    (nowhere,) = free_ports(1)
    text = re.sub(
        r'endpoint = "[^"]*"', f'endpoint = "http://127.0.0.1:{nowhere}/as4"', card.read_text()
    )
    card.write_text(text + SERVE)
    card = tj / "partners" / "KZ.toml"
    card.write_text(card.read_text() + FETCH)


def on_postgresql(root: Path, url: str) -> None:
    path = root / "node.toml"
    path.write_text(re.sub(r'url = "sqlite:[^"]*"', f'url = "{url}"', path.read_text()))


def consignment(root: Path, state: str) -> bool:
    counts: dict[str, int] = keruen("status", root, "--json").json["consignments"]
    return counts == {state: 1}


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_node_reached_only_by_pull_does_everything_that_a_pushed_one_does(
    kz: Path, tj: Path, transit: Path, tmp_path: Path, database: str, request: Any
) -> None:
    behind_a_firewall(kz, tj)
    if database == "postgresql":
        new_database: Callable[[], str] = request.getfixturevalue("postgres_dsn")
        on_postgresql(kz, new_database())
        on_postgresql(tj, new_database())
    for root in (kz, tj):
        assert keruen("check", root).code == 0
    with processes(kz, tj):
        submitted = keruen("submit", kz, transit, "--wait", "20", "--json").json
        assert submitted[0]["answer"]["outcome"] == "accepted"
        (expected,) = eventually(lambda: keruen("expected", tj, "--post", POST, "--json").json)
        plate = re.split(r" \+ ", expected["vehicle"])[0]
        registered = keruen("arrive", tj, "--post", POST, "--vehicle", plate, "--json")
        assert registered.code in {0, 1}, registered
        eventually(partial(consignment, kz, "arrived"), 20)
        imported = keruen("submit", tj, import_of(tmp_path, transit), "--json").json
        assert imported[0]["result"] == "matched", imported
        for root in (kz, tj):
            eventually(partial(consignment, root, "closed"), 20)
    for root in (kz, tj):
        status = keruen("status", root, "--json").json
        assert set(status["outbox"]) == {"delivered"}
        assert status["refusals"] == 0


def import_of(folder: Path, transit: Path) -> Path:
    """The import declaration that answers a transit, in the project's own format."""
    plain = json.loads(keruen("convert", transit, "--to", "json").out)
    number = plain["local_reference"]
    plain |= {
        "kind": "import",
        "number": "TJ-IM-1",
        "documents": [{"kind": "preceding", "number": number}],
    }
    path = folder / "import.json"
    path.write_text(json.dumps(plain))
    return path


@pytest.mark.slow
def test_ping_says_what_it_proves_and_why_a_partner_that_pulls_cannot_be_asked(
    kz: Path, tj: Path
) -> None:
    behind_a_firewall(kz, tj)
    with processes(kz, tj):
        answered = keruen("ping", tj, "KZ", "--json")
        assert answered.code == 0, answered
        assert answered.json["partner"] == "KZ"
        assert answered.json["receipt"]
        assert answered.json["milliseconds"] > 0
        refused = keruen("ping", kz, "TJ")
    assert refused.code == 3
    assert "ping-pulled" in refused.err
    assert "keruen ping" in refused.err
    assert keruen("status", kz, "--json").json["messages"] == {}
