"""Links between pages lead somewhere, and every page is in the index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.DOTALL | re.MULTILINE)


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """File and heading that a page's relative links name; a file is the page itself where none is named."""
    prose = CODE.sub("", page.read_text("utf-8"))
    for target in LINK.findall(prose):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, heading = target.partition("#")
        yield ((page.parent / path).resolve() if path else page), heading


def headings(page: Path) -> set[str]:
    """Anchors as a forge makes them: lower case, hyphens for blanks, no other punctuation."""
    prose = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    titles = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for path, heading in links(page):
        assert path.exists(), path
        assert not heading or heading in headings(path), (path.name, heading)


def test_every_document_is_in_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    named = {path for path, _ in links(index)}
    pages = {page for page in PAGES if (ROOT / "docs") in page.parents and page != index}
    assert pages - named == set()


def test_every_script_that_makes_a_page_says_so_on_it() -> None:
    """Who edits a made page by hand loses the edit."""
    for script in (ROOT / "scripts").glob("reference_*"):
        assert any(f"scripts/{script.name}" in page.read_text("utf-8") for page in PAGES), script
