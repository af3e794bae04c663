"""Whose work the pages serve."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is at their administration; one person may be several."""

    OFFICER = "officer"
    """At a border post: finds what comes and registers arrivals."""
    OPERATOR = "operator"
    """At headquarters: keeps the exchange with partners running."""
    ANALYST = "analyst"
    """Reads figures, not persons."""
    AUDITOR = "auditor"
    """Reads everything, changes nothing."""
    ADMINISTRATOR = "administrator"
    """Says who may come in, and sees no declaration for that."""
