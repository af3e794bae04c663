"""Pages that are made from the program are up to date."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_page_of_codes_is_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "reference_codes"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0, "run scripts/reference_codes"
