"""A running node takes what the national system puts into its folder."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import eventually, keruen, running


def test_a_file_in_the_folder_is_announced_and_accepted(
    kz: Path, tj: Path, transit: Path, tmp_path: Path
) -> None:
    with (kz / "node.toml").open("a") as settings:
        settings.write('[intake]\nfolder = "in"\nsettle = 0.1\n')
    assert keruen("check", kz).code == 0
    with running(kz, tj):
        (kz / "in").mkdir(exist_ok=True)
        shutil.copy(transit, kz / "in")
        (kz / "in" / "no.xml").write_text("<not><closed></not>")
        (result,) = eventually(lambda: list((kz / "in" / "taken").rglob("*.result.json")))
        assert json.loads(result.read_text())["result"] == "queued"
        eventually(lambda: keruen("status", tj, "--json").json["consignments"] == {"accepted": 1})
        eventually(lambda: list((kz / "in" / "refused").rglob("no.xml")))
    assert [one.name for one in (kz / "in").iterdir() if one.is_file()] == []
