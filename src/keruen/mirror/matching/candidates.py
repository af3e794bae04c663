"""Which pairs of lines are compared: those that share a paper, a vehicle, both firms, or exporter and heading.

Each block leaves out what an earlier one has, so that no pair is compared twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from keruen.mirror.matching.evidence import levels

EARLY, WINDOW = 3, 45
"""Days before the export's date, and after it, between which an import may be its own."""
PAPER_WINDOW = 150
"""The same, where a paper names it."""
COMMON = 60
"""Lines of one table that may share a paper before it tells nothing."""

_TIMELY = f"(e.day IS NULL OR i.day IS NULL OR i.day - e.day BETWEEN -{EARLY} AND {WINDOW})"
_LATELY = (
    f"(e.day IS NULL OR i.day IS NULL OR i.day - e.day BETWEEN -{PAPER_WINDOW} AND {PAPER_WINDOW})"
)
PAPERS = ("reference_a", "transport_document_a")
BY_MARKS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("reference_a",), _LATELY),
    (("transport_document_a",), _LATELY),
    (("vehicle_a",), _TIMELY),
)
BY_FIRMS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("exporter_name", "consignee_name"), _TIMELY),
    (("exporter_name", "hs4"), _TIMELY),
    (("consignee_name", "hs6"), _TIMELY),
)
ALL = (*BY_MARKS, *BY_FIRMS)
"""Keys that are equal, and when."""


def pairs(exported: str, imported: str, blocks: Sequence[tuple[tuple[str, ...], str]]) -> str:
    """SQL of the candidates among two tables (or subqueries): e, i, and all levels."""
    parts = []
    for number, (keys, when) in enumerate(blocks):
        equal = " AND ".join(f"e.{key} = i.{key}" for key in keys)
        earlier = "".join(f" AND NOT {_shared(*block)}" for block in blocks[:number])
        parts.append(
            f"SELECT e.n AS e, i.n AS i, {levels()} FROM {exported} AS e JOIN {imported} AS i "
            f"ON {equal} WHERE {when}{earlier}"
        )
    return " UNION ALL ".join(parts)


def _shared(keys: tuple[str, ...], when: str) -> str:
    """Whether a pair is in a block."""
    equal = " AND ".join(f"coalesce(e.{key} = i.{key}, false)" for key in keys)
    return f"({equal} AND {when})"
