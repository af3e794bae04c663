"""The page of code lists: what the program has, and what was imported when."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.console.people import client_in

from keruen.console.texts import LANGUAGES
from keruen.customs.codelists import BUILT_IN, CodeList, Published

if TYPE_CHECKING:
    from tests.console.conftest import Node

TNVED = CodeList(
    id="tnved-eaeu",
    title="TN VED <b>",
    edition="2022",
    versions=tuple(
        Published(
            number=number,
            since=since,
            imported=datetime(2026, 11, 20, tzinfo=UTC),
            codes=13_768,
            file="tnved.csv",
            sha256="ab" * 32,
        )
        for number, since in ((1, None), (2, date(2027, 1, 1)))
    ),
)


def page(busy: Node, language: str = "en") -> str:
    lists = BUILT_IN.with_sources({TNVED.id: lambda: TNVED})
    with client_in(busy.store, replace(busy.context, lists=lists)) as client:
        answer: Any = client.get("/codelists", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def test_the_programs_lists_stand_with_their_number_of_codes(busy: Node) -> None:
    assert "Countries country ISO 3166-1 249 –" in page(busy)
    assert "Harmonized System, six digits 2022 hs-2022" in page(busy)


def test_what_was_imported_stands_with_its_versions(busy: Node) -> None:
    shown = page(busy)
    assert "TN VED &lt;b&gt; 2022 tnved-eaeu" in shown
    assert "in force ever since tnved.csv · SHA-256 abababababababab…" in shown
    assert re.search("in force from [^·]*2027", shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_every_language(busy: Node, language: str) -> None:
    titles = {"kk": "Елдер", "ru": "Страны", "tg": "Кишварҳо", "en": "Countries"}
    assert f"{titles[language]} country ISO 3166-1 249" in page(busy, language)
