"""Texts as matrices of code points, one row a text, so that a million are made and spoiled at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]
Letters = npt.NDArray[np.uint32]
"""Code points, a row a text; a shorter text ends in zeros."""

ZERO, NINE, SPACE = 48, 57, 32
POINTS = 0x600
"""Latin and Cyrillic lie below."""


def letters(texts: Sequence[str] | Texts) -> Letters:
    """Texts as code points."""
    array = np.asarray(texts, dtype=np.str_)
    return array.view(np.uint32).reshape(len(array), -1).copy()


def texts(matrix: Letters) -> Texts:
    """Code points as texts."""
    whole = np.ascontiguousarray(matrix, dtype=np.uint32)
    return whole.view(f"<U{whole.shape[1]}").ravel().astype(object)


def digits(numbers: Ints, width: int) -> Letters:
    """Numbers with leading zeros."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return (numbers[:, None] // powers % 10 + ZERO).astype(np.uint32)


def constant(text: str, count: int) -> Letters:
    """The same text `count` times."""
    return np.tile(letters([text]), (count, 1))


def joined(*parts: Letters) -> Letters:
    """Texts of full width one behind the other."""
    return np.hstack(parts)


def chosen(texts: Sequence[str], places: Ints) -> Texts:
    """Of a list of texts that at each place."""
    return np.array(list(texts), dtype=object)[places]


def without_spaces(matrix: Letters) -> Letters:
    """The texts without their spaces."""
    order = np.argsort(matrix == SPACE, axis=1, kind="stable")
    moved = np.take_along_axis(matrix, order, axis=1)
    return np.where(moved == SPACE, 0, moved).astype(np.uint32)


def replaced(matrix: Letters, table: Letters) -> Letters:
    """Each character as `table` has it."""
    result: Letters = table[matrix]
    return result


def table_of(pairs: Mapping[str, str]) -> Letters:
    """A table for `replaced`: characters without an entry stay."""
    table = np.arange(POINTS, dtype=np.uint32)
    for one, other in pairs.items():
        table[ord(one)] = ord(other)
    return table


def place_of_one(rng: np.random.Generator, allowed: Flags) -> tuple[Ints, Flags]:
    """One allowed place in each row by chance.

    Gives:
        the place, and whether there is any.
    """
    chance = np.where(allowed, rng.random(allowed.shape), -1.0)
    some: Flags = np.asarray(allowed.any(axis=1))
    return chance.argmax(axis=1), some


def with_another_digit(rng: np.random.Generator, matrix: Letters) -> Letters:
    """Each text with one of its digits typed wrongly."""
    place, possible = place_of_one(rng, (matrix >= ZERO) & (matrix <= NINE))
    rows = np.flatnonzero(possible)
    old = matrix[rows, place[rows]] - ZERO
    new = (old + rng.integers(1, 10, len(rows)).astype(np.uint32)) % 10
    result = matrix.copy()
    result[rows, place[rows]] = new + ZERO
    return result


def with_letters_swapped(rng: np.random.Generator, matrix: Letters) -> Letters:
    """Each text with two neighbours swapped, not the first ones."""
    inner = (matrix[:, 1:-1] > SPACE) & (matrix[:, 2:] > SPACE)
    place, possible = place_of_one(rng, inner)
    rows, left = np.flatnonzero(possible), place[possible] + 1
    result = matrix.copy()
    result[rows, left], result[rows, left + 1] = matrix[rows, left + 1], matrix[rows, left]
    return result
