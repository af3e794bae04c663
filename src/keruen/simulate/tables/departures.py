"""What really leaves: consignments of one slice, and the lines of their declarations.

Nothing here is wrong yet. Consignments that the exporting side never records (orphans of the other side) are
made the same way and stand at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from keruen.agreement import Agreement
from keruen.simulate.goods import RAIL, ROAD, TRUCK_KG, WAGON_KG
from keruen.simulate.tables.assortment import PART, PART_LOAD, WAGONS, Assortment
from keruen.simulate.tables.lettering import Flags, Floats, Ints
from keruen.simulate.tables.plan import Plan, Slice
from keruen.simulate.tables.population import Sellers, World
from keruen.simulate.tables.profiles import Profile
from keruen.simulate.tradefacts import QUARTERS
from keruen.simulate.traders import OFFICES

Scalar = TypeVar("Scalar", bound=np.generic)

BUYERS = np.array([0.4, 0.22, 0.15, 0.1, 0.08, 0.05])
"""Share of each of an exporter's partners in what it sells."""
FREIGHT = {True: (18.0, 32.0), False: (45.0, 75.0)}
"""By rail or not → USD a tonne to the border of the importing country."""
SERIES_DAYS = 2.0
MODES_OF = (ROAD, RAIL)


@dataclass(frozen=True, slots=True)
class Consignments:
    """Columns, one place a consignment.

    Attributes:
        day: of release, days from the start with their fraction.
        goods: kind of goods of the first line; `lines`: how many lines.
        office, route: places in `OFFICES` of the sender and in the agreement's route table.
        truck, document, serial: numbers of the truck in the fleet, the note, the declaration.
        merged: it and the next are cleared together.
        orphan: the exporting side has no record; `transit`: because it was never meant for the importer.
    """

    day: Floats
    exporter: Ints
    importer: Ints
    goods: Ints
    rail: Flags
    office: Ints
    route: Ints
    truck: Ints
    document: Ints
    serial: Ints
    lines: Ints
    merged: Flags
    orphan: Flags
    transit: Flags

    def __len__(self) -> int:
        """How many."""
        return len(self.day)


@dataclass(frozen=True, slots=True)
class Lines:
    """Columns, one place a line: grams, packages (0 for bulk), USD cents.

    Attributes:
        of: place of its consignment.
        value: at the exporting country's border; `freight`: from there to the other's.
    """

    of: Ints
    goods: Ints
    mass: Ints
    packages: Ints
    value: Ints
    freight: Ints


def departures(rng: np.random.Generator, plan: Plan, world: World, part: Slice) -> Consignments:
    """The consignments of a slice."""
    goods_of, rates = world.assortments[part.sender], plan.profile
    count = part.last - part.first
    orphans = rng.binomial(count, rates["orphan"] + rates["transit-imported"])
    total = count + orphans
    leader, follower = _series(rng, rates, count, total)
    goods = _same(rng.choice(len(goods_of.share), total, p=goods_of.share), follower)
    rail = _same(rng.random(total) < goods_of.rail[goods], follower)
    exporter = _same(_exporters(rng, world.sellers[part.sender], goods), follower)
    partner = rng.choice(len(BUYERS), total, p=BUYERS)
    office = _same(_offices(rng, part.sender, rail), follower)
    merged = leader & (rng.random(total) < rates["merged"] / rates["series"])
    shared = ~rail & ~np.roll(rail, 1) & (rng.random(total) < rates["groupage"])
    orphan = np.arange(total) >= count
    transit = rng.random(total) < rates["transit-imported"] / (
        rates["orphan"] + rates["transit-imported"]
    )
    number = np.concatenate(
        [np.arange(part.first, part.last), rng.integers(part.first, part.last, orphans)]
    )
    return Consignments(
        day=_days(rng, plan, part.sender, number, follower),
        exporter=exporter,
        importer=_same(world.sellers[part.sender].partners[exporter, partner], follower),
        goods=goods,
        rail=rail,
        office=office,
        route=_routes(plan.agreement, part.sender)[office, rail.astype(int)],
        truck=_trucks(rng, number, len(world.trucks[part.sender]), shared & ~follower),
        document=rng.integers(0, 10**7, total),
        serial=20_000 + 3 * number + rng.integers(0, 3, total),
        lines=_line_counts(rng, rates, merged | np.roll(merged, 1), total),
        merged=merged,
        orphan=orphan,
        transit=orphan & transit,
    )


def _series(
    rng: np.random.Generator, rates: Profile, count: int, total: int
) -> tuple[Flags, Flags]:
    """Which consignments are followed by their like, and which follow."""
    leader = (rng.random(total) < rates["series"]) & (np.arange(total) < count - 1)
    leader[1:] &= ~leader[:-1]
    return leader, np.roll(leader, 1)


