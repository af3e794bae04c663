"""What a check says about a declaration or a message: never an exception, always a value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from keruen.customs.meanings import RIGHT
from keruen.customs.values import Struct

SHOWN = 80
"""Characters of a declared value that a finding repeats."""
SHOWN_NUMBER = 10**18
"""Whole number that a finding repeats at most: Python refuses to write out thousands of digits."""
_UNPRINTABLE = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Severity(StrEnum):
    """An error refuses the document, a warning travels with it."""

    ERROR = "error"
    WARNING = "warning"


class Finding(Struct, frozen=True):
    """One thing that is not as it should be.

    Attributes:
        code: stable name, the same on both sides of the border (``country-unknown``).
        path: element path as in the project's JSON (``items[0].net_mass``); empty for the whole document.
        text: one English sentence that says what would be right.
        declared: the value found there.
        values: what the sentence names, in its order, so that it can be said in another language.
    """

    code: str
    text: str
    severity: Severity = Severity.ERROR
    path: str = ""
    declared: str | None = None
    values: tuple[str, ...] = ()


def refuses(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def error(code: str, path: str, declared: object = None, *values: object) -> Finding:
    """A finding that refuses the document; `values` are what the code's sentence names."""
    return found(Severity.ERROR, code, path, declared, values)


def warning(code: str, path: str, declared: object = None, *values: object) -> Finding:
    """A finding that travels with the document; `values` as in `error`."""
    return found(Severity.WARNING, code, path, declared, values)


def found(
    severity: Severity, code: str, path: str, declared: object, values: Iterable[object]
) -> Finding:
    """A finding of the checks, with the English sentence of its code."""
    said = tuple(shown(value) or "" for value in values)
    return Finding(
        code=code,
        severity=severity,
        path=path,
        text=RIGHT[code].format(*said),
        declared=shown(declared),
        values=said,
    )


def shown(declared: object, limit: int = SHOWN) -> str | None:
    """A declared value as a finding repeats it: its beginning, without control characters."""
    if declared is None:
        return None
    if isinstance(declared, int) and abs(declared) > SHOWN_NUMBER:
        return None
    text = str(declared)
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return text if text.isprintable() else _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
