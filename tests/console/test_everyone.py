"""Every page of the routes in a real browser, as a role that may: for everyone, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from litestar.testing import TestClient
from lxml import html
from tests.console.people import LOCAL, account, session
from tests.console.serving import Visitor
from tests.console.test_arrival import PNG, Entry, consignment_of
from tests.console.test_browser import NARROW, SHOTS, WIDE, Watched

from keruen.access import GRANTS, Act, Role
from keruen.console import create_app
from keruen.console.app import ROUTES
from keruen.console.pathwords import STEPS
from keruen.console.texts import LANGUAGES
from keruen.people.sessions import begun

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.console.conftest import Node

NO_PAGES = {
    "/administration/audit.csv",
    "/administration/audit.json",
    "/consignments/{consignment_id:str}/files/{message_id:str}/{ordinal:int}",
    "/events",
    "/log-in/openid",
    "/log-in/openid/back",
    "/messages/{corridor:str}/{message_id:str}/attachments/{ordinal:int}",
    "/messages/{corridor:str}/{message_id:str}/{part:str}",
    "/overview/files/{name:str}",
    "/turnover/files/{name:str}",
    "/reconciliation/{subject:str}/evidence",
    "/refusals/{refusal_id:str}/raw",
    "/static/{digest:str}/{name:str}",
}
"""Addresses that answer with a file, a stream or another address."""
ADDRESSES = {
    path: handler.opt["act"]
    for handler in ROUTES
    for path in sorted(handler.paths)
    if "GET" in handler.http_methods
}
PAGES = {path: act for path, act in ADDRESSES.items() if path not in NO_PAGES}
ASKED = {
    "/search": "q=MSKU7084122",
    "/codelists": "q=110100",
    "/posts/{code:str}/arrival": "consignment={consignment_id:str}",
}
"""What is asked of a page beside its address, so that it shows what it can."""
NOT_SAID = (
    "//*[@lang!='tg'][not(self::html)] | //script | //style | //*[contains(@class, 'code')] | //pre"
)
"""What is quoted in another language, and codes."""
QUOTED = re.compile(r"\S*[._=/\d-]\S*|(?<== )\w+|keruen package import|signed the Protocol|a test")
"""Names of elements and codes, a command, what the agreement's file says itself, a browser of the tests."""
NAMES = {
    *(
        "Comtrade",
        "Earth",
        "HTML",
        "JSON",
        "Keruen",
        "LOCODE",
        "Natural",
        "SOAP",
        "XLSX",
        "Yallama",
        "numbers",
    ),
    *("MSKU", "TCLU", "border", "trailer", "vehicle"),
}
"""Of the project, sources, formats and places; marks of containers and codes that a message states."""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPLIT = r"""() => {
  const split = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); ) {
    if (text.parentElement.closest(".code, .hidden, pre, script")) continue;
    if (text.parentElement.closest("thead")?.clientWidth === 1) continue;
    for (const word of text.data.matchAll(/[\p{L}]{3,}/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (lines.size > 1) split.push(word[0]);
    }
  }
  const pen = document.createElement("canvas").getContext("2d");
  for (const cell of document.querySelectorAll("td[data-label]")) {
    const label = getComputedStyle(cell, "::before");
    if (label.content === "none") continue;
    pen.font = label.font;
    const room = parseFloat(getComputedStyle(cell).gridTemplateColumns);
    split.push(...cell.dataset.label.split(/\s+/).filter((word) => pen.measureText(word).width > room));
  }
  return split;
}"""
"""Words that a line breaks in two, labels of cells on a phone among them; codes may be broken."""
CUT = """() => [...document.querySelectorAll("svg[role=img]")].flatMap((drawing) => {
  const frame = drawing.getBoundingClientRect();
  const words = [...drawing.querySelectorAll("text")].filter((word) => {
    const box = word.getBoundingClientRect();
    return box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom;
  });
  return words.map((word) => word.textContent);
})"""
"""Words of charts and maps that the frame cuts off."""
VARIANTS = [(WIDE, "light"), (NARROW, "dark"), (WIDE, "dark"), (NARROW, "light")]


def test_what_answers_with_no_page_is_there() -> None:
    assert set(ADDRESSES) >= NO_PAGES


@pytest.fixture
def secrets(busy: Node) -> dict[Any, str]:
    """What a browser of each role keeps; of one who has still to show a code."""
    store, context = busy.store, busy.context
    halfway = account(store, "officer")
    _, half = store.write_now(
        lambda tx: begun(tx, context.clock, halfway, complete=False, address="", agent="")
    )
    whole = {role: session(store, context, account(store, role)) for role in Role}
    return {**whole, Act.ENTER: half}


