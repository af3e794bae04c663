"""The description of the API as pages for people: Markdown for the documentation, HTML that the node serves.

Both are written from one list of blocks, so that they say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from keruen.api.schemas import PREFIX


class Block(NamedTuple):
    """A piece of a page: a heading of a level, prose, a list, a table or code."""

    kind: str
    text: str = ""
    rows: Sequence[Sequence[str]] = ()
    level: int = 2


def blocks(described: dict[str, Any]) -> Iterator[Block]:
    """All of the description, by tag, then the schemas."""
    every = [
        (path, method, one)
        for path, methods in described["paths"].items()
        for method, one in methods.items()
    ]
    for tag in described["tags"]:
        yield Block("heading", tag["name"])
        for path, method, one in every:
            if tag["name"] in one["tags"]:
                yield from _operation(path, method, one)
    yield Block("heading", "Schemas")
    for name, schema in described["components"]["schemas"].items():
        yield from _schema(name, schema)


def _operation(path: str, method: str, one: dict[str, Any]) -> Iterator[Block]:
    yield Block("heading", one["operationId"], level=3)
    yield Block("code", f"{method.upper()} {path}")
    scope = one["security"][0]["token"][0] if one["security"] else "none"
    yield Block(
        "prose", f"{one['summary']}. {one['description']} Scope: `{scope}`.".replace("  ", " ")
    )
    if one["parameters"]:
        rows = [
            (f"`{p['name']}`", p["in"], _kind(p["schema"]), _must(p["required"]), p["description"])
            for p in one["parameters"]
        ]
        yield Block("table", rows=[("parameter", "in", "type", "", "meaning"), *rows])
    if "requestBody" in one:
        yield from _content("Body", one["requestBody"])
    yield from _content("Answer", one["responses"]["200"])
    problems = [
        (status, said["description"].partition(": ")[2])
        for status, said in one["responses"].items()
        if status != "200"
    ]
    yield Block("table", rows=[("problem", "code"), *problems])


def _content(what: str, said: dict[str, Any]) -> Iterator[Block]:
    for media_type, content in said["content"].items():
        kind = _kind(content["schema"]) if "schema" in content else "octets"
        yield Block("prose", f"{what}: {kind}, `{media_type}`.")
        if media_type == "application/json" and "example" in content:
            plain = msgspec.json.format(msgspec.json.encode(content["example"]), indent=2)
            yield Block("code", plain.decode())


def _schema(name: str, schema: dict[str, Any]) -> Iterator[Block]:
    yield Block("heading", name, level=3)
    if schema.get("description"):
        yield Block("prose", schema["description"])
    if "properties" in schema:
        required = schema.get("required", ())
        rows = [
            (f"`{key}`", _kind(one), _must(key in required), one.get("description", ""))
            for key, one in schema["properties"].items()
        ]
        yield Block("table", rows=[("member", "type", "", "meaning"), *rows])
    else:
        yield Block("prose", f"One of {_kind(schema)}.")


def _must(needed: bool) -> str:  # noqa: FBT001 - says what it is in both places
    return "must be there" if needed else ""


def _kind(schema: dict[str, Any]) -> str:  # noqa: PLR0911 - one a form of schema
    match schema:
        case {"$ref": str(ref)}:
            name = ref.removeprefix(PREFIX)
            return f"[{name}](#{name.lower()})"
        case {"enum": list(values)}:
            return ", ".join(f"`{one}`" for one in values)
        case {"const": value}:
            return f"`{value}`"
        case {"anyOf": list(several)}:
            return " or ".join(_kind(one) for one in several if one != {"type": "null"})
        case {"type": "array", "items": dict(items)}:
            return f"list of {_kind(items)}"
        case {"type": "string", "format": str(form)}:
            return form
        case {"type": str(kind)}:
            return kind
        case _:
            return "anything"


def markdown(described: dict[str, Any]) -> str:
    """The description as Markdown."""
    return "\n".join(_markdown(one) for one in blocks(described))


def _markdown(one: Block) -> str:
    match one.kind:
        case "heading":
            return f"{'#' * one.level} {one.text}\n"
        case "code":
            return f"```\n{one.text}\n```\n"
        case "table":
            first, *rest = [[cell.replace("|", "\\|") for cell in row] for row in one.rows]
            lines = [first, ["---"] * len(first), *rest]
            return "\n".join(f"| {' | '.join(row)} |" for row in lines) + "\n"
        case _:
            return f"{one.text}\n"
