"""The cells of one line of a published table: cleaned, or what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from keruen.customs.codelists.columns import CODE, NAME, VALID_FROM, VALID_UNTIL, Columns
from keruen.customs.codelists.headers import CORRELATION, NOMENCLATURE
from keruen.customs.codelists.model import TO, Entry

CODE_LENGTH = 35
NAME_LENGTH = 4000
"""Characters at most."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ufffd]")
_DIGITS = re.compile("[0-9]{2,}")
_SUBHEADING = re.compile("[0-9]{6}")
_DAYS = (
    re.compile(r"(\d{4})-(\d\d)-(\d\d)"),
    re.compile(r"(\d\d)\.(\d\d)\.(\d{4})"),
)
_DATES = (VALID_FROM, VALID_UNTIL)


class CellError(ValueError):
    """What is wrong with one cell.

    Args:
        field: column of the list that it stands in.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


class Cells:
    """Makes entries of lines.

    Args:
        list_id: of the list that they belong to.
        places: column of the list → its place in the line.
    """

    def __init__(self, list_id: str, places: Mapping[str, int]) -> None:
        self._places = places
        self._columns = Columns(tuple(places))
        self._correlation = CORRELATION.fullmatch(list_id) is not None
        self._nomenclature = NOMENCLATURE.fullmatch(list_id) is not None

    def entry(self, line: Sequence[str]) -> Entry:
        """The entry that a line states.

        Raises:
            CellError: a cell is wrong.
        """
        cells = [
            self._clean(field, " ".join(line[place].split()))
            for field, place in self._places.items()
        ]
        entry = self._columns.entry(cells)
        if entry.valid_from and entry.valid_until and entry.valid_until < entry.valid_from:
            raise CellError(VALID_UNTIL, f"is before the first day, {entry.valid_from}")
        return entry

    def _clean(self, field: str, cell: str) -> str:
        if _UNPRINTABLE.search(cell):
            raise CellError(field, "has characters that nobody sees; write the text without them")
        if field in _DATES:
            return _day(field, cell)
        if field == CODE or (field == TO and self._correlation):
            return self._code(field, cell)
        limit = NAME_LENGTH if NAME.fullmatch(field) else CODE_LENGTH * 10
        if len(cell) > limit:
            raise CellError(field, f"has {len(cell)} characters; at most {limit} are taken")
        return cell

    def _code(self, field: str, cell: str) -> str:
        digits = self._nomenclature or self._correlation
        code = cell.replace(" ", "").replace(".", "") if digits else cell
        if not code:
            raise CellError(field, "is empty; each line has a code")
        if len(code) > CODE_LENGTH:
            raise CellError(field, f"has {len(code)} characters; a code has at most {CODE_LENGTH}")
        if self._correlation and not _SUBHEADING.fullmatch(code):
            raise CellError(field, f"must be the six digits of a subheading, not {cell!r}")
        if self._nomenclature and not _DIGITS.fullmatch(code):
            raise CellError(field, f"must be the digits of a commodity code, not {cell!r}")
        return code


def _day(field: str, cell: str) -> str:
    """A day as ``YYYY-MM-DD``; an empty cell leaves it open."""
    if not cell:
        return ""
    iso, dotted = (pattern.fullmatch(cell) for pattern in _DAYS)
    parts = iso.groups() if iso else dotted.groups()[::-1] if dotted else ()
    try:
        return date.fromisoformat("-".join(parts)).isoformat()
    except ValueError as error:
        wrong = f"must be a day such as 2027-01-31 or 31.01.2027, not {cell!r}"
        raise CellError(field, wrong) from error
