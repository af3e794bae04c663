"""Two node directories with each other's cards, on ports of this machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

# Tests are no packages, yet this room uses another one's papers.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.as4.world import NOW
from tests.net.sockets import free_port

from keruen.config import directory
from keruen.config.cards import write_card
from keruen.config.settings import DemoClock
from keruen.node import Node


@pytest.fixture
def roots(tmp_path: Path) -> dict[str, Path]:
    """The directories of KZ and TJ."""
    clock = DemoClock(real=datetime.now(UTC), shown=NOW, rate=1)
    files = {
        country: directory.init(
            tmp_path / country,
            country,
            as4_port=free_port(),
            console_port=free_port(),
            clock=clock,
        )
        for country in ("KZ", "TJ")
    }
    directory.add_card(files["KZ"].root, write_card(files["TJ"].card))
    directory.add_card(files["TJ"].root, write_card(files["KZ"].card))
    return {country: one.root for country, one in files.items()}


@pytest.fixture
def nodes(roots: dict[str, Path]) -> Iterator[dict[str, Node]]:
    """Both nodes, opened, not running."""
    opened = {country: Node.open(root) for country, root in roots.items()}
    yield opened
    for node in opened.values():
        node.close()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What is logged on purpose is no test's output; `capture_logs` still sees it."""
    structlog.configure(processors=[drop])
    yield
    structlog.reset_defaults()


def drop(*_: object) -> str:
    raise structlog.DropEvent
