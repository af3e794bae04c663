"""The rules of the house that a program can check."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "keruen"
ROOMS = sorted(path.parent for path in SOURCE.glob("*/__init__.py"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

# In two halves, so that this file does not name them.
REGISTRIES = [
    name + "." + domain
    for name, domain in [
        ("py" + "pi", "org"),
        ("python" + "hosted", "org"),
        ("npm" + "js", "org"),
        ("npm" + "js", "com"),
        ("yarn" + "pkg", "com"),
        ("js" + "delivr", "net"),
        ("un" + "pkg", "com"),
        ("crates", "io"),
        ("repo.maven", "apache.org"),
        ("maven", "org"),
        ("proxy.golang", "org"),
        ("rubygems", "org"),
        ("ana" + "conda", "org"),
    ]
]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_opens_with_what_it_takes_and_gives(room: Path) -> None:
    docstring = ast.get_docstring(ast.parse((room / "__init__.py").read_text())) or ""
    words = re.findall(r"\w+", docstring.split("\n\n")[0].lower())
    assert "takes" in words
    assert "gives" in words


def test_rooms_import_only_what_the_contract_allows() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    lint = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert lint.returncode == 0, lint.stdout + lint.stderr


def test_no_file_names_the_host_of_a_package_registry() -> None:
    if not (shutil.which("git") and (ROOT / ".git").exists()):
        pytest.skip("git tells which files are the project's")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = [ROOT / name for name in names.split("\0") if name]
    assert ROOT / "pyproject.toml" in files
    pattern = re.compile("|".join(map(re.escape, REGISTRIES)).encode(), re.IGNORECASE)
    guilty = [str(file) for file in files if file.is_file() and pattern.search(file.read_bytes())]
    assert guilty == []


def test_no_module_is_named_after_nothing_in_particular() -> None:
    names = re.compile(r"utils?|helpers?|managers?|common")
    assert [str(path) for path in SOURCE.rglob("*") if names.fullmatch(path.stem.lower())] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_requirement_has_hashes(lock: Path) -> None:
    requirements = lock.read_text().replace("\\\n", "").splitlines()
    assert requirements
    assert [line for line in requirements if "==" not in line or "--hash=sha256:" not in line] == []


def test_running_and_testing_agree_on_versions() -> None:
    def pins(lock: str) -> set[str]:
        text = (ROOT / "requirements" / lock).read_text()
        return set(re.findall(r"^[\w.\[\]-]+==[^ ]+", text, re.MULTILINE))

    assert pins("run.txt") <= pins("dev.txt")


def test_every_database_is_empty_and_ones_own(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mine (id integer)"))
        assert connection.execute(text("SELECT count(*) FROM mine")).scalar_one() == 0
    engine.dispose()


def test_the_command_line_says_which_version_it_is() -> None:
    command = [sys.executable, "-m", "keruen", "--version"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert re.fullmatch(r"keruen, version \d+\.\d+\.\d+\n", answer)
