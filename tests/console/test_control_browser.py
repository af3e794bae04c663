"""The operator's day in a real browser, in two languages: what is wrong, why, what is done and what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from tests.console.test_browser import NARROW, SHOTS, WIDE, Watched
from tests.console.test_control import CORRIDOR, alarm, failed

from keruen.exchange.alarms import raise_alarm

if TYPE_CHECKING:
    from tests.console.conftest import Node
    from tests.console.serving import Visitor

pytestmark = pytest.mark.browser

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ROOMS = (
    "/control",
    "/control/partners/KZ",
    "/control/storage?count=1",
    "/control/package",
    "/alarms",
    "/enquiries",
    "/refusals",
    "/messages",
    "/agreements",
    "/agreements/KZ-TJ",
    "/codelists?q=kz",
    "/quality",
)


@pytest.mark.parametrize(("language", "scheme"), [("kk", "light"), ("ru", "dark")])
def test_every_room_opens_without_a_complaint_wide_and_narrow(
    browser: Visitor, site: str, busy: Node, language: str, scheme: Any
) -> None:
    alarm(busy)
    one = failed(busy)
    refused = busy.store.read(lambda reader: reader.refusals(1))[0]
    rooms = (
        *ROOMS,
        f"/messages/{one.corridor}/{one.message_id}?verify=1",
        f"/refusals/{refused.refusal_id}",
    )
    for name, size in (("wide", WIDE), ("narrow", NARROW)):
        watched = Watched(browser.new_context(viewport=size, color_scheme=scheme), site)
        page = watched.page
        for number, address in enumerate(rooms):
            separator = "&" if "?" in address else "?"
            page.goto(f"{site}{address}{separator}lang={language}", wait_until="load")
            assert page.evaluate(OVERFLOW) <= 0, address
            found = Axe().run(page).response["violations"]
            assert not found, (address, [(v["id"], v["nodes"][0]["html"]) for v in found])
            page.screenshot(path=SHOTS / f"control-{number}-{name}-{language}.png", full_page=True)
        assert watched.complaints == []


@pytest.mark.parametrize(
    ("language", "messages", "again", "said", "settled"),
    [
        ("ru", "Не доставлено", "Отправить снова", "Снова поставлено в очередь", "Закрыто;"),
        ("tg", "Нарасид", "Аз нав фиристодан", "Боз ба навбат гузошта шуд", "Пӯшида шуд;"),
    ],
)
def test_an_operator_goes_from_the_front_page_to_the_failure_and_settles_an_alarm(
    browser: Visitor,
    site: str,
    busy: Node,
    language: str,
    messages: str,
    again: str,
    said: str,
    settled: str,
) -> None:
    alarm(busy)
    page = browser.new_page(viewport=WIDE)
    page.goto(f"{site}/control?lang={language}")
    page.locator("dt", has_text=messages).locator("xpath=following-sibling::dd").get_by_role(
        "link"
    ).first.click()
    page.locator("table.list tbody a").first.click()
    page.get_by_role("button", name=again).click()
    page.get_by_text(said).wait_for()
    page.goto(f"{site}/alarms")
    page.locator("details summary").click()
    page.locator("details button").click()
    page.get_by_text(settled).wait_for()
    assert busy.store.read(lambda reader: reader.alarms()) == []


def test_a_question_that_was_opened_stays_open_when_something_happens(
    browser: Visitor, site: str, busy: Node
) -> None:
    alarm(busy)
    page = browser.new_page(viewport=WIDE)
    page.goto(f"{site}/alarms?lang=en")
    page.locator("[data-line=up]").wait_for()
    page.locator("details summary").click()
    other = (CORRIDOR, "agreement-differs", "kz-tj 2", "KZ holds another file")
    busy.store.write_now(lambda tx: raise_alarm(tx, busy.context, *other))
    page.get_by_text("KZ holds another file").wait_for()
    page.get_by_role("button", name="I have seen to it").click()
    page.get_by_text("Settled;").wait_for()
    assert [one.subject for one in busy.store.read(lambda reader: reader.alarms())] == ["kz-tj 2"]
