"""An analyst's day in a real browser, in two languages: from the log-in to a figure, behind it, and to a file.

The picture of docs/how-to/overview.md is taken on the way; `scripts/pictures` brings it there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from tests.console.test_browser import NARROW, SHOTS, WIDE, Watched
from tests.console.test_dossier_browser import OVERFLOW

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize
    from tests.console.conftest import Node
    from tests.console.serving import Visitor

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "build" / "pictures"
PERIOD = "since=2026-11-01&until=2026-11-30"
PICTURE: ViewportSize = {"width": 1240, "height": 860}
FILES = ("trend.csv", "code.xlsx")


@pytest.fixture
def analyst(browser_as: Callable[..., Visitor]) -> Visitor:
    return browser_as("analyst", display="Мадина")


@pytest.mark.parametrize(("language", "scheme"), [("kk", "light"), ("tg", "dark")])
def test_an_analysts_day(
    analyst: Visitor, site: str, busy: Node, tmp_path: Path, language: str, scheme: Any
) -> None:
    context = analyst.new_context(viewport=WIDE, color_scheme=scheme, reduced_motion="reduce")
    watched = Watched(context, site)
    page = watched.page
    page.goto(f"{site}/?lang={language}")
    assert page.url.startswith(f"{site}/overview")  # where an analyst's day begins
    page.fill('[name="since"]', "2026-11-01")
    page.fill('[name="until"]', "2026-11-30")
    page.select_option('[name="scale"]', "week")
    page.select_option('[name="role"]', "receiver")
    page.click(".overview-filter button")
    assert "scale=week" in page.url
    assert page.locator(".chart-section").count() == 7
    for name in FILES:
        with page.expect_download() as saved:
            page.click(f'a[href*="/files/{name}"]')
        saved.value.save_as(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 100
    bar = page.locator("#h-chapter >> xpath=ancestor::section >> css=.bars a").first
    number = bar.locator(".bar-number").inner_text()
    bar.click()
    assert page.locator("tbody tr").count() == int(number)
    page.click(".back a")
    assert "scale=week" in page.url
    assert page.input_value('[name="until"]') == "2026-11-30"
    page.close()
    context.close()
    assert watched.complaints == []


@pytest.mark.parametrize(("language", "scheme"), [("ru", "light"), ("en", "dark")])
def test_figures_are_read_without_a_complaint_wide_and_narrow(
    analyst: Visitor, site: str, busy: Node, language: str, scheme: Any
) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    for viewport in (WIDE, NARROW):
        context = analyst.new_context(
            viewport=viewport, color_scheme=scheme, reduced_motion="reduce"
        )
        watched = Watched(context, site)
        for name, path in (("overview", "/overview"), ("behind", "/overview/consignments")):
            watched.page.goto(f"{site}{path}?{PERIOD}&scale=day&lang={language}")
            watched.page.screenshot(
                path=SHOTS / f"{name}-{viewport['width']}-{language}.png", full_page=True
            )
            assert watched.page.evaluate(OVERFLOW) <= 0, (path, viewport)
            found = Axe().run(watched.page)
            wrong = {one["id"]: one["nodes"][0]["html"] for one in found.response["violations"]}
            assert wrong == {}, path
        watched.page.close()
        context.close()
        assert watched.complaints == []


def test_without_javascript_the_charts_are_the_same(
    analyst: Visitor, site: str, busy: Node
) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    context = analyst.new_context(
        viewport=PICTURE, java_script_enabled=False, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{site}/overview?{PERIOD}&scale=day&lang=en")
    drawn = page.locator(".chart").first
    assert drawn.get_attribute("role") == "img"
    line = drawn.locator(".chart-line").first
    box, frame = line.bounding_box(), drawn.bounding_box()
    assert box is not None
    assert frame is not None
    assert frame["y"] <= box["y"] <= box["y"] + box["height"] <= frame["y"] + frame["height"]
    widths = [one.bounding_box() for one in page.locator(".bar-fill").all()]
    assert max(one["width"] for one in widths if one) > 100
    page.screenshot(path=PICTURES / "overview-en.png")
    context.close()
