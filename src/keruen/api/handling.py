"""An operation → the route that answers it: who calls, how often, what is asked, then the operation itself."""

from __future__ import annotations

import asyncio
import inspect
import re
import time
from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from keruen.api.gate import Call, Caller, Gate
from keruen.api.given import Asked, arguments
from keruen.api.limits import CALLS, Taken
from keruen.api.noted import entry_of
from keruen.api.operation import Answered, Download, Operation, answered
from keruen.api.problems import ProblemError, problem
from keruen.errors import KeruenError
from keruen.exchange.once import once
from keruen.people.audit import Outcome
from keruen.store import Transaction

TOO_MANY = 429
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
    given = await arguments(operation, request)
    return _response(operation, await _run(operation, request, call, given), headers)


async def _run(operation: Operation, request: Asked, call: Call, given: dict[str, Any]) -> Any:
    if operation.transacts:
        return await _once(operation, request, call, **given)
    if inspect.iscoroutinefunction(operation.run):
        return await operation.run(call, **given)
    return await asyncio.to_thread(partial(operation.run, call, **given))


async def _once(operation: Operation, request: Asked, call: Call, *, key: str, **given: Any) -> Any:
    """What an operation that writes gives, or gave when the key came before."""
    asked = f"{operation.method} {request.url.path}?{request.url.query}\n".encode()
    data = asked + await request.body()
    token_id, wall = call.caller.token.token_id, call.gate.context.clock.wall()
    entry = entry_of(operation, call, request, Outcome.DONE)

    def act(tx: Transaction) -> Any:
        entry(tx)
        return operation.run(call, tx=tx, **given)

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
