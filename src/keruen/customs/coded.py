"""Checks of coded values: countries, currencies, commodity codes, transport modes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from keruen.customs.countries import COUNTRIES
from keruen.customs.currencies import CURRENCIES
from keruen.customs.elements import Element
from keruen.customs.findings import Finding, error, warning
from keruen.customs.hs2022 import HS2022
from keruen.customs.model import Declaration

COUNTRY_ELEMENTS = frozenset(
    {
        "country", "country_of_destination", "country_of_dispatch", "country_of_first_destination",
        "departure_nationality", "destination", "goods_location_country", "nationality", "origin",
        "recipient_country", "responsible_country", "trading_country", "transport_nationality",
    }
)  # fmt: skip
"""Names of elements that hold a country."""
ROUTING_ELEMENTS = frozenset({"country_of_dispatch", "country_of_destination"})
"""Countries by which a declaration finds its way: a wrong one cannot travel along."""
_USER_ASSIGNED = re.compile("AA|Q[M-Z]|X[A-Z]|ZZ")
"""Codes that ISO 3166-1, clause 8.1.3 leaves to its users, such as XI and XK."""
_COMMODITY = re.compile("[0-9]{6,}")
HS_EDITION = "2022"
"""Edition whose codes are known here, and that is taken where none is stated."""
MODES = frozenset("123456789")
"""Modes of transport, UN/ECE Rec 19, and 9 for what moves by itself."""


def country(element: Element, _today: date) -> Iterator[Finding]:
    """Countries are ISO 3166-1 alpha-2; a user-assigned code is nothing worse than a warning."""
    path, name, value = element
    if value in COUNTRIES:
        return
    if _USER_ASSIGNED.fullmatch(value):
        text = "ISO 3166 leaves this code to its users: the other side may not know it."
        yield warning("country-user-assigned", path, text, value)
    else:
        grave = error if name in ROUTING_ELEMENTS else warning
        text = "A country is stated by its two capital letters of ISO 3166-1, such as KZ."
        yield grave("country-unknown", path, text, value)


def currency(element: Element, _today: date) -> Iterator[Finding]:
    """Currencies are ISO 4217."""
    if element.value not in CURRENCIES:
        text = "A currency is stated by its three capital letters of ISO 4217, such as USD."
        yield warning("currency-unknown", element.path, text, element.value)


def commodities(declaration: Declaration, _today: date) -> Iterator[Finding]:
    """A commodity code begins with six digits that the Harmonized System knows."""
    for index, item in enumerate(declaration.items):
        if item.hs is None:
            continue
        path = f"items[{index}].hs"
        if item.hs6 is None or not _COMMODITY.fullmatch(item.hs.replace(" ", "").replace(".", "")):
            text = "A commodity code is at least the six digits of the Harmonized System."
            yield error("hs-malformed", path, text, item.hs)
        elif item.hs_edition in {None, HS_EDITION} and item.hs6 not in HS2022:
            text = (
                f"The Harmonized System {HS_EDITION} has no subheading {item.hs6}; see its edition."
            )
            yield warning("hs-unknown", path, text, item.hs)


def modes(declaration: Declaration, _today: date) -> Iterator[Finding]:
    """A mode of transport is one digit of UN/ECE Rec 19."""
    for index, means in enumerate(declaration.transport_means):
        if means.mode is not None and means.mode not in MODES:
            text = (
                "A mode of transport is one digit of UN/ECE Recommendation 19, such as 3 for road."
            )
            yield warning("mode-unknown", f"transport_means[{index}].mode", text, means.mode)
