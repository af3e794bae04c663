"""Codes of the code lists by name: in the reader's language where it is known, else in the next one."""

from __future__ import annotations

import pytest

from keruen.console.naming import Names
from keruen.console.texts import LANGUAGES, texts_in
from keruen.customs.codelists import BUILT_IN, CodeList, CodeLists, Entry

NOMENCLATURE = {
    "0101": {"ru": "ЛОШАДИ, ОСЛЫ, МУЛЫ И ЛОШАКИ ЖИВЫЕ"},
    "0101210000": {"ru": "- - чистопородные племенные животные:"},
}


def lists(edition: str = "2022") -> CodeLists:
    entries = [Entry(code=code, names=names) for code, names in NOMENCLATURE.items()]
    table = CodeList.of("tnved-eaeu", entries, edition=edition)
    offices = CodeList.of("office", [Entry(code="7", names={"tg": "Гузаргоҳ", "ru": "Пост"})])
    return BUILT_IN.with_sources({"tnved-eaeu": lambda: table, "office": lambda: offices})


def names(language: str, known: CodeLists = BUILT_IN) -> Names:
    return Names(known, texts_in(language))


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [
        ("tg", "TJ", "Тоҷикистон"),
        ("kk", "TJ", "Тәжікстан"),
        ("ru", "TJ", "Таджикистан"),
        ("en", "TJ", "Tajikistan"),
        ("en", "ZG", None),
        ("en", None, None),
    ],
)
def test_countries_are_named_in_every_language(
    language: str, code: str | None, name: str | None
) -> None:
    assert names(language).name("country", code) == name


@pytest.mark.parametrize(
    ("list_id", "code", "name"),
    [
        ("mode", "2", "Роҳи оҳан"),
        ("unit", "KGM", "килограмм"),
        ("unit", "796", "дона"),  # of the EAEU's classifier
        ("package", "PX", "таблича"),
        ("currency", "TJS", "Сомонии Тоҷикистон"),
        ("border-post", "UZTJ-R1", "Ойбек – Фотехобод"),  # known in Russian and English
        ("locode", "TJDYU", "Dushanbe"),  # known in English only
        ("package", "1A", None),
    ],
)
def test_a_tajik_reader(list_id: str, code: str, name: str | None) -> None:
    assert names("tg").name(list_id, code) == name


def test_what_was_imported_in_the_readers_language_comes_first() -> None:
    assert names("tg", lists()).office("7") == "Гузаргоҳ"
    assert names("kk", lists()).office("7") == "Пост"
    assert names("kk", lists()).office("8") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_goods_are_named_by_their_chapter_at_least(language: str) -> None:
    assert names(language).commodity("0101 21") == {
        "kk": "Тірі жануарлар",
        "ru": "Живые животные",
        "tg": "Ҳайвоноти зинда",
        "en": "Live animals",
    }[language]  # fmt: skip


def test_goods_are_named_by_heading_and_code_of_an_imported_nomenclature() -> None:
    full = "Лошади, ослы, мулы и лошаки живые: чистопородные племенные животные"
    assert names("ru", lists()).commodity("0101210000") == full
    assert names("tg", lists()).commodity("0101210000") == full
    assert names("en", lists()).commodity("0101210000") == "Live animals"
    assert names("ru", lists()).commodity("010129") == full.partition(":")[0]


def test_a_nomenclature_of_another_edition_names_nothing() -> None:
    assert names("ru", lists("2017")).commodity("0101210000", "2022") == "Живые животные"


@pytest.mark.parametrize("code", [None, "", "7", "77", "unreadable"])
def test_what_is_no_commodity_code_has_no_name(code: str | None) -> None:
    assert names("en", lists()).commodity(code) is None
