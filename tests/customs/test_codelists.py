"""Code lists: which codes hold on which day, and what they are called."""

from __future__ import annotations

from datetime import date

import pytest

from keruen.customs.codelists import (
    BUILT_IN,
    COUNTRY,
    CURRENCY,
    DANGEROUS,
    LOCODE,
    MEANS,
    MODE,
    OFFICE,
    PACKAGE,
    POST,
    UNIT,
    CodeList,
    CodeLists,
    Entry,
    hs,
)


def test_a_code_without_dates_holds_on_every_day() -> None:
    assert BUILT_IN.holds(COUNTRY, "TJ")
    assert BUILT_IN.holds(COUNTRY, "TJ", date(1901, 1, 1))
    assert not BUILT_IN.holds(COUNTRY, "ZG")
    assert not BUILT_IN.holds(hs("2022"), "851712")


CHANGED = CodeLists(
    {
        "office": lambda: CodeList.of(
            "office",
            [
                Entry(code="1", names={"en": "Old"}, valid_until=date(2026, 6, 30)),
                Entry(code="1", names={"en": "New", "ru": "Новый"}, valid_from=date(2026, 7, 1)),
                Entry(code="2", valid_from=date(2027, 1, 1)),
            ],
        )
    }
)


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2026, 6, 30), "Old"), (date(2026, 7, 1), "New"), (None, "Old")],
)
def test_validity_dates_decide_what_a_code_is_called(day: date | None, name: str) -> None:
    assert CHANGED.name("office", "1", "en", day) == name


def test_a_code_holds_from_its_first_to_its_last_day() -> None:
    assert not CHANGED.holds("office", "2", date(2026, 12, 31))
    assert CHANGED.holds("office", "2", date(2027, 1, 1))
    assert CHANGED.holds("office", "2")
    assert [one.code for one in CHANGED["office"].on(date(2026, 12, 31))] == ["1"]


def test_a_name_is_known_in_the_languages_of_the_list_only() -> None:
    assert CHANGED.name("office", "1", "ru", date(2026, 7, 1)) == "Новый"
    assert CHANGED.name("office", "1", "tg", date(2026, 7, 1)) is None
    assert CHANGED.name("office", "3", "ru") is None


def test_a_list_is_made_when_it_is_first_asked_for_and_kept() -> None:
    made: list[str] = []

    def source() -> CodeList:
        made.append("once")
        return CodeList.of("unit", [Entry(code="KGM")])

    lists = BUILT_IN.with_sources({"unit": source})
    assert lists.known("unit")
    assert made == []
    assert lists.holds("unit", "KGM")
    assert lists["unit"] is lists["unit"]
    assert made == ["once"]
    assert lists.holds(CURRENCY, "TJS")


def test_a_list_that_is_not_there_is_never_taken_for_an_empty_one() -> None:
    assert not BUILT_IN.known("nomenclature-of-nowhere")
    with pytest.raises(KeyError):
        BUILT_IN.holds("nomenclature-of-nowhere", "1")


@pytest.mark.parametrize(
    ("list_id", "code", "known"),
    [
        (MODE, "9", True),
        (MODE, "0", False),
        (UNIT, "KGM", True),
        (UNIT, "166", False),  # of the EAEU's classifier, not of Recommendation 20
        (PACKAGE, "CT", True),
        (PACKAGE, "QQQ", False),
        (MEANS, "31", True),
        (DANGEROUS, "1202", True),
        (DANGEROUS, "0000", False),
        (LOCODE, "TJDYU", True),
        (LOCODE, "CNTLS", False),  # deleted from the list
        (POST, "KZUZ-R2", True),
        (OFFICE, "39855302", True),
    ],
)
def test_the_program_brings_published_lists_along(list_id: str, code: str, known: bool) -> None:
    assert BUILT_IN.holds(list_id, code) == known


def test_a_currency_holds_until_it_was_withdrawn() -> None:
    assert BUILT_IN.holds(CURRENCY, "BGN", date(2026, 1, 31))
    assert not BUILT_IN.holds(CURRENCY, "BGN", date(2026, 2, 1))
    assert not BUILT_IN.holds(CURRENCY, "DEM", date(2026, 1, 1))
    assert BUILT_IN.holds(CURRENCY, "TJS", date(2026, 1, 1))


def test_places_and_posts_are_known_by_name() -> None:
    assert BUILT_IN.name(LOCODE, "TJDYU", "en") == "Dushanbe"
    assert BUILT_IN.name(POST, "KZUZ-R2", "ru") == "Б. Конысбаева – Яллама"
    assert BUILT_IN[DANGEROUS].entries["1202"][0].facts == {"class": "3", "class_code": "F1"}


def test_every_code_of_the_program_is_named_once() -> None:
    doubled = {
        (list_id, code)
        for list_id in BUILT_IN.ids
        for code, entries in BUILT_IN[list_id].entries.items()
        if len(entries) > 1
    }
    assert doubled == set()
