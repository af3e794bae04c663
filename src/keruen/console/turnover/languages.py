"""Who reads where nobody is logged in: a language, and a node's own time."""

from __future__ import annotations

from datetime import UTC, timezone

from keruen.console.figures import Figures
from keruen.console.naming import Names
from keruen.console.overview.tables import Reading
from keruen.console.texts import texts_in
from keruen.customs.codelists import BUILT_IN


def reading_in(language: str, zone: timezone = UTC) -> Reading:
    """A reader of one of the four languages."""
    texts = texts_in(language)
    return Reading(texts, Figures(texts, zone), Names(BUILT_IN, texts))
