"""Texts in the reader's language: gettext catalogues, and the choice of one for a request.

The catalogues are kept as text (``locale/*/LC_MESSAGES/keruen.po``) and compiled in memory at the start,
so that no binary lies in the repository. `scripts/texts` brings them up to date.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from keruen.console.labels import TABLES
from keruen.console.sentences import SENTENCES
from keruen.customs import Finding

LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "tg": "Тоҷикӣ", "en": "English"}
"""Language codes with the languages' own names."""

FALLBACK = "en"
"""Where a reader's browser asks for none of ours."""

LOCALE = Path(__file__).parent / "locale"


class Texts:
    """Everything that the pages say in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self.translations = _compiled(read_catalogue(language))

    def gettext(self, message: str) -> str:
        """A message of the program in this language."""
        return self.translations.gettext(message)

    def ngettext(self, one: str, many: str, count: float) -> str:
        """A message about a number of things, in the form that the language has for that number."""
        return self.translations.ngettext(one, many, int(count))

    def label(self, code: str | None, table: str) -> str:
        """A code of one table (``state``, ``discrepancy``) in words; an unknown one as it is."""
        message = TABLES[table].get(code or "")
        return self.translations.pgettext(table, message) if message else code or ""

    def right(self, finding: Finding) -> str:
        """What would be right, by a finding's code and values; else the English sentence that it brings."""
        sentence = _sentence(finding)
        if sentence is None:
            return finding.text
        said = [self.translations.pgettext("phrase", value) for value in finding.values]
        return self.translations.pgettext("right", sentence).format(*said)

    def country(self, code: str | None) -> str:
        """The name of a country by its ISO 3166 code, else the code."""
        return str(self.locale.territories.get(code or "", code or ""))


def _sentence(finding: Finding) -> str | None:
    """Which sentence of its code a finding brings: the one that says the same in English."""
    known = SENTENCES.get(finding.code, ())
    return next((one for one in known if _filled(one, finding.values) == finding.text), None)


def _filled(sentence: str, values: tuple[str, ...]) -> str | None:
    try:
        return sentence.format(*values)
    except (IndexError, KeyError, ValueError):
        return None


@cache
def texts_in(language: str) -> Texts:
    """The texts of one of `LANGUAGES`, compiled once."""
    return Texts(language)


def read_catalogue(language: str) -> Catalog:
    """The catalogue as it stands in the repository.

    Its own header states the plural forms: Babel knows none for Tajik.
    """
    with (LOCALE / language / "LC_MESSAGES" / "keruen.po").open("rb") as file:
        return read_po(file, locale=language)


def _compiled(catalogue: Catalog) -> GNUTranslations:
    binary = BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return GNUTranslations(binary)


def choose(asked: str | None, remembered: str | None, accepted: str, own: str | None = None) -> str:
    """The language of a page: asked for now, remembered, the reader's own, the first that the browser accepts.

    Args:
        asked: of the address (``?lang=``).
        remembered: of the cookie.
        own: of the reader's account.
        accepted: the Accept-Language header (RFC 9110, 12.5.4).
    """
    for language in (asked, remembered, own, *_by_quality(accepted)):
        if language in LANGUAGES:
            return language
    return FALLBACK


def _by_quality(accepted: str) -> Iterator[str]:
    weighed = []
    for one in accepted.split(","):
        tag, _, parameter = one.partition(";")
        quality = parameter.strip().removeprefix("q=")
        weight = float(quality) if quality.replace(".", "", 1).isdecimal() else 1.0
        weighed.append((-weight, tag.strip().lower().partition("-")[0]))
    for weight, tag in sorted(weighed, key=lambda pair: pair[0]):
        if weight:
            yield tag
