"""What others wrote is text, whatever is in it, and never takes a page over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from litestar.testing import TestClient
from markupsafe import Markup

from keruen.console.foreign import brief, first_marks, seen

if TYPE_CHECKING:
    from tests.console.conftest import Node

SCRIPT = "<script>alert(1)</script>"
OVERRIDE = "ABC\u202e20HIDDEN"
LONG = "Щ" * 10_000


@pytest.fixture
def evil(busy: Node) -> str:
    """A consignment whose every text is written by somebody who means harm; its address."""
    message = busy.announced(
        SCRIPT + OVERRIDE,
        f"<b>{OVERRIDE}",
        eta=busy.now,
        goods=f'"><img src=x onerror=alert(1)>{LONG}',
    )
    return f"/consignments/{message.consignment_id}"


def addresses(evil: str) -> tuple[str, ...]:
    return "/", "/posts/TJ-FOT", "/consignments", "/messages", f"/search?q={SCRIPT}{OVERRIDE}", evil


def test_markup_is_shown_and_never_obeyed(client: TestClient[Any], evil: str) -> None:
    for address in addresses(evil):
        html = client.get(address).text
        assert not re.search(r"<script(?! type=.module. src=)|<b>ABC|<img", html), address


def test_hidden_characters_are_written_out(client: TestClient[Any], evil: str) -> None:
    for address in addresses(evil):
        html = client.get(address).text
        assert "\u202e" not in html, address
    assert "ABC⟨U+202E⟩20HIDDEN" in client.get(evil).text


def test_a_text_without_end_does_not_fill_a_page(client: TestClient[Any], evil: str) -> None:
    for address in addresses(evil):
        assert client.get(address).text.count("Щ") < 2000, address


def test_a_search_for_a_text_without_end_is_answered(client: TestClient[Any]) -> None:
    assert client.get("/search", params={"q": LONG}).status_code == 200
    assert client.get("/posts/TJ-FOT", params={"q": "\x00\u202e"}).status_code == 200


def test_a_path_of_any_characters_is_not_found(client: TestClient[Any]) -> None:
    for path in (
        "/consignments/%00",
        "/messages/%E2%80%AE/x",
        "/posts/..%2f..%2fetc",
        "/static/../x",
    ):
        assert client.get(path).status_code == 404, path


def test_only_hidden_characters_are_written_out() -> None:
    plain = "Қазақша, Тоҷикӣ: «№ 1»\n\t–"
    assert seen(plain) is plain
    assert seen(7) == 7
    assert seen("a\u200bb") == "a⟨U+200B⟩b"
    assert isinstance(seen(Markup("<i>\u202e</i>")), Markup)


def test_the_beginning_of_a_text() -> None:
    assert brief("abcdef", 4) == "abc…"
    assert (brief("abcd", 4), brief(None)) == ("abcd", "")
    assert first_marks("1 + 2 + 3 + 4 + 5") == "1 + 2 + 3 (+2)"
    assert (first_marks("1 + 2"), first_marks(None)) == ("1 + 2", "")
