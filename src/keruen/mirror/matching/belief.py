"""How sure each link is when each line has at most one partner.

A pair's odds count beside those of all other pairs of its two lines, and theirs beside those of theirs in turn:
sum-product belief propagation for matchings (the monomer-dimer model), exact where the candidates form a tree.
The message of a line to one of its candidates is the probability that it would stay alone without that one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MOST_BITS = 34.0
"""Odds beyond this are as good as certain, and would drown the others in rounding."""
ROUNDS = 30
STILL = 1e-4


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of candidates.

    Attributes:
        link: probability of each pair.
        alone_e, alone_i: probability that a line of each side has no partner.
    """

    link: Floats
    alone_e: Floats
    alone_i: Floats


def believe(e: Ints, i: Ints, bits: Floats, counts: tuple[int, int]) -> Belief:
    """Probabilities of pairs ``(e, i)`` with their log2 odds, among so many lines of each side."""
    odds = np.exp2(np.clip(bits, -MOST_BITS, MOST_BITS))
    from_e = np.ones_like(odds)
    from_i = np.ones_like(odds)
    for _ in range(ROUNDS):
        before = from_i
        from_e = _alone_without(e, odds * from_i, counts[0])
        from_i = _alone_without(i, odds * from_e, counts[1])
        if not len(odds) or np.abs(from_i - before).max() < STILL:
            break
    both = odds * from_e * from_i
    return Belief(
        link=both / (1 + both),
        alone_e=1 / (1 + np.bincount(e, odds * from_i, counts[0])),
        alone_i=1 / (1 + np.bincount(i, odds * from_e, counts[1])),
    )


def _alone_without(line: Ints, weight: Floats, count: int) -> Floats:
    """Of each pair: the probability that its line has no other partner."""
    others = np.bincount(line, weight, count)[line] - weight
    return 1 / (1 + np.maximum(others, 0.0))
