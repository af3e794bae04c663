"""The account of a file as one figure: how much of what belongs to the domain is carried."""

from __future__ import annotations

from typing import Any

from keruen.formats.accounts import accounts
from keruen.formats.documents import Reading
from keruen.formats.reasons import REASONS, UNKNOWN


def coverage(reading: Reading) -> dict[str, Any]:
    """How much of the file the declaration carries.

    Gives:
        ``format``; ``leaves``: leaves that are not empty; ``domain_leaves``: those less the ones with a reason
        of the closed list; ``carried``; ``share``: carried of the domain's, 0 to 1; ``unexplained``: those
        without any reason; ``not_carried``: path and reason of each that is not.
    """
    every = list(accounts(reading.source))
    domain = [reason for _, reason in every if reason not in REASONS]
    carried = domain.count(None)
    return {
        "format": reading.format,
        "leaves": len(every),
        "domain_leaves": len(domain),
        "carried": carried,
        "share": carried / len(domain) if domain else 1.0,
        "unexplained": domain.count(UNKNOWN),
        "not_carried": [{"path": path, "reason": reason} for path, reason in every if reason],
    }
