"""The operations as an OpenAPI 3.1 document: it says what the routes check, since both are made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from keruen import __version__
from keruen.api.given import KEY_FORM, KEY_SIZE
from keruen.api.operation import JSON, OCTETS, Download, Operation, Upload
from keruen.api.problems import PROBLEM, TITLES, Problem
from keruen.api.samples import KNOWN, sample
from keruen.api.schemas import Schemas
from keruen.exchange.once import KEPT

PATH = "/api/v1"
RAW = (bytes, Upload, Download, str)
"""Types of bodies and answers that are no JSON."""
LIMITED = {
    "RateLimit": "Calls that are left, and seconds until all are there again.",
    "RateLimit-Policy": "Calls in a time, by name of the limit.",
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Chosen by the caller, such as a UUID. The same request under the same key is answered as "
    "before and does nothing; answers are kept for "
    f"{KEPT.days} days.",
    "schema": {"type": "string", "minLength": 1, "maxLength": KEY_SIZE, "pattern": KEY_FORM},
}


def document(operations: Sequence[Operation]) -> dict[str, Any]:
    """The whole description."""
    schemas = Schemas([*(kind for one in operations for kind in _kinds(one)), Problem])
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method.lower()] = _described(one, schemas)
    _exemplify(paths, schemas.components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Keruen",
            "version": __version__,
            "summary": "What a node of the exchange offers the programs of its administration.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": PATH}],
        "tags": [{"name": tag} for tag in dict.fromkeys(one.tag for one in operations)],
        "paths": paths,
        "components": {"schemas": schemas.named_in(paths), "securitySchemes": {"token": TOKEN}},
    }


def _exemplify(paths: dict[str, Any], components: Mapping[str, Any]) -> None:
    """Add an example to whatever is taken or given as JSON, and to parameters of a known name."""
    for one in (one for methods in paths.values() for one in methods.values()):
        bodies = [one["requestBody"]] if "requestBody" in one else []
        for said in (*bodies, *one["responses"].values()):
            for media_type, content in said["content"].items():
                if media_type.endswith("json") and "example" not in content:
                    content["example"] = sample(content["schema"], components)
        for parameter in one["parameters"]:
            if parameter["required"] and parameter["name"] in KNOWN:
                parameter["example"] = sample(parameter["schema"], components, parameter["name"])


TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "Made by `keruen token DIR add`; good for the scopes that it names.",
}


def _kinds(one: Operation) -> Iterator[Any]:
    """Types that a schema is made of; those of parameters are taken apart."""
    yield from (kind for kind in (*one.takes.values(), one.gives) if kind not in RAW)


def _described(one: Operation, schemas: Schemas) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": one.id,
        "tags": [one.tag],
        "summary": one.summary,
        "description": one.description,
        "parameters": list(_parameters(one, schemas)),
        "responses": {"200": _answer(one, schemas)} | dict(_problems(one, schemas)),
        "security": [{"token": [one.scope]}] if one.scope else [],
    }
    if "body" in one.takes:
        found["requestBody"] = _body(one, schemas)
    return found


def _parameters(one: Operation, schemas: Schemas) -> Iterator[dict[str, Any]]:
    for part, where in (("place", "path"), ("query", "query"), ("headers", "header")):
        kind = one.takes.get(part)
        for name, schema, required in schemas.members(kind) if kind else ():
            described = {key: value for key, value in schema.items() if key != "description"}
            yield {
                "name": name if where != "header" else name.title(),
                "in": where,
                "required": required or where == "path",
                "description": schema.get("description", ""),
                "schema": described,
            }
    if one.writes:
        yield KEY


def _body(one: Operation, schemas: Schemas) -> dict[str, Any]:
    kind = one.takes["body"]
    if kind in RAW:
        schema = {"type": "string", "format": "binary", "minLength": 1}
        return {"required": True, "content": {OCTETS: {"schema": schema}}}
    content: dict[str, Any] = {"schema": schemas.of(kind)}
    return {"required": True, "content": {JSON: content}}


def _answer(one: Operation, schemas: Schemas) -> dict[str, Any]:
    content: dict[str, Any] = {}
    if one.gives is str:
        content = {"schema": {"type": "string"}}
    elif one.gives not in RAW:
        content = {"schema": schemas.of(one.gives)}
    headers = dict(LIMITED) if one.scope else {}
    if one.writes:
        headers["Idempotency-Replayed"] = "`true` where this key was answered before."
    return {
        "description": one.summary + ".",
        "headers": {name: _header(text) for name, text in headers.items()},
        "content": {one.media_type: content},
    }


def _header(text: str) -> dict[str, Any]:
    return {"description": text, "schema": {"type": "string"}}


def _problems(one: Operation, schemas: Schemas) -> Iterator[tuple[str, Any]]:
    for status, codes in sorted(codes_of(one).items()):
        headers = dict(LIMITED) if status == 429 else {}  # noqa: PLR2004
        if headers:
            headers["Retry-After"] = "Seconds to wait."
        yield (
            str(status),
            {
                "description": f"{TITLES[status]}: {', '.join(f'`{code}`' for code in codes)}.",
                "headers": {name: _header(text) for name, text in headers.items()},
                "content": {
                    PROBLEM: {
                        "schema": schemas.of(Problem),
                        "example": {
                            "status": status,
                            "title": TITLES[status],
                            "code": codes[0],
                            "detail": "What is wrong, and what would be right.",
                            "type": "about:blank",
                        },
                    }
                },
            },
        )


def codes_of(one: Operation) -> Mapping[int, tuple[str, ...]]:
    """Codes of the problems that an operation may end in, by status."""
    body = one.takes.get("body")
    taken = one.takes.keys()
    raw, json = body in RAW, body is not None and body not in RAW
    found = {
        400: [
            *(["parameter-invalid"] if {"query", "place"} & taken else []),
            *(["header-invalid"] if "headers" in taken else []),
            *(["idempotency-key-missing", "idempotency-key-invalid"] if one.writes else []),
            *(["body-malformed", "body-invalid"] if json else []),
            *(["body-missing"] if raw else []),
        ],
        401: ["token-missing"] if one.scope else [],
        403: ["scope-missing"] if one.scope else [],
        404: ["address-unknown"] if "place" in taken else [],
        413: ["body-too-large"] if body is not None else [],
        415: ["not-json"] if json else [],
        422: [
            *(["cursor-invalid"] if hasattr(one.takes.get("query"), "cursor") else []),
            *(["idempotency-key-reused"] if one.writes else []),
        ],
        429: ["rate-limit"] if one.scope else [],
        500: ["internal-error"],
    }
    for status, codes in one.codes.items():
        found.setdefault(status, []).extend(codes)
    return {status: tuple(codes) for status, codes in found.items() if codes}
