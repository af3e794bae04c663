"""Leaf by leaf: whether the declaration carries it, and why not.

A leaf is an element with text and no element inside, or a value of the JSON that is not empty. That a rule took
a leaf is not enough: its value must stand in the declaration.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import takewhile
from typing import Any

import msgspec
from lxml import etree

from keruen.customs import Declaration
from keruen.formats.reading import text_of
from keruen.formats.reasons import INVALID, OTHER_DOCUMENT, SIGNATURE, UNKNOWN
from keruen.formats.rules import local
from keruen.formats.source import JsonSource, XmlSource, paths

Account = tuple[str, str | None]
"""Path of a leaf, and why it is not carried; None where it is."""
_XML_SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"


def accounts(source: XmlSource | JsonSource) -> Iterator[Account]:
    """Every leaf of a file, in its order."""
    if isinstance(source, XmlSource):
        return _xml(source)
    return _json(source.plain, source.declaration, "")


def _xml(source: XmlSource) -> Iterator[Account]:
    kept = Kept(source.declaration)
    inside = {source.element, *source.element.iterdescendants()}
    for element, path in paths(source.root):
        if len(element) or not text_of(element):
            continue
        yield path, _reason(element, source, kept) if element in inside else OTHER_DOCUMENT


def _reason(element: etree._Element, source: XmlSource, kept: Kept) -> str | None:
    carried = source.tracker.carried
    if element in carried and carried[element] in kept:
        return None
    if (element, None) in source.tracker.invalid:
        return INVALID
    names = _names(element, source.element)
    if element in carried and source.format.implied.get("/".join(names)) == carried[element]:
        return None
    if any(str(one.tag).startswith(_XML_SIGNATURE) for one in element.iterancestors()):
        return SIGNATURE
    starts = ("/".join(names[:end]) for end in range(len(names), 0, -1))
    reasons = source.format.not_carried
    return next((reasons[start] for start in starts if start in reasons), UNKNOWN)


def _names(element: etree._Element, root: etree._Element) -> list[str]:
    """Local names from below the root to the element."""
    lineage = takewhile(lambda one: one is not root, (element, *element.iterancestors()))
    return [local(str(one.tag)) for one in lineage][::-1]


class Kept:
    """The values of a declaration, to look up what was read.

    A day and a time of day are kept if they are those of a time; a text, if it is part of a longer one.
    """

    def __init__(self, declaration: Declaration) -> None:
        self._values: set[Any] = set()
        self._texts = ""
        texts: list[str] = []
        for value in _values(declaration):
            self._values |= _forms(value)
            if isinstance(value, str):
                texts.append(value)
        self._texts = "\n\n".join(texts)

    def __contains__(self, value: object) -> bool:
        """Whether the value stands in the declaration."""
        return value in self._values or (isinstance(value, str) and value in self._texts)


def _values(value: Any) -> Iterator[Any]:
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _values(getattr(value, name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from _values(inner)
    elif value is not None:
        yield value


def _forms(value: Any) -> set[str | date | time]:
    if isinstance(value, datetime):
        return {value, value.replace(tzinfo=None), value.date(), value.time(), value.timetz()}
    return {value}


_ABSENT = object()


def _json(plain: Any, value: Any, path: str) -> Iterator[Account]:
    if isinstance(plain, dict):
        for name, inner in plain.items():
            below = getattr(value, name, _ABSENT) if isinstance(value, msgspec.Struct) else _ABSENT
            yield from _json(inner, below, f"{path}.{name}".lstrip("."))
    elif isinstance(plain, list):
        inside = value if isinstance(value, tuple) else ()
        for place, inner in enumerate(plain):
            below = inside[place] if place < len(inside) else _ABSENT
            yield from _json(inner, below, f"{path}[{place}]")
    elif plain not in (None, ""):
        yield path, UNKNOWN if value is _ABSENT else None
