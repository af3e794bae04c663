"""Numbers, dates and marks of what is told, in the columns that both sides start from."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from keruen.simulate.tables.lettering import (
    Flags,
    Floats,
    Ints,
    Letters,
    Texts,
    chosen,
    constant,
    digits,
    joined,
    letters,
    texts,
)  # fmt: skip
from keruen.simulate.tables.story import BEYOND, Story
from keruen.simulate.traders import OFFICES

Dates = npt.NDArray[np.datetime64]

BY_SELLER, BY_BUYER = ("CPT", "DAP", "CIP"), ("FCA", "EXW")
"""Terms of delivery: who pays the freight."""
STEP, NUMBERS = 387_420_489, 10**9
"""Numbers are dealt out by steps, so that neighbours tell nothing of each other."""
PER_SLICE = 1 << 18
"""Rows of a slice, at most."""


def export_ids(told: Story) -> Texts:
    """Of each line."""
    return _ids("E", told.part.number, len(told.lines.of))


def import_ids(told: Story) -> Texts:
    """Of each row."""
    return _ids("I", told.part.number, len(told.here))


def _ids(head: str, part: int, count: int) -> Texts:
    numbers = (part * PER_SLICE + np.arange(count) + ord(head)) * STEP % NUMBERS
    return texts(joined(constant(head, count), digits(numbers, 9)))


def references(told: Story) -> Letters:
    """Numbers of export declarations: office, date, number in the register."""
    those = told.consignments
    codes = [row[0].removeprefix("398") for row in OFFICES[told.sender]]
    day = dates(told, those.day)
    month = day.astype("datetime64[M]").astype(np.int64)
    slash = constant("/", len(those))
    return joined(
        letters(codes)[those.office], slash,
        digits((day.astype("datetime64[D]") - day.astype("datetime64[M]")).astype(np.int64) + 1, 2),
        digits(month % 12 + 1, 2), digits((month // 12 + 1970) % 100, 2), slash,
        digits(those.serial, 7 if those.serial.max(initial=0) < 10**7 else 8),
    )  # fmt: skip


def documents(told: Story, number: Ints, rail: Flags) -> Letters:
    """A CMR note has its country before seven digits, an SMGS waybill has eight digits."""
    count = len(number)
    road = joined(constant(f"{told.sender} ", count), digits(number, 7))
    by_rail = np.zeros_like(road)
    by_rail[:, :8] = digits(number + 10_000_000, 8)
    return np.where(rail[:, None], by_rail, road)


def vehicles(told: Story, truck: Ints, rail: Flags) -> Letters:
    """Plates of trucks, numbers of the first wagons."""
    world = told.world
    return np.where(
        rail[:, None], world.wagons[told.sender][truck], world.trucks[told.sender][truck]
    )


def dates(told: Story, day: Floats) -> Dates:
    """Days from the start as dates."""
    return np.datetime64(told.plan.start) + np.floor(day).astype(np.int64)


def terms_of(told: Story) -> tuple[Texts, Flags]:
    """Terms of delivery of each consignment, and whether its seller pays the freight.

    They follow from the number of the note: both sides read them in the same contract.
    """
    number = told.consignments.document
    by_seller = number % 2 == 0
    theirs, ours = chosen(BY_SELLER, number // 2 % 3), chosen(BY_BUYER, number // 2 % 2)
    return np.where(by_seller, theirs, ours), by_seller


def origin(told: Story) -> Texts:
    """Country of origin of each consignment."""
    third = told.partners.origin
    return np.where(given(third), third, told.sender)


def destination(told: Story) -> Texts:
    """Country of destination of each consignment as the importing side knows it."""
    those = told.consignments
    return np.where(those.transit, chosen(BEYOND, those.document % len(BEYOND)), told.receiver)


def given(column: Texts) -> Flags:
    """Which places are not None."""
    return np.asarray(column != None, dtype=np.bool_)  # noqa: E711 - of each place


def whole(packages: Ints) -> np.ma.MaskedArray[Any, Any]:
    """Packages; bulk has none."""
    return np.ma.masked_array(packages, packages == 0)


def unless(stated: Flags, cents: Ints) -> Floats:
    """USD where they are stated; elsewhere not a number, which the tables take for null."""
    return np.where(stated, cents / 100, np.nan)
