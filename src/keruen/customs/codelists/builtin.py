"""The lists that the program brings along: codes of published lists, made by scripts kept beside them.

Names of countries and currencies come from the Unicode CLDR, those of modes, common units and packages from
the program's own texts: both are the pages' matter. Here are only names that a list has in one language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module

from keruen.customs.codelists.columns import entries_of
from keruen.customs.codelists.lists import CodeLists, Source
from keruen.customs.codelists.model import CodeList, Entry

COUNTRY = "country"
"""ISO 3166-1 alpha-2."""
CURRENCY = "currency"
"""ISO 4217, letters; those withdrawn hold until the month in which they were."""
MODE = "mode"
"""UN/ECE Recommendation 19, one digit."""
UNIT = "unit"
"""UN/ECE Recommendation 20."""
PACKAGE = "package"
"""UN/ECE Recommendation 21."""
MEANS = "means"
"""UN/ECE Recommendation 28: types of means of transport, two to four digits, the first being the mode."""
DANGEROUS = "dangerous-goods"
"""UN numbers, four digits."""
LOCODE = "locode"
"""UN/LOCODE, five characters, of the countries that the list names and no others."""
POST = "border-post"
"""Border posts of the corridor, by codes of the project."""
OFFICE = "office"
"""Customs offices, national codes of eight digits (EAEU), as far as they were seen."""


_UNECE = "UN/ECE"


def hs(edition: str) -> str:
    """The id of an edition's list of subheadings."""
    return f"hs-{edition}"


def _table(name: str) -> list[Entry]:
    return entries_of(import_module(f"keruen.customs.codelists.tables.{name}").ROWS)


def _codes(name: str) -> list[Entry]:
    return _plain(import_module(f"keruen.customs.codelists.tables.{name}").CODES)


def _plain(codes: Iterable[str]) -> list[Entry]:
    return [Entry(code=code) for code in sorted(codes)]


def _countries() -> list[Entry]:
    from keruen.customs.countries import COUNTRIES  # noqa: PLC0415 - a table is made when asked for

    return _plain(COUNTRIES)


def _currencies() -> list[Entry]:
    from keruen.customs.currencies import CURRENCIES  # noqa: PLC0415 - as above

    return [*_plain(CURRENCIES), *_table("ended_currencies")]


def _subheadings() -> list[Entry]:
    from keruen.customs.hs2022 import HS2022  # noqa: PLC0415 - as above

    return _plain(HS2022)


def _source(
    id: str, entries: Callable[[], Iterable[Entry]], title: str, source: str, edition: str = ""
) -> tuple[str, Source]:
    return id, lambda: CodeList.of(id, entries(), title=title, source=source, edition=edition)


BUILT_IN = CodeLists(
    dict(
        (
            _source(COUNTRY, _countries, "Countries", "ISO 3166-1"),
            _source(CURRENCY, _currencies, "Currencies", "ISO 4217"),
            _source(
                hs("2022"),
                _subheadings,
                "Harmonized System, six digits",
                "WCO; UN Comtrade",
                "2022",
            ),
            _source(MODE, lambda: _plain("123456789"), "Modes of transport", f"{_UNECE} Rec 19"),
            _source(UNIT, partial(_codes, "units"), "Units of measure", f"{_UNECE} Rec 20"),
            _source(PACKAGE, partial(_codes, "packages"), "Kinds of packages", f"{_UNECE} Rec 21"),
            _source(
                MEANS, partial(_codes, "means"), "Types of means of transport", f"{_UNECE} Rec 28"
            ),
            _source(DANGEROUS, partial(_table, "dangerous"), "Dangerous goods", "UN numbers; ADR"),
            _source(LOCODE, partial(_table, "locodes"), "Places of the region", "UN/LOCODE"),
            _source(POST, partial(_table, "posts"), "Border posts of the corridor", "Keruen"),
            _source(OFFICE, partial(_table, "offices"), "Customs offices", "Keruen"),
        )
    )
)
"""All lists of the program, each made when it is first asked for."""
