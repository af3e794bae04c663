"""All the code lists that a node knows: those of the program, and on top of them what was imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from keruen.customs.codelists.model import CodeList, Entry

Source = Callable[[], CodeList]
"""Makes a list when it is first asked for."""


class CodeLists:
    """Lists by their id. A list is made when it is first asked for, and kept.

    An id that is not there raises KeyError in every question but `known`: whoever asks about a list that
    need not be there asks that first.
    """

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = dict(sources)
        self._made: dict[str, CodeList] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """The lists that there are."""
        return tuple(self._sources)

    def known(self, list_id: str) -> bool:
        """Whether there is a list of that id."""
        return list_id in self._sources

    def __getitem__(self, list_id: str) -> CodeList:
        """One list whole.

        Raises:
            KeyError: there is none.
        """
        made = self._made.get(list_id)
        if made is None:
            made = self._made[list_id] = self._sources[list_id]()
        return made

    def holds(self, list_id: str, code: str, on: date | None = None) -> bool:
        """Whether a list has a code on a day; None asks whether it has it on any day."""
        made = self._made.get(list_id)
        return (self[list_id] if made is None else made).holds(code, on)

    def entry(self, list_id: str, code: str, on: date | None = None) -> Entry | None:
        """What a list says of a code on a day."""
        return self[list_id].entry(code, on)

    def name(self, list_id: str, code: str, language: str, on: date | None = None) -> str | None:
        """What a code is called in a language, exactly: the reader's fallback is the pages' matter."""
        entry = self.entry(list_id, code, on)
        return entry.names.get(language) if entry else None

    def with_sources(self, sources: Mapping[str, Source]) -> CodeLists:
        """These lists and further ones; one of the same id takes the place of the one here."""
        return CodeLists({**self._sources, **sources})
