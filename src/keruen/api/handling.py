"""An operation → the route that answers it: who calls, how often, what is asked, then the operation itself."""

from __future__ import annotations

import asyncio
import inspect
import re
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any, get_args, get_origin
from urllib.parse import quote

import msgspec
from litestar import Request, Response
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from keruen.api.gate import Call, Caller, Gate
from keruen.api.limits import CALLS, Taken
from keruen.api.noted import entry_of
from keruen.api.operation import JSON, Answered, Download, Operation, Upload, answered
from keruen.api.problems import ProblemError, missing, problem
from keruen.errors import KeruenError
from keruen.exchange.once import once
from keruen.people.audit import Outcome
from keruen.store import Transaction

Asked = Request[Any, Any, Any]
BAD, MEDIA_TYPE, TOO_MANY = 400, 415, 429
KEY, KEY_SIZE, KEY_FORM = "idempotency-key", 200, "^[!-~]+$"
RISKY = re.compile(r"[^\w.,()\[\]+=@ -]")
encoder = msgspec.json.Encoder(decimal_format="string", order=None)


def route(operation: Operation, gate: Gate) -> HTTPRouteHandler:
    """The route of an operation over one node."""

    async def handle(request: Asked) -> Response[Any]:
        return await _answered(operation, gate, request)

    handle.__name__ = operation.id
    made = HTTPRouteHandler(
        path=operation.path.replace("}", ":str}"),
        http_method=operation.method,
        status_code=200,
        media_type=operation.media_type,
        request_max_body_size=operation.size,
    )
    return made(handle)


def options(path: str, methods: Iterable[str]) -> HTTPRouteHandler:
    """What says which methods there are at a path."""
    allow = ", ".join(sorted({*methods, "OPTIONS"}))

    @HTTPRouteHandler(path.replace("}", ":str}"), http_method="OPTIONS", status_code=204)
    async def handle() -> Response[None]:
        return Response(None, headers={"Allow": allow})

    return handle


async def _answered(operation: Operation, gate: Gate, request: Asked) -> Response[Any]:
    if operation.scope is None:
        return await _done(operation, request, Call(gate, None), {})
    shown = request.headers.get("authorization", "")
    caller = await asyncio.to_thread(gate.admit, shown, operation.scope)
    taken = _allowed(gate, caller, CALLS)
    if operation.bucket:
        taken = _allowed(gate, caller, operation.bucket)
    call = Call(gate, caller)
    try:
        answer = await _done(operation, request, call, taken.headers)
    except (ProblemError, KeruenError):
        await _noted(operation, call, request, Outcome.FAILED)
        raise
    if not operation.transacts:
        await _noted(operation, call, request, Outcome.DONE)
    return answer


async def _noted(operation: Operation, call: Call, request: Asked, outcome: Outcome) -> None:
    if operation.audited:
        await call.gate.store.write(entry_of(operation, call, request, outcome))


def _allowed(gate: Gate, caller: Caller, bucket: str) -> Taken:
    taken = gate.limits.take(bucket, caller.token.token_id, time.monotonic())
    if taken.wait:
        rate = taken.rate
        detail = f"A token may make {rate.calls} {bucket} in {rate.seconds:g} s; wait {taken.wait:.1f} s."
        raise problem(TOO_MANY, "rate-limit", detail, taken.headers)
    return taken


async def _done(
    operation: Operation, request: Asked, call: Call, headers: dict[str, str]
) -> Response[Any]:
    given = {
        "place": lambda kind: _place(request, kind),
        "query": lambda kind: _query(request, kind),
        "headers": lambda kind: _headers(request, kind),
    }
    taken = {part: given[part](kind) for part, kind in operation.takes.items() if part in given}
    key = _key(request) if operation.writes else ""
    if "body" in operation.takes:
        taken["body"] = await _body(request, operation.takes["body"])
    answer = await _run(operation, request, call, taken, key)
    return _response(operation, answer, headers)


async def _run(
    operation: Operation, request: Asked, call: Call, taken: dict[str, Any], key: str
) -> Any:
    if operation.keyed:
        return await asyncio.to_thread(partial(operation.run, call, key=key, **taken))
    if operation.transacts:
        return await _once(operation, request, call, taken, key)
    if inspect.iscoroutinefunction(operation.run):
        return await operation.run(call, **taken)
    return await asyncio.to_thread(partial(operation.run, call, **taken))


async def _once(
    operation: Operation, request: Asked, call: Call, taken: dict[str, Any], key: str
) -> Any:
    """What an operation that writes gives, or gave when the key came before."""
    asked = f"{operation.method} {request.url.path}?{request.url.query}\n".encode()
    data = asked + await request.body()
    token_id, wall = call.caller.token.token_id, call.gate.context.clock.wall()
    entry = entry_of(operation, call, request, Outcome.DONE)

    def act(tx: Transaction) -> Any:
        entry(tx)
        return operation.run(call, tx=tx, **taken)

    answer, repeated = await call.gate.store.write(
        lambda tx: once(tx, token_id, key, data, wall, lambda: act(tx), operation.gives)
    )
    if operation.judge is not None:
        operation.judge(answer)
    return answered(answer, repeated=repeated)


def _response(operation: Operation, answer: Any, headers: dict[str, str]) -> Response[Any]:
    value, more = (answer.value, answer.headers) if isinstance(answer, Answered) else (answer, {})
    headers = {**headers, **more}
    if isinstance(value, Response):
        value.headers.update(headers)
        return value
    if isinstance(value, Download):
        headers |= {**value.headers, "Content-Disposition": disposition(value.name)}
        return Stream(value.chunks, media_type=operation.media_type, headers=headers)
    return Response(encoder.encode(value), media_type=operation.media_type, headers=headers)


def disposition(name: str) -> str:
    """The header that has an answer saved under a name (RFC 6266): no path, nothing that acts."""
    plain = RISKY.sub("_", name).strip(". ") or "file"
    ascii_name = plain.encode("ascii", "replace").decode().replace("?", "_")
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(plain)}"


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
