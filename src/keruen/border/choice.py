"""Which of the candidates has come.

    candidates ─► one journey is chosen ─► consignments

Marks that several consignments share are settled by journeys: goods announced on the same vehicle for the
same time travel together and arrive together (groupage, a train); of two journeys of one vehicle the one
whose time it is has come. Where that does not decide, a person gives the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from keruen.border.arrival import Arrival
from keruen.border.identify import CARRIERS, UNITS, Candidate
from keruen.customs import Struct, fold
from keruen.store import IdentifierKind

SAME_JOURNEY = timedelta(hours=24)
"""How far apart the ETAs of goods on one vehicle may be stated: no vehicle makes the way twice in that time."""


class Choice(Struct, frozen=True):
    """What an arrival brought, the best first; or `rivals` between which a person must decide.

    Attributes:
        companions: announced on the same vehicle as the chosen ones, of which a person named others.
    """

    chosen: tuple[Candidate, ...] = ()
    rivals: tuple[Candidate, ...] = ()
    companions: tuple[Candidate, ...] = ()


def choose(possible: Sequence[Candidate]) -> Choice:
    """The consignments that came; those that a person named are preferred to all others.

    Numbers are given anew each year, so of the named ones those of long ago step back.
    """
    named = [one for one in possible if one.stated]
    current = [one for one in named if one.timely or not one.here]
    ranked = sorted(current or named or possible, key=lambda one: (-one.score, one.key))
    chosen: list[Candidate] = []
    rivals: list[Candidate] = []
    for one in ranked:
        against = [other for other in chosen if not _together(one, other)]
        if not against:
            chosen.append(one)
        elif one.score >= max(other.score for other in against):
            rivals += [*(other for other in against if other not in rivals), one]
    if rivals:
        return Choice(rivals=tuple(rivals))
    return Choice(chosen=tuple(chosen), companions=tuple(_companions(possible, chosen)))


def _companions(possible: Sequence[Candidate], chosen: Sequence[Candidate]) -> list[Candidate]:
    awaited = [one for one in possible if one not in chosen and not one.here and not one.stated]
    named = [one for one in chosen if one.stated]
    return sorted(
        (one for one in awaited if any(_together(one, other) for other in named)),
        key=lambda one: one.key,
    )


def repeated(possible: Sequence[Candidate], arrival: Arrival) -> Candidate | None:
    """A consignment that the same vehicle has already brought at this very moment.

    A person who gives the number of another one knows that the vehicle has come, and what else was in it.
    """
    if any(one.stated for one in possible):
        return None
    for one in possible:
        carried = any(e.kind in CARRIERS for e in one.evidence)
        if one.here and arrival.arrived in one.visits and carried and not one.contradicted:
            return one
    return None


def _shared(one: Candidate, other: Candidate) -> set[str]:
    """Found marks that two candidates both claim."""
    return {fold(e.found) for e in one.evidence} & {fold(e.found) for e in other.evidence}


def _together(one: Candidate, other: Candidate) -> bool:
    """Whether two consignments can have come with one arrival."""
    if one.contradicted or other.contradicted:
        return False
    shared = _shared(one, other)
    if shared:
        return _on_one_vehicle(one, other, shared) and _one_journey(one, other)
    return _carried(one) and _carried(other)


def _on_one_vehicle(one: Candidate, other: Candidate, shared: set[str]) -> bool:
    """The shared marks are announced alike for both, and more than a number that was given twice."""
    claims = [
        {(e.kind, fold(e.declared)) for e in candidate.evidence if fold(e.found) in shared}
        for candidate in (one, other)
    ]
    common = claims[0] & claims[1]
    return any(kind is not IdentifierKind.REFERENCE for kind, _ in common)


def _one_journey(one: Candidate, other: Candidate) -> bool:
    return (
        one.journey is not None
        and other.journey is not None
        and abs(one.journey - other.journey) <= SAME_JOURNEY
    )


def _carried(one: Candidate) -> bool:
    """Whether a wagon or container of its own came: a train, or two containers on one truck."""
    return any(e.kind in UNITS and not e.rule.endswith("-alike") for e in one.evidence)
