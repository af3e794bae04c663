"""The page of one consignment in a real browser: read in two languages, on a phone, by night and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from tests.console.corrections import corrected
from tests.console.test_browser import NARROW, SHOTS, WIDE, Watched
from tests.console.test_dossier import asked

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.console.conftest import Node
    from tests.console.serving import Visitor

pytestmark = pytest.mark.browser

TOLD = """new Promise((listening) => {
  const source = new EventSource("/events");
  source.addEventListener("open", listening);
  source.addEventListener("change", async () => {
    await (await fetch(location.href, { headers: { "X-Fragment": "1" } })).text();
    document.documentElement.classList.add("told");
  });
})"""
"""Marks the page once it has been told of a change and could have fetched itself anew."""
WIDE_ENOUGH = "document.querySelector('.map svg')?.getBoundingClientRect().width > 250"
BOXES = """[...document.querySelectorAll(".map svg, .map-stop circle")].map(
  (one) => one.getBoundingClientRect().toJSON())"""
FILL = "getComputedStyle(document.querySelector('.map-lands path')).fill"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def addresses(node: Node) -> list[str]:
    states = ("formalities", "overdue", "unannounced")
    found = [node.store.read(lambda r, s=state: r.consignments(states=[s]))[0] for state in states]  # type: ignore[misc]
    ids = [*(one.consignment_id for one in found), corrected(node)]
    return [f"/consignments/{one}{page}" for one in ids for page in ("", "/paper")]


@pytest.mark.parametrize(("language", "scheme"), [("tg", "light"), ("ru", "dark")])
def test_it_is_read_without_a_complaint_wide_and_narrow(
    browser: Visitor, site: str, busy: Node, language: str, scheme: Any
) -> None:
    for viewport in (WIDE, NARROW):
        context = browser.new_context(
            viewport=viewport, color_scheme=scheme, reduced_motion="reduce"
        )
        watched = Watched(context, site)
        for address in addresses(busy):
            watched.page.goto(f"{site}{address}?lang={language}", wait_until="load")
            assert watched.page.get_attribute("html", "lang") == language
            assert watched.page.evaluate(OVERFLOW) <= 0, (address, viewport)
            found = Axe().run(watched.page)
            wrong = {one["id"]: one["nodes"][0]["html"] for one in found.response["violations"]}
            assert wrong == {}, address
        watched.page.close()
        context.close()
        assert watched.complaints == []


def test_the_map_shows_the_stops_within_its_frame(browser: Visitor, site: str, busy: Node) -> None:
    page, address = browser.new_page(), addresses(busy)[0]
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        page.goto(f"{site}{address}?lang=en")
        page.wait_for_function(WIDE_ENOUGH)
        frame, *marks = page.evaluate(BOXES)
        assert len(marks) == 2
        for box in marks:
            assert frame["left"] < box["left"] < box["right"] < frame["right"]
            assert frame["top"] < box["top"] < box["bottom"] < frame["bottom"]
        assert page.evaluate(FILL) != "rgb(0, 0, 0)"


def test_on_paper_there_is_no_navigation_but_the_code_and_who_printed_it(
    browser: Visitor, site: str, busy: Node
) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page: Page = browser.new_page()
    page.goto(f"{site}{addresses(busy)[1]}?lang=ru")
    page.emulate_media(media="print")
    for hidden in (".sections", ".find", ".who", ".foot", ".screen-only"):
        assert not page.locator(hidden).first.is_visible(), hidden
    page.set_viewport_size({"width": 680, "height": 900})
    assert page.locator(".sides thead").first.is_visible(), "tables stay tables on A4"
    code = page.locator(".qr").bounding_box()
    assert code is not None
    assert code["width"] == pytest.approx(code["height"])
    assert page.locator(".paper-head", has_text="Напечатано: Айгүл").is_visible()
    assert page.locator(".history").is_visible()
    printed = page.pdf(path=SHOTS / "consignment-paper.pdf", prefer_css_page_size=True)
    assert 1 <= printed.count(b"/Type /Page\n") <= 4
    assert b"/MediaBox [0 0 594.95996 841.91998]" in printed or b"595" in printed


def test_without_javascript_the_page_and_its_map_are_the_same(
    browser: Visitor, site: str, busy: Node
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}{addresses(busy)[0]}?lang=en")
    assert page.locator(".map svg").is_visible()
    assert page.get_by_role("heading", name="What to do next").is_visible()
    context.close()


def test_an_answer_that_was_begun_outlives_what_happens_meanwhile(
    browser: Visitor, site: str, busy: Node
) -> None:
    one = busy.store.read(lambda r: r.consignments(states=["overdue"]))[0]
    asked(busy, one)
    page = browser.new_page()
    page.goto(f"{site}/consignments/{one.consignment_id}?lang=en")
    page.wait_for_selector('[data-line="up"]')
    page.evaluate(TOLD)
    page.check('[name="outcome"][value="diverted"]')
    page.fill('[name="country"]', "UZ")
    busy.announced("39857201/231126/0007019", "561CCC02")
    page.wait_for_selector("html.told")
    assert page.is_checked('[value="diverted"]')
    assert page.input_value('[name="country"]') == "UZ"
