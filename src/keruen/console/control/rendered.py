"""What a message says, for people: its content element by element, and an envelope with its lines broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from lxml import etree

from keruen.as4.xml import XmlError, parse
from keruen.customs import Struct

HEADER = "header"
MANY = 2000
"""Rows of one message that are shown."""


class Line(Struct, frozen=True):
    """One element.

    Attributes:
        depth: how deep it lies, from 0.
        name: of the element; `number`: which of several it is, from 1.
        value: None where more lies below.
        at: the same where it is a time.
    """

    depth: int
    name: str
    number: int | None = None
    value: str | None = None
    at: datetime | None = None


def lines(content: Any) -> list[Line]:
    """What a message states, without its header and without what it leaves out."""
    found: list[Line] = []
    for one in _below(content, 0, {HEADER}):
        if len(found) == MANY:
            break
        found.append(one)
    return found


def _below(value: Any, depth: int, left_out: set[str] | frozenset[str]) -> Iterator[Line]:
    for name, inner in _stated(value):
        if name not in left_out:
            yield from _lines(name, inner, depth)


def _stated(value: Any) -> Iterator[tuple[str, Any]]:
    pairs = value.items() if isinstance(value, Mapping) else msgspec.structs.asdict(value).items()
    for name, inner in pairs:
        if inner not in (None, (), {}, ""):
            yield str(name), inner


def _lines(name: str, value: Any, depth: int) -> Iterator[Line]:
    if isinstance(value, (tuple, list, frozenset, set)):
        for number, one in enumerate(value, start=1):
            yield from _one(name, one, depth, number if len(value) > 1 else None)
    else:
        yield from _one(name, value, depth, None)


def _one(name: str, value: Any, depth: int, number: int | None) -> Iterator[Line]:
    if isinstance(value, (msgspec.Struct, Mapping)):
        yield Line(depth=depth, name=name, number=number)
        yield from _below(value, depth + 1, frozenset())
    elif isinstance(value, datetime):
        yield Line(depth=depth, name=name, number=number, value=value.isoformat(), at=value)
    else:
        yield Line(depth=depth, name=name, number=number, value=str(value))


def broken(envelope: bytes) -> str:
    """An envelope with an element a line; the octets as they are where they are no XML."""
    try:
        root = parse(envelope)
    except XmlError:
        return envelope.decode(errors="replace")
    etree.indent(root)
    return etree.tostring(root, encoding="unicode")
