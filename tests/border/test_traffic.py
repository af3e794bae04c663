"""Days of simulated traffic through the whole room: what was planted is found, and nothing else.

The same holds when the line was down and announcements came hours late: arrivals and imports that came before
them are found by them. Only what came in another truck stays with a person: an arrival that nothing announced
is told, and kept, without the number that the driver showed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import msgspec
import pytest
from msgspec.structs import replace
from tests.border.world import NOON, World, agreement

from keruen import formats
from keruen.agreement import unlisted, with_entry
from keruen.border import read_arrivals
from keruen.customs import DiscrepancyCode
from keruen.exchange import Result
from keruen.messages import kind_of
from keruen.simulate import Arrival, Step, Submission, Traffic, simulate

OTHER_VEHICLE = DiscrepancyCode.OTHER_VEHICLE
SEEDS = (1, 2, 3)


@cache
def traffic_of(seed: int) -> Traffic:
    return simulate(agreement(), seed=seed, consignments=120, start=NOON, days=5)


def steps_of(traffic: Traffic, outage: timedelta) -> Iterator[Step]:
    """What concerns Tajikistan, announcements later by the outage."""
    exports = {one.export_name for one in traffic.announced if one.receiver == "TJ"}
    for step in traffic.steps:
        if isinstance(step, Submission) and step.name in exports:
            yield Submission(step.at + outage, step.country, step.name, step.data, step.format)
        elif step.country == "TJ" and (isinstance(step, Arrival) or step.name not in sent(traffic)):
            yield step


def sent(traffic: Traffic) -> set[str]:
    return {one.export_name for one in traffic.announced}


def happen(world: World, step: Step) -> None:
    world.clock.at = max(world.clock.at, step.at)
    world.pass_time(timedelta())
    if isinstance(step, Arrival):
        (arrival,) = read_arrivals(msgspec.json.encode([step.data]))
        registered = world.register(arrival)
        if any(finding.code == "item-unknown" for finding in registered[0].findings):
            # Nothing is announced yet, so there are no numbers of items to answer.
            registered = world.register(replace(arrival, items=()))
        assert all(one.arrival_id for one in registered), registered
        return
    declaration = formats.read(step.data).declaration
    if step.country == "KZ":
        world.announce(with_entry(declaration, agreement(), "TJ"))
    else:
        assert world.submit(declaration).result in (Result.MATCHED, Result.UNMATCHED)


@pytest.mark.parametrize("hours", [0, 30])
@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_planted_is_found_even_after_an_outage(
    plain_world: World, seed: int, hours: int
) -> None:
    world, traffic = plain_world, traffic_of(seed)
    steps = sorted(steps_of(traffic, timedelta(hours=hours)), key=lambda step: step.at)
    for step in steps:
        happen(world, step)
    for _ in range(3):
        world.pass_time(timedelta(days=2))
    planted = {
        (truth.reference, truth.item, truth.code)
        for truth in traffic.truth
        if truth.reference in {one.reference for one in traffic.announced if one.receiver == "TJ"}
    }
    certain = planted if not hours else {one for one in planted if one[2] != OTHER_VEHICLE}
    assert certain <= found(world) <= planted
    assert world.store.read(lambda r: r.declarations(kind="import", unmatched=True)) == []
    for message in world.sent():
        assert unlisted(msgspec.to_builtins(message), kind_of(message), agreement()) == ()


def found(world: World) -> set[tuple[str, int | None, DiscrepancyCode]]:
    consignments = world.store.read(lambda r: r.consignments(limit=1000))
    return {
        (one.reference, row.discrepancy.item, row.discrepancy.code)
        for one in consignments
        for row in world.differences(one.consignment_id)
    }
