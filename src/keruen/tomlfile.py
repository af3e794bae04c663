"""TOML text → a struct and every mistake with its key and line: one idiom for all files people edit."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from keruen.errors import UsageError
from keruen.tomllines import KeyPath, line_of

T = TypeVar("T")
Found = tuple[KeyPath, str]
"""A key and what is wrong with its value."""
Meaning = Callable[[dict[str, Any]], Iterable[Found]]
"""Finds what is well-formed but cannot be meant, in TOML that may be ill-formed elsewhere."""

_UNIONS = (Union, UnionType)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_WORDS = {
    "`int`": "a whole number",
    "`float`": "a number",
    "`decimal`": "a number with decimals",
    "`str`": "text in quotes",
    "`bool`": "true or false",
    "`array`": "a list",
    "`object`": "a table",
    "`datetime`": "a date and time",
    "`date`": "a date",
    "`null`": "nothing",
    " with a timezone component": " with an offset, such as 2026-11-23T21:40:00+05:00",
    " of length >= 1": ", not an empty one",
    "Invalid RFC3339 encoded ": "must be a ",
    "Expected ": "must be ",
    ", got ": ", not ",
}


class FileError(UsageError):
    """One mistake in a file that a person edits.

    Attributes:
        key: as TOML writes it (``route[1].hours``); empty for the whole file.
        others: the other mistakes in the same file.
    """

    others: tuple[FileError, ...] = ()

    def __init__(
        self, code: str, reason: str, *, key: str = "", path: str, line: int | None = None
    ) -> None:
        super().__init__(code, f"{key}: {reason}" if key else reason, path=path, line=line)
        self.key = key


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """What came of reading a file: its value, unless there are mistakes.

    Attributes:
        remarks: what a person should know though it was read.
    """

    value: T | None
    mistakes: tuple[FileError, ...] = ()
    remarks: tuple[FileError, ...] = ()

    def must(self) -> T:
        """The value.

        Raises:
            FileError: the first mistake, which knows the others.
        """
        if self.value is None:
            first, *others = self.mistakes
            first.others = tuple(others)
            raise first
        return self.value


def read(
    text: str, into: type[T], *, name: str, code: str, meaning: Meaning | None = None
) -> Read[T]:
    """The struct that a TOML file states, or every mistake in it.

    Args:
        text: content of the file.
        into: msgspec struct; a key that it does not have is a mistake.
        name: file name, for the messages.
        code: error code of a mistake (``agreement-invalid``).
        meaning: finds what is well-formed but cannot be meant.
    """
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        return Read(None, (FileError(code, f"not valid TOML: {error}", path=name, line=line),))
    found = list(_structure(raw, into, ()))
    bad = [path for path, _ in found]
    found += [
        (path, reason)
        for path, reason in (meaning(raw) if meaning else ())
        if not any(path[: len(one)] == one for one in bad)
    ]
    if not found:
        return Read(msgspec.convert(raw, into))
    mistakes = [
        FileError(code, reason, key=key_text(path), path=name, line=line_of(text, path))
        for path, reason in found
    ]
    return Read(None, tuple(sorted(mistakes, key=lambda one: (one.line or 0, one.key))))


def key_text(path: KeyPath) -> str:
    """A key path as TOML writes it: ``route[1].hours``, ``data."a.b"``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + (part if _BARE_KEY.fullmatch(part) else quoted(part))
    return text


def quoted(text: str) -> str:
    """A TOML basic string (TOML 1.0, String): nothing in `text` can end it early."""
    return msgspec.json.encode(text).decode().replace("\x7f", "\\u007F")


def _structure(raw: Any, kind: Any, path: KeyPath) -> Iterator[Found]:
    """What does not have the shape that `kind` asks for, part by part."""
    bare = _meant(bare_type(kind), raw)
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct) and isinstance(raw, dict):
        yield from _struct(raw, bare, path)
        return
    parts: list[Found] = []
    if get_origin(bare) is tuple and isinstance(raw, list):
        parts = [
            f for n, one in enumerate(raw) for f in _structure(one, get_args(bare)[0], (*path, n))
        ]
    elif get_origin(bare) is dict and isinstance(raw, dict):
        key_kind, value_kind = get_args(bare)
        for key, value in raw.items():
            parts += _leaf(key, key_kind, (*path, key))
            parts += _structure(value, value_kind, (*path, key))
    yield from parts or _leaf(raw, bare if get_origin(bare_type(kind)) in _UNIONS else kind, path)


def _meant(kind: Any, raw: Any) -> Any:
    """Of several types, the one that a value of this shape is meant to have: a table, a list or a word."""
    if get_origin(kind) not in _UNIONS:
        return kind
    shape = msgspec.Struct if isinstance(raw, dict) else tuple if isinstance(raw, list) else str
    members = [one for one in get_args(kind) if one is not type(None)]
    fitting = (one for one in members if issubclass(get_origin(one) or one, shape))
    return next(fitting, kind)


def bare_type(kind: Any) -> Any:
    """The type without its constraints and without None."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in _UNIONS:
        members = [one for one in get_args(kind) if one is not type(None)]
        return bare_type(members[0]) if len(members) == 1 else kind
    return kind


def _struct(raw: dict[str, Any], struct: type[msgspec.Struct], path: KeyPath) -> Iterator[Found]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    kinds = get_type_hints(struct, include_extras=True)
    for name, value in raw.items():
        if name not in fields:
            near = difflib.get_close_matches(name, fields, 1)
            yield (
                (*path, name),
                "there is no such key" + (f"; is {near[0]} meant?" if near else ""),
            )
            continue
        yield from _structure(value, kinds[fields[name].name], (*path, name))
    for name, field in fields.items():
        if field.required and name not in raw:
            yield (*path, name), "is missing"


def _leaf(raw: Any, kind: Any, path: KeyPath) -> Iterator[Found]:
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        yield path, _in_words(str(error).partition(" - at `")[0], bare_type(kind))


def _in_words(reason: str, kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "must be one of " + ", ".join(str(member.value) for member in kind)
    for technical, plain in _WORDS.items():
        reason = reason.replace(technical, plain)
    return reason
