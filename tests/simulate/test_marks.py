from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keruen.customs import skeleton
from keruen.simulate.marks import (
    BIN_WEIGHTS,
    WAGON_KINDS,
    Marks,
    as_read,
    bin_number,
    container_digit,
    inn_number,
    respelled,
    with_wagon_digit,
)


@pytest.mark.parametrize("number", ["CSQU3054383", "MSKU6011672", "TGHU7599330"])
def test_the_check_digit_is_that_of_iso_6346(number: str) -> None:
    assert container_digit(number[:10]) == int(number[10])


def test_a_wagon_number_ends_in_its_check_digit() -> None:
    """The formula of Luhn, as on the 1520 mm and on the UIC network."""
    marks = Marks(Random(1))
    for kind in WAGON_KINDS:
        number = marks.wagon(kind)
        doubled = [int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(number)]
        assert len(number) == 8
        assert sum(d // 10 + d % 10 for d in doubled) % 10 == 0
    assert with_wagon_digit("0000000") == "00000000"


def test_containers_have_their_check_digit() -> None:
    marks = Marks(Random(1))
    for _ in range(200):
        number = marks.container()
        assert number[:3].isalpha()
        assert number[3] == "U"
        assert container_digit(number[:10]) == int(number[10])


def test_marks_differ_in_two_characters_for_a_reader_that_confuses() -> None:
    marks = Marks(Random(2))
    made = [skeleton(marks.truck("TJ")) for _ in range(300)]
    for place, one in enumerate(made):
        for other in made[:place]:
            assert sum(a != b for a, b in zip(one, other, strict=True)) >= 2


@given(st.integers(0, 10_000))
def test_however_a_mark_is_written_it_stays_the_same_mark(seed: int) -> None:
    rng = Random(seed)
    for mark in (Marks(rng).truck("KZ"), Marks(rng).truck("TJ"), "012 OBS 08"):
        assert skeleton(as_read(rng, mark)) == skeleton(mark)
        assert skeleton(respelled(rng, mark)) == skeleton(mark)


@given(st.integers(0, 10_000))
def test_numbers_of_firms_are_well_formed_and_nobodys(seed: int) -> None:
    number = bin_number(Random(seed))
    assert len(number) == 12
    assert number[0] == "6"
    first = sum(int(d) * w for d, w in zip(number[:11], BIN_WEIGHTS, strict=True)) % 11
    assert first == 10 or first == int(number[11])
    assert len(inn_number(Random(seed))) == 9
