"""Whoever may look at a demonstration: somebody of each role on each side."""

from __future__ import annotations

from pathlib import Path

import pytest

from keruen.access import Role
from keruen.access.passwords import DEMONSTRATION
from keruen.config import directory
from keruen.demo.visitors import admit_everybody
from keruen.node import Node
from keruen.people.accounts import person_of
from keruen.people.entering import Admitted, Door, with_password
from keruen.store import Reader


@pytest.mark.parametrize("country", ["KZ", "TJ"])
def test_somebody_of_each_role_comes_in_by_the_printed_password(
    country: str, tmp_path: Path
) -> None:
    directory.init(tmp_path / "node", country)
    node = Node.open(tmp_path / "node")
    try:
        admit_everybody(node)
        people = [person_of(row) for row in node.store.read(Reader.accounts)]
        assert {one.name: one.roles for one in people} == {role: {role} for role in Role}
        (officer,) = [one for one in people if Role.OFFICER in one.roles]
        assert officer.posts is not None
        assert len(officer.posts) == 1
        door = Door(node.store, node.context.clock, "127.0.0.1", demo=True)
        assert isinstance(with_password(door, "officer", DEMONSTRATION), Admitted)
    finally:
        node.close()
