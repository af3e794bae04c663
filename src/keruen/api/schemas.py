"""Types → JSON Schemas as OpenAPI has them: under plain names, members described by their docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

import msgspec

PREFIX = "#/components/schemas/"
_MEMBER = re.compile(r"(?:^|(?<=\. )|(?<=; ))`?([a-z_]+)`?: ")
LEFT_OUT = ("title", "uniqueItems")
"""A name says no more than its component's; a code that is given twice counts once and is no mistake."""
DECIMAL = r"^-?[0-9]{1,40}(\.[0-9]{1,40})?(E[+-]?[0-9]{1,4})?$"
"""How a decimal travels: as text, so that no digit is lost."""


class Schemas:
    """The schemas of all types that operations take and give.

    Attributes:
        components: those that have a name.
    """

    def __init__(self, kinds: Sequence[Any]) -> None:
        unique = {repr(kind): kind for kind in kinds}
        found, components = msgspec.json.schema_components(
            list(unique.values()), ref_template=PREFIX + "{name}"
        )
        self._of = {name: _tidy(schema) for name, schema in zip(unique, found, strict=True)}
        self.components = {_plain(name): _tidy(one) for name, one in sorted(components.items())}

    def of(self, kind: Any) -> dict[str, Any]:
        """The schema of a type, or a reference to it."""
        found: dict[str, Any] = self._of[repr(kind)]
        return found

    def named_in(self, paths: Any) -> dict[str, Any]:
        """The components that these paths need, and those that they need in turn."""
        wanted, todo = set[str](), set(_references(paths))
        while todo:
            wanted |= todo
            todo = {ref for name in todo for ref in _references(self.components[name])} - wanted
        return {name: self.components[name] for name in sorted(wanted)}

    def members(self, kind: Any) -> Iterator[tuple[str, dict[str, Any], bool]]:
        """Name, schema and whether it must be there of each member of a type that parameters are made of."""
        schema = self.components[self.of(kind)["$ref"].removeprefix(PREFIX)]
        for name, member in schema["properties"].items():
            yield name, _without_null(member), name in schema.get("required", ())


def _references(node: Any) -> Iterator[str]:
    match node:
        case {"$ref": str(ref)}:
            yield ref.removeprefix(PREFIX)
        case dict():
            for one in node.values():
                yield from _references(one)
        case list():
            for one in node:
                yield from _references(one)


def _plain(name: str) -> str:
    """``Page_Consignment_`` becomes ``PageOfConsignment``; of two of one name the room tells them apart."""
    _, _, rest = name.partition("keruen.")
    if rest:
        room, last = rest.split(".")[0], rest.split(".")[-1]
        name = last if room in ("store", "api") else room.title() + last
    outer, _, inner = name.strip("_").partition("_")
    return f"{outer}Of{inner}" if inner else outer


def _tidy(node: Any) -> Any:
    match node:
        case {"$ref": str(ref), **rest}:
            return {"$ref": PREFIX + _plain(ref.removeprefix(PREFIX)), **rest}
        case {"type": "string", "format": "decimal", **rest}:
            return {"type": "string", "pattern": DECIMAL, **rest}
        case dict():
            plain = {key: _tidy(value) for key, value in node.items() if key not in LEFT_OUT}
            if "properties" not in node:
                return plain
            members = {name: _tidy(one) for name, one in node["properties"].items()}
            return _explained({**plain, "properties": members})
        case list() | tuple():
            return [_tidy(one) for one in node]
        case _:
            return node


def _explained(schema: dict[str, Any]) -> dict[str, Any]:
    """What a docstring says of its attributes, where they are; the rest describes the whole."""
    text, _, attributes = inspect.cleandoc(schema.get("description", "")).partition(
        "\nAttributes:\n"
    )
    said = dict(_said(attributes))
    members = {
        name: {"description": said[plain], **member} if plain in said else member
        for name, member in schema["properties"].items()
        for plain in (name.replace("-", "_"),)
    }
    return {**schema, "description": " ".join(text.split()), "properties": members}


def _said(attributes: str) -> Iterator[tuple[str, str]]:
    whole = " ".join(line.strip() for line in attributes.splitlines())
    marks = list(_MEMBER.finditer(whole))
    for mark, following in zip_longest(marks, marks[1:]):
        text = whole[mark.end() : following.start() if following else None]
        yield mark.group(1), text.strip("`; ").rstrip(".") + "."


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter that may be left out is not null."""
    kinds = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    rest = {key: value for key, value in schema.items() if key not in {"anyOf", "default"}}
    return {**kinds[0], **rest}
