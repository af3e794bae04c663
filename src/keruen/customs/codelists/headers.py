"""Which column of a published table says what: by headers that are known, or as somebody says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from keruen.customs.codelists.columns import CODE, NAME, VALID_FROM, VALID_UNTIL
from keruen.customs.codelists.model import TO

CORRELATION = re.compile(r"hs-(\d{4})-(\d{4})")
"""Id of the correspondences between two editions of the Harmonized System."""

NOMENCLATURE = re.compile(r"(hs|tnved)(-(?!\d{4}-\d{4}$).*)?")
"""Ids of lists of commodity codes: digits, printed with spaces or points between them."""

HEADERS: Mapping[str, tuple[str, ...]] = {
    CODE: (
        "code", "hscode", "code8", "commoncode", "alphabeticcode", "unnumber", "localid", "modecodeacodeb",
        "код", "кодтнвэд", "кодтнвэдеаэс", "коды", "рамз",
    ),
    VALID_FROM: ("validfrom", "datefrom", "startdate", "датаначала", "датаначаладействия"),
    VALID_UNTIL: (
        "validuntil", "validto", "dateto", "enddate", "датаокончания", "датаокончаниядействия",
    ),
    "name_en": ("nameen", "name", "description", "propershippingname"),
    "name_ru": ("nameru", "наименование", "наименованиепозиции", "название"),
    "name_kk": ("namekk", "атауы"),
    "name_tg": ("nametg", "номгӯй", "ном"),
}  # fmt: skip
"""Column of a list → headers under which it was published, in lower case and letters only."""
JOINED = ("Mode+Code-A+Code-B",)
"""Headers whose cells together are published as one code: UN/ECE Recommendation 28."""
STATUS = ("status", "ci")
"""Headers of the column in which UN/ECE marks what has changed, in lower case."""
FIELD = re.compile(r"[a-z][a-z0-9_]{0,30}")
"""How a column of a list is named."""


class HeaderError(ValueError):
    """A table whose columns are not what they should be."""


def columns_of(
    header: Sequence[str], chosen: Mapping[str, str], list_id: str = ""
) -> dict[str, int]:
    """Column of the list → its place in the table.

    Args:
        header: first line of the table.
        chosen: column of the list → header, where somebody says it.
        list_id: a list of correspondences is recognised by the editions in its id.

    Raises:
        HeaderError: with what would be right.
    """
    found = dict(_recognised(header, _known(list_id)))
    for field, title in chosen.items():
        if not FIELD.fullmatch(field):
            raise HeaderError(f"{field!r} is no name of a column; it is such as name_ru or class")
        found[field] = place_of(header, title)
    for needed in (CODE, TO) if CORRELATION.fullmatch(list_id) else (CODE,):
        if needed not in found:
            raise HeaderError(
                f"no column is recognised as {needed}; say which it is: --column {needed}=HEADER. The "
                f"headers are {_listing(header)}"
            )
    return found


def joined(header: Sequence[str], chosen: Mapping[str, str]) -> dict[str, list[int]]:
    """Headers that are read as one cell, as ``ONE+OTHER`` → where they stand."""
    titles = [one.strip() for one in header]
    asked = (*JOINED, *chosen.values())
    parts = {title: title.split("+") for title in asked if "+" in title and title not in titles}
    return {
        title: [titles.index(one) for one in several]
        for title, several in parts.items()
        if all(one in titles for one in several)
    }


def status_of(header: Sequence[str]) -> int | None:
    """Where the marks of what has changed stand, if the table has such."""
    titles = [one.strip().lower() for one in header]
    return next((titles.index(one) for one in STATUS if one in titles), None)


def _known(list_id: str) -> Mapping[str, tuple[str, ...]]:
    editions = CORRELATION.fullmatch(list_id)
    if editions is None:
        return HEADERS
    old, new = editions.groups()
    return {
        CODE: ("code", "from", old, f"hs{old}", f"hs{old}code"),
        TO: ("to", new, f"hs{new}", f"hs{new}code"),
    }


def _recognised(
    header: Sequence[str], known: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, int]]:
    folded = [_folded(title) for title in header]
    for field, titles in known.items():
        place = next((folded.index(title) for title in titles if title in folded), None)
        if place is not None:
            yield field, place
    for place, title in enumerate(header):
        if NAME.fullmatch(title.strip()) and title.strip() not in known:
            yield title.strip(), place


def _folded(title: str) -> str:
    return "".join(character for character in title.lower() if character.isalnum())


def place_of(header: Sequence[str], title: str) -> int:
    """Where a header stands.

    Raises:
        HeaderError: nowhere.
    """
    titles = [one.strip() for one in header]
    if title in titles:
        return titles.index(title)
    near = difflib.get_close_matches(title, titles, 1)
    meant = f"; is {near[0]!r} meant?" if near else f"; the headers are {_listing(header)}"
    raise HeaderError(f"there is no header {title!r}{meant}")


def _listing(header: Iterable[str]) -> str:
    return ", ".join(repr(title.strip()) for title in header)
