"""The columns that a code list is written in, by the program and by an administration alike.

``code``, ``valid_from``, ``valid_until``, a ``name_`` column a language (``name_ru``), and further columns
that are kept as facts about the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from keruen.customs.codelists.model import Entry

CODE = "code"
VALID_FROM = "valid_from"
VALID_UNTIL = "valid_until"
NAME = re.compile("name_([a-z]{2,3})")
"""Column of the names in a language (ISO 639)."""


class Columns:
    """Which column says what; makes entries of lines."""

    def __init__(self, header: Sequence[str]) -> None:
        self.header = tuple(header)
        self._code = self.header.index(CODE)
        self._from, self._until = map(self._at, (VALID_FROM, VALID_UNTIL))
        self._names = [
            (index, found[1])
            for index, column in enumerate(self.header)
            if (found := NAME.fullmatch(column))
        ]
        said = {self._code, self._from, self._until, *(index for index, _ in self._names)}
        self._facts = [
            (index, column) for index, column in enumerate(self.header) if index not in said
        ]

    def _at(self, column: str) -> int | None:
        return self.header.index(column) if column in self.header else None

    def entry(self, cells: Sequence[str]) -> Entry:
        """The entry that a line states.

        Raises:
            ValueError: a date is not ``YYYY-MM-DD``.
        """
        return Entry(
            code=cells[self._code],
            names={language: cells[index] for index, language in self._names if cells[index]},
            valid_from=_day(cells, self._from),
            valid_until=_day(cells, self._until),
            facts={column: cells[index] for index, column in self._facts if cells[index]},
        )


def _day(cells: Sequence[str], index: int | None) -> date | None:
    if index is None or not cells[index]:
        return None
    return date.fromisoformat(cells[index])


def header_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The columns that these entries need, in the order in which they are written."""
    names: dict[str, None] = {}
    facts: dict[str, None] = {}
    dated: set[str] = set()
    for one in entries:
        names.update(dict.fromkeys(f"name_{language}" for language in one.names))
        facts.update(dict.fromkeys(one.facts))
        dated.update(name for name in (VALID_FROM, VALID_UNTIL) if getattr(one, name))
    return (CODE, *sorted(dated), *names, *facts)


def cells_of(entry: Entry, header: Iterable[str]) -> list[str]:
    """An entry as a line of these columns."""
    plain: Mapping[str, str] = {
        **entry.facts,
        **{f"name_{language}": name for language, name in entry.names.items()},
        CODE: entry.code,
        VALID_FROM: entry.valid_from.isoformat() if entry.valid_from else "",
        VALID_UNTIL: entry.valid_until.isoformat() if entry.valid_until else "",
    }
    return [plain.get(column, "") for column in header]


def entries_of(text: str) -> list[Entry]:
    """The entries of one of the program's own tables: lines of cells with ``|`` between them."""
    header, *lines = text.splitlines()
    columns = Columns(header.split("|"))
    return [columns.entry(line.split("|")) for line in lines]
