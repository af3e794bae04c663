"""Which imported item answers which announced one.

The two declarations are written by different people in different tariffs: items may be numbered anew, split
up or left out. Goods of one chapter of the Harmonized System are paired by likeness, the likeliest pair
first; what is left over is paired by its number, else by its mass. What nobody answers stays alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from keruen.customs import GoodsItem, Struct, fold
from keruen.customs.model import HS_DIGITS

CHAPTER = 2
"""Digits of a chapter of the Harmonized System."""
_HEADING = 4

_WEIGHTS = {"code": 60, "heading": 30, "description": 20, "mass": 20, "ordinal": 15, "origin": 5}
"""What each likeness of two items of one chapter weighs."""
_MASS_RANGE = Decimal("0.2")
"""Relative difference of masses from which they are no longer alike."""

MANY = 20_000
"""Pairs of items that are compared at most one by one."""
NEAR = 20
"""How far apart the numbers of two items are that are compared even among very many."""

Pair = tuple[GoodsItem | None, GoodsItem | None]


class _Side(Struct, frozen=True):
    """An item with what is compared of it."""

    position: int
    item: GoodsItem
    code: str
    words: frozenset[str]
    mass: Decimal | None


def hs_digits(code: str | None) -> str:
    """The digits of a commodity code that all countries share, at most six; empty where there are none."""
    digits = (code or "").replace(" ", "").replace(".", "")[:HS_DIGITS]
    return digits if len(digits) >= CHAPTER and digits.isdecimal() else ""


def align(announced: Sequence[GoodsItem], imported: Sequence[GoodsItem]) -> tuple[Pair, ...]:
    """Pairs in the order of the announced items, then the imported items that were not announced."""
    ours, theirs = _sides(announced), _sides(imported)
    answers: dict[int, _Side] = {}
    for pass_ in (_unchanged, _alike, _numbered, _weighed):
        taken = {other.position for other in answers.values()}
        left = [one for one in ours if one.position not in answers]
        free = [other for other in theirs if other.position not in taken]
        for one, other in pass_(left, free):
            if one.position not in answers and other.position not in taken:
                answers[one.position] = other
                taken.add(other.position)
    pairs: list[Pair] = [(one.item, _item(answers.get(one.position))) for one in ours]
    answering = {other.position for other in answers.values()}
    pairs += [(None, other.item) for other in theirs if other.position not in answering]
    return tuple(pairs)


def _item(side: _Side | None) -> GoodsItem | None:
    return side.item if side else None


def _sides(items: Sequence[GoodsItem]) -> list[_Side]:
    return [
        _Side(
            position=position,
            item=item,
            code=hs_digits(item.hs),
            words=_words(item),
            mass=item.gross_mass if item.gross_mass is not None else item.net_mass,
        )
        for position, item in enumerate(items)
    ]


def _words(item: GoodsItem) -> frozenset[str]:
    texts = " ".join(text for text in (item.trade_description, item.description) if text)
    return frozenset(fold(word) for word in texts.split() if fold(word))


def _unchanged(ours: Sequence[_Side], theirs: Sequence[_Side]) -> Iterator[tuple[_Side, _Side]]:
    """Pairs that differ in nothing that is compared here: the rule, so the rest is short."""
    known = {_content(other): other for other in reversed(theirs)}
    for one in ours:
        if _content(one) in known:
            yield one, known[_content(one)]


def _content(side: _Side) -> tuple[object, ...]:
    return side.item.ordinal, side.code, side.mass, side.words, side.item.origin


def _alike(ours: Sequence[_Side], theirs: Sequence[_Side]) -> Iterator[tuple[_Side, _Side]]:
    """Pairs within a chapter, the likeliest first; of equally likely ones the equally numbered."""
    pairs = _same_chapter(ours, theirs)
    yield from sorted(pairs, key=lambda pair: (-_likeness(*pair), _apart(*pair)))


def _same_chapter(ours: Sequence[_Side], theirs: Sequence[_Side]) -> Iterator[tuple[_Side, _Side]]:
    """Of very many items only those with one code or with near numbers: a pair takes its time."""
    by_chapter: dict[str, list[_Side]] = {}
    for other in theirs:
        by_chapter.setdefault(other.code[:CHAPTER], []).append(other)
    counts = [Counter(side.code for side in sides) for sides in (ours, theirs)]
    all_of_them = len(ours) * len(theirs) <= MANY
    for one in ours:
        all_of_code = counts[0][one.code] * counts[1][one.code] <= MANY
        for other in by_chapter.get(one.code[:CHAPTER], ()) if one.code else ():
            likely = all_of_them or (all_of_code and one.code == other.code)
            if likely or abs(one.item.ordinal - other.item.ordinal) <= NEAR:
                yield one, other


def _apart(one: _Side, other: _Side) -> tuple[int, int, int]:
    return (
        abs(one.item.ordinal - other.item.ordinal),
        abs(one.position - other.position),
        one.position,
    )


def _likeness(one: _Side, other: _Side) -> Decimal:
    return (
        _WEIGHTS["code"] * Decimal(one.code == other.code)
        + _WEIGHTS["heading"] * Decimal(one.code[:_HEADING] == other.code[:_HEADING])
        + _WEIGHTS["description"] * _overlap(one.words, other.words)
        + _WEIGHTS["mass"] * _closeness(one.mass, other.mass)
        + _WEIGHTS["ordinal"] * Decimal(one.item.ordinal == other.item.ordinal)
        + _WEIGHTS["origin"] * Decimal(one.item.origin == other.item.origin)
    )


def _overlap(one: frozenset[str], other: frozenset[str]) -> Decimal:
    """Share of common words."""
    both = one | other
    return Decimal(len(one & other)) / len(both) if both else Decimal(0)


def _closeness(one: Decimal | None, other: Decimal | None) -> Decimal:
    """1 for equal masses, 0 where they differ by a fifth or one of them is not known."""
    if one is None or other is None:
        return Decimal(0)
    if one == other:
        return Decimal(1)
    apart = abs(one - other) / max(abs(one), abs(other))
    return max(Decimal(0), 1 - apart / _MASS_RANGE)


def _numbered(ours: Sequence[_Side], theirs: Sequence[_Side]) -> Iterator[tuple[_Side, _Side]]:
    """Pairs of any chapters that have the same number."""
    numbers = {other.item.ordinal: other for other in reversed(theirs)}
    for one in ours:
        if one.item.ordinal in numbers:
            yield one, numbers[one.item.ordinal]


def _weighed(ours: Sequence[_Side], theirs: Sequence[_Side]) -> Iterator[tuple[_Side, _Side]]:
    """Pairs of any chapters that have nearly the same mass."""
    for one in ours:
        for other in theirs:
            if _closeness(one.mass, other.mass):
                yield one, other
