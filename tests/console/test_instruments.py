"""The register's pages: what was signed, on one line of time; what holds, what shows, what is measured."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace as changed
from tests.console.people import client_in

from keruen.agreement.instruments import (
    Indicator,
    Instrument,
    Kind,
    Register,
    instruments_of,
    propose,
    proposed,
)
from keruen.agreement.model import Period
from keruen.console.instruments.timeline import timeline
from keruen.console.texts import LANGUAGES
from keruen.exchange.indicators import measured

if TYPE_CHECKING:
    from tests.console.conftest import AnyClient, Node

PROTOCOL = "kz-tj-2023-preliminary-information"


@pytest.fixture
def analyst(client_as: Callable[..., AnyClient]) -> AnyClient:
    return client_as("analyst")


def plan(key: str, **given: object) -> Instrument:
    stated: dict[str, object] = {"signed": date(2024, 2, 1), **given}
    return Instrument(key=key, kind=Kind.PLAN, title={"en": key}, parties=(), **stated)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_are_listed_and_drawn_on_one_line_of_time(analyst: AnyClient, language: str) -> None:
    page = analyst.get(f"/instruments?lang={language}").text
    assert len(re.findall(r'href="/instruments/kz-tj-2023-', page)) == 9
    drawing = re.search(r'<svg class="chart times".*?</svg>', page, re.DOTALL)
    assert drawing
    assert drawing[0].count("<rect") == 9
    assert drawing[0].count('class="time-today"') == 1
    assert drawing[0].count('class="time-over"') == 3  # those that ran out with 2024 and 2025


def test_an_instrument_says_who_signed_it_what_rests_on_it_and_what_shows(
    analyst: AnyClient,
) -> None:
    page = analyst.get(f"/instruments/{PROTOCOL}?lang=en").text
    for said in (
        "Customs Service under the Government of Tajikistan",
        "State Revenue Committee",
        'href="/agreements/KZ-TJ"',
        "supposed to hold since it was signed",
        "Signed in Astana, the third of nine documents",
    ):
        assert said in page


def test_an_instrument_that_is_not_there_is_not_found(analyst: AnyClient) -> None:
    assert analyst.get("/instruments/dream").status_code == 404


def test_what_customs_measures_is_drawn_with_a_table(busy: Node) -> None:
    page = client_in(busy.store, busy.context, "analyst").get(f"/instruments/{PROTOCOL}?lang=en")
    assert "Arrivals on time, discrepancies, clearance time" in page.text
    assert re.search(r"Clearance, hours.*?<td", page.text, re.DOTALL)


def test_agriculture_counts_food_and_industry_all_other_goods(busy: Node) -> None:
    now, seen = busy.context.clock.now(), {}
    for field in ("agriculture", "industry", "trade"):
        one = changed(plan(field, signed=date(2023, 5, 4)), field=field)
        months = busy.store.read(partial(measured, instrument=one, now=now))
        assert months[0].month == "2023-05"
        seen[one.indicator] = sum(month.consignments for month in months)
    assert seen[Indicator.AGRICULTURE]
    whole = seen[Indicator.TURNOVER]
    assert max(seen[Indicator.AGRICULTURE], seen[Indicator.INDUSTRY]) <= whole
    assert whole <= seen[Indicator.AGRICULTURE] + seen[Indicator.INDUSTRY]


def test_nothing_is_measured_outside_an_instruments_time(busy: Node) -> None:
    now = busy.context.clock.now()
    over = plan("trade", period=Period(until=date(2024, 3, 31)))
    months = busy.store.read(lambda reader: measured(reader, changed(over, field="trade"), now))
    assert [one.month for one in months] == ["2024-02", "2024-03"]
    assert busy.store.read(lambda reader: measured(reader, over, now)) == ()


def test_what_is_proposed_waits_in_sight_and_is_in_no_list(node: Node) -> None:
    text = "Signed:\n1. Agreement between Kazakhstan and Tajikistan on <b>posts</b>\n"
    read = propose(text)
    (made,) = instruments_of(read, Register(), "talks", plan("given"))
    context = replace(node.context, proposed=(proposed(read[0], made),))
    page = client_in(node.store, context, "analyst").get("/instruments?lang=en").text
    assert "on &lt;b&gt;posts&lt;/b&gt;" in page
    assert "not read whole" in page
    assert "/instruments/talks-1" not in page


def test_an_empty_register_says_how_it_is_filled(node: Node) -> None:
    context = replace(node.context, register=Register())
    page = client_in(node.store, context, "analyst").get("/instruments?lang=en").text
    assert "The register is empty." in page
    assert "<svg class=" not in page.split("<main", 1)[1]


def test_an_agreement_without_its_ground_says_so(node: Node) -> None:
    (agreement,) = node.context.agreements
    context = replace(node.context, agreements=(changed(agreement, usable=()),))
    client = client_in(node.store, context, "auditor")
    for address in ("/agreements", "/agreements/KZ-TJ"):
        assert (
            "What the agreement rests on is not in force" in client.get(f"{address}?lang=en").text
        )


def test_the_line_of_time_holds_every_bar() -> None:
    signed = [plan("a"), plan("b", period=Period(until=date(2031, 12, 31))), plan("c", signed=None)]
    drawn = timeline(signed, date(2026, 11, 24), lambda one: one.key, lambda one: one.key)
    assert [one.key for one in drawn.spans] == ["a", "b"]
    assert [one.open for one in drawn.spans] == [True, False]
    assert all(one.x >= 0 and one.x + one.width <= drawn.width for one in drawn.spans)
    assert drawn.spans[0].x < drawn.today < drawn.width
    places = [year.x for year in drawn.years]
    assert min(b - a for a, b in pairwise(places)) > 60
