"""All checks of a declaration, as a table.

Each takes the declaration and the day, and gives what is not as it should be. An error is what the other
side could not act on: nothing names the declaration or its items, a country of the route or a figure is
impossible, a value cannot be stored at all. Everything else is a warning and travels along: the officer at
the border decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from keruen.customs import coded, dated, listed, measured
from keruen.customs.elements import Element, elements
from keruen.customs.findings import Finding
from keruen.customs.model import Declaration
from keruen.customs.soundness import unsound_value

ELEMENT_CHECKS: Mapping[str, Callable[[Element, date], Iterator[Finding]]] = {
    **dict.fromkeys(coded.COUNTRY_ELEMENTS, coded.country),
    **dict.fromkeys(measured.COUNT_ELEMENTS, measured.count),
    **dict.fromkeys(measured.MASS_ELEMENTS, measured.mass),
    **dict.fromkeys(dated.PAST_ELEMENTS, dated.past),
    **dict.fromkeys(listed.IDENTITIES, listed.identity),
    "currency": coded.currency,
    "issued": dated.issued,
}
"""Name of an element, wherever it stands → the check of its value."""

CHECKS: tuple[Callable[[Declaration, date], Iterator[Finding]], ...] = (
    listed.reference,
    listed.items,
    measured.item_count,
    coded.commodities,
    coded.modes,
    measured.nets,
    measured.total_mass,
    measured.package_count,
    listed.transport,
    listed.wagons,
    listed.containers,
    listed.seals,
    dated.etas,
    dated.itinerary,
)
"""Checks of how the elements of a declaration fit each other."""

FINDING_CODES: Mapping[str, str] = {
    "container-check-digit": "The check digit of a container number is wrong",
    "container-repeated": "A container is listed twice",
    "count-negative": "A number of things is below zero",
    "country-unknown": "A country code is not in ISO 3166-1",
    "country-user-assigned": "A country code is one that ISO 3166-1 leaves to its users",
    "currency-unknown": "A currency code is not in ISO 4217",
    "date-in-future": "A date lies too far in the future",
    "date-unusable": "A date lies outside the years 1900 to 2199",
    "eta-missing": "The basis of an expected time of arrival is stated without the time",
    "hs-malformed": "A commodity code has fewer than six digits or other characters",
    "hs-unknown": "A commodity code is not in the Harmonized System 2022",
    "item-count-differs": "The declared number of items is not that of the items",
    "item-ordinal-invalid": "An item is numbered below 1",
    "item-ordinal-repeated": "Two items have the same number",
    "items-missing": "The declaration has no items",
    "itinerary-unordered": "The stops of the itinerary are not in order",
    "mark-unprintable": "A mark has characters that nobody sees",
    "mass-not-positive": "A mass is zero or below",
    "mode-unknown": "A mode of transport is not in UN/ECE Recommendation 19",
    "net-exceeds-gross": "A net mass is more than the gross mass",
    "number-unusable": "A number is not finite or has too many digits",
    "package-count-differs": "The declared number of packages is not that of the items",
    "reference-missing": "Nothing names the declaration",
    "seal-repeated": "A seal is listed twice",
    "text-too-long": "A text is too long",
    "text-unusable": "A text has control characters",
    "time-without-offset": "A time has no offset from UTC",
    "total-mass-differs": "The declared gross mass is not that of the items",
    "transport-missing": "No means of transport is named",
    "wagon-check-digit": "The check digit of a wagon number is wrong",
}
"""Every code that a check gives → what is wrong."""


def check(declaration: Declaration, *, today: date) -> tuple[Finding, ...]:
    """All that is not as it should be; empty for a good declaration.

    Args:
        today: the day (UTC) against which dates are checked.
    """
    return tuple(_findings(declaration, today))


def _findings(declaration: Declaration, today: date) -> Iterator[Finding]:
    for element in elements(declaration):
        yield from unsound_value(element)
        of_name = ELEMENT_CHECKS.get(element.name)
        if of_name is not None:
            yield from of_name(element, today)
    for one in CHECKS:
        yield from one(declaration, today)
