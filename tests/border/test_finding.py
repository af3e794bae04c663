"""One field finds a consignment by whatever can be read, and says by which mark."""

from __future__ import annotations

import pytest
from tests.border.world import CONTAINER, HOUR, NOON, World, containers, export, item, stop, truck

from keruen import border
from keruen.border import Found, Lane
from keruen.customs import EtaBasis


def found(world: World, text: str) -> list[Found]:
    return world.store.read(lambda reader: border.find(reader, text))


@pytest.mark.parametrize(
    ("text", "kind", "how"),
    [
        ("123ABC02", "vehicle", "equal"),
        ("123 авс 02", "vehicle", "equal"),  # Cyrillic
        ("123-abc-02", "vehicle", "equal"),
        ("I23A8CO2", "vehicle", "alike"),
        ("45 XYZ 02", "trailer", "equal"),
        ("KRNU 123456-5", "container", "equal"),
        ("KZ0451234", "seal", "equal"),
        ("KZ 0034512", "transport-document", "equal"),
        ("55302/221126/0012345", "reference", "equal"),
        ("999 ZZZ 01 + 45 XYZ 02", "trailer", "part"),
        ("123A", "vehicle", "beginning"),
        ("I23А8", "vehicle", "beginning"),  # misread, and not to the end
    ],
)
def test_any_mark_finds_it_and_says_how(plain_world: World, text: str, kind: str, how: str) -> None:
    one = plain_world.announce(export(containers=containers(CONTAINER)))
    (answer,) = found(plain_world, text)
    assert (answer.consignment.consignment_id, answer.kind, answer.how) == (one, kind, how)


def test_what_is_equal_stands_before_what_is_only_alike(world: World) -> None:
    equal = world.announce(export(transport_means=(truck("123 ABC 02"),)))
    alike = world.announce(export(transport_means=(truck("I23 ABC O2"),)))
    answers = [(one.consignment.consignment_id, one.how) for one in found(world, "123ABC02")]
    assert answers == [(equal, "equal"), (alike, "alike")]


def test_nothing_is_found_by_signs_alone_or_by_two_letters(plain_world: World) -> None:
    plain_world.announce()
    assert found(plain_world, " -/ ") == found(plain_world, "12") == []


def test_only_what_somebody_may_see_is_found(plain_world: World) -> None:
    plain_world.announce()
    hidden = plain_world.store.read(lambda r: border.find(r, "123ABC02", lambda _: False))
    assert hidden == []


def lane(world: World, one: str) -> border.Hint:
    now = world.clock.at
    return world.store.read(lambda r: border.lanes(r, r.consignments_by_id([one]), now))[one]


def test_complete_and_in_time_is_clear(world: World) -> None:
    one = world.announce(export(itinerary=(stop(eta=NOON + 20 * HOUR),)))
    assert lane(world, one) == border.Hint(lane=Lane.CLEAR)


def test_what_was_announced_late_is_said_to_be(plain_world: World) -> None:
    hint = lane(plain_world, plain_world.announce(export(itinerary=(stop(eta=NOON),))))
    assert (hint.lane, hint.late) == (Lane.FINDING, True)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"items": (item(gross_mass=None),), "gross_mass": None}, {"lacks": ("gross_mass",)}),
        ({"itinerary": (stop(basis=EtaBasis.ESTIMATED),)}, {"estimated": True}),
    ],
)
def test_what_is_missing_or_estimated_is_looked_at(
    plain_world: World, values: dict[str, object], reason: dict[str, object]
) -> None:
    hint = lane(plain_world, plain_world.announce(export(**values)))
    assert hint.lane is Lane.FINDING
    for name, value in reason.items():
        assert getattr(hint, name) == value


def test_what_is_past_its_time_is_looked_at(plain_world: World) -> None:
    one = plain_world.announce(export(itinerary=(stop(eta=NOON + 20 * HOUR),)))
    plain_world.clock.at = NOON + 21 * HOUR
    assert lane(plain_world, one) == border.Hint(lane=Lane.FINDING, passed=True)


def test_what_did_not_come_in_time_is_an_alarm(plain_world: World) -> None:
    one = plain_world.announce()
    plain_world.pass_time(plain_world.context.agreements[0].deadlines.overdue_after["3"] * 2)
    assert lane(plain_world, one).lane is Lane.ALARM
    assert lane(plain_world, one).discrepancies == ("not-arrived",)
