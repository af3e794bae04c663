"""What happens to it: which consignments come, when, in how many parts, and how they are cleared.

A clearing is an import declaration. Its rows are linked to lines of export declarations: mostly one to one,
but a split consignment has several clearings and two merged ones have one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keruen.simulate.tables.departures import Consignments, Lines
from keruen.simulate.tables.lettering import Flags, Floats, Ints
from keruen.simulate.tables.plan import Plan
from keruen.simulate.tables.profiles import Profile

LATE_DAYS = (5.0, 30.0)
PART_DAYS = (1.0, 12.0)
"""From one part of a split consignment to the next."""
SPREAD = 0.7
"""Of the logarithm of the days until clearance."""
LONGEST = 45.0
"""Days from the release to the import declaration, at most, but for those that are late."""


@dataclass(frozen=True, slots=True)
class Clearings:
    """Columns, one place a clearing.

    Attributes:
        of: consignment that it is of; the first of two merged.
        part: 0, 1, 2 of a split one.
        day: of the import declaration, from the start.
        split: it is a part; `joint`: it is of two.
    """

    of: Ints
    part: Ints
    day: Floats
    split: Flags
    joint: Flags


@dataclass(frozen=True, slots=True)
class Links:
    """Columns, one place a pair of an export line and the row of a clearing that holds (a part of) it.

    Attributes:
        line: place of the line; `clearing`: place of the clearing; `row`: of the import row.
        mass, packages, value, freight: what of the line is meant for that row.
        never: it does not arrive, nor does it count as a row.
    """

    line: Ints
    clearing: Ints
    row: Ints
    mass: Ints
    packages: Ints
    value: Ints
    freight: Ints
    never: Flags


def clearings(
    rng: np.random.Generator, plan: Plan, hours: Floats, those: Consignments
) -> tuple[Clearings, Ints]:
    """The clearings of `those`.

    Args:
        hours: of the journey, by place in the route table.

    Gives:
        the clearings, and how many parts each consignment has: 0 where another's clearing holds it.
    """
    rates = plan.profile
    follower = np.roll(those.merged, 1)
    may_split = (those.lines == 1) & ~those.merged & ~follower & ~those.orphan
    split = may_split & (rng.random(len(those)) < rates["split"])
    parts = np.where(split, rng.integers(2, 4, len(those)), np.where(follower, 0, 1))
    of = np.repeat(np.arange(len(those)), parts)
    part = np.arange(len(of)) - np.repeat(np.cumsum(parts) - parts, parts)
    first = np.where(
        those.merged[of], np.maximum(those.day[of], np.roll(those.day, -1)[of]), those.day[of]
    )
    wait = np.where(part > 0, part * rng.uniform(*PART_DAYS, len(of)), 0.0)
    day = first + _lag(rng, rates, hours[those.route[of]]) + wait
    return Clearings(of=of, part=part, day=day, split=split[of], joint=those.merged[of]), parts


def _lag(rng: np.random.Generator, rates: Profile, hours: Floats) -> Floats:
    """Days from the release to the import declaration."""
    count = len(hours)
    travel = hours * rng.uniform(0.9, 1.1, count) + rng.triangular(-1, 1, 6, count)
    clearance = rates["clearance-days"] * np.exp(SPREAD * rng.standard_normal(count))
    late = np.where(rng.random(count) < rates["late"], rng.uniform(*LATE_DAYS, count), 0.0)
    return np.minimum(travel / 24 + clearance, LONGEST) + late


def links(
    rng: np.random.Generator, rates: Profile, those: Consignments, lines: Lines, parts: Ints
) -> Links:
    """Ties lines to rows, and divides what is split."""
    held = np.where(parts == 0, 1, parts)
    count = held[lines.of]
    line = np.repeat(np.arange(len(lines.of)), count)
    part = np.arange(len(line)) - np.repeat(np.cumsum(count) - count, count)
    start = np.cumsum(parts) - parts
    start = np.where(parts == 0, start - 1, start)
    clearing = start[lines.of[line]] + part
    is_follower = (parts == 0)[lines.of[line]]
    never = (rng.random(len(those)) < rates["never-arrived"]) & ~those.orphan
    never &= ~those.merged & ~np.roll(those.merged, 1)
    row = np.cumsum(~is_follower) - 1
    last = np.concatenate([line[1:] != line[:-1], [True]])
    share = rng.uniform(0.7, 1.3, len(line)) / count[line]
    return Links(
        line=line,
        clearing=clearing,
        row=row,
        mass=_divided(lines.mass, line, share, last),
        packages=_divided(lines.packages, line, share, last),
        value=_divided(lines.value, line, share, last),
        freight=_divided(lines.freight, line, share, last),
        never=never[lines.of[line]],
    )


def _divided(whole: Ints, line: Ints, share: Floats, last: Flags) -> Ints:
    """Each line's amount in shares; the last part takes the rest, so that nothing is lost."""
    given = np.where(last, 0, np.floor(whole[line] * share)).astype(np.int64)
    rest = whole - np.bincount(line, given, len(whole)).astype(np.int64)
    return np.where(last, rest[line], given)
