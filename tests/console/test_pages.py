"""What an officer reads, and what a stranger cannot do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from litestar.exceptions import WebSocketDisconnect
from litestar.testing import TestClient
from tests.console.people import client_in

from keruen.clock import Clock
from keruen.console import static_files
from keruen.console.guard import HEADERS, is_loopback
from keruen.console.texts import LANGUAGES
from keruen.exchange import Context
from keruen.store import Direction, Store

if TYPE_CHECKING:
    from tests.console.conftest import Node

PAGES = (
    "/",
    "/posts/TJ-FOT",
    "/posts/-",
    "/search",
    "/consignments",
    "/messages",
    "/refusals",
    "/control",
    "/control/partners/KZ",
    "/control/package",
    "/control/storage",
    "/alarms",
    "/enquiries",
    "/agreements",
    "/agreements/KZ-TJ",
    "/codelists/country",
    "/codelists",
    "/quality",
)


def words(html: str) -> str:
    """What a reader sees of a page."""
    shown = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(shown.replace("\xa0", " ").split())


@pytest.fixture
def read(client: TestClient[Any]) -> Any:
    def reading(address: str, language: str = "en", status: int = 200, mark: str = "") -> str:
        answer = client.get(
            address, params={"q": mark} if mark else None, headers={"Accept-Language": language}
        )
        assert answer.status_code == status
        return words(answer.text)

    return reading


def imported(node: Node) -> str:
    return node.store.read(lambda r: r.consignments(states=["formalities"]))[0].consignment_id


def test_the_start_page_counts_posts_line_and_discrepancies(read: Any) -> None:
    page = read("/")
    assert "Fotekhobod Road · TJ-FOT pilot code Expected 4 Due within 2 hours 1 Overdue 2" in page
    assert "Entry post not stated Expected 1" in page
    assert re.search(r"Failed 1\b", page)
    assert "Fewer packages than declared 1" in page


def test_a_post_shows_the_most_pressing_first(read: Any) -> None:
    page = read("/posts/TJ-FOT")
    places = [page.index(mark) for mark in ("071KLM02", "528ADZ13", "А 415 ОР 05", "933BCA02")]
    assert places == sorted(places)
    assert "MSKU 708412-2" in page
    assert "10:40 Nov 24 estimated in 9 h" in page or "10:40 Nov 24 estimated in 8 h 59 min" in page
    assert "Not arrived in time" in page
    assert "Arrived today 1" in page


@pytest.mark.parametrize(
    "mark",
    ["А415ОР05", "a-415-op-05", "a 415 0p o5", "39855302/231126/0011876"],
)
def test_marks_are_found_in_either_script_however_written(read: Any, mark: str) -> None:
    assert "39855302/231126/0011876" in read(f"/search?q={mark}")
    assert "39855302/231126/0011876" in read(f"/posts/TJ-FOT?q={mark}")


@pytest.mark.parametrize("mark", ["А415", "640", "902ABT13 + 77BHA13", "MSKU7"])
def test_a_part_of_a_mark_or_several_at_once_will_do(read: Any, mark: str) -> None:
    assert re.search(r"\b\d consignments? found", read("/search", mark=mark))


def test_a_mark_that_nobody_bears_leads_on(read: Any) -> None:
    assert "No consignment bears “999ZZZ99”" in read("/search?q=999ZZZ99")
    assert "Register a vehicle that nobody announced" in read("/posts/TJ-FOT?q=999ZZZ99")
    assert "Type what you see" in read("/search")


def test_a_consignment_stands_with_both_sides_figures(read: Any, busy: Node) -> None:
    page = read(f"/consignments/{imported(busy)}")
    assert "– 19,900 kg Differs gross-mass-differs 20 kg or 2 %, whichever is more" in page
    assert "Gross mass of the goods 21,450 kg 21,610 kg Within tolerance" in page
    assert "Seals KZ0194522 KZ0194599 Differs" in page
    assert "Country of origin Kazakhstan – Russia Differs" in page
    assert "Commodity code (HS) 110100 Flour, malt, starch" in page
    history = page[page.index("History") :]
    happened = ["information received", "Accepted", "Arrived", "Import declaration accepted"]
    places = [history.index(name) for name in happened]
    assert places == sorted(places)
    assert "signed receipt sent" in history
    assert "signed receipt received" in history


def test_an_unannounced_arrival_is_shown_with_what_was_found(read: Any, busy: Node) -> None:
    one = busy.store.read(lambda r: r.consignments(states=["unannounced"]))[0]
    page = read(f"/consignments/{one.consignment_id}")
    assert "Unannounced" in page
    assert "Gross mass of the goods – 8,400 kg" in page


def test_messages_tell_state_receipt_attempts_and_error(read: Any) -> None:
    page = read("/messages")
    assert "Failed EBMS:0101 the partner refused the signature" in page
    assert "Waiting connection refused" in page
    assert "Preliminary information from Kazakhstan · 39855302/231126/0011876 Handled sent" in page
    assert "Arrival information to" not in read("/messages?direction=in")


def test_a_message_is_shown_whole_and_its_proof_is_the_stored_bytes(
    client: TestClient[Any], busy: Node
) -> None:
    told = busy.store.read(lambda r: r.messages(kind="ImportInformation"))[0]
    address = f"/messages/{told.corridor}/{told.message_id}"
    page = words(client.get(address).text)
    assert "TJ-FOT/241126/0000071" in page
    assert "q0Yt0Tl2kXbqE1s4QpJx5l7v0yYw8b1o5Jk3m9n2a1c=" in page
    kept = busy.store.read(lambda r: r.envelope(told.corridor, told.ebms_id, Direction.OUT))
    assert kept is not None
    for part, data in (("envelope", kept.envelope), ("receipt", kept.receipt)):
        answer = client.get(f"{address}/{part}")
        assert answer.content == data
        assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"{address}/seed").status_code == 404


def test_an_answer_stands_beside_its_message(read: Any, busy: Node) -> None:
    answer = busy.store.read(lambda r: r.messages(kind="Acknowledgement"))[0]
    page = read(f"/messages/{answer.corridor}/{answer.message_id}")
    assert re.search(r"Answer (Accepted under number TJ/20261123/|Rejected)", page)


def test_refusals_give_the_operator_the_cause(read: Any) -> None:
    page = read("/refusals", "ru")
    assert "Сообщение не соответствует своей структуре message-invalid" in page
    assert "EBMS:0101" in page
    assert "signature does not verify with the pinned certificate" in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_every_page_speaks_every_language(
    client: TestClient[Any], address: str, language: str
) -> None:
    answer = client.get(f"{address}?lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text


def test_an_empty_node_says_what_to_do_next(store: Store, node: Node) -> None:
    context = Context(country="TJ", agreements=(), clock=Clock())
    with client_in(store, context) as bare:
        assert "keruen check" in bare.get("/").text
    with client_in(store, node.context) as idle:
        assert "keruen submit" in idle.get("/").text
        for address in PAGES:
            assert idle.get(address).status_code == 200


def test_the_chosen_language_is_remembered(client: TestClient[Any]) -> None:
    cookie = client.get("/?lang=kk").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert '<html lang="kk">' in client.get("/messages").text
    del client.cookies["keruen-language"]
    assert "Set-Cookie" not in client.get("/?lang=zz").headers


def test_language_links_stay_on_the_page(client: TestClient[Any]) -> None:
    html = client.get("//evil.example/?q=a%26b&lang=en&lang=ru").text
    assert 'href="?q=a%26b&amp;lang=tg"' in html
    assert "evil" not in html


def test_problems_are_told_kindly_and_in_the_reader_s_language(
    read: Any, busy: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ("/nothing", "/posts/XX", "/consignments/none", "/messages/KZ-TJ/none"):
        assert "Такой страницы нет" in read(address, "ru", 404)

    def broken(_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(busy.store, "read", broken)
    page = read("/", "tg", 500)
    assert "Дар гиреҳ хатогӣ рӯй дод" in page
    assert "secret" not in page
    assert "Traceback" not in page


def test_every_answer_carries_the_strict_headers(client: TestClient[Any]) -> None:
    for address in ("/", "/nothing", static_files.address("console.css"), "/static/0/console.css"):
        headers = client.get(address).headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS
        kept = "immutable" in headers["Cache-Control"]
        assert kept is (address == static_files.address("console.css"))
        assert kept or headers["Cache-Control"] == "no-store"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_pages_have_no_inline_script_or_style(client: TestClient[Any]) -> None:
    for address in PAGES:
        html = client.get(address).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*src=)", html)


def test_nothing_can_be_changed_through_the_pages(client: TestClient[Any]) -> None:
    for method in ("POST", "PUT", "DELETE"):
        answer = client.request(method, "/", headers={"Accept-Language": "tg"})
        assert answer.status_code == 405
        assert "Дар ин ҷо чунин кардан мумкин нест" in answer.text


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("localhost", True),
        ("LOCALHOST:8443", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("[::1]", True),
        ("keruen.example", False),
        ("localhost.keruen.example", False),
        ("127.0.0.1.keruen.example:80", False),
        ("192.168.1.4", False),
        ("", False),
    ],
)
def test_only_names_of_this_machine_are_answered(
    client: TestClient[Any], host: str, ours: bool
) -> None:
    assert is_loopback(host) is ours
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == (200 if ours else 421)
    assert ("Fotekhobod" in answer.text) is ours


def test_an_open_page_fetches_only_its_main_part(client: TestClient[Any]) -> None:
    part = client.get("/posts/TJ-FOT", headers={"X-Fragment": "1"}).text
    assert "528ADZ13" in part
    assert "<html" not in part
    assert "<main" not in part


def test_a_first_page_is_light_on_a_slow_line(client: TestClient[Any]) -> None:
    files = [static_files.address(name) for name in ("console.css", "live.js", "mark.svg")]
    for address in PAGES:
        raw = [len(client.get(one).content) for one in (address, *files)]
        assert sum(raw) < 150_000
        with client.stream("GET", address) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"


def test_a_web_socket_is_closed_at_once(client: TestClient[Any]) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/events"):
        pass
