"""A short run of `benchmarks/fuzz.py`: nothing but the errors of the rooms, whatever comes."""

from __future__ import annotations

import os
from random import Random

import pytest
from benchmarks.fuzz import fuzz
from benchmarks.fuzzing.targets import Target, targets

TARGETS = targets()
INPUTS = int(os.environ.get("KERUEN_FUZZ_INPUTS", "6000"))


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name.replace(" ", "-"))
def test_no_input_leads_to_anything_unexpected(target: Target) -> None:
    inputs = INPUTS * target.share // sum(one.share for one in TARGETS)
    report = fuzz(target, inputs, seed=1)
    assert report.outcomes.total() == inputs
    assert {name: octets[:200] for name, octets in report.findings.items()} == {}


def test_every_target_takes_what_is_right() -> None:
    """Else all of it would be refused at the door, and nothing be fuzzed."""
    for target in TARGETS:
        if target.name.startswith(("reception", "signal", "pull")):
            outcomes = [target.run(seed, Random(1)) for seed in target.seeds]
            assert [one.partition(" ")[0] for one in outcomes] == ["taken"] * len(outcomes)
