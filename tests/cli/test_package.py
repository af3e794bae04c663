"""`keruen package`: two nodes without a line see a consignment accepted; what goes wrong is said."""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import eventually, keruen, running

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "without-a-line.md"


def consignments(root: Path) -> dict[str, int]:
    counts: dict[str, int] = keruen("status", root, "--json").json["consignments"]
    return counts


def test_a_declaration_is_announced_and_accepted_by_files_alone(
    kz: Path, tj: Path, transit: Path, tmp_path: Path
) -> None:
    forth, receipts, back = (tmp_path / name for name in ("forth", "receipts", "back"))
    keruen("submit", kz, transit)
    exported = keruen("package", "export", kz, "--partner", "tj", "--out", forth, "--json")
    assert exported.code == 0
    assert exported.json["kinds"] == {"PreliminaryInformation": 1}
    taken = keruen("package", "import", tj, forth, "--answer", receipts, "--json")
    assert (taken.code, taken.json["taken"], taken.json["answers"]) == (0, 1, 1)
    applied = keruen("package", "import", kz, receipts)
    assert "1 receipts and errors applied" in applied.out
    assert consignments(kz) == {"delivered": 1}
    with running(tj):  # nobody listens at KZ: the answer waits
        eventually(lambda: consignments(tj) == {"accepted": 1})
    keruen("package", "export", tj, "--partner", "KZ", "--out", back)
    assert "1 taken" in keruen("package", "import", kz, back).out
    with running(kz):
        eventually(lambda: consignments(kz) == {"accepted": 1})
    keruen("package", "import", tj, f"{back}.answer")
    assert keruen("status", tj, "--json").json["outbox"] == {"delivered": 1}


def test_a_package_that_is_taken_again_changes_nothing(
    kz: Path, tj: Path, transit: Path, tmp_path: Path
) -> None:
    keruen("submit", kz, transit)
    keruen("package", "export", kz, "--partner", "TJ", "--out", tmp_path / "p")
    first = keruen("package", "import", tj, tmp_path / "p")
    receipts = (tmp_path / "p.answer").read_bytes()
    again = keruen(
        "package", "import", tj, tmp_path / "p", "--answer", tmp_path / "again", "--json"
    )
    assert (first.code, again.code, again.json["known"], again.json["taken"]) == (0, 0, 1, 0)
    assert re.findall(rb"<ds:SignatureValue.*?>(.*?)<", receipts) == re.findall(
        rb"<ds:SignatureValue.*?>(.*?)<", (tmp_path / "again").read_bytes()
    )
    assert keruen("status", tj, "--json").json["inbox"] == {"waiting": 1, "handled": 0}


def test_when_nothing_waits_the_package_is_empty_and_says_so(kz: Path, tmp_path: Path) -> None:
    answer = keruen("package", "export", kz, "--partner", "TJ", "--out", tmp_path / "p")
    assert answer.code == 0
    assert "Nothing waits for TJ." in answer.out


def test_what_goes_wrong_is_one_line_and_leaves_no_file(
    kz: Path, tj: Path, transit: Path, tmp_path: Path
) -> None:
    keruen("submit", kz, transit)
    package = tmp_path / "p"
    keruen("package", "export", kz, "--partner", "TJ", "--out", package)
    (tmp_path / "half").write_bytes(package.read_bytes()[:3000])
    for arguments, code in (
        (("import", kz, package), "package-foreign"),
        (("import", tj, tmp_path / "half"), "package-damaged"),
        (("export", kz, "--partner", "UZ", "--out", tmp_path / "q"), "card-missing"),
        (("export", kz, "--partner", "TJ", "--out", tmp_path / "no" / "q"), "file-unwritable"),
    ):
        answer = keruen("package", *arguments)
        assert answer.code in (2, 3)
        assert answer.err.startswith(f"keruen: {code}")
        assert len(answer.err.splitlines()) == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["half", "kz", "p", "tj"]


def test_a_damaged_message_is_told_by_the_exit_code(
    kz: Path, tj: Path, transit: Path, tmp_path: Path
) -> None:
    keruen("submit", kz, transit)
    package = tmp_path / "p"
    keruen("package", "export", kz, "--partner", "TJ", "--out", package)
    octets = bytearray(package.read_bytes())
    octets[len(octets) // 2] ^= 1
    package.write_bytes(octets)
    answer = keruen("package", "import", tj, package)
    assert answer.code == 1
    assert "1 damaged" in answer.out
    assert not (tmp_path / "p.answer").exists()


def test_the_page_names_what_there_is() -> None:
    page = HOW_TO.read_text()
    for command in re.findall(r"^keruen (package \w+)", page, re.MULTILINE):
        assert keruen(*command.split(), "--help").code == 0
    for code in ("package-damaged", "package-foreign"):
        assert code in page
