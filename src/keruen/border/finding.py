"""A consignment by whatever was read: one field for plate, trailer, wagon, container, seal, waybill or number.

    text ─► equal when folded ─► alike to a reader ─► several marks in one ─► a beginning

What is equal stands first; the looser looks come only where the closer ones find nothing. Each answer says by
which declared mark it was found, and how.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum

from keruen.customs import Struct, fold, skeleton
from keruen.store import Consignment, Identifier, IdentifierKind, Reader

LONGEST = 100
"""Characters of a text that are looked for."""
SHORTEST = 3
"""Letters and digits from which a beginning is looked for."""
LOOKED_UP = 200
"""Marks that one look gives at most."""
_TOGETHER = re.compile(r"[+,;/]")


class How(StrEnum):
    """How what was read answers to what was declared."""

    EQUAL = "equal"
    """But for script, case, spaces and dashes."""
    ALIKE = "alike"
    """But for characters that readers confuse: 0-O-D-Q, 1-I, 2-Z, 5-S, 8-B, 6-G."""
    PART = "part"
    """One of several marks that were written together."""
    BEGINNING = "beginning"


class Found(Struct, frozen=True):
    """A consignment and the declared mark by which it was found."""

    consignment: Consignment
    kind: IdentifierKind
    declared: str
    how: How


Sees = Callable[[Consignment], bool]


def find(
    reader: Reader, text: str, sees: Sees = lambda _: True, *, limit: int = LOOKED_UP
) -> list[Found]:
    """Consignments that bear a mark, each once: the closest first, of equally close ones the newest.

    Args:
        text: as somebody read or wrote it.
        sees: which consignments may be shown to whoever asks.
    """
    text = text.strip()[:LONGEST]
    for look in (_close, _in_parts, _beginning):
        found = look(reader, text) if fold(text) else []
        if answers := _answers(reader, found, sees, limit):
            return answers
    return []


Marked = tuple[Identifier, How]


def _close(reader: Reader, text: str) -> list[Marked]:
    folded = fold(text)
    equal = reader.find_identifiers(folded=[folded], limit=LOOKED_UP)
    alike = reader.find_identifiers(skeletons=[skeleton(text)], limit=LOOKED_UP)
    return [
        *((one, How.EQUAL) for one in equal),
        *((one, How.ALIKE) for one in alike if one.folded != folded),
    ]


def _in_parts(reader: Reader, text: str) -> list[Marked]:
    parts = [fold(part) for part in _TOGETHER.split(text) if fold(part)]
    found = reader.find_identifiers(folded=parts, limit=LOOKED_UP) if len(parts) > 1 else []
    return [(one, How.PART) for one in found]


def _beginning(reader: Reader, text: str) -> list[Marked]:
    beginning = fold(text)
    if len(beginning) < SHORTEST:
        return []
    found = reader.identifiers_beginning(beginning, LOOKED_UP)
    found += reader.identifiers_beginning(skeleton(text), LOOKED_UP, alike=True)
    return [(one, How.BEGINNING) for one in found]


def _answers(reader: Reader, found: Iterable[Marked], sees: Sees, limit: int) -> list[Found]:
    best: dict[str, Marked] = {}
    for one, how in found:
        best.setdefault(one.consignment_id, (one, how))
    known = {one.consignment_id: one for one in reader.consignments_by_id(best)}
    return [
        Found(consignment=known[key], kind=one.kind, declared=one.declared, how=how)
        for key, (one, how) in best.items()
        if key in known and sees(known[key])
    ][:limit]
