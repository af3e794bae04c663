"""An officer's day in a real browser: by keyboard alone, over a broken line, without JavaScript.

The pictures of docs/how-to/register-an-arrival.md are taken on the way; `scripts/pictures` brings them there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from msgspec.structs import replace
from tests.console.conftest import NIGHT, declaration

from keruen.customs import Seal, TransportKind, TransportMeans
from keruen.messages import ArrivalInformation, PreliminaryInformation, decode
from keruen.store import Direction

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize
    from tests.console.conftest import Node
    from tests.console.serving import Visitor

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / "build" / "pictures"
SIZE: ViewportSize = {"width": 1000, "height": 760}
POST = "TJ-FOT"
PLATE = "358 KTA 02"
KEYS = 30
"""Keys that a short weight takes at most: nobody needs a minute for them."""


class Officer:
    """Somebody at the keyboard of a post; every key counts."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language, self.keys = page, language, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def go_on(self, where: str) -> None:
        """Press Enter, which leads to an address that ends so."""
        with self.page.expect_navigation(wait_until="load"):
            self.press("Enter")
        assert where in self.page.url

    def show(self, name: str) -> None:
        """What is on the screen is kept as a picture, and is for everyone."""
        found = Axe().run(self.page).response["violations"]
        assert [(one["id"], [n["target"] for n in one["nodes"]]) for one in found] == []
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-{self.language}.png")


@pytest.fixture
def officer(browser_as: Callable[..., Visitor]) -> Callable[..., Page]:
    visitor = browser_as("officer", posts={POST})
    return lambda **options: visitor.new_page(viewport=SIZE, color_scheme="light", **options)


def expected(node: Node) -> str:
    """A truck that is due now, with goods of its own."""
    message = PreliminaryInformation(
        header=node.at(NIGHT - timedelta(hours=6)).partner_header(PreliminaryInformation),
        consignment_id=node.context.clock.new_id(),
        declaration=replace(
            declaration("39855302/231126/0011984", PLATE, eta=NIGHT + timedelta(minutes=25)),
            transport_means=(
                TransportMeans(mode="3", identity=PLATE, nationality="KZ"),
                TransportMeans(
                    mode="3", identity="61 AFB 02", kind=TransportKind.TRAILER, nationality="KZ"
                ),
            ),
            seals=(Seal(number="KZ0194570"),),
        ),
    )
    node.at(NIGHT - timedelta(hours=6)).receive(message)
    return message.consignment_id


def told(node: Node) -> ArrivalInformation:
    """The arrival that was told last."""
    found = node.store.read(
        lambda reader: reader.messages(direction=Direction.OUT, kind="ArrivalInformation", limit=1)
    )
    arrival = decode(found[0].body)
    assert isinstance(arrival, ArrivalInformation)
    return arrival


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_a_short_weight_is_registered_by_keyboard_alone(
    officer: Callable[..., Page], site: str, busy: Node, language: str
) -> None:
    expected(busy)
    page = officer(locale=language)
    page.goto(f"{site}/posts/{POST}?lang={language}")
    one = Officer(page, language)
    one.show("arrival-1-board")
    one.write("358 кта O2")  # Cyrillic, and O for 0
    one.go_on("q=")
    one.show("arrival-2-found")
    one.go_on("/arrival?consignment=")
    assert page.evaluate("document.activeElement.id") == "vehicle"
    one.press("Tab", "Space", "Tab")
    one.write("19950")
    one.show("arrival-3-form")
    one.go_on("/arrivals/")
    one.show("arrival-4-check")
    one.go_on("/arrivals/")
    one.show("arrival-5-registered")
    arrival = told(busy)
    assert [str(found.code) for found in arrival.discrepancies] == ["gross-mass-differs"]
    assert [seal.number for seal in arrival.seals] == ["KZ0194570"]
    one.go_on(f"/posts/{POST}")
    assert one.keys <= KEYS


def form(page: Page, site: str, node: Node) -> None:
    page.goto(f"{site}/posts/{POST}/arrival?consignment={expected(node)}&lang=en")


def test_what_is_typed_survives_a_reload(
    officer: Callable[..., Page], site: str, busy: Node
) -> None:
    page = officer()
    form(page, site, busy)
    with page.expect_response("**/arrival/draft"):
        page.fill("#mass", "19950")
    page.reload()
    assert page.input_value("#mass") == "19950"
    page.get_by_text("What you typed at").wait_for(timeout=2000)


def test_what_is_typed_survives_a_broken_line(
    officer: Callable[..., Page], site: str, busy: Node
) -> None:
    page = officer()
    form(page, site, busy)
    page.context.set_offline(True)
    page.fill("#mass", "19950")
    page.check("#seals")
    page.get_by_text("No connection to the node. What you type").wait_for(timeout=3000)
    page.keyboard.press("Enter")
    assert page.locator("form.arrival").count() == 1
    with page.expect_response("**/arrival/draft"):
        page.context.set_offline(False)
    page.reload()
    assert page.input_value("#mass") == "19950"
    assert page.is_checked("#seals")


def test_seals_open_when_one_is_not_whole(
    officer: Callable[..., Page], site: str, busy: Node
) -> None:
    page = officer()
    form(page, site, busy)
    page.check('[name="seals"][value="differ"]')
    page.select_option("#seal-1", "broken")
    with page.expect_navigation():
        page.press("#mass", "Enter")
    page.get_by_text("Seal broken").wait_for(timeout=3000)


def test_it_is_registered_without_javascript(
    officer: Callable[..., Page], site: str, busy: Node
) -> None:
    page = officer(java_script_enabled=False)
    form(page, site, busy)
    page.check("#seals")
    page.click("summary >> nth=1")
    page.fill('[name="item-1-packages"]', "830")
    page.click("button >> text=Check what will be sent")
    page.click("button >> text=Register the arrival")
    page.get_by_text("Arrival registered").first.wait_for(timeout=3000)
    assert [str(found.code) for found in told(busy).discrepancies] == ["quantity-short"]
