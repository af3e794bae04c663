"""Who trades: firms with numbers and names in their spellings, what each sells and to whom; trucks."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np

from keruen.simulate.marks import (
    PLATE_LETTERS,
    WAGON_KINDS,
    bin_number,
    inn_number,
    with_wagon_digit,
)
from keruen.simulate.tables.assortment import Assortment, assortment
from keruen.simulate.tables.lettering import (
    Floats,
    Ints,
    Letters,
    Texts,
    constant,
    digits,
    joined,
    letters,
)
from keruen.simulate.tables.naming import spellings, word
from keruen.simulate.tables.plan import COUNTRIES, Plan
from keruen.simulate.traders import FIRMS

PARTNERS, RANGE = 6, 3
"""Buyers of one exporter, and kinds of goods that it sells, at most."""
AT_HOME_DAYS = 18
"""Days until a truck sets out again, the mean."""


@dataclass(frozen=True, slots=True)
class Firms:
    """The firms of one country.

    Attributes:
        ids: BIN in Kazakhstan, INN in Tajikistan.
        names: `SPELLINGS` of each firm, a row a firm; the first is its own.
    """

    ids: Texts
    names: Texts

    def __len__(self) -> int:
        """How many."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Sellers:
    """What the exporters of one country do.

    Attributes:
        of_goods: kind of goods → exporters that sell it; `weight`: how much each sells of it.
        partners: buyers of each exporter in the other country, the best one first.
    """

    of_goods: tuple[Ints, ...]
    weight: tuple[Floats, ...]
    partners: Ints


@dataclass(frozen=True, slots=True)
class World:
    """All that is there before the first truck leaves; columns by sending country."""

    assortments: dict[str, Assortment]
    firms: dict[str, Firms]
    sellers: dict[str, Sellers]
    trucks: dict[str, Letters]
    wagons: dict[str, Letters]


def world(plan: Plan) -> World:
    """The world of a seed."""
    rng = np.random.default_rng([plan.seed, 0])
    by_hand = Random(int(rng.integers(2**62)))
    firms = {country: _firms(by_hand, country, _count(plan)) for country in COUNTRIES}
    assortments = {country: assortment(country) for country in COUNTRIES}
    sellers = {
        country: _sellers(rng, assortments[country], len(firms[country])) for country in COUNTRIES
    }
    fleet = {country: _fleet_size(plan, country) for country in COUNTRIES}
    return World(
        assortments=assortments,
        firms=firms,
        sellers=sellers,
        trucks={country: _trucks(rng, fleet[country]) for country in COUNTRIES},
        wagons={country: _wagons(rng, fleet[country]) for country in COUNTRIES},
    )


def _count(plan: Plan) -> int:
    """More trade has more traders, but not as many times more."""
    return int(np.clip(3 * np.sqrt(plan.consignments), 40, 6000))


def _fleet_size(plan: Plan, country: str) -> int:
    return max(60, round(plan.of(country) / plan.days * AT_HOME_DAYS))


def _firms(rng: Random, country: str, count: int) -> Firms:
    form, kinds = FIRMS[country]
    number = bin_number if country == "KZ" else inn_number
    ids: set[str] = set()
    while len(ids) < count:
        ids.add(number(rng))
    names = [spellings(country, form.format(word(rng, kinds))) for _ in range(count)]
    return Firms(np.array(sorted(ids), object), np.array(names, object))


def _sellers(rng: np.random.Generator, goods: Assortment, count: int) -> Sellers:
    """Sizes follow Zipf's law; each firm sells a few kinds of goods."""
    size = 1 / (np.arange(count) + 3.0) ** 0.8
    sold = rng.choice(len(goods.share), (count, RANGE), p=_evened(goods.share))
    sold[: len(goods.share), 0] = np.arange(len(goods.share))[:count]
    sellers = tuple(np.flatnonzero((sold == kind).any(axis=1)) for kind in range(len(goods.share)))
    return Sellers(
        of_goods=sellers,
        weight=tuple(size[some] / size[some].sum() for some in sellers),
        partners=(count * rng.random((count, PARTNERS)) ** 1.5).astype(np.int64),
    )


def _evened(share: Floats) -> Floats:
    root: Floats = np.sqrt(share)
    return np.asarray(root / root.sum())


def _trucks(rng: np.random.Generator, count: int) -> Letters:
    """Plates of both countries: ``123 ABC 02`` and ``1234 AB 01``, half of each."""
    kazakh = joined(
        digits(rng.integers(0, 1000, count), 3), _space(count), _plate_letters(rng, count, 3),
        _space(count), digits(rng.integers(1, 21, count), 2),
    )  # fmt: skip
    tajik = joined(
        digits(rng.integers(0, 10_000, count), 4), _space(count), _plate_letters(rng, count, 2),
        _space(count), digits(rng.integers(1, 9, count), 2),
    )  # fmt: skip
    return np.where((rng.random(count) < 0.5)[:, None], kazakh, tajik)  # noqa: PLR2004 - half


def _space(count: int) -> Letters:
    return constant(" ", count)


def _plate_letters(rng: np.random.Generator, count: int, width: int) -> Letters:
    return letters(list(PLATE_LETTERS)).ravel()[rng.integers(0, len(PLATE_LETTERS), (count, width))]


def _wagons(rng: np.random.Generator, count: int) -> Letters:
    """Numbers of wagons with their check digits, as wide as a plate."""
    kinds = sorted(WAGON_KINDS.values())
    heads = rng.integers(0, len(kinds), count)
    serials = rng.integers(0, 100_000, count)
    numbers = [
        with_wagon_digit(f"{kinds[head]}{serial:05}")
        for head, serial in zip(heads, serials, strict=True)
    ]
    matrix = np.zeros((count, 10), np.uint32)
    matrix[:, :8] = letters(numbers)
    return matrix
