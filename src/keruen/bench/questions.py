"""What an officer asks of the console in a night: addresses of pages, of each kind in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count, cycle, zip_longest
from random import Random
from urllib.parse import quote

from keruen.bench.years import Filled

LANGUAGES = ("kk", "ru", "tg", "en")
TO_CYRILLIC = str.maketrans("ABEKMHOPCTXY", "АВЕКМНОРСТХУ")
SLIPS = str.maketrans("0O1I5S8B", "O0I1S5B8")
BEGINNING = 5
UNKNOWN = ("9999 ZZ 99", "XXXU9999999", "00000/000000/0000000", "нет такого")


def boards(filled: Filled) -> Iterator[str]:
    """The busiest post."""
    return cycle([f"/posts/{quote(filled.post)}"])


def starts(_: Filled) -> Iterator[str]:
    """The first page."""
    return cycle(["/"])


def searches(filled: Filled) -> Iterator[str]:
    """Marks of every kind, as they are declared and as people write them, and some that nobody bears."""
    rng = Random(1)  # noqa: S311 - the same questions each time
    asked = zip_longest(*_terms(filled), UNKNOWN * 50)
    shuffled = [term for term in chain.from_iterable(asked) if term]
    rng.shuffle(shuffled)
    return cycle(f"/search?q={quote(term)}" for term in shuffled)


def _terms(filled: Filled) -> Iterator[Sequence[str]]:
    for marks in (filled.old_marks, filled.present_marks):
        yield from marks.values()
        plates = [*marks.get("vehicle", ()), *marks.get("trailer", ())]
        yield [plate.translate(TO_CYRILLIC) for plate in plates]
        yield [plate.translate(SLIPS).replace(" ", "") for plate in plates]
        yield [plate.replace(" ", "-")[:BEGINNING] for plate in plates]
        yield [f"{plate} + {plate}" for plate in plates]


def consignments(filled: Filled) -> Iterator[str]:
    """What is on the way, what came long ago, and what has the longest history, in turn."""
    rng = Random(2)  # noqa: S311 - as above
    kinds = [list(ids) for ids in (filled.present, filled.old, filled.widest)]
    for ids in kinds:
        rng.shuffle(ids)
    turns = [cycle(ids) for ids in kinds]
    return (f"/consignments/{next(turns[number % len(turns)])}" for number in count())
