"""The officer's quickstart says what the pages say: each word that it quotes stands on a button or a field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from keruen.console.texts import read_catalogue

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "register-an-arrival.md"
TOLD = PAGE.read_text("utf-8")
STEPS = re.compile(r"^\*\*(?:\d\. |The rule)[^*]+\*\*", re.MULTILINE)
QUOTED = sorted(set(re.findall(r"\*\*([^*]+)\*\*", STEPS.sub("", TOLD))))


def test_it_quotes_the_pages() -> None:
    assert len(QUOTED) > 10


@pytest.mark.parametrize("words", QUOTED)
def test_what_it_quotes_is_said_by_the_pages(words: str) -> None:
    said = {message.id for message in read_catalogue("en")}
    assert words in said


def test_every_picture_is_there_and_is_shown() -> None:
    shown = set(re.findall(r"\(\.\./pictures/([\w-]+\.png)\)", TOLD))
    assert shown == {one.name for one in (PAGE.parents[1] / "pictures").glob("arrival-*.png")}
