"""What the importing side records of masses and values, and which part of each difference is due to what.

Amounts are whole USD cents and grams, so that all sums are exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keruen.simulate.tables.clearings import Links
from keruen.simulate.tables.lettering import Flags, Floats, Ints
from keruen.simulate.tables.profiles import Profile

SHORT = (0.05, 0.25)
"""Share of a short weight that is missing."""
UNDER, OVER, MARKUP = (0.1, 0.65), (0.1, 0.6), (0.03, 0.2)
"""Shares of the value that an undervaluation hides, an overvaluation and a middleman add."""
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Amounts:
    """Of the rows of import declarations, and of the links that they come from.

    Attributes:
        mass, packages, value, freight: of each row as recorded.
        reasons: reason → cents that it adds to the value at each link; with the exported value they sum to
            the imported one.
        tonnes: the row's mass is in tonnes.
    """

    mass: Ints
    packages: Ints
    value: Ints
    freight: Ints
    reasons: dict[str, Ints]
    tonnes: Flags


def amounts(rng: np.random.Generator, rates: Profile, tied: Links, elsewhere: Flags) -> Amounts:
    """What the rows of `tied` state.

    Args:
        elsewhere: links whose goods were sold through a third country.
    """
    count = int(tied.row[-1]) + 1 if len(tied.row) else 0
    short = _sometimes(rng, rates["short-weight"], SHORT, count)[tied.row]
    judged = _judged(rng, rates, count)[tied.row]
    thousands = rng.random(count) < rates["in-thousands"]
    tonnes = thousands | (rng.random(count) < rates["in-tonnes"])
    weight = _part(tied.value, -short)
    markup = np.where(elsewhere, _part(tied.value + weight, rng.uniform(*MARKUP, len(short))), 0)
    value = _part(tied.value + weight + markup, judged)
    whole = tied.value + weight + markup + value + tied.freight
    units = np.where(thousands[tied.row], whole // THOUSAND - whole, 0)
    mass = _summed(tied.row, tied.mass - _part(tied.mass, short), count)
    noise = 1 + rates["weight-noise"] * np.clip(rng.standard_normal(count), -3, 3)
    mass = np.maximum(1000, np.round(mass * noise / 1000).astype(np.int64) * 1000)
    return Amounts(
        mass=mass,
        packages=_counted(rng, rates, _summed(tied.row, tied.packages, count)),
        value=_summed(tied.row, whole + units, count),
        freight=_summed(tied.row, tied.freight, count),
        reasons={
            "weight": weight,
            "third-country-invoicing": markup,
            "value": value,
            "freight": tied.freight,
            "units": units,
        },
        tonnes=tonnes,
    )


def _sometimes(
    rng: np.random.Generator, rate: float, size: tuple[float, float], count: int
) -> Floats:
    return np.where(rng.random(count) < rate, rng.uniform(*size, count), 0.0)


def _judged(rng: np.random.Generator, rates: Profile, count: int) -> Floats:
    """By what share the value is stated too high or too low."""
    noise = rates["value-noise"] * np.clip(rng.standard_normal(count), -3, 3)
    under = _sometimes(rng, rates["undervalued"], UNDER, count)
    over = _sometimes(rng, rates["overvalued"], OVER, count)
    return np.where(under > 0, -under, np.where(over > 0, over, noise))


def _part(whole: Ints, share: Floats) -> Ints:
    return np.round(whole * share).astype(np.int64)


def _summed(row: Ints, amount: Ints, count: int) -> Ints:
    return np.bincount(row, amount, count).astype(np.int64)


def _counted(rng: np.random.Generator, rates: Profile, packages: Ints) -> Ints:
    """Packages as counted again; 0 stays: there are none."""
    wrong = (rng.random(len(packages)) < rates["packages-differ"]) & (packages > 1)
    change = rng.integers(1, 6, len(packages)) * rng.choice([-1, 1], len(packages), p=[0.8, 0.2])
    return np.where(wrong, np.maximum(1, packages + change), packages)
