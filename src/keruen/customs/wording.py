"""Sentences of findings and refusals, with places for their values, so that each can be said in any language.

A room has one table of them: key → English sentence. A key is a finding code; where a code has several
sentences, the others have a name behind a slash (``input-too-large/tags``). A value that is itself words
(``whole number``) is a phrase, and is translated too. `keruen.console` has the other languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from keruen.customs.findings import Finding, Severity, shown
from keruen.errors import KeruenError

E = TypeVar("E", bound=KeruenError)
NONE = "–"
"""What a sentence lists where there is nothing."""
WORDS = 200
"""Characters of one value in a sentence."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a room says.

    Attributes:
        sentences: key → English sentence with places (``{0}``).
        phrases: values of sentences that are words.
    """

    sentences: Mapping[str, str]
    phrases: tuple[str, ...] = ()

    def finding(
        self,
        key: str,
        *values: object,
        path: str = "",
        declared: object = None,
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        """A finding by its key, with what its sentence names."""
        said = _said(values)
        return Finding(
            code=code_of(key),
            text=self.sentences[key].format(*said),
            severity=severity,
            path=path,
            declared=shown(declared),
            values=said,
        )

    def error(
        self,
        kind: type[E],
        key: str,
        *values: object,
        path: str | None = None,
        line: int | None = None,
        detail: str | None = None,
    ) -> E:
        """The same as an error to be raised; `line` and `detail` as in `keruen.errors`."""
        said = _said(values)
        text = self.sentences[key].format(*said)
        return kind(code_of(key), text, path=path, line=line, detail=detail, values=said)


def _said(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(shown(value, WORDS) or "" for value in values)


def code_of(key: str) -> str:
    """The finding code of a key."""
    return key.partition("/")[0]


def listed(names: Iterable[str]) -> str:
    """Names or codes as a sentence lists them."""
    return ", ".join(names) or NONE


def finding_of(error: KeruenError) -> Finding:
    """An error as a finding, with its values."""
    return Finding(code=error.code, text=error.text, path=error.path or "", values=error.values)


def by_code(*wordings: Wording) -> Mapping[str, tuple[str, ...]]:
    """Every sentence of each code."""
    found: dict[str, tuple[str, ...]] = {}
    for key, sentence in _all(wordings):
        found[code_of(key)] = (*found.get(code_of(key), ()), sentence)
    return found


def _all(wordings: Iterable[Wording]) -> Iterator[tuple[str, str]]:
    for wording in wordings:
        yield from wording.sentences.items()
