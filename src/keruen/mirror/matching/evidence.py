"""How far two lines agree, feature by feature, set by set: SQL made of the table of rules.

A level is a number: 0 where a value is missing, else its place in the rule, from 1. What
`keruen.mirror.matching.record` does for one pair, this does for all; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Callable

from keruen.customs.recognition import (
    DIFFERS,
    EQUAL,
    RULE_OF,
    THOUSAND_FROM,
    THOUSAND_TO,
    THOUSANDFOLD,
    TOLERATED,
    TOLERATED_KG,
    Feature,
    Rule,
)

COMPARED = (
    Feature.REFERENCE,
    Feature.TRANSPORT_DOCUMENT,
    Feature.VEHICLE,
    Feature.EXPORTER,
    Feature.CONSIGNEE,
    Feature.GOODS,
    Feature.MASS,
    Feature.PACKAGES,
    Feature.VALUE,
    Feature.DATE,
)
"""Features that the lines of two tables are compared by, in this order."""
QUANTITIES = (Feature.MASS, Feature.PACKAGES, Feature.VALUE)
"""What a part of a consignment has less of."""


def column(feature: Feature) -> str:
    """A feature's column of levels."""
    return f"l_{feature.name.lower()}"


def levels() -> str:
    """SQL columns of all levels, of lines ``e`` and ``i``."""
    return ", ".join(
        f"({_LEVEL[one](RULE_OF[one])})::UTINYINT AS {column(one)}" for one in COMPARED
    )


def place(rule: Rule, name: str) -> int:
    """The number of a level."""
    return next(number for number, level in enumerate(rule.levels, 1) if level.name == name)


def _mark(rule: Rule) -> str:
    key = rule.feature.name.lower()
    return (
        f"CASE WHEN e.{key} IS NULL OR i.{key} IS NULL THEN 0 WHEN e.{key} = i.{key} THEN 1 "
        f"WHEN e.{key}_a = i.{key}_a THEN 2 WHEN levenshtein(e.{key}_a, i.{key}_a) = 1 THEN 3 "
        "ELSE 4 END"
    )


def _party(rule: Rule) -> str:
    """Equal by number; alike by name where a number is missing."""
    key = rule.feature.name.lower()
    name = f"{key}_name"
    return (
        f"CASE WHEN e.{key} = i.{key} THEN 1 WHEN e.{key} <> i.{key} THEN 3 "
        f"WHEN e.{name} = i.{name} THEN 2 WHEN e.{name} <> i.{name} THEN 3 ELSE 0 END"
    )


def _goods(_rule: Rule) -> str:
    return (
        "CASE WHEN e.hs6 IS NULL OR i.hs6 IS NULL THEN 0 WHEN e.hs6 = i.hs6 THEN 1 "
        "WHEN e.hs4 = i.hs4 THEN 2 WHEN e.hs2 = i.hs2 THEN 3 ELSE 4 END"
    )


def _measured(rule: Rule, values: tuple[str, str], measure: str, also: str = "") -> str:
    """The first level up to whose end the measure goes."""
    one, other = values
    ends = " ".join(
        f"WHEN {measure} <= {level.upto!r} THEN {number}"
        for number, level in enumerate(rule.levels, 1)
        if level.upto is not None
    )
    differs = place(rule, DIFFERS)
    return f"CASE WHEN {one} IS NULL OR {other} IS NULL THEN 0 {also} {ends} ELSE {differs} END"


def _thousandfold(rule: Rule, ratios: tuple[str, ...]) -> str:
    number = place(rule, THOUSANDFOLD)
    return " ".join(
        f"WHEN {ratio} BETWEEN {THOUSAND_FROM} AND {THOUSAND_TO} THEN {number}" for ratio in ratios
    )


def _mass(rule: Rule) -> str:
    apart, larger = "abs(e.mass - i.mass)", "greatest(e.mass, i.mass)"
    equal = rule.levels[place(rule, EQUAL) - 1].upto
    little = (
        f"WHEN {apart} <= {TOLERATED_KG} AND {apart} / {larger} > {equal!r} "
        f"THEN {place(rule, TOLERATED)}"
    )
    thousand = _thousandfold(rule, ("e.mass / i.mass", "i.mass / e.mass"))
    return _measured(rule, ("e.mass", "i.mass"), f"{apart} / {larger}", f"{little} {thousand}")


def _packages(rule: Rule) -> str:
    return _measured(rule, ("e.packages", "i.packages"), "abs(e.packages - i.packages)")


def _value(rule: Rule) -> str:
    thousand = _thousandfold(rule, ("e.value / i.value", "i.value / e.value"))
    return _measured(rule, ("e.value", "i.value"), "i.value / e.value", thousand)


def _date(rule: Rule) -> str:
    return _measured(rule, ("e.day", "i.day"), "(i.day - e.day)")


_LEVEL: dict[Feature, Callable[[Rule], str]] = {
    Feature.REFERENCE: _mark,
    Feature.TRANSPORT_DOCUMENT: _mark,
    Feature.VEHICLE: _mark,
    Feature.EXPORTER: _party,
    Feature.CONSIGNEE: _party,
    Feature.GOODS: _goods,
    Feature.MASS: _mass,
    Feature.PACKAGES: _packages,
    Feature.VALUE: _value,
    Feature.DATE: _date,
}
