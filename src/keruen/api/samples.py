"""Examples of what operations take and give, made of their schemas: what must be there, and what is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DEEP = 3
"""Objects within each other of which an example shows more than what must be there."""
KNOWN: Mapping[str, Any] = {
    "arrival_id": "01a20a5e-6d1e-7b2f-9a52-6f0f3b7c1d20",
    "arrived": "2026-11-24T05:40:00+05:00",
    "at": "2026-11-24T00:40:00Z",
    "attachment_id": "01a20a5e-6d1e-7b2f-9a52-6f0f3b7c1d11",
    "code": "gross-mass-differs",
    "consignment_id": "01a20a5e-6d1e-7b2f-9a52-6f0f3b7c1d01",
    "corridor": "KZ-TJ",
    "country": "TJ",
    "created": "2026-11-23T20:40:00Z",
    "declared": "21450",
    "detail": "KZ-TJ has no consignment 4711.",
    "enquiry_id": "01a20a5e-6d1e-7b2f-9a52-6f0f3b7c1d30",
    "eta": "2026-11-24T00:00:00Z",
    "event_id": "01a20a5e-6d1e-7b2f-9a52-6f0f3b7c1d40",
    "found": "19900",
    "gross_mass": "21450",
    "id": "01a20a5e-6d1e-7b2f-9a52-6f0f3b7c1d40",
    "item": 1,
    "items": None,
    "key": "2026-11",
    "kind": "PreliminaryInformation",
    "message_id": "01a20a5e-6d1e-7b2f-9a52-6f0f3b7c1d02",
    "mode": "live",
    "month": "2026-11",
    "name": "transit-kz.xml",
    "number": "39857201/231126/0004502",
    "partner": "KZ",
    "post": "TJ-FOT",
    "q": "071KLM02",
    "reference": "39857201/231126/0004502",
    "role": "receiver",
    "seals": ["KZ0194522"],
    "state": "accepted",
    "status": 404,
    "title": "Мука пшеничная",
    "token_id": "01a20a5e-6d1e-7b2f-9a52-6f0f3b7c1d50",
    "type": "org.keruen.consignment.released",
    "version": "1.0",
    "vehicle": "071KLM02",
    "weighbridge": "19900",
}
"""Members that examples show where they may be left out, too, if this value fits their schema."""
TEXTS = {"date-time": "2026-11-24T00:40:00Z", "date": "2026-11-24", "binary": "…"}


def sample(  # noqa: C901, PLR0911 - one a form of schema
    schema: Any, components: Mapping[str, Any], name: str = "", depth: int = 0
) -> Any:
    """A value that a schema allows."""
    match schema:
        case {"$ref": str(ref)}:
            return sample(components[ref.rsplit("/", 1)[-1]], components, name, depth)
        case {"enum": [first, *_] as several}:
            return KNOWN[name] if KNOWN.get(name) in several else first
        case {"const": value}:
            return value
        case {"anyOf": [first, *_]}:
            return sample(first, components, name, depth)
        case {"properties": dict(members)}:
            return _object(schema, members, components, depth)
        case {"type": "array"}:
            return _array(schema, components, name, depth)
        case {"type": "object"}:
            return {}
        case {"type": "integer" | "number"}:
            return KNOWN[name] if isinstance(KNOWN.get(name), int) else schema.get("minimum", 1)
        case {"type": "boolean"}:
            return False
        case {"type": "string"}:
            return _text(schema, name)
        case _:
            return {}


def _object(
    schema: Any, members: Mapping[str, Any], components: Mapping[str, Any], depth: int
) -> dict[str, Any]:
    required = schema.get("required", ())
    shown = [one for one in members if one in required or (one in KNOWN and depth < DEEP)]
    return {one: sample(members[one], components, one, depth + 1) for one in shown}


def _array(schema: Any, components: Mapping[str, Any], name: str, depth: int) -> list[Any]:
    if depth >= DEEP or "prefixItems" in schema:
        return [sample(one, components, name, depth) for one in schema.get("prefixItems", ())]
    known = KNOWN.get(name)
    return known if isinstance(known, list) else [sample(schema["items"], components, name, depth)]


def _text(schema: Any, name: str) -> str:
    if schema.get("examples"):
        return str(schema["examples"][0])
    if schema.get("format") in TEXTS:
        return TEXTS[schema["format"]]
    known = KNOWN.get(name)
    return known if isinstance(known, str) else str(schema.get("default") or name or "text")
