"""Which of the candidates has come: one journey, or a question to a person; never by chance."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.border.world import CORRIDOR, DAY, HOUR, NOON

from keruen.border import Candidate, choose
from keruen.border.rules import Evidence
from keruen.store import Consignment, IdentifierKind, Role


def evidence(
    kind: IdentifierKind = IdentifierKind.VEHICLE,
    declared: str = "123 ABC 02",
    found: str = "123ABC02",
    weight: int = 50,
    *,
    stated: bool = False,
) -> Evidence:
    return Evidence(
        rule=kind.value, declared=declared, found=found, weight=weight, kind=kind, stated=stated
    )


def candidate(
    name: str,
    *reasons: Evidence,
    eta: timedelta | None = timedelta(),
    timely: bool = True,
    contradicted: bool = False,
) -> Candidate:
    return Candidate(
        consignment=Consignment(
            corridor=CORRIDOR,
            consignment_id=name,
            role=Role.RECEIVER,
            partner="KZ",
            state="accepted",
            mode="live",
            stage="export",
            ordinal=1,
            reference=name,
            updated=NOON,
            information_id=name,
            eta=None if eta is None else NOON + eta,
        ),
        evidence=reasons or (evidence(),),
        timely=timely,
        contradicted=contradicted,
    )


def wagon(number: str) -> Evidence:
    return evidence(IdentifierKind.WAGON, number, number)


def reference(number: str = "E 4567") -> Evidence:
    return evidence(IdentifierKind.REFERENCE, number, number, 100, stated=True)


@pytest.mark.parametrize(
    ("possible", "chosen", "rivals"),
    [
        ([], "", ""),
        ([candidate("a")], "a", ""),
        ([candidate("a"), candidate("b")], "ab", ""),
        ([candidate("a"), candidate("b", eta=DAY)], "ab", ""),
        ([candidate("a"), candidate("b", eta=DAY + HOUR)], "", "ab"),
        ([candidate("a"), candidate("b", eta=9 * DAY, timely=False)], "a", ""),
        ([candidate("a", eta=None), candidate("b", eta=None)], "", "ab"),
        ([candidate("a"), candidate("b", evidence(declared="I23 ABC 02", weight=40))], "a", ""),
        ([candidate("a"), candidate("b", contradicted=True)], "a", ""),
        ([candidate("a", wagon("28012343")), candidate("b", wagon("28012350"), eta=9 * DAY)], "ab", ""),
        ([candidate("a", reference()), candidate("b", reference())], "", "ab"),
        ([candidate("a"), candidate("b", reference())], "b", ""),
        ([candidate("a", evidence(IdentifierKind.SEAL, "S 1", "S 1", 20)), candidate("b")], "b", ""),
    ],
    ids=[
        "nothing", "one", "groupage", "groupage of one day", "two journeys", "the timely one",
        "two without a time", "the letter over the skeleton", "other containers",
        "a train", "one number twice", "a person's word", "a seal of another truck",
    ],
)  # fmt: skip
def test_which_one_has_come(possible: list[Candidate], chosen: str, rivals: str) -> None:
    choice = choose(possible)
    assert "".join(sorted(one.consignment.consignment_id for one in choice.chosen)) == chosen
    assert "".join(sorted(one.consignment.consignment_id for one in choice.rivals)) == rivals


some = st.builds(
    candidate,
    st.uuids().map(str),
    st.sampled_from([evidence(), wagon("28012343"), wagon("28012350"), reference()]),
    eta=st.none() | st.integers(0, 60).map(lambda hours: hours * HOUR),
    timely=st.booleans(),
    contradicted=st.booleans(),
)


@given(st.lists(some, max_size=6), st.data())
def test_the_order_of_the_candidates_changes_nothing(
    possible: list[Candidate], data: st.DataObject
) -> None:
    choice = choose(possible)
    assert choose(data.draw(st.permutations(possible))) == choice
    assert not (choice.chosen and choice.rivals)
    assert bool(choice.chosen or choice.rivals) == bool(possible)
    if choice.chosen:
        named = any(one.stated for one in possible)
        best = max(one.score for one in possible if one.stated == named)
        assert choice.chosen[0].score == best
    assert len(set(map(id, choice.rivals))) == len(choice.rivals) != 1
