"""By which marks a consignment is recognised, and how much each one weighs.

A mark that is equal after folding weighs more than one that is equal only as OCR skeleton (0-O-D-Q, 1-I
and so on). Arrivals, import declarations and whole tables are recognised by one table
(`keruen.customs.recognition`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from keruen.border.marks import FoundMark
from keruen.customs import Struct, fold, skeleton
from keruen.customs.recognition import MARKS
from keruen.messages import MatchBasis
from keruen.store import Identifier, IdentifierKind, Reader

LOOKED_UP = 200
"""Identifiers that one look-up gives at most, the newest first."""

_PAPERS = (IdentifierKind.REFERENCE, IdentifierKind.TRANSPORT_DOCUMENT)
_CARRIERS = (IdentifierKind.VEHICLE, IdentifierKind.TRAILER, IdentifierKind.WAGON)
FAMILIES: tuple[tuple[IdentifierKind, ...], ...] = (
    _PAPERS,
    _CARRIERS,
    (IdentifierKind.CONTAINER,),
    (IdentifierKind.SEAL,),
)
"""Kinds that are looked up together: people and formats take one for the other."""


RULES = MARKS
_RULES = {IdentifierKind(rule.feature): rule for rule in RULES}
SAME_ID = 200
"""What a person weighs who names the consignment by its id."""


class Evidence(Struct, frozen=True):
    """One reason to take a consignment for the one that is looked for.

    Attributes:
        rule: name of the rule: a kind of mark, with ``-alike`` where only the skeletons are equal.
    """

    rule: str
    declared: str
    found: str
    weight: int
    kind: IdentifierKind | None = None
    stated: bool = False

    @property
    def basis(self) -> MatchBasis:
        """As it is told to the other side."""
        return MatchBasis(rule=self.rule, declared=self.declared, found=self.found)


Key = tuple[str, str]
"""Corridor and id of a consignment."""


def gather(
    reader: Reader, marks: Sequence[FoundMark], *, since: datetime
) -> dict[Key, tuple[Evidence, ...]]:
    """Which consignments have one of these marks, and what speaks for each of them.

    A family of marks is one look-up, so that a common seal number cannot crowd out a reference; and one
    vehicle's journeys of former years cannot crowd out its present one.

    Args:
        since: consignments whose time was before this are found by their papers only.
    """
    found: dict[Key, list[Evidence]] = defaultdict(list)
    for family in FAMILIES:
        wanted = [mark for mark in marks if mark.kind in family]
        if wanted:
            rows = _look_up(reader, wanted, family, None if family is _PAPERS else since)
            for key, evidence in evidence_of(wanted, rows).items():
                found[key] += evidence
    return {key: tuple(sorted(evidence, key=_weightiest)) for key, evidence in found.items()}


def _weightiest(one: Evidence) -> tuple[int, str, str]:
    return -one.weight, one.rule, one.found


def _look_up(
    reader: Reader,
    marks: Sequence[FoundMark],
    family: tuple[IdentifierKind, ...],
    since: datetime | None,
) -> list[Identifier]:
    """Whatever is equal when folded has the same skeleton, too."""
    return reader.find_identifiers(
        skeletons={skeleton(mark.text) for mark in marks},
        kinds=family,
        since=since,
        limit=LOOKED_UP * len(marks),
    )


def evidence_of(
    marks: Sequence[FoundMark], rows: Iterable[Identifier]
) -> dict[Key, list[Evidence]]:
    """For each consignment the best announced mark that answers each found one."""
    best: dict[tuple[Key, str], Evidence] = {}
    by_skeleton: dict[str, list[FoundMark]] = defaultdict(list)
    for mark in marks:
        by_skeleton[skeleton(mark.text)].append(mark)
    for row in rows:
        for mark in by_skeleton[row.skeleton]:
            one = _evidence(mark, row)
            place = ((row.corridor, row.consignment_id), fold(mark.text))
            if place not in best or one.weight > best[place].weight:
                best[place] = one
    found: dict[Key, list[Evidence]] = defaultdict(list)
    for (key, _), evidence in best.items():
        found[key].append(evidence)
    return found


def _evidence(mark: FoundMark, row: Identifier) -> Evidence:
    rule = _RULES[row.kind]
    equal = row.folded == fold(mark.text)
    return Evidence(
        rule=row.kind.value if equal else f"{row.kind.value}-alike",
        declared=row.declared,
        found=mark.text,
        weight=rule.equal if equal else rule.alike,
        kind=row.kind,
        stated=mark.stated,
    )
