"""The data list is derived from the register of data elements, which lies beside the project."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REGISTER = ROOT.parent / "shared" / "reference" / "data-elements.csv"
SCRIPT = ROOT / "scripts" / "data_list"


def derive(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not REGISTER.exists(), reason=f"there is no register {REGISTER}")
def test_the_data_list_and_its_page_are_as_the_register_has_them() -> None:
    answer = derive("--check")
    assert (answer.returncode, answer.stdout) == (0, "")


def test_without_the_register_nothing_is_written(tmp_path: Path) -> None:
    answer = derive("--register", str(tmp_path / "absent.csv"))
    assert answer.returncode == 3
    assert "register of data elements is not there" in answer.stdout


def test_an_element_that_nobody_placed_is_told(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("id,recommended_MCO\nA01,M\nZ99,M\n", encoding="utf-8")
    answer = derive("--register", str(tmp_path / "r.csv"), "--check")
    assert answer.returncode == 1
    assert "Z99" in answer.stdout


def test_the_page_of_the_agreement_file_is_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "reference_agreement"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0, "run scripts/reference_agreement"
