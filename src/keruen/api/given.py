"""A request → what its operation takes: each part checked against the type that the operation states of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from itertools import chain
from typing import Any, get_args, get_origin

import msgspec
from litestar import Request

from keruen.api.operation import JSON, Operation, Upload
from keruen.api.problems import missing, problem

Asked = Request[Any, Any, Any]
BAD, MEDIA_TYPE = 400, 415
KEY, KEY_SIZE, KEY_FORM = "idempotency-key", 200, "^[!-~]+$"


async def arguments(operation: Operation, request: Asked) -> dict[str, Any]:
    """What the operation is called with, by name.

    Raises:
        ProblemError: the request does not follow the description.
    """
    given = {"place": _place, "query": _query, "headers": _headers}
    found = {
        part: given[part](request, kind) for part, kind in operation.takes.items() if part in given
    }
    if operation.writes:
        found["key"] = _key(request)
    if "body" in operation.takes:
        found["body"] = await _body(request, operation.takes["body"])
    return found


def _place(request: Asked, kind: type[Any]) -> Any:
    try:
        return msgspec.convert(dict(request.path_params), kind, strict=False)
    except msgspec.ValidationError as error:
        detail = f"There is nothing at this address: {_told(error)}"
        raise missing("address-unknown", detail) from error


def _query(request: Asked, kind: type[Any]) -> Any:
    given: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        if name in given and not isinstance(given[name], list):
            given[name] = [given[name]]
        given[name] = [*given[name], value] if name in given else value
    for field in msgspec.structs.fields(kind):
        one = given.get(field.encode_name)
        if isinstance(one, str) and _is_list(field.type):
            given[field.encode_name] = [one]
    try:
        found = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise problem(BAD, "parameter-invalid", _told(error)) from error
    for name, value in given.items():
        if value == "null" and getattr(found, name) is None:
            detail = f"Leave `{name}` out where it has no value: null is none here."
            raise problem(BAD, "parameter-invalid", detail)
    return found


def _headers(request: Asked, kind: type[Any]) -> Any:
    given = {str(name): value for name, value in request.headers.items()}
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise problem(BAD, "header-invalid", _told(error)) from error


def _is_list(kind: Any) -> bool:
    inner = get_args(kind)[0] if hasattr(kind, "__metadata__") else kind
    return get_origin(inner) in (list, tuple)


def _key(request: Asked) -> str:
    key = request.headers.get(KEY, "")
    if not key:
        detail = "Choose a key for this request, such as a UUID: Idempotency-Key: …"
        raise problem(BAD, "idempotency-key-missing", detail)
    if len(key) > KEY_SIZE or not re.fullmatch(KEY_FORM, key):
        detail = f"An Idempotency-Key has 1 to {KEY_SIZE} characters of ASCII, no blanks."
        raise problem(BAD, "idempotency-key-invalid", detail)
    return key


async def _body(request: Asked, kind: Any) -> Any:
    if kind is Upload:
        return await _upload(request)
    body = await request.body()
    if kind is bytes:
        return body or _nothing()
    name, _ = request.content_type
    if name != JSON:
        detail = f"Send JSON as Content-Type: {JSON}; this is {name or 'not named'}."
        raise problem(MEDIA_TYPE, "not-json", detail)
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise problem(BAD, "body-invalid", _told(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        detail = f"The body is no JSON: {error}"
        raise problem(BAD, "body-malformed", detail) from error


async def _upload(request: Asked) -> Upload:
    stream = request.stream()
    first = await _next(stream) or _nothing()
    return Upload(chain((first,), _threaded(stream)))


def _nothing() -> bytes:
    raise problem(BAD, "body-missing", "Send the file as the body; this request has none.")


def _told(error: msgspec.ValidationError) -> str:
    return (
        f"{error}.".replace(" - at `$.", ": `")
        .replace(" - at `$", ": `")
        .replace("``", "the whole`")
    )


def _threaded(stream: AsyncIterator[bytes]) -> Iterator[bytes]:
    """A body for a thread that reads it, while the loop receives it."""
    loop = asyncio.get_running_loop()

    def chunks() -> Iterator[bytes]:
        while (chunk := asyncio.run_coroutine_threadsafe(_next(stream), loop).result()) is not None:
            yield chunk

    return chunks()


async def _next(stream: AsyncIterator[bytes]) -> bytes | None:
    """The next chunk that holds something; None at the end."""
    async for chunk in stream:
        if chunk:
            return chunk
    return None
