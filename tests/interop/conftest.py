"""Fixtures of this room: a counterpart built from its sources, and keys for both sides."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Tests are no packages, yet those of this room share their counterpart.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.interop.counterpart import Counterpart, Endpoint, Sides, build


@pytest.fixture(scope="session")
def java_classpath() -> str:
    """Where the built counterpart lies."""
    return build()


@pytest.fixture(scope="session")
def profile(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The profile, and for EC keys their curve; a test may ask for another one."""
    return getattr(request, "param", ("edelivery-2.0",))


@pytest.fixture(scope="session")
def sides(tmp_path_factory: pytest.TempPathFactory, profile: tuple[str, ...]) -> Sides:
    """Keys of Keruen and of the counterpart, each holding the other's certificates."""
    return Sides.make(tmp_path_factory.mktemp("keys"), *profile)


@pytest.fixture
def counterpart(java_classpath: str, sides: Sides, tmp_path: Path) -> Counterpart:
    """The counterpart, ready to send."""
    return Counterpart(java_classpath, sides.counterpart, tmp_path)


@pytest.fixture(scope="session")
def endpoint(
    java_classpath: str, sides: Sides, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Endpoint]:
    """The counterpart, listening."""
    folder = tmp_path_factory.mktemp("endpoint")
    with Counterpart(java_classpath, sides.counterpart, folder).listening() as listening:
        yield listening
