"""How far two lines agree, feature by feature, for one pair: what `evidence` does in SQL for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from keruen.customs import fold, skeleton
from keruen.customs.recognition import (
    ALIKE,
    DIFFERS,
    EQUAL,
    RULE_OF,
    SLIP,
    THOUSAND_FROM,
    THOUSAND_TO,
    THOUSANDFOLD,
    TOLERATED,
    TOLERATED_KG,
    Feature,
)
from keruen.mirror.matching.keys import SHORTEST


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table; firms as `parties` has them, `day` since 1970, masses in kg, value in dollars."""

    reference: str | None = None
    transport_document: str | None = None
    vehicle: str | None = None
    exporter: str | None = None
    exporter_name: str | None = None
    consignee: str | None = None
    consignee_name: str | None = None
    hs6: str | None = None
    mass: float | None = None
    packages: float | None = None
    value: float | None = None
    day: int | None = None


def compare(exported: Line, imported: Line) -> dict[Feature, str]:
    """The level of each feature that both lines have."""
    found = {feature: level(exported, imported) for feature, level in _LEVEL.items()}
    return {feature: level for feature, level in found.items() if level is not None}


def _mark(name: str) -> Callable[[Line, Line], str | None]:
    def level(exported: Line, imported: Line) -> str | None:
        one, other = (mark_key(getattr(line, name)) for line in (exported, imported))
        if one is None or other is None:
            return None
        if one == other:
            return EQUAL
        forms = skeleton(one), skeleton(other)
        return ALIKE if forms[0] == forms[1] else SLIP if one_slip(*forms) else DIFFERS

    return level


def mark_key(text: str | None) -> str | None:
    """A folded mark; None where it tells nothing."""
    key = fold(text or "")
    telling = len(key) >= SHORTEST and any(character.isdecimal() for character in key)
    return key if telling else None


def one_slip(one: str, other: str) -> bool:
    """Whether one character more, less or other makes one mark the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    place = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), None)
    if place is None:
        return True
    return shorter[place + (len(one) == len(other)) :] == longer[place + 1 :]


def _party(name: str) -> Callable[[Line, Line], str | None]:
    def level(exported: Line, imported: Line) -> str | None:
        for key, agreed in ((name, EQUAL), (f"{name}_name", ALIKE)):
            one, other = getattr(exported, key), getattr(imported, key)
            if one is not None and other is not None:
                return agreed if one == other else DIFFERS
        return None

    return level


def _goods(exported: Line, imported: Line) -> str | None:
    if exported.hs6 is None or imported.hs6 is None:
        return None
    for digits, level in ((6, EQUAL), (4, "heading"), (2, "chapter")):
        if exported.hs6[:digits] == imported.hs6[:digits]:
            return level
    return DIFFERS


def _upto(feature: Feature, measure: float) -> str:
    ends = (level for level in RULE_OF[feature].levels if level.upto is not None)
    return next((level.name for level in ends if measure <= (level.upto or 0)), DIFFERS)


def _thousandfold(one: float, other: float) -> bool:
    return any(THOUSAND_FROM <= ratio <= THOUSAND_TO for ratio in (one / other, other / one))


def _mass(exported: Line, imported: Line) -> str | None:
    if exported.mass is None or imported.mass is None:
        return None
    apart = abs(exported.mass - imported.mass)
    level = _upto(Feature.MASS, apart / max(exported.mass, imported.mass))
    if apart <= TOLERATED_KG and level != EQUAL:
        return TOLERATED
    return THOUSANDFOLD if _thousandfold(exported.mass, imported.mass) else level


def _packages(exported: Line, imported: Line) -> str | None:
    if exported.packages is None or imported.packages is None:
        return None
    return _upto(Feature.PACKAGES, abs(exported.packages - imported.packages))


def _value(exported: Line, imported: Line) -> str | None:
    if exported.value is None or imported.value is None:
        return None
    if _thousandfold(exported.value, imported.value):
        return THOUSANDFOLD
    return _upto(Feature.VALUE, imported.value / exported.value)


def _date(exported: Line, imported: Line) -> str | None:
    if exported.day is None or imported.day is None:
        return None
    return _upto(Feature.DATE, imported.day - exported.day)


_LEVEL: dict[Feature, Callable[[Line, Line], str | None]] = {
    Feature.REFERENCE: _mark("reference"),
    Feature.TRANSPORT_DOCUMENT: _mark("transport_document"),
    Feature.VEHICLE: _mark("vehicle"),
    Feature.EXPORTER: _party("exporter"),
    Feature.CONSIGNEE: _party("consignee"),
    Feature.GOODS: _goods,
    Feature.MASS: _mass,
    Feature.PACKAGES: _packages,
    Feature.VALUE: _value,
    Feature.DATE: _date,
}
