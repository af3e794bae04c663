"""Heads of the table in which `keruen check-declaration` says what it found."""

from __future__ import annotations

from keruen.console.marking import mark
from keruen.console.texts import Texts

COLUMNS = {
    "where": mark("check", "Element"),
    "declared": mark("check", "Declared"),
    "right": mark("check", "What would be right"),
}


def heads(texts: Texts) -> tuple[str, ...]:
    """The heads in the reader's language, from left to right."""
    return tuple(texts.translations.pgettext("check", head) for head in COLUMNS.values())
