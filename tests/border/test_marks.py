"""Marks by which a consignment is known, and what each one weighs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.border.world import (
    REFERENCE,
    TRUCK,
    WAYBILL,
    came,
    containers,
    export,
    imported,
    seals,
    trailer,
    truck,
    wagon,
)

from keruen.border import RULES
from keruen.border.identify import CONTRADICTED, MINIMUM, TIMELY
from keruen.border.marks import (
    FoundMark,
    among,
    forms,
    marks_of_arrival,
    marks_of_import,
    strange,
    wagons_of,
)
from keruen.border.rules import evidence_of
from keruen.customs import TransportKind, fold, skeleton
from keruen.store import Identifier, IdentifierKind

KEY = ("KZ-TJ", "one")


def row(kind: IdentifierKind, declared: str) -> Identifier:
    return Identifier(
        corridor=KEY[0],
        consignment_id=KEY[1],
        kind=kind,
        declared=declared,
        folded=fold(declared),
        skeleton=skeleton(declared),
    )


def test_every_kind_of_mark_has_a_rule_and_the_letter_weighs_more_than_the_skeleton() -> None:
    assert sorted(rule.kind.value for rule in RULES) == sorted(
        kind.value for kind in IdentifierKind
    )
    assert all(rule.equal > rule.alike > 0 for rule in RULES)
    assert min(rule.equal - rule.alike for rule in RULES) > TIMELY
    assert min(rule.equal for rule in RULES) == MINIMUM
    assert min(rule.equal for rule in RULES if rule.kind in ("vehicle", "container")) > CONTRADICTED


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        (TRUCK, True),
        ("б/н", False),
        ("БЕЗ НОМЕРА", False),
        ("123", False),
        ("1234", True),
        ("N 12", False),
        ("", False),
        ("— —", False),
    ],
)
def test_a_mark_that_tells_nothing_is_not_looked_up(text: str, telling: bool) -> None:
    assert FoundMark(kind=IdentifierKind.VEHICLE, text=text).telling is telling
    assert FoundMark(kind=IdentifierKind.REFERENCE, text="7", stated=True).telling


def test_marks_of_an_arrival() -> None:
    arrival = came(
        trailers=["45 XYZ 02", "45-XYZ-02"],
        containers=["KRNU1"],
        seals=["A0001"],
        seals_broken=["B0002"],
        number="7",
    )
    assert [(mark.kind.value, mark.text, mark.stated) for mark in marks_of_arrival(arrival)] == [
        ("vehicle", TRUCK, False),
        ("trailer", "45-XYZ-02", False),
        ("container", "KRNU1", False),
        ("seal", "A0001", False),
        ("seal", "B0002", False),
        ("reference", "7", True),
    ]


def test_marks_of_an_import_are_not_its_own_number() -> None:
    declaration = imported(
        number="TJ01/I/77777", containers=containers("KRNU1"), seals=seals("A0001")
    )
    found = [(mark.kind.value, mark.text) for mark in marks_of_import(declaration)]
    assert found == [
        ("reference", REFERENCE),
        ("transport-document", WAYBILL),
        ("vehicle", TRUCK),
        ("container", "KRNU1"),
        ("seal", "A0001"),
    ]


def test_wagons_are_known_by_their_mode_where_the_format_has_no_wagons() -> None:
    means = (truck(), trailer(), wagon("28012343"), wagon("28012350", TransportKind.VEHICLE))
    assert wagons_of(means) == ("28012343", "28012350")
    assert wagons_of(export().means()) == ()


@pytest.mark.parametrize(
    ("kind", "declared", "found", "rule", "weight"),
    [
        ("vehicle", "123 ABC 02", "123АВС02", "vehicle", 50),
        ("vehicle", "123 ABC 02", "I23 A8C 02", "vehicle-alike", 40),
        ("trailer", "123 ABC 02", "123 ABC 02", "trailer", 30),
        ("seal", "A0001", "AOO01", "seal-alike", 12),
    ],
)
def test_evidence(kind: str, declared: str, found: str, rule: str, weight: int) -> None:
    mark = FoundMark(kind=IdentifierKind.VEHICLE, text=found)
    (one,) = evidence_of([mark], [row(IdentifierKind(kind), declared)])[KEY]
    assert (one.rule, one.declared, one.found, one.weight) == (rule, declared, found, weight)


def test_a_mark_counts_once_for_a_consignment_at_its_best() -> None:
    rows = [
        row(IdentifierKind.TRAILER, "123 ABC 02"),
        row(IdentifierKind.VEHICLE, "123 A8C 02"),
        row(IdentifierKind.VEHICLE, "123 ABC 02"),
    ]
    mark = FoundMark(kind=IdentifierKind.VEHICLE, text="123ABC02")
    for order in (rows, rows[::-1]):
        (one,) = evidence_of([mark], order)[KEY]
        assert one.rule == "vehicle"


written = st.text(st.sampled_from("ABО0Q8Ғ -"), max_size=4)


@given(st.lists(written), st.lists(written))
def test_what_is_strange_is_what_is_not_among_the_others(
    found: list[str], announced: list[str]
) -> None:
    odd = strange(found, announced)
    assert forms(odd) == forms(found) - forms(announced)
    assert len(forms(odd)) == len(odd)
    assert not any(among(mark, announced) for mark in odd)
    assert odd == sorted(odd, key=found.index)
    assert strange(found, found) == []
