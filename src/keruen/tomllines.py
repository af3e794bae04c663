"""Where each key of a TOML text stands, so that a mistake can name its line.

`tomllib` tells values, not places. This scanner follows the grammar of TOML 1.0 as far as places need it:
the text has been parsed before, so that whatever is not a string, a list or a table is one word.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]
"""Keys and 0-based indexes from the root of a file: ``("route", 1, "hours")``."""

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_STRING = re.compile(
    r"""
      \"{3} (?: [^\\] | \\. )*? \"{3,5}     # basic, over several lines
    | '{3} .*? '{3,5}                       # literal, over several lines
    | " (?: [^"\\\n] | \\. )* "             # basic
    | ' [^'\n]* '                           # literal
    """,
    re.DOTALL | re.VERBOSE,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WORD = re.compile(r"[^,\]}#\n]*")


def line_of(text: str, path: KeyPath) -> int | None:
    """The 1-based line of a key, else of the nearest table around it; None for the file as a whole."""
    lines = _Scanner(text).scan()
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


@dataclass(slots=True)
class _Scanner:
    text: str
    at: int = 0
    lines: dict[KeyPath, int] = field(default_factory=dict)
    tables: dict[KeyPath, int] = field(default_factory=dict)
    """Arrays of tables, and how many tables each has so far."""
    breaks: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.breaks = [found.start() for found in re.finditer("\n", self.text)]

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while self._skip(_SPACE) < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def _header(self) -> KeyPath:
        many = self.text.startswith("[[", self.at)
        begin = self.at
        self.at += 2 if many else 1
        *outer, last = self._key()
        self.at += 2 if many else 1
        path: KeyPath = ()
        for name in outer:
            path = self._current((*path, name))
        path = (*path, last)
        if many:
            self.tables[path] = self.tables.get(path, 0) + 1
        path = self._current(path)
        self._note(path, begin)
        return path

    def _current(self, path: KeyPath) -> KeyPath:
        return (*path, self.tables[path] - 1) if path in self.tables else path

    def _key(self) -> list[str]:
        """A dotted key; leaves the position behind it and its blanks."""
        names: list[str] = []
        while True:
            self._skip(_BLANK)
            begin = self.at
            quoted = self.text[begin] in "\"'"
            if self._skip(_STRING if quoted else _BARE) == begin:
                raise ValueError(f"no key at {begin}")
            word = self.text[begin : self.at]
            names.append(tomllib.loads(f"key = {word}")["key"] if quoted else word)
            self._skip(_BLANK)
            if not self.text.startswith(".", self.at):
                return names
            self.at += 1

    def _pair(self, table: KeyPath) -> None:
        begin = self.at
        path = (*table, *self._key())
        for length in range(len(table) + 1, len(path) + 1):
            self._note(path[:length], begin)
        self.at += 1  # the equals sign
        self._skip(_BLANK)
        self._value(path)

    def _note(self, path: KeyPath, at: int) -> None:
        self.lines.setdefault(path, bisect_left(self.breaks, at) + 1)

    def _value(self, path: KeyPath) -> None:
        opening = self.text[self.at]
        if opening == "[":
            self._list(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            self._skip(_STRING if opening in "\"'" else _WORD)

    def _list(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while self.text[self._skip(_SPACE)] != "]":
            self._note((*path, index), self.at)
            self._value((*path, index))
            index += 1
            self._comma()
        self.at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while self.text[self._skip(_SPACE)] != "}":
            self._pair(path)
            self._comma()
        self.at += 1

    def _comma(self) -> None:
        if self.text[self._skip(_SPACE)] == ",":
            self.at += 1
