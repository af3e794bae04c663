"""Scores of what each side supplied, in every language."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from tests.console.people import client_in

from keruen.console.texts import LANGUAGES
from keruen.store import Direction, Transaction
from keruen.store.supplied import Place

if TYPE_CHECKING:
    from tests.console.conftest import Node

COUNTS = {"declarations": 4, "clean": 2, "announced": 4, "in_time": 3}


def page(node: Node, language: str = "en") -> str:
    with client_in(node.store, node.context) as client:
        answer: Any = client.get("/quality", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return str(answer.text)


def scored(node: Node) -> None:
    (agreement,) = node.context.agreements
    for month, office in (
        ("2031-02", "<b>1</b>"),
        ("2031-01", "one"),
        ("2031-01", "two"),
        ("2031-02", "2"),
    ):
        place = Place(
            corridor=agreement.corridor, direction=Direction.IN, office=office, month=month
        )
        node.store.write_now(partial(Transaction.count_supplied, place=place, more=COUNTS))


@pytest.mark.parametrize("language", LANGUAGES)
def test_scores_stand_by_month_and_office_the_newest_first(busy: Node, language: str) -> None:
    scored(busy)
    shown = page(busy, language)
    assert shown.index("2031-02") < shown.index("2031-01")
    assert "&lt;b&gt;1&lt;/b&gt;" in shown
    assert "75 %" in shown
    assert ">one<" not in shown


def test_every_page_leads_to_the_scores(busy: Node) -> None:
    assert 'href="/quality"' in page(busy)
