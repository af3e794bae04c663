"""The glossary and the catalogues call a thing by the same word, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from keruen.console.texts import read_catalogue

GLOSSARY = Path(__file__).parents[2] / "docs" / "reference" / "glossary.md"
TEXT = GLOSSARY.read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if line.startswith("| ") and not line.startswith("| English")
]
TERMS = {row[0].casefold(): dict(zip(("kk", "ru", "tg"), row[1:4], strict=True)) for row in ROWS}
LANGUAGES = ("kk", "ru", "tg")


def said(language: str) -> Iterator[tuple[str, str]]:
    """English terms of the glossary that are texts of the catalogue, and how they are said."""
    for message in read_catalogue(language):
        if isinstance(message.id, str) and message.id.casefold() in TERMS:
            yield message.id.casefold(), str(message.string).casefold()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_is_a_term_is_said_by_the_term(language: str) -> None:
    wrong = {
        (term, text) for term, text in said(language) if text != TERMS[term][language].casefold()
    }
    assert wrong == set()


def test_every_term_is_used_by_the_console() -> None:
    assert {term for term, _ in said("ru")} == set(TERMS)


def test_every_term_states_a_source_for_each_language() -> None:
    known = set(re.findall(r"^- \*\*([A-Z])\*\*", TEXT, re.MULTILINE))
    for *_, sources in ROWS:
        parts = [part.strip().rpartition(":") for part in sources.split(";")]
        stated = [language.strip() for names, _, _ in parts for language in names.split(",")]
        letters = {letter.strip() for _, _, those in parts for letter in those.split(",")}
        assert letters <= known, sources
        assert stated == [""] or sorted(stated) == ["en", "kk", "ru", "tg"], sources
