"""The main job, end to end: two real processes on loopback, real files in, the same truth on both sides."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from keruen.demo import COUNTRIES, Books, Demonstration, demonstration, faults, reckon

KILLS = 26
"""How often a node is killed: more than the twenty that must be survived."""


@pytest.mark.slow
def test_a_finite_run_prints_one_reckoning_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "keruen", "demo", "--once", "--json", "--dir", str(tmp_path)]
    arguments = ["--consignments", "60", "--seconds", "20"]
    run = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    reckoning = json.loads(run.stdout)
    assert set(reckoning) == {
        "consignments",
        "preliminary_information",
        "arrival_information",
        "import_information",
        "planted",
        "discrepancies",
        "missed",
        "spurious",
        "messages_sent",
        "receipts_verified",
        "lost",
        "duplicated",
        "seconds",
    }
    assert reckoning["consignments"] == 60
    assert len(reckoning["planted"]) >= 5
    assert faults(reckoning) == []
    assert reckoning["planted"] == reckoning["discrepancies"]
    assert_all_taken(reckoning)


def assert_all_taken(reckoning: dict[str, Any]) -> None:
    flow = reckoning["preliminary_information"]
    assert flow["accepted"] == flow["sent"] == reckoning["consignments"]
    for kind in ("arrival_information", "import_information"):
        assert reckoning[kind]["sent"] == reckoning[kind]["accepted"] > 0
    assert reckoning["receipts_verified"] == reckoning["messages_sent"] > 0


@dataclass(eq=False)
class Killer(threading.Thread):
    """Kills either node at random moments, without warning, and starts it again."""

    show: Demonstration
    chance: random.Random
    kills: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    failure: Exception | None = None

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def run(self) -> None:
        while self.kills < KILLS and not self.over.wait(self.chance.uniform(0.1, 2.0)):
            try:
                self._kill(self.chance.choice(COUNTRIES))
            except Exception as error:  # noqa: BLE001 - told by the test
                self.failure = error
                return

    def _kill(self, country: str) -> None:
        process = self.show.processes[country]
        process.kill()
        process.wait()
        self.show.start(country)
        self.kills += 1


@pytest.mark.slow
def test_killing_either_node_at_random_moments_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """What was planted is not compared: on this clock a second of outage is more than an hour, so that some
    vehicles come before their announcement."""
    began = time.monotonic()
    with demonstration(tmp_path, consignments=500, seed=7, days=5, seconds=100) as show:
        killer = Killer(show, random.Random(7))
        killer.start()
        show.run(lambda _: None)
        killer.over.set()
        killer.join()
        reckoning = reckon(show, time.monotonic() - began)
        first, second = (Books.of(node) for node in show.nodes.values())
    assert killer.failure is None
    assert killer.kills >= 20
    assert (reckoning["lost"], reckoning["duplicated"]) == (0, 0)
    assert_all_taken(reckoning)
    assert first.found == second.found
    assert first.closed == second.closed
    assert len(first.closed) > 400


def test_a_reckoning_that_does_not_add_up_is_named() -> None:
    good = {
        "preliminary_information": {"sent": 2, "delivered": 2, "accepted": 1, "rejected": 1},
        "messages_sent": 5,
        "receipts_verified": 5,
        **dict.fromkeys(("missed", "spurious", "lost", "duplicated"), 0),
    }
    assert faults(good) == []
    for name in ("missed", "spurious", "lost", "duplicated"):
        assert faults({**good, name: 1}) == [name]
    assert faults({**good, "receipts_verified": 4}) == ["receipts_verified"]
    undelivered = {**good["preliminary_information"], "delivered": 1}  # type: ignore[dict-item]
    assert faults({**good, "preliminary_information": undelivered}) == ["preliminary_information"]
