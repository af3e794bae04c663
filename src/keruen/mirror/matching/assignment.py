"""Who is whose where belief alone does not say: the best sum over all, not the best pair first.

Pairs that are believed more than not exclude each other already. What is left are small groups of look-alikes;
there lines bid for each other (Bertsekas' auction), so that a line gives way to one that needs it more.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from keruen.mirror.matching.belief import Belief, Floats, Ints

SURE = 0.5
STEP = 0.01
"""Bits by which a bid is raised at least; the sum is short of the best one by this much a line at most."""
BIDS = 200
"""Bids of a line, on the average, after which what is left stays alone."""


def assign(e: Ints, i: Ints, bits: Floats, belief: Belief) -> Ints:
    """Places of the pairs that are links."""
    sure = np.flatnonzero(belief.link > SURE)
    free = ~np.isin(e, e[sure]) & ~np.isin(i, i[sure]) & (bits > 0)
    rest = np.flatnonzero(free)
    return np.concatenate([sure, rest[_auction(e[rest], i[rest], bits[rest])]]).astype(np.int64)


def _auction(e: Ints, i: Ints, bits: Floats) -> Ints:
    """Places of the pairs that are best together; imports bid for exports."""
    offers: dict[int, list[tuple[int, float, int]]] = defaultdict(list)
    for place, (one, other, worth) in enumerate(
        zip(e.tolist(), i.tolist(), bits.tolist(), strict=True)
    ):
        offers[other].append((one, worth, place))
    price: dict[int, float] = defaultdict(float)
    owner: dict[int, tuple[int, int]] = {}
    waiting = list(offers)
    for _ in range(BIDS * len(offers)):
        if not waiting:
            break
        bidder = waiting.pop()
        loser = _bid(bidder, offers[bidder], price, owner)
        if loser is not None:
            waiting.append(loser)
    return np.array([place for _, place in owner.values()], np.int64)


def _bid(
    bidder: int,
    offers: list[tuple[int, float, int]],
    price: dict[int, float],
    owner: dict[int, tuple[int, int]],
) -> int | None:
    """One bid for the best export; gives the import that loses it. Nobody pays more than it is worth."""
    gains = sorted(((worth - price[one], one, place) for one, worth, place in offers), reverse=True)
    gain, best, place = gains[0]
    if gain <= 0:
        return None
    second = max(gains[1][0], 0.0) if len(gains) > 1 else 0.0
    loser = owner.get(best)
    price[best] += gain - second + STEP
    owner[best] = (bidder, place)
    return None if loser is None else loser[0]
