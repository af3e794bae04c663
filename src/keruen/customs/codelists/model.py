"""A code list: which codes there are, on which days each of them holds, and what it is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from keruen.customs.model import Struct

TO = "to"
"""Fact of a correspondence between two editions: the code in the later one."""
Links = Mapping[str, frozenset[str]]
"""Code → the codes of another edition that it corresponds to."""


class Entry(Struct, frozen=True):
    """One code in one period.

    Attributes:
        names: language (ISO 639-1) → what the code is called there.
        valid_from: first day on which the code holds; None where it is not known, or always did.
        valid_until: last day; None where no end is known.
        facts: what else the list says of the code, by the list's own column (``class``, ``to``).
    """

    code: str
    names: Mapping[str, str] = {}
    valid_from: date | None = None
    valid_until: date | None = None
    facts: Mapping[str, str] = {}

    @property
    def dated(self) -> bool:
        """Whether there are days on which it does not hold."""
        return self.valid_from is not None or self.valid_until is not None

    def holds_on(self, day: date | None) -> bool:
        """Whether the code holds on a day; None asks whether it ever does."""
        return day is None or (
            (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
        )


class Published(Struct, frozen=True):
    """One version of a list that an administration imported.

    Attributes:
        number: of the version, from 1.
        since: first day on which it is in force; None: ever since.
        imported: when, UTC.
        codes: how many it has.
        file: name of the table that it was read from; `sha256`: of the codes as they are kept.
    """

    number: int
    since: date | None
    imported: datetime
    codes: int
    file: str
    sha256: str


@dataclass(frozen=True)
class CodeList:
    """All that one list says.

    Attributes:
        id: short name by which it is asked for (``country``, ``hs-2022``).
        title: what the list is, in English.
        edition: of the publication that it was made from (``2022``); empty where it has none.
        source: who publishes it.
        versions: what was imported, in the order in which it was.
        entries: code → its periods, in the order of the list. A list of correspondences has several
            entries of one period under a code.
    """

    id: str
    title: str = ""
    edition: str = ""
    source: str = ""
    versions: tuple[Published, ...] = ()
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        id: str,
        entries: Iterable[Entry],
        *,
        title: str = "",
        edition: str = "",
        source: str = "",
    ) -> CodeList:
        """A list made of its entries."""
        grouped: dict[str, tuple[Entry, ...]] = {}
        for entry in entries:
            grouped[entry.code] = (*grouped.get(entry.code, ()), entry)
        return cls(id=id, title=title, edition=edition, source=source, entries=grouped)

    @cached_property
    def always(self) -> frozenset[str]:
        """Codes that hold on every day, so that no date need be looked at."""
        return frozenset(
            code
            for code, entries in self.entries.items()
            if any(not entry.dated for entry in entries)
        )

    def holds(self, code: str, on: date | None = None) -> bool:
        """Whether the list has a code on a day; None asks whether it has it on any day."""
        if code in self.always:
            return True
        for one in self.entries.get(code, ()):  # noqa: SIM110 - a generator costs more than the look-up
            if one.holds_on(on):
                return True
        return False

    def entry(self, code: str, on: date | None = None) -> Entry | None:
        """What the list says of a code on a day; where it does not hold then, None."""
        return next((one for one in self.entries.get(code, ()) if one.holds_on(on)), None)

    def on(self, day: date) -> Iterator[Entry]:
        """The entries that hold on a day, in the order of the list."""
        for entries in self.entries.values():
            yield from (one for one in entries if one.holds_on(day))

    @cached_property
    def links(self) -> tuple[Links, Links]:
        """A list of correspondences between two editions, read forward and back."""
        there: dict[str, set[str]] = defaultdict(set)
        back: dict[str, set[str]] = defaultdict(set)
        for code, entries in self.entries.items():
            for other in (entry.facts[TO] for entry in entries):
                there[code].add(other)
                back[other].add(code)
        return _frozen(there), _frozen(back)

    def __len__(self) -> int:
        """How many codes there are."""
        return len(self.entries)


def _frozen(links: Mapping[str, set[str]]) -> Links:
    return {code: frozenset(codes) for code, codes in links.items()}
