"""The table of attacks is whole: what it must hold, and the page made from it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.attack.answers import ANSWERS, Answer
from tests.attack.attack import Attack
from tests.attack.pulling import PULLING, Pulling
from tests.attack.table import REQUESTS
from tests.attack.wrapping import WRAPPING

ROOT = Path(__file__).parents[2]
ROWS: tuple[Attack | Answer | Pulling, ...] = (*REQUESTS, *PULLING, *ANSWERS)


def test_there_are_enough() -> None:
    assert len(REQUESTS) >= 60
    assert len(WRAPPING) >= 12
    assert len(ANSWERS) >= 30
    assert len(PULLING) >= 20


def test_each_has_an_id_and_words_of_its_own() -> None:
    rows = [(one.id, one.what) for one in ROWS]
    assert len({id for id, _ in rows}) == len({what for _, what in rows}) == len(rows)


def test_each_names_the_check_that_must_fail() -> None:
    assert [one.id for one in ROWS if len(one.detail) < 3] == []


def test_the_page_of_attacks_is_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "reference_attacks"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0, "run scripts/reference_attacks"
