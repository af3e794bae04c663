"""The lists that the program brings along: codes of published lists, made by scripts/derive_codes."""

from __future__ import annotations

from collections.abc import Iterable

from keruen.customs.codelists.lists import CodeLists
from keruen.customs.codelists.model import CodeList, Entry
from keruen.customs.countries import COUNTRIES
from keruen.customs.currencies import CURRENCIES
from keruen.customs.hs2022 import HS2022

COUNTRY = "country"
"""ISO 3166-1 alpha-2."""
CURRENCY = "currency"
"""ISO 4217, letters."""
MODE = "mode"
"""UN/ECE Recommendation 19, one digit."""
UNIT = "unit"
"""UN/ECE Recommendation 20."""
PACKAGE = "package"
"""UN/ECE Recommendation 21."""
MEANS = "means"
"""UN/ECE Recommendation 28: types of means of transport, four digits."""
DANGEROUS = "dangerous-goods"
"""UN numbers, four digits."""
LOCODE = "locode"
"""UN/LOCODE of the region, five characters."""
POST = "border-post"
"""Border posts of the corridor."""
OFFICE = "office"
"""Customs offices, national codes of eight digits (EAEU)."""


def hs(edition: str) -> str:
    """The id of an edition's list of subheadings."""
    return f"hs-{edition}"


def _plain(id: str, codes: Iterable[str], title: str, edition: str = "") -> CodeList:
    entries = (Entry(code=code) for code in sorted(codes))
    return CodeList.of(id, entries, title=title, edition=edition)


BUILT_IN = CodeLists(
    {
        COUNTRY: lambda: _plain(COUNTRY, COUNTRIES, "Countries"),
        CURRENCY: lambda: _plain(CURRENCY, CURRENCIES, "Currencies"),
        MODE: lambda: _plain(MODE, "123456789", "Modes of transport"),
        hs("2022"): lambda: _plain(hs("2022"), HS2022, "Harmonized System", "2022"),
    }
)
"""All lists of the program."""
