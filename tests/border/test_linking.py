"""A person says what belongs together, where the node could not: told to the other side, and undone in time."""

from __future__ import annotations

import pytest
from tests.border.test_cases import cases, row, states
from tests.border.world import CORRIDOR, DAY, HOUR, World, export, imported, item, preceding, truck

from keruen.border.cases import Kind, Likely, likely, link, link_of, tell_linked, unlink
from keruen.errors import LocalError

OTHER = {"transport_means": (truck("999ZZZ09"),), "documents": (preceding("OTHER/1"),)}


def found(world: World, subject: str) -> tuple[Likely, ...]:
    one = row(world, subject)
    return world.store.read(lambda reader: likely(reader, world.context, one))


def take(world: World, subject: str, candidate: str) -> None:
    one = row(world, subject)
    world.store.write_now(lambda tx: link(tx, world.context, one, candidate, person="n"))


def undo(world: World, subject: str) -> None:
    world.store.write_now(lambda tx: unlink(tx, world.context, CORRIDOR, subject, person="n"))


def tell(world: World) -> int:
    return world.store.write_now(lambda tx: tell_linked(tx, world.context))


def orphan(world: World) -> str:
    """An import declaration by another truck that names another paper: no rule ties it to anything."""
    world.submit(imported(**OTHER))
    return next(one.row.subject for one in cases(world) if one.state == "imported-without-export")


def test_candidates_of_an_import_declaration_say_what_speaks_for_and_against_them(
    world: World,
) -> None:
    consignment = world.announce()
    goods = (item(hs="8703231940"),)
    world.submit(imported(documents=(preceding("OTHER/1"),), items=goods))
    subject = cases(world)[0].row.subject
    (one,) = found(world, subject)
    assert (one.kind, one.subject, one.taken) == (Kind.CONSIGNMENT, consignment, False)
    weights = {e.rule: e.weight for e in one.evidence}
    assert weights["vehicle"] > 0 > weights["reference"]
    assert one.score == sum(weights.values())


def test_an_arrival_and_a_consignment_are_each_others_candidates(world: World) -> None:
    world.arrive(arrived=world.clock.now() - 20 * DAY)
    consignment = (
        world.announce()
    )  # three weeks after: too far for the node to take it for the same
    arrival = cases(world)[0].row.subject
    world.clock.at += 2 * DAY
    (one,) = found(world, consignment)
    assert (one.kind, one.subject, one.timely) == (Kind.ARRIVAL, arrival, False)


def test_an_import_is_told_when_it_can_be_undone_no_more(world: World) -> None:
    consignment = world.announce()
    world.arrive()
    subject = orphan(world)
    take(world, subject, consignment)
    assert (states(world), states(world, closed=True)) == ([], ["imported-without-export"])
    assert (tell(world), world.imports()) == (0, [])
    world.clock.at += 2 * HOUR
    assert tell(world) == 1
    (told,) = world.imports()
    assert told.consignment_id == consignment
    assert told.matched_by[0].rule == "consignment-id"
    assert world.state(consignment) == "formalities"
    assert states(world, closed=True) == []
    with pytest.raises(LocalError, match="other side was told"):
        undo(world, subject)
    assert tell(world) == 0


def test_what_was_taken_is_undone_and_the_node_looks_for_itself_again(world: World) -> None:
    consignment = world.announce()
    subject = orphan(world)
    take(world, subject, consignment)
    undo(world, subject)
    assert states(world) == ["imported-without-export"]
    world.clock.at += 2 * HOUR
    assert tell(world) == 0
    world.announce(export(number="OTHER/1", transport_means=OTHER["transport_means"]))
    assert states(world) == []
    acts = world.store.read(lambda reader: reader.case_acts(CORRIDOR, subject))
    assert [one.deed.value for one in acts] == ["linked", "unlinked"]


def test_a_consignment_that_was_taken_meanwhile_leaves_the_case_open(world: World) -> None:
    consignment = world.announce()
    subject = orphan(world)
    take(world, subject, consignment)
    world.submit()
    assert world.state(consignment) == "formalities"
    world.clock.at += 2 * HOUR
    tell(world)
    assert len(world.imports()) == 1
    assert states(world) == ["imported-without-export"]


def test_an_arrival_is_told_at_once_and_taken_back(world: World) -> None:
    world.arrive(vehicle="999ZZZ09")
    consignment = world.announce()
    arrival = cases(world)[0].row.subject
    take(world, consignment, arrival)  # from the side of what is sought
    assert states(world) == []
    assert (world.state(consignment), world.arrivals()[-1].arrival_id) == ("arrived", arrival)
    taken = world.store.read(lambda reader: link_of(reader, world.context, CORRIDOR, arrival))
    assert taken is not None
    assert taken.until is not None
    undo(world, arrival)
    assert states(world) == ["arrived-without-export"]
    assert world.state(consignment) == "under-way"


def test_what_cannot_belong_together_is_refused(plain_world: World) -> None:
    world = plain_world
    consignment = world.announce()
    subject = orphan(world)
    with pytest.raises(LocalError, match="cannot be taken"):
        take(world, subject, "nobody")
    with pytest.raises(LocalError, match="cannot be taken"):
        take(world, consignment, "nobody")
    with pytest.raises(LocalError, match="nothing was taken"):
        undo(world, subject)
