"""All checks of a declaration, as tables.

    declaration ─► rules of single values (compiled) ─► checks of how values fit each other ─► findings

A check gives what is not as it should be. An error is what the other side could not act on: nothing names the
declaration or its items, a country of the route or a figure is impossible, a value cannot be stored at all.
Everything else is a warning and travels along: the officer at the border decides. Codes are looked up on the
day of the declaration. Both sides run all of it: the sender when its system hands a declaration in, the
receiver when it is told of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from keruen.customs import coded, dated, listed, measured, numbered, plausible
from keruen.customs.codelists import BUILT_IN, CodeLists
from keruen.customs.findings import Finding, Severity
from keruen.customs.model import Declaration
from keruen.customs.soundness import sound
from keruen.customs.walking import Ground, Kept, RulesOf, Walk, walker

CHECKS: tuple[Callable[[Declaration, Ground], Iterator[Finding]], ...] = (
    listed.reference,
    listed.items,
    listed.transport,
    listed.means,
    listed.wagons,
    listed.containers,
    listed.item_containers,
    listed.seals,
    listed.documents,
    numbered.number,
    numbered.document_id,
    numbered.tax_numbers,
    numbered.plates,
    coded.commodities,
    dated.order,
    dated.documents,
    dated.etas,
    dated.itinerary,
    dated.passage,
)
"""Checks of how the elements of a declaration fit each other."""

SUMS: tuple[Callable[[Declaration, Ground], Iterator[Finding]], ...] = (
    measured.item_count,
    measured.nets,
    measured.total_mass,
    measured.package_count,
    measured.invoice,
    measured.customs_value,
    plausible.goods,
)
"""Checks that reckon: they are left out where a number cannot be reckoned with."""


def element_rules(lists: CodeLists) -> Mapping[str, Kept]:
    """Name of an element, with the struct or element that it must stand in where that matters → its rules."""
    office = coded.office(lists)
    country = {
        name: coded.country(
            lists, Severity.ERROR if name in coded.ROUTING_ELEMENTS else Severity.WARNING
        )
        for name in coded.COUNTRY_ELEMENTS
    }
    return {
        **country,
        **dict.fromkeys(measured.COUNT_ELEMENTS, measured.COUNT),
        **dict.fromkeys(measured.MASS_ELEMENTS, measured.MASS),
        **{f"GoodsItem.{name}": measured.ITEM_MASS for name in measured.MASS_ELEMENTS},
        **{f"{name}.value": measured.AMOUNT for name in measured.AMOUNTS},
        **dict.fromkeys(dated.PAST_ELEMENTS, dated.PAST),
        "issued": dated.ISSUED,
        "currency": coded.currency(lists),
        "TransportMeans.mode": coded.mode(lists),
        "Packaging.kind": coded.package(lists),
        "Quantity.unit": coded.unit(lists),
        **({"CustomsOffice.code": office} if office else {}),
    }


def check(
    declaration: Declaration, *, today: date, lists: CodeLists = BUILT_IN
) -> tuple[Finding, ...]:
    """All that is not as it should be; empty for a good declaration.

    Args:
        today: the day (UTC) against which dates are checked.
        lists: the code lists that codes must be in.
    """
    ground = Ground.of(today, lists, _made(declaration))
    broken = _walk(lists)(declaration, ground)
    found = [one.finding(ground) for one in broken]
    for one in CHECKS:
        found += one(declaration, ground)
    if not broken or all(one.rule.code != "number-unusable" for one in broken):
        for one in SUMS:
            found += one(declaration, ground)
    return tuple(found)


def _made(declaration: Declaration) -> date | None:
    if declaration.registered is not None:
        return declaration.registered
    return declaration.created.date() if declaration.created else None


@lru_cache(maxsize=4)
def _walk(lists: CodeLists) -> Walk:
    return walker(Declaration, rules_of(lists))


def rules_of(lists: CodeLists) -> RulesOf:
    """The rules of every element: its own beside those that every value of its type has."""
    table = element_rules(lists)

    def of(kind: str, name: str, outer: str, plain: type) -> Kept | None:
        always = sound(name, plain)
        if always is None:
            return None
        own = table.get(f"{outer}.{name}") or table.get(f"{kind}.{name}") or table.get(name)
        marks = (listed.SEEN,) if name in listed.IDENTITIES and plain is str else ()
        if own is None:
            return Kept(always.sure, (*always.rules, *marks))
        return Kept(own.sure, (*always.rules, *marks, *own.rules))

    return of
