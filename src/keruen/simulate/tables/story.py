"""All that is true of one slice, before anybody writes it down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keruen.simulate.tables.amounts import Amounts, amounts
from keruen.simulate.tables.clearings import Clearings, Links, clearings, links
from keruen.simulate.tables.departures import Consignments, Lines, departures, goods_lines
from keruen.simulate.tables.lettering import Flags, Ints, Texts, chosen
from keruen.simulate.tables.plan import Plan, Slice
from keruen.simulate.tables.population import World

ORIGINS = ("CN", "RU", "TR", "UZ")
"""Third countries where re-exported goods come from."""
INVOICERS = ("AE", "CH", "RU", "UZ")
"""Third countries whose firms sell what others send."""
BEYOND = ("AF", "UZ", "KG")
"""Where goods in transit go on to."""


@dataclass(frozen=True, slots=True)
class Partners:
    """Columns, one place a consignment: third countries in it, None where there are none.

    Attributes:
        origin: of re-exported goods; `seller`: of an invoice.
        counted: whom the importing side names as its partner.
    """

    origin: Texts
    seller: Texts
    counted: Texts


@dataclass(frozen=True, slots=True)
class Codes:
    """Columns of codes: of lines for the exporting side, of rows for the importing one.

    Attributes:
        wrong: the importing side classifies otherwise.
    """

    exported: Texts
    exported_edition: Texts
    imported: Texts
    imported_edition: Texts
    wrong: Flags


@dataclass(frozen=True, slots=True)
class Story:
    """One slice.

    Attributes:
        here: rows that are recorded when the tables are drawn up.
    """

    plan: Plan
    part: Slice
    world: World
    consignments: Consignments
    lines: Lines
    clearings: Clearings
    links: Links
    amounts: Amounts
    partners: Partners
    codes: Codes
    here: Flags

    @property
    def sender(self) -> str:
        """The exporting country."""
        return self.part.sender

    @property
    def receiver(self) -> str:
        """The importing country."""
        return self.plan.agreement.other(self.part.sender)

    @property
    def first(self) -> Ints:
        """Place of the first link of each row."""
        return np.flatnonzero(np.diff(self.links.row, prepend=-1))

    @property
    def mode(self) -> Texts:
        """Of each consignment, Rec 19."""
        return chosen(("3", "2"), self.consignments.rail.astype(np.int64))

    @property
    def office(self) -> Texts:
        """Entry post of each consignment."""
        return chosen([route.post for route in self.plan.agreement.routes], self.consignments.route)


def story(plan: Plan, world: World, part: Slice) -> Story:
    """Tell a slice."""
    rng = np.random.default_rng([plan.seed, 1 + part.number])
    those = departures(rng, plan, world, part)
    lines = goods_lines(rng, world.assortments[part.sender], those)
    hours = np.array([float(route.hours) for route in plan.agreement.routes])
    cleared, parts = clearings(rng, plan, hours, those)
    tied = links(rng, plan.profile, those, lines, parts)
    partners = _partners(rng, plan, part.sender, those)
    sold = (partners.seller != None)[lines.of[tied.line]]  # noqa: E711 - of each place
    first = np.flatnonzero(np.diff(tied.row, prepend=-1))
    return Story(
        plan=plan,
        part=part,
        world=world,
        consignments=those,
        lines=lines,
        clearings=cleared,
        links=tied,
        amounts=amounts(rng, plan.profile, tied, sold),
        partners=partners,
        codes=_codes(rng, plan, world, part, lines, tied.line[first]),
        here=(cleared.day[tied.clearing] < plan.days)[first] & ~tied.never[first],
    )


def _partners(rng: np.random.Generator, plan: Plan, sender: str, those: Consignments) -> Partners:
    rates, count = plan.profile, len(those)
    simple = those.orphan | those.merged | np.roll(those.merged, 1)
    origin = _third(rng, rates["re-exported"], ORIGINS, simple)
    seller = _third(rng, rates["invoiced-elsewhere"], INVOICERS, simple)
    counted = np.full(count, sender, object)
    by_invoice = (seller != None) & (rng.random(count) < rates["by-invoice"])  # noqa: E711
    by_origin = (origin != None) & (rng.random(count) < rates["by-origin"])  # noqa: E711
    counted[by_invoice] = seller[by_invoice]
    counted[by_origin] = origin[by_origin]
    return Partners(origin=origin, seller=seller, counted=counted)


def _third(rng: np.random.Generator, rate: float, countries: tuple[str, ...], none: Flags) -> Texts:
    found = chosen(countries, rng.integers(0, len(countries), len(none)))
    found[none | (rng.random(len(none)) >= rate)] = None
    return found


def _codes(
    rng: np.random.Generator, plan: Plan, world: World, part: Slice, lines: Lines, first: Ints
) -> Codes:
    goods, rates = world.assortments[part.sender], plan.profile
    old = rng.random(len(lines.goods)) < rates["hs-edition"]
    old_there = rng.random(len(first)) < rates["hs-edition"]
    kind = lines.goods[first]
    chance = rng.random(len(first))
    imported = np.where(old_there, goods.old[kind], goods.code[kind])
    limit = 0.0
    for name, other in (
        ("hs-chapter", goods.chapter),
        ("hs-heading", goods.heading),
        ("hs-subheading", goods.subheading),
    ):
        wrong = (chance >= limit) & (chance < limit + rates[name])
        imported[wrong] = other[kind[wrong]]
        limit += rates[name]
    right = (imported == goods.old[kind]) | (imported == goods.code[kind])
    return Codes(
        exported=np.where(old, goods.old[lines.goods], goods.code[lines.goods]),
        exported_edition=_edition(old),
        imported=imported,
        imported_edition=_edition(old_there),
        wrong=~right,
    )


def _edition(old: Flags) -> Texts:
    return chosen(("2022", "2017"), old.astype(np.int64))
