"""Why JSON is not of a structure: the decoder's words → a key, the values of its sentence, the element's path.

Each room that reads JSON has the sentences under a finding code of its own (`structure`).
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, NamedTuple

import msgspec

STRUCTURE: Mapping[str, str] = {
    "": "It does not follow its JSON Schema; `keruen schema` prints what it consists of.",
    "/enum": "None of the values that this element takes: {0}.",
    "/missing": "The member {0} is missing here.",
    "/type": "What belongs here is {0}.",
}
"""Ending of a key → sentence."""
NATURES: Mapping[str, str] = {
    "array": "a list",
    "bool": "true or false",
    "date": "a date, YYYY-MM-DD",
    "datetime": "a date and time with its offset, YYYY-MM-DDThh:mm:ss+hh:mm",
    "decimal": "a number",
    "float": "a number",
    "int": "a whole number",
    "object": "an object with its members",
    "str": "a text",
}
"""Type as the decoder names it → phrase."""
PHRASES = tuple(dict.fromkeys(NATURES.values()))
_WANTED = re.compile(r"Expected `(?P<kind>\w+)[^`]*`, got")
_ENCODED = re.compile(r"Invalid (?:RFC3339 encoded )?(?P<kind>datetime|date|decimal)\b")
_LACKING = re.compile(r"Object missing required field `(\w+)`")


class Mistake(NamedTuple):
    """One thing that is not as the structure has it.

    Attributes:
        ending: of the sentence's key, one of `STRUCTURE`.
        values: what the sentence names.
        path: of the element; empty for the whole.
    """

    ending: str
    values: tuple[str, ...]
    path: str


def structure(code: str) -> Mapping[str, str]:
    """The sentences of a code of a room."""
    return {f"{code}{ending}": sentence for ending, sentence in STRUCTURE.items()}


def mistake(error: Exception, kind: Any) -> Mistake:
    """The mistake in an error of the decoder.

    Args:
        error: of msgspec.
        kind: the structure that was decoded to, whose choices are named.
    """
    text, _, path = str(error).partition(" - at `$")
    path = path.rstrip("`").removeprefix(".")
    if found := _WANTED.match(text) or _ENCODED.match(text):
        return Mistake("/type", (NATURES.get(found["kind"], found["kind"]),), path)
    if found := _LACKING.match(text):
        return Mistake("/missing", (found[1],), path)
    if text.startswith("Invalid enum value") and (choices := _choices(kind, path)):
        return Mistake("/enum", (", ".join(choices),), path)
    return Mistake("", (), path)


def _choices(kind: Any, path: str) -> list[str]:
    """The values that an element takes, where it is a choice."""
    for name in re.findall(r"[a-z_]\w*", path):
        hints = [typing.get_type_hints(one) for one in _classes(kind)]
        kind = next((hint[name] for hint in hints if name in hint), None)
    enums = (one for one in _classes(kind) if issubclass(one, Enum))
    return [str(choice.value) for one in enums for choice in one]


def _classes(kind: Any) -> Iterator[type]:
    """Structs and enums in an annotation."""
    if isinstance(kind, type) and issubclass(kind, Enum | msgspec.Struct):
        yield kind
    for inner in typing.get_args(kind):
        yield from _classes(inner)
