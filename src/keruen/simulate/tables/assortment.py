"""Which goods go which way how often, so that their value follows the published trade."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from keruen.simulate.consignment import MODES
from keruen.simulate.furthergoods import FURTHER
from keruen.simulate.goods import GOODS, RAIL, ROAD, TRUCK_KG, WAGON_KG, Goods
from keruen.simulate.tables.lettering import Floats, Texts
from keruen.simulate.tradefacts import QUARTERS, VALUE_SHARES

TRADED = (*GOODS, *FURTHER)
WAGONS = (1, 4)
"""Wagons of one consignment, as `range` has it: then consignments and value of a year both are as published."""


PART_LOAD = 0.25
"""Share of trucks that carry a part of a load only."""
PART = (0.05, 0.7)
"""What part."""


@dataclass(frozen=True, slots=True)
class Assortment:
    """The goods of one sender in columns.

    Attributes:
        share: in the number of consignments; `rail`: of these, that by rail.
        price: USD a kilogram; `net`, `tare`: grams of a package, 0 for bulk.
        code, old: six digits of HS 2022 and of HS 2017.
        subheading, heading, chapter: six digits in HS 2022 where the code goes when it goes wrong.
    """

    goods: tuple[Goods, ...]
    share: Floats
    rail: Floats
    price: Floats
    net: Floats
    tare: Floats
    code: Texts
    old: Texts
    subheading: Texts
    heading: Texts
    chapter: Texts


def assortment(sender: str) -> Assortment:
    """The goods that a country sends."""
    goods = tuple(one for one in TRADED if one.origin == sender)
    rail = np.array([_by_rail(one) for one in goods])
    return Assortment(
        goods=goods,
        share=_shares(goods, sender, rail),
        rail=rail,
        price=np.array([float(one.price) for one in goods]),
        net=np.array([float(one.net) * 1000 for one in goods]),
        tare=np.array([float(one.tare) * 1000 for one in goods]),
        code=_column([one.hs[:6] for one in goods]),
        old=_column([one.hs_2017 or one.hs[:6] for one in goods]),
        subheading=_column([(one.other_hs or one.hs)[:6] for one in goods]),
        heading=_column([_elsewhere(one, goods, 2) for one in goods]),
        chapter=_column([_elsewhere(one, goods, 0) for one in goods]),
    )


@cache
def sender_share(sender: str) -> float:
    """Share of a sender in the number of consignments, so that the value each sends is as published."""
    count = {one: sum(QUARTERS[one]) / _worth_of_one(one) for one in QUARTERS}
    return count[sender] / sum(count.values())


def _worth_of_one(sender: str) -> float:
    """USD million of a consignment, the mean."""
    goods = tuple(one for one in TRADED if one.origin == sender)
    rail = np.array([_by_rail(one) for one in goods])
    return float((_shares(goods, sender, rail) * _values(goods, rail)).sum())


def _values(goods: tuple[Goods, ...], rail: Floats) -> Floats:
    """USD of a consignment of each kind of goods, the mean."""
    price = np.array([float(one.price) for one in goods])
    train = np.mean(WAGON_KG) * np.mean(range(*WAGONS))
    truck = sum(TRUCK_KG) / 2 * (1 - PART_LOAD * (1 - sum(PART) / 2))
    return np.asarray(price * (rail * train + (1 - rail) * truck))


def _column(texts: list[str]) -> Texts:
    return np.array(texts, dtype=object)


def _by_rail(goods: Goods) -> float:
    road, rail = MODES[ROAD] * goods.road, MODES[RAIL] * goods.rail
    return rail / (road + rail)


def _shares(goods: tuple[Goods, ...], sender: str, rail: Floats) -> Floats:
    """Of the number of consignments: published shares of the value, the rest by the demonstration's mix."""
    value = _values(goods, rail)
    count = np.array([MODES[ROAD] * one.road + MODES[RAIL] * one.rail for one in goods], float)
    worth = count * value
    free = np.ones(len(goods), bool)
    named = VALUE_SHARES[sender]
    share = np.zeros(len(goods))
    for headings, part in named.items():
        here = np.array([one.hs[:4] in headings for one in goods])
        share[here] = part * worth[here] / worth[here].sum()
        free &= ~here
    share[free] = (1 - sum(named.values())) * worth[free] / worth[free].sum()
    count_share: Floats = share / value
    return np.asarray(count_share / count_share.sum())


def _elsewhere(goods: Goods, others: tuple[Goods, ...], same: int) -> str:
    """The code of other goods whose first digits are the same, but not the heading; else its own."""
    found = (
        one.hs[:6]
        for one in others
        if one.hs[:same] == goods.hs[:same]
        and one.hs[:4] != goods.hs[:4]
        and (same or one.hs[:2] != goods.hs[:2])
    )
    return next(found, goods.hs[:6])
