"""One score of 0 to 100 out of counts: better counts never make it worse, and nothing counted gives none."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from keruen.exchange.score import WEIGHTS, Part, judged, score, shares, together
from keruen.store.supplied import Supplied

COUNT = st.integers(0, 500)
BETTER = (
    "mandatory_stated",
    "conditional_stated",
    "optional_stated",
    "in_time",
    "acknowledgement_in_time",
    "arrival_in_time",
    "import_in_time",
    "enquiry_in_time",
)
"""Counts of what was done well: one more, of as many, is better."""
WORSE = (
    "amendments",
    "annulments",
    "acknowledgement_missing",
    "arrival_missing",
    "import_missing",
    "enquiry_missing",
)
"""Counts of what was not: one more is worse."""


@st.composite
def supplied(draw: st.DrawFn) -> Supplied:
    """Counts that can be: no part is larger than its whole."""
    counts: dict[str, int] = {}
    wholes = {
        **{f"{name}_stated": name for name in ("mandatory", "conditional", "optional")},
        **{f"{name}_in_time": f"{name}_given" for name in ("acknowledgement", "arrival")},
        **{f"{name}_in_time": f"{name}_given" for name in ("import", "enquiry")},
        "in_time": "announced",
    }
    for part, whole in wholes.items():
        counts[whole] = draw(COUNT)
        counts[part] = draw(st.integers(0, counts[whole]))
    counts["declarations"] = draw(COUNT)
    counts["clean"] = draw(st.integers(0, counts["declarations"]))
    counts["warned"] = draw(st.integers(0, counts["declarations"] - counts["clean"]))
    for name in WORSE:
        counts[name] = draw(COUNT)
    return Supplied(**counts)


@given(supplied())
def test_a_score_lies_between_0_and_100_and_each_part_between_0_and_1(one: Supplied) -> None:
    quality = judged(one)
    assert all(0 <= share <= 1 for share in quality.parts.values())
    assert (quality.score is None) == (not quality.parts)
    assert quality.score is None or 0 <= quality.score <= 100


@given(
    st.dictionaries(st.sampled_from(Part), st.floats(0, 1), min_size=1),
    st.data(),
)
def test_a_better_part_never_makes_a_worse_score(parts: dict[Part, float], data: Any) -> None:
    part = data.draw(st.sampled_from(sorted(parts)))
    better = {**parts, part: data.draw(st.floats(parts[part], 1))}
    before, after = score(parts), score(better)
    assert before is not None
    assert after is not None
    assert before <= after


@given(supplied(), st.sampled_from(WORSE))
def test_one_more_of_what_was_done_badly_never_makes_a_better_part(
    one: Supplied, name: str
) -> None:
    worse = shares(msgspec.structs.replace(one, **{name: getattr(one, name) + 1}))
    assert all(worse[part] <= share for part, share in shares(one).items())


@given(supplied(), st.sampled_from(BETTER))
def test_one_less_of_what_was_done_well_never_makes_a_better_score(
    one: Supplied, name: str
) -> None:
    if not getattr(one, name):
        return
    worse = judged(msgspec.structs.replace(one, **{name: getattr(one, name) - 1}))
    assert worse.score is not None
    assert worse.score <= (judged(one).score or 0)


@given(st.lists(supplied(), max_size=4))
def test_several_months_together_lie_between_the_best_and_the_worst_of_each_part(
    months: list[Supplied],
) -> None:
    # Corrections alone say nothing of their own month; they weigh on what was announced in others.
    assume(all(one.announced or not one.amendments + one.annulments for one in months))
    for part, share in shares(together(months)).items():
        of_months = [shares(one)[part] for one in months if part in shares(one)]
        assert min(of_months) - 1e-9 <= share <= max(of_months) + 1e-9


def test_an_empty_month_has_no_score() -> None:
    quality = judged(Supplied())
    assert (quality.score, quality.parts, quality.answers) == (None, {}, {})
    assert judged(together([])).score is None


def test_a_part_without_anything_to_count_leaves_the_score_to_the_others() -> None:
    one = Supplied(declarations=4, clean=1, warned=2, announced=4, in_time=4)
    quality = judged(one)
    assert quality.parts == {"validity": 0.5, "timeliness": 1.0, "corrections": 1.0}
    expected = (0.5 * 25 + 25 + 10) / 60 * 100
    assert quality.score == pytest.approx(expected, abs=0.05)


def test_everything_done_well_is_100_and_the_weights_are_percent() -> None:
    assert score(dict.fromkeys(Part, 1.0)) == 100
    assert score(dict.fromkeys(Part, 0.0)) == 0
    assert sum(WEIGHTS.values()) == 100


def test_answers_that_never_came_count_as_late() -> None:
    one = Supplied(import_given=3, import_in_time=2, import_missing=1)
    quality = judged(one)
    assert (quality.answers["import"].due, quality.answers["import"].in_time) == (4, 2)
    assert quality.parts == {Part.ANSWERS: 0.5}
