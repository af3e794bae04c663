"""Takes events and acts of persons, gives what is open between the two sides, how long, and what became of it.

How a consignment stands is derived from its life cycle; nothing here moves it. What both sides agree on is no
case. A person closes a case with a reason; what comes after that opens it again.
"""

from keruen.exchange.cases.closing import close, closed_by, reopen
from keruen.exchange.cases.queue import (
    BANDS,
    Aged,
    Summary,
    band,
    limits_of,
    queue,
    seen,
    summary,
    wanted,
)
from keruen.exchange.cases.reasons import REASONS, Reason

__all__ = [
    "BANDS",
    "REASONS",
    "Aged",
    "Reason",
    "Summary",
    "band",
    "close",
    "closed_by",
    "limits_of",
    "queue",
    "reopen",
    "seen",
    "summary",
    "wanted",
]
