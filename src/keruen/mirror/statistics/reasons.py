"""Why two figures differ: the reasons' codes, in the order in which they are shown."""

from __future__ import annotations

REASONS = (
    "period",
    "freight",
    "hs-edition",
    "misclassification",
    "units",
    "transit",
    "third-country-invoicing",
    "split-merge",
    "not-yet-arrived",
    "never-arrived",
    "orphan",
    "value",
    "weight",
    "unexplained",
)


def column(reason: str) -> str:
    """The column of the cells that has a reason's amount, US dollars."""
    return f"{reason.replace('-', '_')}_usd"
