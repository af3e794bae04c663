"""The data list is derived from the register of data elements, which lies beside the project."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from keruen.agreement.datalist import known_paths
from keruen.messages import KINDS

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


def test_every_place_is_one_of_the_model() -> None:
    """What is said to have no place is gone through by hand; what has one is named as the model has it."""
    places = tomllib.loads((ROOT / "scripts" / "data_elements.toml").read_text(encoding="utf-8"))
    everywhere = {path for kind in KINDS for path in known_paths(kind)}
    named = [place.partition(" ")[::2] for listed in places["element"].values() for place in listed]
    assert [one for one in named if one[0] != "always" and one[1] not in known_paths(one[0])] == []
    assert {path for _, path in named} <= everywhere
    assert {
        *places["withheld"].values(),
        *(path for path, _ in places["unlisted"].values()),
    } <= everywhere


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
