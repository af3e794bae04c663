"""What an officer enters becomes an arrival once, however often the button is pressed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.border.world import POST, World, came

from keruen import border
from keruen.border import ArrivalRegistered
from keruen.errors import LocalError
from keruen.store import ArrivalEntry

WALL = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def entry(**values: object) -> ArrivalEntry:
    facts = {"entry_id": "e-1", "person": "zarina", "post": POST, "consignment_id": "c-1"}
    return ArrivalEntry(**(facts | {"typed": b'{"mass":"19950"}', "saved": WALL} | values))  # type: ignore[arg-type]


def keep(world: World, row: ArrivalEntry) -> bool:
    return world.store.write_now(lambda tx: border.keep_draft(tx, row))


def register(world: World, **facts: object) -> tuple[ArrivalRegistered, ...]:
    arrival = came(**facts)
    return world.store.write_now(
        lambda tx: border.register_entry(tx, world.context, "e-1", arrival)
    )


def stored(world: World) -> ArrivalEntry | None:
    return world.store.read(lambda reader: reader.arrival_entry("e-1"))


def test_a_draft_is_found_again_by_its_person_only(world: World) -> None:
    assert keep(world, entry())
    assert keep(world, entry(typed=b'{"mass":"19900"}'))
    found = world.store.read(lambda reader: reader.arrival_drafts("zarina", POST, "c-1"))
    assert [one.typed for one in found] == [b'{"mass":"19900"}']
    assert world.store.read(lambda reader: reader.arrival_drafts("umed", POST)) == []
    assert not keep(world, entry(person="umed"))


def test_an_entry_is_registered_once_and_answered_alike(world: World) -> None:
    world.announce()
    keep(world, entry())
    first, again = register(world), register(world)
    assert first == again
    assert len(world.arrivals()) == 1


def test_what_is_registered_is_no_draft_any_more(world: World) -> None:
    world.announce()
    keep(world, entry())
    register(world)
    assert world.store.read(lambda reader: reader.arrival_drafts("zarina", POST)) == []
    assert not keep(world, entry(typed=b'{"mass":"1"}'))
    row = stored(world)
    assert row is not None
    assert [one.post for one in border.answer_of(row)] == [POST]


def test_a_refused_arrival_stays_a_draft(plain_world: World) -> None:
    keep(plain_world, entry())
    (refused,) = register(plain_world, post="TJ-NOWHERE")
    assert refused.arrival_id is None
    row = stored(plain_world)
    assert row is not None
    assert row.typed


def test_nothing_is_registered_under_an_unknown_id(plain_world: World) -> None:
    with pytest.raises(LocalError, match="begin anew"):
        register(plain_world)
