"""Supplementary units that are one and the same under two codes.

Kazakhstan declares in the EAEU classifier of units (digits), others in UN/ECE Recommendation 20 (letters).
Only units that the supplementary columns of both tariffs use are here; any other is equal to itself alone.
"""

from __future__ import annotations

from keruen.customs import Quantity, fold

_SAME = (
    ("006", "MTR"),
    ("055", "MTK"),
    ("112", "LTR"),
    ("113", "MTQ"),
    ("162", "CTM"),
    ("163", "GRM"),
    ("166", "KGM"),
    ("168", "TNE"),
    ("185", "CCT"),
    ("246", "MWH"),
    ("715", "NPR"),
    ("796", "PCE", "H87", "C62", "NMB", "NAR", "EA"),
    ("798", "MIL"),
    ("831", "LPA"),
)
_FIRST = {code: codes[0] for codes in _SAME for code in codes}


def unit_key(unit: str) -> str:
    """A form of a unit's code in which equal units are equal."""
    folded = fold(unit)
    return _FIRST.get(folded, folded)


def by_unit(quantities: tuple[Quantity, ...]) -> dict[str, Quantity]:
    """Stated quantities by comparable unit."""
    return {unit_key(q.unit): q for q in quantities if q.unit and q.value is not None}
