"""Commodity codes in another edition of the Harmonized System, by imported correspondences.

A code is converted only where it corresponds to one code and that code to no other: a split or merged
subheading says nothing certain about the goods. A correspondence is read both ways, and editions in between
are gone through one after the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from keruen.customs.codelists.builtin import hs
from keruen.customs.codelists.headers import CORRELATION, NOMENCLATURE
from keruen.customs.codelists.lists import CodeLists


def nomenclatures(lists: CodeLists) -> tuple[str, ...]:
    """The lists of commodity codes: national ones, which say more, before those of the Harmonized System."""
    found = [one for one in lists.ids if NOMENCLATURE.fullmatch(one)]
    return tuple(sorted(found, key=lambda one: one.startswith("hs")))


def converted(lists: CodeLists, code: str, source: str, target: str) -> str | None:
    """The six digits of `target` that mean the same as those of `source`; None where there is no one such code.

    Args:
        source: edition in which the code is stated (``2017``).
        target: edition in which it is asked for.
    """
    if source == target:
        return code
    for editions in _ways(lists, source, target):
        found: str | None = code
        for one, other in pairwise(editions):
            found = found and _step(lists, found, one, other)
        return found
    return None


def _ways(lists: CodeLists, source: str, target: str) -> Iterator[tuple[str, ...]]:
    """Editions from one to the other, the shortest way first."""
    near: dict[str, set[str]] = defaultdict(set)
    for list_id in lists.ids:
        if editions := CORRELATION.fullmatch(list_id):
            near[editions[1]].add(editions[2])
            near[editions[2]].add(editions[1])
    waiting: list[tuple[str, ...]] = [(source,)]
    seen = {source}
    while waiting:
        way = waiting.pop(0)
        if way[-1] == target:
            yield way
        for edition in sorted(near[way[-1]] - seen):
            seen.add(edition)
            waiting.append((*way, edition))


def _step(lists: CodeLists, code: str, source: str, target: str) -> str | None:
    forward = lists.known(f"hs-{source}-{target}")
    table = lists[f"hs-{source}-{target}" if forward else f"hs-{target}-{source}"]
    there, back = table.links if forward else table.links[::-1]
    if code in there:
        (found, *more) = there[code]
        return found if not more and back[found] == {code} else None
    return code if code not in back and _stays(lists, code, source, target) else None


def _stays(lists: CodeLists, code: str, *editions: str) -> bool:
    """Whether a code that the correspondences leave out is in both editions, where their lists are known."""
    known = [hs(edition) for edition in editions if lists.known(hs(edition))]
    return all(lists.holds(list_id, code) for list_id in known)
