"""The how-to of two nodes by hand, run as it stands; and a second process beside a running node."""

from __future__ import annotations

import contextlib
import re
import shlex
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import ROOT, end, eventually, keruen, processes, rows

from keruen.demo.ports import free_ports

PAGE = (ROOT / "docs" / "how-to" / "two-nodes.md").read_text(encoding="utf-8")
PORTS = ("8701", "8702", "8711", "8712")

LATE = 1
"""Exit code where a declaration is taken with a warning: its vehicle was due in the past."""


def commands() -> list[str]:
    """The commands of the page, in their order."""
    return [
        line
        for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]


def test_the_page_tells_the_whole_way() -> None:
    words = [shlex.split(one)[1] for one in commands()]
    assert [*dict.fromkeys(words)] == [
        *("init", "card", "check", "run", "submit", "expected", "arrive", "status"),
    ]
    assert all(one.startswith("./run ") for one in commands())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory like the project's, with nothing of earlier nodes in it."""
    (tmp_path / "run").symlink_to(ROOT / "run")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    return tmp_path


@pytest.mark.slow
def test_the_commands_of_the_page_do_what_it_says(place: Path) -> None:
    ports = dict(zip(PORTS, map(str, free_ports(4)), strict=True))
    said: dict[str, str] = {}
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
            done = subprocess.run(
                ["bash", "-c", line],
                cwd=place,
                input="y\n",
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            said[command] = done.stdout
            assert done.returncode in (
                {0, 1} if " arrive " in line or " submit " in line else {0}
            ), done
            assert "Traceback" not in done.stderr
    found = "\n".join(said.values())
    assert re.search(
        r"transit-kz\.xml: queued for TJ as consignment .*\n(  warning: .*\n)*  TJ: accepted, TJ/",
        found,
    )
    assert re.search(
        r"export-tj\.xml: queued for KZ as consignment .*\n(  warning: .*\n)*  KZ: accepted, KZ/",
        found,
    )
    assert "0043 BK 08" in said["./run expected tj --post TJ-FOT"].replace("0043BK08", "0043 BK 08")
    assert '"reference": "57201/011126/0025546"' in found
    assert {path.name for path in (place / "kz" / "partners").iterdir()} == {"TJ.toml"}
    assert rows(place / "kz")["refusal"] == rows(place / "tj")["refusal"] == 0


def has_answers(root: Path, count: int) -> bool:
    """Whether a node has handled so many announcements and answers of its partner, enquiries apart."""
    counts: dict[str, int] = keruen("status", root, "--json").json["messages"]
    kinds = ("PreliminaryInformation", "Acknowledgement")
    return sum(counts.get(f"in {kind}", 0) for kind in kinds) == count


@pytest.mark.slow
def test_a_second_process_may_submit_and_is_noticed_within_a_second(
    kz: Path, tj: Path, transit: Path, tmp_path: Path
) -> None:
    content = transit.read_bytes()
    with processes(kz, tj):
        writers = []
        for number in range(4):  # four at once, ten files each
            files = []
            for index in range(10):
                file = tmp_path / f"{number}-{index}.xml"
                file.write_bytes(content.replace(b"0025546", b"%07d" % (number * 10 + index)))
                files.append(str(file))
            command = [sys.executable, "-m", "keruen", "submit", str(kz), *files]
            writers.append(
                subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            )
        for writer in writers:
            out, err = writer.communicate(timeout=60)
            assert (writer.returncode, err) == (LATE, "")
            assert out.count("queued for TJ") == 10

        eventually(partial(has_answers, tj, 40), 30)
        eventually(partial(has_answers, kz, 40), 30)

        took = []
        for number in range(41, 44):
            one_more = tmp_path / "more.xml"
            one_more.write_bytes(content.replace(b"0025546", b"%07d" % number))
            assert keruen("submit", kz, one_more).code == LATE
            taken = time.monotonic()
            eventually(partial(has_answers, kz, number))
            took.append(time.monotonic() - taken)
        assert min(took) < 1.5  # noticed within a second; then sent, receipted and answered


@pytest.mark.slow
def test_a_node_that_was_off_sends_what_was_handed_in_meanwhile(
    kz: Path, tj: Path, transit: Path
) -> None:
    assert keruen("submit", kz, transit).code == LATE
    with processes(kz, tj):
        eventually(partial(has_answers, kz, 1), 30)
    assert has_answers(tj, 1)
