"""Routes of the API. Each names the scope that its token needs; nothing is answered without a token.

Programs are known by a bearer token alone: there are no cookies here, so that no page of a browser can act
for anybody.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.enums import MediaType
from litestar.exceptions import HTTPException
from litestar.params import FromPath, HeaderParameter, QueryParameter
from litestar.response import ServerSentEvent, ServerSentEventMessage
from litestar.types import ControllerRouterHandler

from keruen.api.problems import Problem, ProblemError, problem_of
from keruen.api.tokens import Scope, token_shown
from keruen.exchange import Context, Result, Submitted
from keruen.exchange.feed import BATCH_CONTENT_TYPE, PAGE, told
from keruen.formats.documents import SIZE
from keruen.store import ApiToken, Consignment, Event, Reader, Store

PATH = "/api/v1"
WATCH_SECONDS = 0.5
"""How often an open stream looks whether something happened."""
SILENCE_SECONDS = 15.0
"""After so much silence a stream gives a sign of life."""
KEY_SIZE = 200
UNAUTHORIZED, FORBIDDEN, MISSING, BAD = 401, 403, 404, 400

SubmitOnce = Callable[[str, str, str, bytes], tuple[Submitted, bool]]
"""Token, idempotency key, name, document → what became of it, and whether it came before."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What the routes stand on."""

    store: Store
    context: Context
    submit: SubmitOnce

    async def admit(self, request: Request[Any, Any, Any], scope: Scope) -> ApiToken:
        """The token of a request.

        Raises:
            ProblemError: 401 ``token-missing``, 403 ``scope-missing``.
        """
        shown = request.headers.get("authorization", "")
        wall = self.context.clock.wall()
        token = await asyncio.to_thread(token_shown, self.store, shown, wall)
        if token is None:
            detail = "Show a good token: Authorization: Bearer …; `keruen token DIR add` makes one."
            problem = Problem(UNAUTHORIZED, "Unauthorized", "token-missing", detail)
            raise ProblemError(problem, {"WWW-Authenticate": 'Bearer realm="keruen"'})
        if scope not in token.scopes.split():
            detail = f"This token is good for {token.scopes}, and this needs {scope}."
            raise ProblemError(Problem(FORBIDDEN, "Forbidden", "scope-missing", detail))
        return token


class Dossier(msgspec.Struct, frozen=True):
    """One consignment and what happened to it, in order."""

    consignment: Consignment
    events: list[Event]


@post(
    "/documents",
    status_code=200,
    summary="Hand in a declaration or a notice",
    description="The body is one file in any format that the node reads. The same Idempotency-Key with "
    "the same body is answered as before and does nothing.",
)
async def hand_in(
    request: Request[Any, Any, Any],
    gate: NamedDependency[Gate],
    idempotency_key: Annotated[
        str | None, HeaderParameter(name="Idempotency-Key", max_length=KEY_SIZE)
    ] = None,
    name: Annotated[str, QueryParameter(name="name", max_length=KEY_SIZE)] = "document",
) -> Response[Submitted]:
    """What became of the document."""
    token = await gate.admit(request, Scope.SUBMIT)
    if not idempotency_key:
        detail = "Choose a key for this document, such as a UUID: Idempotency-Key: …"
        raise ProblemError(Problem(BAD, "Bad request", "idempotency-key-missing", detail))
    body = await request.body()
    submitted, repeated = await asyncio.to_thread(
        gate.submit, token.token_id, idempotency_key, name, body
    )
    headers = {"Idempotency-Replayed": "true"} if repeated else {}
    if submitted.result is Result.REFUSED:
        detail = "The document was refused; nothing was written."
        problem = Problem(422, "Refused", "document-refused", detail, findings=submitted.findings)
        raise ProblemError(problem, headers)
    return Response(submitted, headers=headers)


@get("/consignments/{corridor:str}/{consignment_id:str}", summary="One consignment")
async def consignment(
    request: Request[Any, Any, Any],
    gate: NamedDependency[Gate],
    corridor: FromPath[str],
    consignment_id: FromPath[str],
) -> Dossier:
    """Where a consignment stands, and what happened to it."""
    await gate.admit(request, Scope.READ)

    def look() -> Dossier | None:
        return gate.store.read(
            lambda reader: (
                Dossier(found, reader.events(corridor, consignment_id))
                if (found := reader.consignment(corridor, consignment_id))
                else None
            )
        )

    found = await asyncio.to_thread(look)
    if found is None:
        detail = f"{corridor} has no consignment {consignment_id}."
        raise ProblemError(Problem(MISSING, "Not found", "consignment-unknown", detail))
    return found


@get("/events", summary="Events after one, as a batch of CloudEvents", media_type=MediaType.JSON)
async def events(
    request: Request[Any, Any, Any],
    gate: NamedDependency[Gate],
    after: Annotated[str, QueryParameter(name="after", max_length=36)] = "",
    limit: Annotated[int, QueryParameter(name="limit", ge=1, le=1000)] = PAGE,
) -> Response[list[dict[str, Any]]]:
    """Events after the one whose id is `after`, in order; ask again with the id of the last one."""
    await gate.admit(request, Scope.EVENTS)
    country = gate.context.country
    found = await asyncio.to_thread(
        gate.store.read, lambda reader: told(reader, country, after, limit)
    )
    return Response(found, media_type=BATCH_CONTENT_TYPE)


@get("/events/stream", summary="Events as they happen, as server-sent events")
async def stream(
    request: Request[Any, Any, Any],
    gate: NamedDependency[Gate],
    after: Annotated[str | None, QueryParameter(name="after", max_length=36)] = None,
) -> ServerSentEvent:
    """CloudEvents, each under its id, so that a client that comes back with Last-Event-ID misses none.

    Without that and without `after` the stream begins now.
    """
    await gate.admit(request, Scope.EVENTS)
    known = request.headers.get("last-event-id") or after
    now = gate.store.read
    start = known if known is not None else await asyncio.to_thread(now, Reader.last_event_id)
    return ServerSentEvent(_telling(gate, start))


async def _telling(gate: Gate, after: str) -> AsyncIterator[ServerSentEventMessage]:
    silent = 0.0
    yield ServerSentEventMessage(data=None, comment="keruen")
    while True:
        found = await asyncio.to_thread(
            gate.store.read,
            lambda reader: told(reader, gate.context.country, after),  # noqa: B023
        )
        for one in found:
            after = one["id"]
            data = msgspec.json.encode(one).decode()
            yield ServerSentEventMessage(data=data, event=one["type"], id=after)
        silent = 0.0 if found else silent + WATCH_SECONDS
        if silent >= SILENCE_SECONDS:
            yield ServerSentEventMessage(data=None, comment="still here")
            silent = 0.0
        if len(found) < PAGE:
            await asyncio.sleep(WATCH_SECONDS)


def routes(gate: Gate) -> ControllerRouterHandler:
    """The API over one node, to be mounted beside its pages."""
    return Router(
        path=PATH,
        route_handlers=[hand_in, consignment, events, stream],
        dependencies={"gate": Provide(lambda: gate, sync_to_thread=False)},
        exception_handlers={HTTPException: problem_of, Exception: problem_of},
        request_max_body_size=SIZE,
        tags=["exchange"],
    )
