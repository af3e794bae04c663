"""A format as a table: which element of the file is which element of the model.

The same table reads, writes and documents. Paths of the file are local names, with a prefix that matters
for writing only; paths of the model are dotted. What is read is kept as plain dicts until it is whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count
from typing import Any

from keruen.formats.codecs import TEXT, Codec

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text of the file: an element, or an attribute of it.

    Attributes:
        path: below the current element, ``/`` between names; ``.`` is the element itself.
        target: element of the model, below the current struct.
        attribute: name of the attribute, if the text is one.
        beside: attributes that the schema wants on writing, always the same.
        needed: whether the schema wants the element wherever the one around it stands.
        unit: attribute that says in what the number is measured, and its only value that is understood.
        length: characters that are written at most; a longer text is cut.
        fits: pattern of what may be written; any other text is left out.
    """

    path: str
    target: str
    codec: Codec = TEXT
    attribute: str | None = None
    beside: Mapping[str, str] = field(default_factory=dict)
    needed: bool = False
    unit: tuple[str, str] | None = None
    length: int | None = None
    fits: str | None = None

    def written(self, value: Any) -> str | None:
        """The text that stands for a value in the file, None where none may or it would be empty."""
        text = self.codec.encode(value)[: self.length].strip()
        fits = self.fits is None or re.fullmatch(self.fits, text)
        return text if text and fits else None


@dataclass(frozen=True, slots=True)
class Present:
    """A group that the schema wants even where nothing is in it; written empty, read past."""

    path: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Each:
    """A repeated element: each becomes one struct of a list.

    Attributes:
        fixed: values that every struct of this rule has; on writing they choose the structs.
        finish: completes a struct that was read.
        chosen: on writing, whether a struct belongs to this rule.
        needed: whether the schema wants at least one wherever the element around it stands.
        limit: at most so many are written.
    """

    path: str
    target: str
    rules: tuple[Rule, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)
    finish: Callable[[Plain], None] | None = None
    chosen: Callable[[Plain], bool] | None = None
    needed: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Strings:
    """A repeated element of which each text is one string of a list; at most `limit` are written."""

    path: str
    target: str
    limit: int | None = None
    beside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lines:
    """A repeated element whose texts are the lines of one text of the model.

    Attributes:
        limit: at most so many are written; a longer text loses its own lines first, then its end.
    """

    path: str
    target: str
    width: int = 250
    limit: int | None = None


Rule = Leaf | Each | Strings | Lines | Present


def below(path: str, rules: Iterable[Rule], target: str = "") -> tuple[Rule, ...]:
    """The rules for what lies in a group of the file, and in a struct of the model."""
    return tuple(
        replace(rule, path=f"{path}/{rule.path}", target=f"{target}.{rule.target}".strip("."))
        for rule in rules
    )


def stated(
    statements: Mapping[str, str],
    target: str = "additional_information",
    limit: int | None = None,
) -> tuple[Rule, ...]:
    """Each element, a text of its own, as a coded statement.

    Args:
        statements: path → code of the statement.
        limit: how often each may stand.
    """
    return tuple(
        Each(path, target, (Leaf(".", "text"),), {"code": code}, limit=limit)
        for path, code in statements.items()
    )


@lru_cache(maxsize=4096)
def local(name: str) -> str:
    """Name without namespace or prefix."""
    return name.rpartition("}")[2].rpartition(":")[2]


def put(plain: Plain, path: str, value: Any) -> None:
    """Set an element by its dotted path."""
    *groups, name = path.split(".")
    for group in groups:
        plain = plain.setdefault(group, {})
    plain[name] = value


def get(plain: Plain, path: str, default: Callable[[], Any] | None = None) -> Any:
    """An element by its dotted path; where it is absent, None or a new default."""
    *groups, name = path.split(".")
    for group in groups:
        inner = plain.get(group)
        if inner is None:
            if default is None:
                return None
            inner = plain.setdefault(group, {})
        plain = inner
    if default is not None:
        return plain.setdefault(name, default())
    return plain.get(name)


def numbered(structs: Sequence[Plain]) -> None:
    """Give those without an ordinal their place, or where it is another's a number after all places."""
    taken = {one["ordinal"] for one in structs if "ordinal" in one}
    spare = (number for number in count(len(structs) + 1) if number not in taken)
    for place, one in enumerate(structs, start=1):
        if "ordinal" not in one:
            one["ordinal"] = next(spare) if place in taken else place


def documented(
    rules: Iterable[Rule], path: str = "", target: str = ""
) -> Iterator[tuple[str, str]]:
    """(path in the file, path in the model) of every leaf of a table, for the reference."""
    for rule in rules:
        where = f"{path}/{_plain_path(rule.path)}".strip("/").removesuffix("/.")
        what = f"{target}.{rule.target}".strip(".")
        match rule:
            case Leaf(attribute=str(attribute)):
                yield f"{where}/@{attribute}", what
            case Leaf() | Lines():
                yield where, what
            case Strings():
                yield where, f"{what}[]"
            case Present():
                pass
            case Each(fixed=fixed):
                chosen = ", ".join(f"{name} {value}" for name, value in fixed.items())
                yield from documented(
                    rule.rules, where, f"{what}[]" + (f" ({chosen})" if chosen else "")
                )


def _plain_path(path: str) -> str:
    return "/".join(local(step) for step in path.split("/"))
