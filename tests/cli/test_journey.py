"""The page about a journey through third countries does what it says, and both sides print one record."""

from __future__ import annotations

import contextlib
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import ROOT, end

from keruen.demo.ports import free_ports

PAGE = (ROOT / "docs" / "how-to" / "journey.md").read_text(encoding="utf-8")
PORTS = ("8701", "8702", "8711", "8712")
NUMBER = "57505/201126/0031877"


def commands() -> list[str]:
    """The commands of the page, in their order."""
    return [
        line
        for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]


def expected(command: str) -> set[int]:
    """Exit codes of a command that does what the page says: 1 tells of differences."""
    return {1} if " arrive " in command else {0}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory like the project's, with nothing of earlier nodes in it."""
    (tmp_path / "run").symlink_to(ROOT / "run")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    return tmp_path


@pytest.mark.slow
def test_both_sides_print_the_same_record_of_the_whole_journey(place: Path) -> None:
    ports = dict(zip(PORTS, map(str, free_ports(4)), strict=True))
    said: list[str] = []
    with contextlib.ExitStack() as stack:
        for command in commands():
            line = re.sub("|".join(PORTS), lambda port: ports[port[0]], command)
            if line.startswith("./run run"):
                node = subprocess.Popen(
                    shlex.split(line), cwd=place, stderr=subprocess.PIPE, text=True
                )
                stack.callback(end, node)
                assert node.stderr
                assert "Console: http://127.0.0.1:" in node.stderr.readline()
                continue
            done = run(line, place)
            assert done.returncode in expected(line), done
            said.append(done.stdout)
        as_json = [run(f"./run record {of} {NUMBER} --json", place).stdout for of in ("kz", "tj")]
    ours, theirs = ((place / f"record-{of}.txt").read_text() for of in ("kz", "tj"))
    assert ours == theirs
    assert as_json[0] == as_json[1]
    everything_of_the_page_is_in(json.loads(as_json[0]))
    every_line_of_the_page_is_printed("\n".join([*said, ours]))


def run(line: str, place: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", line],
        cwd=place,
        input="y\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def everything_of_the_page_is_in(found: dict[str, Any]) -> None:
    assert (found["stage"], found["state"]) == ("transit", "closed")
    assert "late" not in found
    assert [one["discrepancy"]["code"] for one in found["discrepancies"]] == [
        "other-seal", "gross-mass-differs", "gross-mass-differs", "net-mass-differs",
        "quantity-short",
    ]  # fmt: skip
    assert [(one["ordinal"], one["kind"], one["validity"]) for one in found["versions"]] == [
        (1, "PreliminaryInformation", "replaced"), (2, "Amendment", "holds"),
    ]  # fmt: skip
    assert [(one["country"], one.get("place")) for one in found["itinerary"]] == [
        ("UZ", "Yallama"), ("UZ", "Tashkent"), ("TJ", None),
    ]  # fmt: skip
    assert [one["eta_basis"] for one in found["itinerary"][1:]] == ["declared", "declared"]
    assert found["vehicles"] == ["01 A 777 BC"]
    assert [one["outcome"] for one in found["messages"]] == ["accepted"] * 4


def every_line_of_the_page_is_printed(said: str) -> None:
    """What the page shows as output, with … for what differs from run to run."""
    for block in re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        for line in filter(None, block.splitlines()):
            pattern = re.escape(line.strip()).replace("…", ".+")
            assert re.search(pattern, said), line
