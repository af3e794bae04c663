"""Fixtures of this room: counterparts built from their sources, and keys for both sides."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Tests are no packages, yet those of this room share their counterparts.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.interop.counterpart import Counterpart, Program, Sides, running


@pytest.fixture(scope="session")
def program(request: pytest.FixtureRequest) -> Program:
    """Which one: a module says."""
    chosen: Program = request.param
    return chosen


@pytest.fixture(scope="session")
def classpath(program: Program) -> str:
    """Where it is built."""
    return program.build()


@pytest.fixture(scope="session")
def profile(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The profile, and for EC keys their curve; a test may ask for another one."""
    return getattr(request, "param", ("edelivery-2.0",))


@pytest.fixture(scope="session")
def sides(tmp_path_factory: pytest.TempPathFactory, profile: tuple[str, ...]) -> Sides:
    """Keys of Keruen and of the counterpart, each holding the other's certificates."""
    return Sides.make(tmp_path_factory.mktemp("keys"), *profile)


@pytest.fixture(scope="session")
def counterpart(
    classpath: str, sides: Sides, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Counterpart]:
    """The counterpart, running."""
    with running(classpath, sides.counterpart, tmp_path_factory.mktemp("counterpart")) as one:
        yield one
