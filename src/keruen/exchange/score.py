"""Counts of what one side supplied in a month → one score of 0 to 100, and the parts that it is made of.

Each part is a share of what there was to do well: 1 where all of it was, 0 where none of it was. The score is
the mean of the parts that there was something to count for, weighed by `WEIGHTS`. Where there was nothing at
all, there is no score.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from keruen.customs import Struct
from keruen.store.supplied import Supplied

MEASURES = Supplied.__struct_fields__
"""Names of what is counted."""
ELEMENTS = {"mandatory": 4, "conditional": 2, "optional": 1}
"""How much an element of the data list weighs in completeness."""


class Part(StrEnum):
    """What the quality of what one side supplies is made of."""

    COMPLETENESS = "completeness"
    """Elements of the agreement's data list that its declarations state."""
    VALIDITY = "validity"
    """Declarations without findings; one with warnings only counts half."""
    TIMELINESS = "timeliness"
    """Preliminary information that came as long before the crossing as agreed."""
    CORRECTIONS = "corrections"
    """What needed no amendment and no annulment afterwards."""
    ANSWERS = "answers"
    """Answers within the agreement's limits."""


WEIGHTS = {
    Part.COMPLETENESS: 25,
    Part.VALIDITY: 25,
    Part.TIMELINESS: 25,
    Part.CORRECTIONS: 10,
    Part.ANSWERS: 15,
}
"""Percent of the score that a part makes, where all parts count."""


class Answers(Struct, frozen=True):
    """Answers of one kind: those due by now, and those that came within the limit."""

    due: int
    in_time: int


class Quality(Struct, frozen=True):
    """What one side supplied, judged.

    Attributes:
        score: 0 to 100, rounded to one decimal; None where there was nothing to judge.
        parts: each part's share, 0 to 1; a part that there was nothing to count for is left out.
        counts: what the shares are made of.
        answers: kind of answer → how it was kept to.
    """

    score: float | None
    parts: dict[Part, float]
    counts: dict[str, int]
    answers: dict[str, Answers]


def judged(supplied: Supplied) -> Quality:
    """What one side supplied, judged."""
    parts = shares(supplied)
    return Quality(
        score=score(parts),
        parts={part: round(share, 4) for part, share in parts.items()},
        counts={name: getattr(supplied, name) for name in MEASURES},
        answers={name: one for name, one in answers(supplied).items() if one.due},
    )


def score(parts: dict[Part, float]) -> float | None:
    """The weighed mean of shares as 0 to 100."""
    weight = sum(WEIGHTS[part] for part in parts)
    if not weight:
        return None
    mean = sum(WEIGHTS[part] * share for part, share in parts.items()) / weight
    return round(100 * min(max(mean, 0.0), 1.0), 1)


def shares(supplied: Supplied) -> dict[Part, float]:
    """Each part that there was something to count for, as a share of 0 to 1."""
    kept = answers(supplied).values()
    fractions = {
        Part.COMPLETENESS: _stated(supplied),
        Part.VALIDITY: (2 * supplied.clean + supplied.warned, 2 * supplied.declarations),
        Part.TIMELINESS: (supplied.in_time, supplied.announced),
        Part.CORRECTIONS: _held(supplied),
        Part.ANSWERS: (sum(one.in_time for one in kept), sum(one.due for one in kept)),
    }
    return {part: above / below for part, (above, below) in fractions.items() if below}


def _stated(one: Supplied) -> tuple[int, int]:
    return (
        sum(weight * getattr(one, f"{name}_stated") for name, weight in ELEMENTS.items()),
        sum(weight * getattr(one, name) for name, weight in ELEMENTS.items()),
    )


def _held(one: Supplied) -> tuple[int, int]:
    """Nothing is said of a month in which nothing was announced."""
    corrections = one.amendments + one.annulments
    return (one.announced, one.announced + corrections if one.announced else 0)


def answers(one: Supplied) -> dict[str, Answers]:
    """Answers by kind: what is missing counts from the moment on when it was due."""
    return {
        kind: Answers(
            due=getattr(one, f"{kind}_given") + getattr(one, f"{kind}_missing"),
            in_time=getattr(one, f"{kind}_in_time"),
        )
        for kind in KINDS_OF_ANSWERS
    }


KINDS_OF_ANSWERS = ("acknowledgement", "arrival", "import", "enquiry")
"""As the counts are named: the business answer, arrival and import information, the reply to an enquiry."""


def together(several: Iterable[Supplied]) -> Supplied:
    """The sums of several counts."""
    rows = list(several)
    return Supplied(**{name: sum(getattr(one, name) for one in rows) for name in MEASURES})
