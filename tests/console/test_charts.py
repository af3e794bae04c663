"""Charts: round numbers at the side, everything within the frame, a line broken where there is nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keruen.console.charts import (
    BESIDE,
    FULL,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Point,
    bars,
    line,
    room_of,
    spread,
    ticks,
)


@pytest.mark.parametrize(
    ("largest", "whole", "numbers"),
    [
        (1, True, (0, 1)),
        (3, True, (0, 1, 2, 3)),
        (7, True, (0, 2, 4, 6, 8)),
        (100, False, (0, 50, 100)),
        (0.9, False, (0, 0.5, 1.0)),
        (80, True, (0, 20, 40, 60, 80)),
        (1_000_000, True, (0, 500_000, 1_000_000)),
    ],
)
def test_a_scale_has_round_numbers(largest: float, whole: bool, numbers: tuple[float, ...]) -> None:
    assert ticks(largest, whole=whole) == numbers


@given(st.floats(0.001, 1e12))
def test_a_scale_reaches_the_largest_value_in_few_steps(largest: float) -> None:
    found = ticks(largest)
    assert found[0] == 0
    assert found[-1] >= largest * (1 - 1e-6)
    assert 2 <= len(found) <= 6


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**9)), max_size=60))
def test_everything_lies_within_the_frame(values: list[int | None]) -> None:
    points = [Point(str(number), value) for number, value in enumerate(values)]
    drawn = line(points, str, whole=True)
    for mark in drawn.marks:
        assert LEFT <= mark.x <= WIDTH - RIGHT + 0.1
        assert TOP - 0.1 <= mark.y <= drawn.bottom
    assert len(drawn.marks) == sum(value is not None for value in values)
    assert len(drawn.words) <= 6
    lengths = [one.length for one in bars(points, str)]
    assert all(0 <= one <= FULL for one in lengths)
    assert [one > 0 for one in lengths] == [bool(value) for value in values]


def test_a_line_is_broken_where_there_is_no_value() -> None:
    drawn = line([Point("a", 1), Point("b", 2), Point("c", None), Point("d", 2)], str, top=2)
    assert len(drawn.paths) == 2
    assert drawn.paths[0].count("L") == 1
    assert [one.text for one in drawn.marks] == ["1", "2", "2"]
    assert drawn.marks[0].y > drawn.marks[1].y


@given(st.integers(2, 60), st.integers(1, 20), st.integers(1, 10**7))
def test_no_word_covers_another_or_is_cut_off(count: int, length: int, largest: int) -> None:
    drawn = line([Point("w" * length, largest)] * count, str, whole=True)
    ends = [
        (one.at - room, one.at) if one.ends else (one.at - room / 2, one.at + room / 2)
        for one, room in ((one, room_of(one.text)) for one in drawn.words)
    ]
    assert ends[-1][1] <= WIDTH
    if len(ends) > 2:
        assert all(before[1] <= after[0] + 0.2 for before, after in pairwise(ends))
    assert all(room_of(one.text) + BESIDE <= drawn.left for one in drawn.ticks)


def test_one_point_stands_in_the_middle_and_none_is_an_empty_frame() -> None:
    (mark,) = line([Point("a", 5)], str).marks
    assert LEFT < mark.x < WIDTH - RIGHT
    assert line([], str).marks == ()
    assert bars([], str) == ()
    assert line([], str).bottom < HEIGHT


@pytest.mark.parametrize(
    ("count", "named"), [(0, []), (1, [0]), (6, [0, 1, 2, 3, 4, 5]), (31, [0, 6, 12, 18, 24, 30])]
)
def test_a_few_points_are_named_evenly(count: int, named: list[int]) -> None:
    assert spread(count) == named