def _same(column: npt.NDArray[Scalar], follower: Flags) -> npt.NDArray[Scalar]:
    """The column with each follower like the one before it."""
    result = column.copy()
    result[follower] = column[np.flatnonzero(follower) - 1]
    return result


def _exporters(rng: np.random.Generator, sellers: Sellers, goods: Ints) -> Ints:
    result = np.zeros(len(goods), np.int64)
    for kind, (some, weight) in enumerate(zip(sellers.of_goods, sellers.weight, strict=True)):
        here = np.flatnonzero(goods == kind)
        result[here] = rng.choice(some, len(here), p=weight)
    return result


def _offices(rng: np.random.Generator, sender: str, rail: Flags) -> Ints:
    shares = np.array([row[2:] for row in OFFICES[sender]], float)
    by_road, by_rail = (rng.choice(len(shares), len(rail), p=one / one.sum()) for one in shares.T)
    return np.where(rail, by_rail, by_road)


def _routes(agreement: Agreement, sender: str) -> Ints:
    """Office and mode → place of the first route that fits."""
    posts = {post.code for post in agreement.posts_of(agreement.other(sender))}
    return np.array(
        [
            [
                next(
                    place
                    for place, route in enumerate(agreement.routes)
                    if route.office in (office[0], "*")
                    and route.mode == mode
                    and route.post in posts
                )
                for mode in MODES_OF
            ]
            for office in OFFICES[sender]
        ]
    )


def _days(
    rng: np.random.Generator, plan: Plan, sender: str, number: Ints, follower: Flags
) -> Floats:
    """Days of release: the seasons are those of the published quarters."""
    months = (np.datetime64(plan.start) + np.arange(plan.days)).astype("datetime64[M]")
    weight = np.array(QUARTERS[sender])[months.astype(np.int64) % 12 // 3]
    reached = np.concatenate([[0.0], np.cumsum(weight)]) / weight.sum()
    chance = (number + rng.random(len(number))) / plan.of(sender)
    day: Floats = np.interp(chance, reached, np.arange(plan.days + 1))
    day[follower] = day[np.flatnonzero(follower) - 1] + SERIES_DAYS * rng.random(follower.sum())
    return np.minimum(day, plan.days - 1e-6)


def _trucks(rng: np.random.Generator, number: Ints, fleet: int, shared: Flags) -> Ints:
    """Each sets out again when the whole fleet has, more or less; shared ones carry the one before, too."""
    truck = (number + rng.integers(0, max(1, fleet // 2), len(number))) % fleet
    return np.where(shared, np.roll(truck, 1), truck)


def _line_counts(rng: np.random.Generator, rates: Profile, single: Flags, total: int) -> Ints:
    more = (rng.random(total) < rates["several-lines"]) & ~single
    return np.where(more, rng.integers(2, 4, total), 1)


def goods_lines(rng: np.random.Generator, goods: Assortment, those: Consignments) -> Lines:
    """The lines of the declarations of `those`."""
    of = np.repeat(np.arange(len(those)), those.lines)
    first = np.concatenate([[True], of[1:] != of[:-1]])
    other = rng.choice(len(goods.share), len(of), p=goods.share)
    kind = np.where(first, those.goods[of], other)
    packages, mass = _packed(goods, kind, (_load(rng, those) / those.lines)[of])
    price = goods.price[kind] * rng.uniform(0.88, 1.12, len(of))
    low, high = np.where(those.rail[of], np.array([FREIGHT[True]]).T, np.array([FREIGHT[False]]).T)
    tonnes = mass / 1e6
    return Lines(
        of=of,
        goods=kind,
        mass=mass,
        packages=packages,
        value=np.maximum(100, (mass / 1000 * price * 100).astype(np.int64)),
        freight=(tonnes * rng.uniform(low, high) * 100).astype(np.int64),
    )


def _load(rng: np.random.Generator, those: Consignments) -> Floats:
    """Grams of a truck or a train."""
    count = len(those)
    whole = rng.uniform(*TRUCK_KG, count)
    part = np.where(rng.random(count) < PART_LOAD, rng.uniform(*PART, count), 1.0)
    train = rng.integers(*WAGONS, count) * rng.uniform(*WAGON_KG, count)
    return np.where(those.rail, train, whole * part) * 1000


def _packed(goods: Assortment, kind: Ints, load: Floats) -> tuple[Ints, Ints]:
    """Whole packages, at least one; bulk in whole kilograms."""
    net, tare = goods.net[kind], goods.tare[kind]
    bulk = net == 0
    packages = np.where(bulk, 0, np.maximum(1, load // np.where(bulk, 1, net + tare)))
    mass = np.where(bulk, np.round(load / 1000) * 1000, packages * net)
    return packages.astype(np.int64), mass.astype(np.int64)
