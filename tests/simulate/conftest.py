"""The agreement, and traffic of several seeds, made once."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

import pytest

from keruen.agreement import Agreement, read_agreement
from keruen.simulate import Traffic, simulate

START = datetime(2026, 11, 23, 21, 30, 5, 123_000, tzinfo=UTC)
SEEDS = (1, 2, 3, 4, 5)
CONSIGNMENTS = 200


@cache
def the_agreement() -> Agreement:
    return read_agreement((files("keruen.agreement") / "kz-tj.toml").read_text("utf-8"))


@cache
def traffic_of(seed: int) -> Traffic:
    return simulate(the_agreement(), seed=seed, consignments=CONSIGNMENTS, start=START, days=5)


@pytest.fixture(scope="session")
def agreement() -> Agreement:
    return the_agreement()


@pytest.fixture(scope="session", params=SEEDS)
def traffic(request: pytest.FixtureRequest) -> Traffic:
    return traffic_of(request.param)
