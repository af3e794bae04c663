"""What codes of the code lists are called in the reader's language.

A name that a list has in that language comes first; then that of the Unicode CLDR (countries, currencies) or
of the program's own texts (modes, common units and packages, chapters); then what the list has in a language
that the reader is likely to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from keruen.console.labels import TABLES
from keruen.console.texts import Texts
from keruen.customs.codelists import (
    COUNTRY,
    CURRENCY,
    MODE,
    OFFICE,
    PACKAGE,
    POST,
    UNIT,
    CodeList,
    CodeLists,
    nomenclatures,
)

NEXT_LANGUAGES = {"kk": ("ru", "en"), "tg": ("ru", "en"), "ru": ("en",), "en": ("ru",)}
"""What a reader of a language is shown next, where a name is not known in it."""
OWN_TEXTS = {MODE: "transport", UNIT: "unit-code", PACKAGE: "package"}
"""List → table of the program's own texts."""
COMMODITY_LANGUAGES = {"kk": ("kk", "ru"), "tg": ("tg", "ru"), "ru": ("ru",), "en": ("en",)}
"""In which languages goods are named from a nomenclature; else their chapter is, in the reader's own."""
HEADING, CHAPTER = 4, 2
"""Digits."""


class Names:
    """Names of codes for one reader.

    Args:
        day: on which the codes hold; None: the name that a code ever had.
    """

    def __init__(self, lists: CodeLists, texts: Texts, day: date | None = None) -> None:
        self._lists, self._texts, self._day = lists, texts, day

    @property
    def language(self) -> str:
        """The reader's."""
        return self._texts.language

    def country(self, code: str | None) -> str:
        """The name of a country, else its code."""
        return self._texts.country(code)

    def name(self, list_id: str, code: str | None) -> str | None:
        """The name of a code, or None where nothing is known but the code."""
        if not code:
            return None
        known = self._known(list_id, code)
        language = self._texts.language
        return known.get(language) or self._own(list_id, code) or self._other(known)

    def _known(self, list_id: str, code: str) -> dict[str, str]:
        entry = self._lists.entry(list_id, code, self._day) if self._lists.known(list_id) else None
        return dict(entry.names) if entry else {}

    def _own(self, list_id: str, code: str) -> str | None:
        if list_id == COUNTRY:
            return self._texts.locale.territories.get(code)
        if list_id == CURRENCY:
            return self._texts.locale.currencies.get(code)
        table = OWN_TEXTS.get(list_id, "")
        return self._texts.label(code, table) if code in TABLES.get(table, {}) else None

    def _other(self, known: dict[str, str]) -> str | None:
        for language in NEXT_LANGUAGES[self._texts.language]:
            if language in known:
                return known[language]
        return next(iter(known.values()), None)

    def office(self, code: str | None) -> str | None:
        """The name of a customs office or border post by its national code."""
        return self.name(OFFICE, code) or self.name(POST, code)

    def commodity(self, code: str | None, edition: str | None = None) -> str | None:
        """What goods a commodity code stands for: its heading, and within it what the code itself says.

        Args:
            edition: of the Harmonized System in which it is stated; lists of another edition are not asked.
        """
        digits = "".join(filter(str.isdigit, code or ""))
        lists = [self._lists[one] for one in nomenclatures(self._lists)]
        asked = [one for one in lists if not edition or one.edition in {"", edition}]
        for language in COMMODITY_LANGUAGES[self._texts.language]:
            if found := list(_levels(asked, digits, language)):
                return ": ".join(dict.fromkeys(found))
        chapter = digits[:CHAPTER]
        return self._texts.label(chapter, "chapter") if chapter in TABLES["chapter"] else None


def _levels(lists: Iterable[CodeList], digits: str, language: str) -> Iterator[str]:
    """Names of the heading, and of the longest code within it that has one."""
    of_code: dict[str, str] = {}
    for one in lists:
        for length in range(HEADING, len(digits) + 1):
            entry = one.entry(digits[:length])
            if entry and language in entry.names:
                of_code[digits[:length]] = entry.names[language]
    for code in dict.fromkeys((digits[:HEADING], max(of_code, key=len, default=""))):
        if code in of_code:
            yield _plain(of_code[code])


def _plain(name: str) -> str:
    """A name without the dashes of its level in the nomenclature, and not all in capitals."""
    name = name.lstrip("-–— ").rstrip(":")
    return name.capitalize() if name.isupper() else name