@pytest.fixture
def named(busy: Node, secrets: dict[Any, str]) -> Iterator[dict[str, str]]:
    """What the addresses name, of the consignment that most is known about."""
    with ExitStack() as clients:
        app = create_app(store=busy.store, context=busy.context)
        cookies = {"keruen-session-tj": secrets[Role.OFFICER]}
        officer = clients.enter_context(TestClient(app, base_url=LOCAL, cookies=cookies))
        yield _of(busy, officer)


def _of(node: Node, officer: TestClient[Any]) -> dict[str, str]:
    came = node.store.read(lambda r: r.consignments(states=["formalities"]))[0]
    told = node.store.read(lambda r: r.messages(kind="ArrivalInformation"))[-1]
    begun_one = Entry(officer, consignment_of(node, "071"))
    begun_one.check(files={"files": ("seal.png", PNG, "image/png")}, weighbridge="20000")
    token = re.findall(r'name="csrf" value="(\w+)"', officer.get("/account").text)[0]
    officer.post("/account/factor", data={"csrf": token}, follow_redirects=False)
    return {
        "code": "TJ-FOT",
        "consignment_id": came.consignment_id,
        "corridor": told.corridor,
        "country": "KZ",
        "entry_id": begun_one.id,
        "key": "kz-tj-2023-preliminary-information",
        "list_id": "mode",
        "message_id": told.message_id,
        "subject": node.store.read(lambda r: r.consignments(states=["overdue"]))[0].consignment_id,
        "refusal_id": node.store.read(lambda r: r.refusals())[0].refusal_id,
        "user_id": node.store.read(lambda r: r.accounts())[0].user_id,
    }


def _visitor(chromium: Browser, secrets: dict[Any, str], path: str) -> Visitor:
    """Somebody of a role that may; nobody yet before the log-in."""
    act = PAGES[path]
    roles = [role for role in Role if act in GRANTS[role]]
    who = Act.ENTER if act is Act.ENTER else roles[0]
    kept = "" if path == "/log-in" else secrets[who]
    return Visitor(chromium, ("keruen-session-tj", kept))


@pytest.mark.browser
def test_every_page_is_for_everyone(
    chromium: Browser,
    busy: Node,
    secrets: dict[Any, str],
    named: dict[str, str],
    site: str,
) -> None:
    """Each is read twice: wide and narrow, by day and by night, in two of the languages."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    languages, variants = cycle(LANGUAGES), cycle(VARIANTS)
    found = []
    for number, path in enumerate(PAGES):
        address = _address(path, named)
        name = re.sub(r"\W+", "-", path.replace(":str", "")).strip("-") or "start"
        visitor = _visitor(chromium, secrets, path)
        next(languages) if number % 2 else None
        for _ in range(2):
            language, (viewport, scheme) = next(languages), next(variants)
            said = look(visitor, site, name, address, language, viewport, scheme)
            found += [(path, language, viewport["width"], scheme, one) for one in said]
    assert found == []


def _address(path: str, named: dict[str, str]) -> str:
    whole = f"{path}?{ASKED.get(path, '')}"
    return re.sub(r"\{(\w+):\w+\}", lambda name: named[name[1]], whole)


def test_every_page_says_nothing_in_english_to_a_tajik(
    client: TestClient[Any], named: dict[str, str]
) -> None:
    found = {}
    for path in PAGES:
        address = f"{_address(path, named)}&lang=tg"
        page = html.fromstring(client.get(address, headers={"Accept-Language": "tg"}).content)
        for silent in page.xpath(NOT_SAID):
            silent.drop_tree()
        said = QUOTED.sub("", " ".join(page.itertext()))
        if english := set(re.findall(r"[A-Za-z]{4,}", said)) - NAMES - set(STEPS):
            found[path] = english
    assert found == {}


def look(
    visitor: Visitor, site: str, name: str, address: str, language: str, viewport: Any, scheme: Any
) -> Iterator[object]:
    """What is wrong with a page."""
    context = visitor.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    watched = Watched(context, site)
    page = watched.page
    answer = page.goto(f"{site}{address}&lang={language}", wait_until="load")
    path, _, _ = address.partition("?")
    shot = SHOTS / f"every-{name}-{language}-{viewport['width']}.png"
    page.screenshot(path=shot, full_page=True)
    assert answer is not None
    if (answer.status, page.url.split("?")[0]) != (200, site + path):
        yield answer.status, page.url
    if page.get_attribute("html", "lang") != language:
        yield "the language is another one"
    if (across := page.evaluate(OVERFLOW)) > 0:
        yield f"{across} px too wide"
    if split := page.evaluate(SPLIT):
        yield f"words are split: {split}"
    if cut := page.evaluate(CUT):
        yield f"words are cut off: {cut}"
    violations = Axe().run(page).response["violations"]
    yield from ((one["id"], one["nodes"][0]["html"]) for one in violations)
    context.close()
    yield from watched.complaints
