"""The pages in a real browser: every language, narrow and wide, light and dark, live."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from tests.console.corrections import annulled, corrected

from keruen.console.texts import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, ViewportSize
    from tests.console.conftest import Node
    from tests.console.serving import Served, Visitor

pytestmark = pytest.mark.browser

SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture
def gone(served: Served) -> Callable[[], None]:
    """Stops the node while its pages are open."""
    return served.stop


WATCH = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));"""


class Watched:
    """A page whose complaints are kept: errors, CSP violations, failed requests, requests to elsewhere."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        context.add_init_script(WATCH)
        self.site = site
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda one: self._failed(one.url, one.failure))
        self.page.on("request", lambda one: self._left(one.url))

    def _failed(self, url: str, why: str | None) -> None:
        if (
            why != "net::ERR_ABORTED"
        ):  # what a page listens to or fetches anew is cut off when it is left
            self.complaints.append(f"failed: {url}")

    def _left(self, url: str) -> None:
        if not url.startswith(f"{self.site}/"):
            self.complaints.append(f"leaves the node: {url}")

    def _said(self, message: object) -> None:
        text = str(getattr(message, "text", message))
        if getattr(message, "type", "") in ("error", "warning") and "status of 404" not in text:
            self.complaints.append(text)


def addresses(node: Node) -> dict[str, str]:
    """One address for each page, of the consignment that most is known about."""
    imported = node.store.read(lambda reader: reader.consignments(states=["formalities"]))[0]
    unannounced = node.store.read(lambda reader: reader.consignments(states=["unannounced"]))[0]
    overdue = node.store.read(lambda reader: reader.consignments(states=["overdue"]))[0]
    told = node.store.read(lambda reader: reader.messages(kind="ArrivalInformation"))[-1]
    return {
        "start": "/",
        "post": "/posts/TJ-FOT",
        "arrival": f"/posts/TJ-FOT/arrival?consignment={overdue.consignment_id}",
        "unexpected": "/posts/TJ-FOT/arrival?vehicle=777ZZZ05",
        "search": "/search?q=MSKU7084122",
        "consignments": "/consignments",
        "consignment": f"/consignments/{imported.consignment_id}",
        "messages": "/messages",
        "message": f"/messages/{told.corridor}/{told.message_id}",
        "refusals": "/refusals",
        "codelists": "/codelists",
        "control": "/control",
        "partner": "/control/partners/KZ",
        "storage": "/control/storage?count=1",
        "package": "/control/package",
        "alarms": "/alarms",
        "enquiries": "/enquiries",
        "agreement": "/agreements/KZ-TJ",
        "quality": "/quality",
        "unannounced": f"/consignments/{unannounced.consignment_id}",
        "overdue": f"/consignments/{overdue.consignment_id}",
        "versions": f"/consignments/{corrected(node)}",
        "annulled": f"/consignments/{annulled(node)}",
        "problem": "/consignments/none",
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_opens_without_a_complaint_and_fits(
    browser: Visitor, site: str, busy: Node, language: str, scheme: Literal["light", "dark"]
) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    for size, viewport in (("wide", WIDE), ("narrow", NARROW)):
        context = browser.new_context(
            viewport=viewport, color_scheme=scheme, locale=language, reduced_motion="reduce"
        )
        watched = Watched(context, site)
        for name, address in addresses(busy).items():
            mark = "&" if "?" in address else "?"
            watched.page.goto(f"{site}{address}{mark}lang={language}", wait_until="load")
            assert watched.page.get_attribute("html", "lang") == language
            assert watched.page.locator("h1").count() == 1
            overflow = watched.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            shot = SHOTS / f"{name}-{language}-{scheme}-{size}.png"
            watched.page.screenshot(path=shot, full_page=True)
            assert overflow <= 0, (name, size, overflow)
        watched.page.close()
        context.close()
        assert watched.complaints == []


def test_no_width_needs_sideways_scrolling(browser: Visitor, site: str, busy: Node) -> None:
    page = browser.new_page()
    for address in addresses(busy).values():
        page.goto(f"{site}{address}")
        for width in (320, 481, 769, 993, 1920, 3840):
            page.set_viewport_size({"width": width, "height": 900})
            overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert overflow <= 0, (address, width)


def test_an_event_appears_on_an_open_page_within_two_seconds(
    browser: Visitor, site: str, busy: Node
) -> None:
    page = browser.new_context(viewport=WIDE).new_page()
    page.goto(f"{site}/posts/TJ-DUS?lang=en")
    page.wait_for_selector('[data-line="up"]')
    page.fill("#here", "half a pla")
    assert page.get_by_text("555NEW01").count() == 0
    busy.announced("39855302/241126/0000001", "555NEW01", eta=busy.now, post="TJ-DUS")
    page.get_by_text("555NEW01").wait_for(timeout=2000)
    assert page.input_value("#here") == "half a pla"
    assert page.evaluate("document.activeElement.id") == "here"


ELSEWHERE = """
import sys
from keruen.store import Store
store = Store.open(sys.argv[1])
def arrived(tx):
    one = tx.consignments(states=["under-way"], post="TJ-FOT")[0]
    event = tx.events(one.corridor, one.consignment_id)[-1]
    later = {"event_id": "ffffffff-0000-7000-8000-000000000000", "name": "arrived"}
    tx.put_consignment(replace(one, state="arrived", vehicle="777CAME7", arrived=event.at))
    tx.add_event(replace(event, **later))
