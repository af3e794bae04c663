"""JSON Schema of the messages: that of their types, and the bounds that hold for every value."""

from __future__ import annotations

from typing import Any

import msgspec

from keruen.customs.soundness import DECIMAL_PLACES, MAXIMUM_INTEGER, WHOLE_DIGITS, limit_of
from keruen.messages.codec import KINDS, STRUCTURE_VERSION

DECIMAL = (
    rf"^[+-]?[0-9]{{0,{WHOLE_DIGITS}}}([.][0-9]{{0,{DECIMAL_PLACES}}})?([eE][+-]?[0-9]{{1,2}})?$"
)
"""A number as text: digits, with an exponent where it was written so."""
_NAMED = frozenset({"properties", "$defs"})
"""Keywords whose members are names, not keywords."""


def json_schema(kind: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of one message kind.

    Raises:
        KeyError: no such kind.
    """
    schema: dict[str, Any] = _bounded(msgspec.json.schema(KINDS[kind]), "")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:keruen:schema:{kind}:{STRUCTURE_VERSION}",
        "title": kind,
    } | schema


def _bounded(node: Any, name: str) -> Any:
    """The schema with the bounds of `keruen.customs.unsound`; `name` is that of the element."""
    if isinstance(node, list | tuple):
        return [_bounded(inner, name) for inner in node]
    if not isinstance(node, dict):
        return node
    return _bounds(node, name) | {
        keyword: {own: _bounded(inner, own) for own, inner in value.items()}
        if keyword in _NAMED
        else _bounded(value, name)
        for keyword, value in node.items()
    }


def _bounds(node: dict[str, Any], name: str) -> dict[str, Any]:
    match node:
        case {"type": "string", "format": "decimal"}:
            return {"pattern": DECIMAL}
        case {"type": "string", "format": _} | {"type": "string", "pattern": _}:
            return {}
        case {"type": "string"}:
            return {"maxLength": limit_of(name)}
        case {"type": "integer"}:
            return {"minimum": -MAXIMUM_INTEGER, "maximum": MAXIMUM_INTEGER}
        case _:
            return {}
