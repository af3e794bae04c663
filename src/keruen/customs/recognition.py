"""By what one consignment is recognised in two records of it, and how much each sign weighs.

One table for all who ask: an officer's search, an arrival, an import declaration, and two administrations'
whole tables. A weight is in points; five points double the odds that both records are of one consignment.
Who compares whole tables learns weights from them and begins with these.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

POINTS = 5
"""Points that double the odds: one bit of evidence."""


class Feature(StrEnum):
    """What two records are compared by; the first seven are marks."""

    REFERENCE = "reference"
    TRANSPORT_DOCUMENT = "transport-document"
    CONTAINER = "container"
    WAGON = "wagon"
    VEHICLE = "vehicle"
    TRAILER = "trailer"
    SEAL = "seal"
    EXPORTER = "exporter"
    CONSIGNEE = "consignee"
    GOODS = "goods"
    MASS = "mass"
    PACKAGES = "packages"
    VALUE = "value"
    DATE = "date"


EQUAL, ALIKE, SLIP, DIFFERS = "equal", "alike", "slip", "differs"
"""Of marks: equal when folded; equal as skeleton; but for one character of it; not at all."""
TOLERATED = "tolerated"
"""Of measures: within the tolerance."""
THOUSANDFOLD = "thousandfold"
"""Of measures: equal, but in units that are a thousand times as large."""
THOUSAND_FROM, THOUSAND_TO = 900.0, 1300.0
"""What is taken for a thousand times as much; value with its freight."""
TOLERATED_KG = 20.0
"""Kilograms that are tolerated of any mass."""


@dataclass(frozen=True, slots=True)
class Level:
    """How far two values agree, and what that weighs.

    Attributes:
        weight: points for (or, negative, against) one consignment.
        upto: of a measure, where the level ends (`CIRCUMSTANCES` says of what); the first that fits counts.
    """

    name: str
    weight: int
    upto: float | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What one feature weighs, level by level, the closest agreement first; the last is no agreement."""

    feature: Feature
    levels: tuple[Level, ...]

    def weight(self, name: str) -> int:
        """Points of a level; 0 where the rule does not know it."""
        return next((level.weight for level in self.levels if level.name == name), 0)

    @property
    def kind(self) -> Feature:
        """The feature, as marks name it."""
        return self.feature

    @property
    def equal(self) -> int:
        """Points of values that are equal."""
        return self.weight(EQUAL)

    @property
    def alike(self) -> int:
        """Points of marks of which only the skeletons are equal."""
        return self.weight(ALIKE)

    @property
    def differs(self) -> int:
        """Points of values that do not agree."""
        return self.weight(DIFFERS)


def _mark(feature: Feature, equal: int, alike: int, slip: int = 0, differs: int = 0) -> Rule:
    levels = (Level(EQUAL, equal), Level(ALIKE, alike), Level(SLIP, slip), Level(DIFFERS, differs))
    return Rule(feature=feature, levels=levels)


MARKS: tuple[Rule, ...] = (
    _mark(Feature.REFERENCE, 100, 60, 40, -50),
    _mark(Feature.TRANSPORT_DOCUMENT, 60, 40, 25, -25),
    _mark(Feature.CONTAINER, 50, 40, 20, -25),
    _mark(Feature.WAGON, 50, 40, 20, -25),
    _mark(Feature.VEHICLE, 50, 40, 20, -15),
    _mark(Feature.TRAILER, 30, 24, 10, -5),
    _mark(Feature.SEAL, 20, 12, 5, -5),
)
"""Marks: what stands on a vehicle or a paper."""
CIRCUMSTANCES: tuple[Rule, ...] = (
    Rule(Feature.EXPORTER, (Level(EQUAL, 40), Level(ALIKE, 30), Level(DIFFERS, -25))),
    Rule(Feature.CONSIGNEE, (Level(EQUAL, 15), Level(ALIKE, 10), Level(DIFFERS, -20))),
    Rule(
        Feature.GOODS,
        (Level(EQUAL, 10), Level("heading", 5), Level("chapter", 0), Level(DIFFERS, -30)),
    ),
    Rule(
        Feature.MASS,
        (
            Level(EQUAL, 15, 0.0005),
            Level(TOLERATED, 10, 0.02),
            Level("near", -3, 0.1),
            Level("far", -12, 0.3),
            Level(THOUSANDFOLD, 5),
            Level(DIFFERS, -20),
        ),
    ),
    Rule(
        Feature.PACKAGES,
        (Level(EQUAL, 12, 0), Level(TOLERATED, 0, 1), Level("near", -8, 5), Level(DIFFERS, -15)),
    ),
    Rule(
        Feature.VALUE,
        (
            Level("far-below", -15, 0.7),
            Level("below", -8, 0.995),
            Level(EQUAL, 10, 1.005),
            Level("freight-3", 8, 1.03),
            Level("freight-6", 8, 1.06),
            Level("freight-10", 8, 1.10),
            Level("freight-20", 3, 1.20),
            Level("above", -8, 1.45),
            Level(THOUSANDFOLD, 5),
            Level(DIFFERS, -15),
        ),
    ),
    Rule(
        Feature.DATE,
        (
            Level("before", -15, -1),
            Level("days-2", 3, 2),
            Level("days-4", 5, 4),
            Level("days-7", 5, 7),
            Level("days-10", 3, 10),
            Level("days-14", 0, 14),
            Level("days-21", -3, 21),
            Level("days-45", -8, 45),
            Level(DIFFERS, -20),
        ),
    ),
)
"""What two consignments may well have in common.

Measures: MASS the difference as a share of the larger (what is within `TOLERATED_KG` is tolerated); PACKAGES
the difference; VALUE imported over exported, so that freight and insurance are a step up; DATE days from
export to import.
"""
RULES: tuple[Rule, ...] = (*MARKS, *CIRCUMSTANCES)
RULE_OF = {rule.feature: rule for rule in RULES}