from msgspec.structs import replace
store.write_now(arrived)
store.close()
"""


def test_what_another_process_writes_appears_within_two_seconds(
    browser: Visitor, site: str, busy: Node, store_url: str
) -> None:
    page = browser.new_context(viewport=WIDE).new_page()
    page.goto(f"{site}/consignments?lang=en")
    page.wait_for_selector('[data-line="up"]')
    subprocess.run([sys.executable, "-c", ELSEWHERE, store_url], check=True)
    page.get_by_text("777CAME7").wait_for(timeout=2000)


def test_a_violation_of_the_policy_would_be_noticed(browser: Visitor, site: str) -> None:
    watched = Watched(browser.new_context(), site)
    watched.page.goto(f"{site}/search")
    watched.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=color:red>')")
    watched.page.wait_for_timeout(200)
    assert any("CSP: style-src" in complaint for complaint in watched.complaints)


def test_the_language_changes_with_one_click_and_stays(browser: Visitor, site: str) -> None:
    page = browser.new_context(locale="en-GB", viewport=WIDE).new_page()
    page.goto(f"{site}/posts/TJ-FOT?q=071")
    page.get_by_role("link", name="Тоҷикӣ").click()
    assert page.get_attribute("html", "lang") == "tg"
    assert page.input_value("#here") == "071"
    page.goto(f"{site}/messages")
    assert page.get_attribute("html", "lang") == "tg"


def test_pages_can_be_read_and_searched_without_javascript(browser: Visitor, site: str) -> None:
    page = browser.new_context(java_script_enabled=False, viewport=WIDE).new_page()
    page.goto(f"{site}/?lang=en")
    page.fill("#here", "а 415 ор 05")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="39855302/231126/0011876").wait_for(timeout=3000)


def test_an_officer_can_type_the_plate_at_once(browser: Visitor, site: str) -> None:
    page = browser.new_context(viewport=NARROW).new_page()
    page.goto(f"{site}/?lang=en")
    page.keyboard.type("071klm")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="39857201/231126/0004502").wait_for(timeout=3000)


def test_the_first_tab_stop_skips_to_the_content(browser: Visitor, site: str) -> None:
    page = browser.new_context(viewport=WIDE).new_page()
    page.goto(f"{site}/messages?lang=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


OUTLINE = """() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const name = element.innerText || element.ariaLabel || element.labels?.[0]?.innerText || "";
  return [element.tagName, outlineStyle, parseFloat(outlineWidth), box.width * box.height, name];
}"""


@pytest.mark.parametrize("name", ["start", "post", "consignment", "message"])
def test_every_stop_of_the_tab_key_is_seen_and_named(
    browser: Visitor, site: str, busy: Node, name: str
) -> None:
    page = browser.new_context(viewport=WIDE).new_page()
    page.goto(f"{site}{addresses(busy)[name]}?lang=en")
    page.evaluate("document.activeElement.blur()")
    stops = page.evaluate("document.querySelectorAll('a, button, input, summary, pre').length")
    for _ in range(stops):
        page.keyboard.press("Tab")
        tag, style, width, area, said = page.evaluate(OUTLINE)
        if tag != "BODY":
            assert style != "none", (tag, said)
            assert width >= 2, (tag, said)
            assert area > 0
            assert said.strip(), tag


def test_what_the_reader_holds_is_not_taken_away(browser: Visitor, site: str, busy: Node) -> None:
    page = browser.new_context(viewport=WIDE).new_page()
    page.goto(f"{site}/posts/TJ-DUS?lang=en")
    page.wait_for_selector('[data-line="up"]')
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    busy.announced("39855302/241126/0000002", "555NEW02", eta=busy.now, post="TJ-DUS")
    page.wait_for_timeout(1500)
    assert page.get_by_text("555NEW02").count() == 0
    page.evaluate("getSelection().removeAllRanges()")
    page.get_by_text("555NEW02").wait_for(timeout=2000)


def test_a_page_says_when_the_node_is_gone(
    browser: Visitor, gone: Callable[[], None], site: str
) -> None:
    page = browser.new_context(viewport=WIDE).new_page()
    page.goto(f"{site}/?lang=en")
    page.wait_for_selector('[data-line="up"]')
    gone()
    page.get_by_text("No connection to the node").wait_for(timeout=5000)
    assert page.get_by_text("Fotekhobod").count() == 1
