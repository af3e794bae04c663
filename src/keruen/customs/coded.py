"""Checks of coded values by the day of the declaration: countries, currencies, units, packages, commodities."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from keruen.customs.codelists import (
    BUILT_IN,
    COUNTRY,
    CURRENCY,
    MODE,
    OFFICE,
    PACKAGE,
    UNIT,
    CodeLists,
    hs,
)
from keruen.customs.findings import Finding, Severity, error, warning
from keruen.customs.model import Declaration, DeclarationKind
from keruen.customs.walking import Ground, Kept, Rule

COUNTRY_ELEMENTS = frozenset(
    {
        "country", "country_of_destination", "country_of_dispatch", "country_of_first_destination",
        "country_of_origin", "customs_id_country", "departure_nationality", "destination",
        "goods_location_country", "nationality", "origin", "recipient_country",
        "responsible_country", "trading_country", "transport_nationality",
    }
)  # fmt: skip
"""Names of elements that hold a country."""
ROUTING_ELEMENTS = frozenset({"country_of_dispatch", "country_of_destination"})
"""Countries by which a declaration finds its way: a wrong one cannot travel along."""
_USER_ASSIGNED = re.compile("AA|Q[M-Z]|X[A-Z]|ZZ")
"""Codes that ISO 3166-1, clause 8.1.3 leaves to its users, such as XI and XK."""
_EAEU_UNIT = re.compile("[0-9]{3}")
"""A unit of the EAEU's classifier, which is not UN/ECE's: decision 378 of 2010, annex 7."""
_EAEU_OFFICE = re.compile("[0-9]{8}")
_COMMODITY = re.compile("[0-9]{6,}")
HS_EDITION = "2022"
"""Edition that is taken where none is stated."""
NATIONAL = "tnved"
"""Lists whose id begins so are the ten-digit nomenclature of the EAEU."""
NATIONAL_DIGITS = 10
EAEU = frozenset({"AM", "BY", "KG", "KZ", "RU"})
"""Members of the Eurasian Economic Union."""
Check = Callable[[Any, Ground], bool]


def in_list(list_id: str) -> Check:
    """Whether a list has the code on the day of the declaration."""
    return lambda code, ground: ground.lists.holds(list_id, code, ground.day)


def _always(lists: CodeLists, list_id: str) -> Callable[[Any], bool]:
    return lists[list_id].always.__contains__


def country(lists: CodeLists, severity: Severity) -> Kept:
    """Countries are ISO 3166-1 alpha-2; a user-assigned code is nothing worse than a warning."""
    known = in_list(COUNTRY)
    return Kept(
        _always(lists, COUNTRY),
        (
            Rule(
                "country-user-assigned",
                lambda code, ground: not _USER_ASSIGNED.fullmatch(code) or known(code, ground),
                Severity.WARNING,
            ),
            Rule(
                "country-unknown",
                lambda code, ground: bool(_USER_ASSIGNED.fullmatch(code)) or known(code, ground),
                severity,
            ),
        ),
    )


def currency(lists: CodeLists) -> Kept:
    """Currencies are ISO 4217."""
    rule = Rule(
        "currency-unknown",
        in_list(CURRENCY),
        Severity.WARNING,
        lambda _code, ground: (ground.day,),
    )
    return Kept(_always(lists, CURRENCY), (rule,))


def mode(lists: CodeLists) -> Kept:
    """A mode of transport is one digit of UN/ECE Rec 19."""
    return Kept(
        _always(lists, MODE), (Rule("mode-unknown", in_list(MODE), severity=Severity.WARNING),)
    )


def package(lists: CodeLists) -> Kept:
    """A kind of packages is UN/ECE Rec 21, or digits of a national list, which is not known here."""
    known = in_list(PACKAGE)
    rule = Rule(
        "package-kind-unknown",
        lambda code, ground: code.isdigit() or known(code, ground),
        Severity.WARNING,
    )
    return Kept(_always(lists, PACKAGE), (rule,))


def unit(lists: CodeLists) -> Kept:
    """A unit is UN/ECE Rec 20, or has the form of the EAEU's classifier, which is not known here.

    What follows a number sign qualifies the unit (``KGM#G``).
    """
    known = in_list(UNIT)
    rule = Rule(
        "unit-unknown",
        lambda code, ground: (
            bool(_EAEU_UNIT.fullmatch(code)) or known(code.partition("#")[0], ground)
        ),
        Severity.WARNING,
    )
    return Kept(_always(lists, UNIT), (rule,))


def office(lists: CodeLists) -> Kept | None:
    """Offices are those of an imported list, for the countries whose offices it names.

    The program's own list has only some of them; so it refutes nothing.
    """
    if lists[OFFICE] is BUILT_IN[OFFICE]:
        return None
    countries = {code[:3] for code in lists[OFFICE].entries}
    known = in_list(OFFICE)
    rule = Rule(
        "office-unknown",
        lambda code, ground: (
            not (_EAEU_OFFICE.fullmatch(code) and code[:3] in countries) or known(code, ground)
        ),
        Severity.WARNING,
        lambda _code, ground: (ground.day,),
    )
    return Kept(_always(lists, OFFICE), (rule,))


def declared_in(declaration: Declaration) -> str | None:
    """The country whose administration took the declaration, as far as it says."""
    if declaration.office is not None and declaration.office.country:
        return declaration.office.country
    if declaration.kind is DeclarationKind.IMPORT:
        return declaration.country_of_destination
    return declaration.country_of_dispatch


def commodities(declaration: Declaration, ground: Ground) -> Iterator[Finding]:
    """A commodity code begins with six digits that its edition of the Harmonized System knows."""
    known = ground.lists[hs(HS_EDITION)].always
    national = national_lists(ground.lists) if declared_in(declaration) in EAEU else ()
    for index, item in enumerate(declaration.items):
        code = item.hs
        if code is None:
            continue
        stated = item.hs_edition
        if not (
            (stated is None or stated == HS_EDITION)
            and code[:6] in known
            and code.isdecimal()
            and code.isascii()
        ):
            yield from _subheading(f"items[{index}].hs", code, stated or HS_EDITION, ground)
        if national:
            yield from _in_nomenclature(f"items[{index}].hs", code, national, ground)


def _subheading(path: str, code: str, edition: str, ground: Ground) -> Iterator[Finding]:
    digits = code.replace(" ", "").replace(".", "")
    if not _COMMODITY.fullmatch(digits):
        yield error("hs-malformed", path, code)
        return
    list_id = hs(edition)
    if ground.lists.known(list_id) and not ground.lists.holds(list_id, digits[:6], ground.day):
        yield warning("hs-unknown", path, code, edition, digits[:6])


@lru_cache(maxsize=4)
def national_lists(lists: CodeLists) -> tuple[str, ...]:
    """The lists of the EAEU's nomenclature that were imported."""
    return tuple(one for one in lists.ids if one.startswith(NATIONAL))


def _in_nomenclature(
    path: str, code: str, national: tuple[str, ...], ground: Ground
) -> Iterator[Finding]:
    """What an EAEU country declares with ten digits is in its nomenclature, where that is known."""
    digits = code.replace(" ", "").replace(".", "")
    if len(digits) == NATIONAL_DIGITS and not any(
        ground.lists.holds(one, digits, ground.day) for one in national
    ):
        yield warning("hs-national-unknown", path, code, ", ".join(national), ground.day)
