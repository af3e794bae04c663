"""Where posts, offices and towns of the region are: for the map, never for a rule.

Many border posts are known to a tenth of a degree only, and unverified; a place says so (`rough`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from keruen.customs.codelists.tables.places import ROWS
from keruen.customs.values import Struct

_APART = re.compile(r"\(.*?\)|\W")


class Place(Struct, frozen=True):
    """A point of the region.

    Attributes:
        lat, lon: degrees north and east (WGS 84).
        rough: to a tenth of a degree, and not verified.
    """

    country: str
    name: str
    lat: float
    lon: float
    rough: bool = False


def find_place(
    code: str | None = None, names: Iterable[str | None] = (), country: str | None = None
) -> Place | None:
    """The place of an office's code, else of one of its names, English or Russian; None where none is known.

    Args:
        country: ISO 3166; a name counts in this country only, where one is given.
    """
    if code and code in _by_code():
        return _by_code()[code]
    for name in names:
        found = [
            one for one in _by_name().get(_folded(name or ""), ()) if country in (None, one.country)
        ]
        if found:
            return min(found, key=lambda one: one.rough)
    return None


def _folded(name: str) -> str:
    """A name without what stands in brackets, marks and case."""
    return _APART.sub("", name).casefold().replace("ё", "е")


@cache
def _rows() -> tuple[tuple[str, str, Place], ...]:
    _, *lines = ROWS.splitlines()
    return tuple(_row(line) for line in lines)


def _row(line: str) -> tuple[str, str, Place]:
    code, country, name, russian, lat, lon, rough = line.split("|")
    place = Place(country=country, name=name, lat=float(lat), lon=float(lon), rough=bool(rough))
    return code, russian, place


@cache
def _by_code() -> Mapping[str, Place]:
    return {code: place for code, _, place in _rows() if code}


@cache
def _by_name() -> Mapping[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for _, russian, place in _rows():
        for name in {_folded(place.name), _folded(russian)} - {""}:
            found.setdefault(name, []).append(place)
    return found
