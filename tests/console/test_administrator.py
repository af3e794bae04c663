"""An administrator's day in a real browser, and a newcomer's first log-in, in several languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from pyotp import TOTP
from tests.console.people import account
from tests.console.serving import Served, serving

from keruen.access import passwords
from keruen.access.passwords import hashed
from keruen.console import Entrance, create_app
from keruen.console.texts import texts_in
from keruen.people.accounts import with_password

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from tests.console.conftest import Node

pytestmark = pytest.mark.browser

SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
PASSWORD, CHOSEN = "four donkeys cross at dawn", "nine carts of flour wait"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords.hashed, "__defaults__", (cheap,))


@pytest.fixture
def site(node: Node) -> Iterator[Served]:
    """The pages of a node whose only user is an administrator."""
    sitora, clock = account(node.store, "administrator", name="sitora"), node.context.clock
    kept = hashed(PASSWORD, bytes(16))
    node.store.write_now(lambda tx: with_password(tx, clock, sitora, kept, by_others=False))
    app = create_app(store=node.store, context=node.context, entrance=Entrance(mark="tj"))
    with serving(app) as served:
        yield served


class Person:
    """Somebody before a browser, who reads the pages in one language."""

    def __init__(self, chromium: Browser, site: Served, language: str, **options: object) -> None:
        self.context = chromium.new_context(locale=language, **options)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(5000)
        self.language, self.site = language, site.address
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self._said(said.type, said.text))

    def _said(self, kind: str, text: str) -> None:
        if kind == "error" and "422" not in text:
            self.complaints.append(text)

    def says(self, message: str, table: str | None = None) -> str:
        texts = texts_in(self.language)
        if table:
            return texts.translations.pgettext(table, message)
        return texts.gettext(message)

    def go(self, address: str) -> None:
        self.page.goto(f"{self.site}{address}")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=self.says(name), exact=True).first.click()

    def log_in(self, name: str, password: str) -> None:
        self.go("/")
        self.page.fill("#name", name)
        self.page.fill("#password", password)
        self.show("log-in")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "log-in" not in url)

    def show(self, name: str) -> None:
        """What is on the screen fits, is for everyone, and is kept as a picture."""
        found = Axe().run(self.page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        across = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(across) <= 0, name
        assert self.page.get_attribute("html", "lang") == self.language
        SHOTS.mkdir(parents=True, exist_ok=True)
        width = (self.page.viewport_size or {"width": 0})["width"]
        path = SHOTS / f"people-{name}-{self.language}-{width}.png"
        self.page.screenshot(path=path, full_page=True)


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("tg", 1440, "light"), ("kk", 360, "dark")]
)
def test_an_administrator_s_day(
    chromium: Browser, site: Served, language: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}
    someone = Person(chromium, site, language, viewport=size, color_scheme=scheme)
    someone.log_in("sitora", PASSWORD)
    page = someone.page
    assert page.url.endswith("/administration/users")
    page.fill("#name", "Madina")
    page.fill("#display", "Мадина Раҳимова")
    page.get_by_label(someone.says("Officer at a post", "role")).check()
    page.locator("[name=post][value=TJ-FOT]").check()
    page.locator("[name=all-partners]").check()
    someone.show("users")
    someone.press("Make the user")
    first = page.inner_text("#first-password")
    someone.show("first-password")
    newcomer = Person(chromium, site, "ru", viewport=size)
    newcomer.log_in("madina", first)
    page.get_by_role("link", name=someone.says("Users"), exact=True).click()
    page.get_by_role("link", name="Мадина Раҳимова").click()
    someone.show("user")
    someone.press("Disable")
    page.wait_for_selector(".notice.bad")
    newcomer.go("/account")
    assert "/log-in" in newcomer.page.url
    someone.go("/administration/tokens")
    page.fill("#name", "national system")
    page.locator("[name=scope]").first.check()
    someone.show("tokens")
    someone.press("Make the token")
    assert page.inner_text("#token").startswith("keruen_")
    someone.show("token")
    someone.go("/administration/audit?who=sitora")
    assert page.get_by_text(someone.says("Disable a user", "act")).count() > 1
    someone.show("audit")
    assert (someone.complaints, newcomer.complaints) == ([], [])


@pytest.mark.parametrize(("language", "width"), [("ru", 360), ("en", 1440)])
def test_a_newcomer_s_first_log_in(
    chromium: Browser, site: Served, node: Node, language: str, width: int
) -> None:
    row, clock = account(node.store, "officer", name="madina"), node.context.clock
    kept = hashed(PASSWORD, bytes(16))
    node.store.write_now(lambda tx: with_password(tx, clock, row, kept, by_others=True))
    someone = Person(chromium, site, language, viewport={"width": width, "height": 800})
    page = someone.page
    someone.log_in("madina", PASSWORD)
    assert page.url.endswith("/account")
    page.fill("#present", PASSWORD)
    page.fill("#wanted", CHOSEN)
    page.fill("#again", CHOSEN)
    someone.show("account")
    someone.press("Change the password")
    page.wait_for_selector(".notice", state="detached")
    someone.press("Set up an authenticator app")
    page.wait_for_url("**/account/factor")
    secret = "".join(page.locator(".secret span").all_inner_texts())
    someone.show("factor")
    page.fill("#code", TOTP(secret).at(clock.wall()))
    someone.press("Take it into use")
    codes = page.locator(".codes li").all_inner_texts()
    someone.show("recovery")
    someone.press("Log out")
    someone.go("/")
    page.fill("#name", "madina")
    page.fill("#password", CHOSEN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/log-in/second*")
    someone.show("second")
    page.fill("#code", codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.address}/")
    assert someone.complaints == []


def test_an_open_page_of_somebody_who_was_disabled_leads_to_the_log_in(
    chromium: Browser, site: Served, node: Node
) -> None:
    someone = Person(chromium, site, "en")
    row, clock = account(node.store, "officer", name="madina"), node.context.clock
    kept = hashed(PASSWORD, bytes(16))
    node.store.write_now(lambda tx: with_password(tx, clock, row, kept, by_others=False))
    someone.log_in("madina", PASSWORD)
    someone.page.wait_for_selector('[data-line="up"]')
    node.store.write_now(lambda tx: tx.end_sessions(row.user_id))
    node.announced("39855302/241126/0000001", "555NEW01", eta=node.now)
    someone.page.wait_for_url("**/log-in*", timeout=10_000)
