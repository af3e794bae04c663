"""docs/explanation/quality.md states the weights that the program uses."""

from __future__ import annotations

import re
from pathlib import Path

from keruen.exchange.score import ELEMENTS, WEIGHTS

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "quality.md"


def test_the_page_states_the_weight_of_each_part() -> None:
    rows = re.findall(r"^\| (\w+) \| (\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert {part: int(weight) for part, weight in rows} == {**WEIGHTS}


def test_the_page_states_the_weight_of_each_element() -> None:
    text = " ".join(PAGE.read_text("utf-8").split())
    (stated,) = re.findall(r"An element weighs (\d) where .*?, (\d) where .*?, (\d) where", text)
    assert [int(one) for one in stated] == list(ELEMENTS.values())
