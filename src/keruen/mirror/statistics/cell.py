"""What a cell of the statistics is: a flow, and the columns by which it is divided."""

from __future__ import annotations

from collections.abc import Sequence

from keruen.errors import UsageError

HS = {"hs2": 2, "hs4": 4, "hs6": 6}
"""Level of the Harmonized System → digits."""
PLAIN = ("month", "mode", "office", "trader")
DIMENSIONS = (*HS, *PLAIN)
PLACED = frozenset({"mode", "office", "trader"})
"""What the two sides name differently: a linked line is counted under the importer's."""


def cell(asked: str) -> tuple[str, ...]:
    """The columns of a cell from ``hs6,month``; the flow comes first.

    Raises:
        UsageError: ``dimension-unknown``, ``dimension-repeated``.
    """
    names = [one.strip() for one in asked.split(",") if one.strip()]
    for name in names:
        if name not in DIMENSIONS:
            raise UsageError(
                "dimension-unknown", f"{name} is none of {', '.join(DIMENSIONS)}", path="--by"
            )
    if len(set(names)) < len(names) or len(HS.keys() & set(names)) > 1:
        text = "name each dimension once, and one level of the Harmonized System at most"
        raise UsageError("dimension-repeated", text, path="--by")
    return ("flow", *names)


def selected(columns: Sequence[str]) -> str:
    """The columns as they are selected from lines."""
    return ", ".join(
        f"substring(hs6, 1, {HS[one]}) AS {one}" if HS.get(one, 6) < HS["hs6"] else one
        for one in columns
    )
