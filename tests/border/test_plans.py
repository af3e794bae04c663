"""However many consignments there are, nothing that a post waits for looks through them all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from tests.border.world import World, export, imported, stop, truck

from keruen.store import schema

Act = Callable[[World], Any]


def plans(world: World, act: Act) -> list[str]:
    """The steps of SQLite's plan for every query of an act."""
    seen: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            seen.append((statement, parameters))

    engines = (world.store._writing, world.store._reading)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    act(world)
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
    assert seen
    with world.store._reading.connect() as connection:
        return [
            row.detail
            for statement, parameters in seen
            for row in connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", _values(parameters)
            )
        ]


def _values(parameters: Any) -> Any:
    return parameters[0] if isinstance(parameters, list) else parameters


@pytest.mark.parametrize(
    "act",
    [
        lambda world: world.announce(),
        lambda world: world.arrive(number="551", seals=["KZ0451234"], containers=["KRNU1234565"]),
        lambda world: world.arrive(vehicle="9999 XX 01"),
        lambda world: world.submit(imported()),
        lambda world: world.submit(imported(transport_means=(truck("9999 XX 01"),), documents=())),
        lambda world: world.expected(),
    ],
    ids=["announce", "arrive", "arrive unannounced", "import", "import unmatched", "expected"],
)
def test_every_look_up_is_by_an_index(plain_world: World, act: Act) -> None:
    plain_world.announce()
    plain_world.announce(export(number="551", itinerary=(stop(eta=None, basis=None),)))
    scanned = {step.split()[1] for step in plans(plain_world, act) if step.startswith("SCAN")}
    assert scanned & set(schema.metadata.tables) <= {"evidence_head"}, "which has one row"
