"""What a check says about a declaration or a message: never an exception, always a value."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from keruen.customs.model import Struct


class Severity(StrEnum):
    """An error refuses the document, a warning travels with it."""

    ERROR = "error"
    WARNING = "warning"


class Finding(Struct, frozen=True):
    """One thing that is not as it should be.

    Attributes:
        code: stable name, the same on both sides of the border (``country-unknown``).
        path: element path as in the project's JSON (``items[0].net_mass``); empty for the whole document.
        text: one English sentence that says what would be right; other languages render `code`.
        declared: the value found there.
    """

    code: str
    text: str
    severity: Severity = Severity.ERROR
    path: str = ""
    declared: str | None = None


def refuses(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
