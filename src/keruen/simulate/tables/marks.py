"""Marks and names as the two sides write them: plates in both scripts, readers' slips, spellings."""

from __future__ import annotations

import numpy as np

from keruen.simulate.marks import LOOK_ALIKE, MISREAD
from keruen.simulate.tables.lettering import (
    Flags,
    Ints,
    Letters,
    Texts,
    letters,
    place_of_one,
    replaced,
    table_of,
    texts,
    with_another_digit,
    with_letters_swapped,
    without_spaces,
)  # fmt: skip
from keruen.simulate.tables.naming import SPELLINGS
from keruen.simulate.tables.population import Firms
from keruen.simulate.tables.profiles import Profile

_CYRILLIC = table_of(LOOK_ALIKE)
_MISREAD = table_of(MISREAD)
_HYPHEN = table_of({" ": "-"})


def plates(rng: np.random.Generator, rates: Profile, matrix: Letters, *, there: bool) -> Texts:
    """Vehicles as they are written down.

    Args:
        matrix: plates as on the vehicle.
        there: by the importing side, whose reader makes slips; the exporter copies the registration papers.
    """
    count = len(matrix)
    scale = 1.0 if there else 0.5
    if there:
        matrix = _some(rng, rates["plate-misread"], matrix, misread(rng, matrix))
    matrix = _some(rng, scale * rates["plate-cyrillic"], matrix, replaced(matrix, _CYRILLIC))
    changed = rng.random(count) < scale * rates["plate-respelled"]
    way = rng.random(count) < 0.5  # noqa: PLR2004 - one way or the other
    matrix = np.where((changed & way)[:, None], replaced(matrix, _HYPHEN), matrix)
    return texts(np.where((changed & ~way)[:, None], without_spaces(matrix), matrix))


def misread(rng: np.random.Generator, matrix: Letters) -> Letters:
    """Each mark with one character taken for its look-alike, where it has one."""
    place, possible = place_of_one(rng, _MISREAD[matrix] != matrix)
    rows = np.flatnonzero(possible)
    result = matrix.copy()
    result[rows, place[rows]] = _MISREAD[matrix[rows, place[rows]]]
    return result


def mistyped(rng: np.random.Generator, rate: float, matrix: Letters) -> Texts:
    """Numbers of documents, some with another digit."""
    return texts(_some(rng, rate, matrix, with_another_digit(rng, matrix)))


def names(
    rng: np.random.Generator, rates: Profile, firms: Firms, which: Ints, *, own: bool
) -> Texts:
    """Names as a side writes them: its own firms' mostly as they are registered."""
    respelled = rng.random(len(which)) < (0.05 if own else rates["name-respelled"])
    spelling = np.where(respelled, rng.integers(1, SPELLINGS, len(which)), 0)
    result: Texts = firms.names[which, spelling]
    wrong = np.flatnonzero(rng.random(len(which)) < rates["name-mistyped"] * (0.3 if own else 1.0))
    if len(wrong):
        result[wrong] = texts(with_letters_swapped(rng, letters(result[wrong])))
    return result


def ids(rng: np.random.Generator, rate: float, firms: Firms, which: Ints) -> Texts:
    """Numbers of firms; None where the side does not know it."""
    return masked(firms.ids[which], rng.random(len(which)) < rate)


def masked(column: Texts, known: Flags) -> Texts:
    """The column with None where it is not known."""
    result = column.copy()
    result[~known] = None
    return result


def _some(rng: np.random.Generator, rate: float, matrix: Letters, other: Letters) -> Letters:
    return np.where((rng.random(len(matrix)) < rate)[:, None], other, matrix)
