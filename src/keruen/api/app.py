"""The ASGI app of the API: every operation's route, and the description of them all.

Programs are known by a bearer token alone: there are no cookies here, so that no page of a browser can act
for anybody.
"""

from __future__ import annotations

from functools import cache

import msgspec
from litestar import Litestar, Response, Router, asgi, get
from litestar.exceptions import HTTPException
from litestar.handlers import ASGIRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send

from keruen.api import (
    administration,
    arrivals,
    attachments,
    cases,
    consignments,
    control,
    documents,
    enquiries,
    events,
    figures,
    health,
    instruments,
    messages,
    packages,
    partners,
    parts,
    posts,
    quality,
    reference,
    refusals,
    turnover,
    users,
)
from keruen.api.gate import Gate
from keruen.api.handling import options, route
from keruen.api.openapi import PATH, document
from keruen.api.problems import problem_of
from keruen.api.served import CSS, page

OPERATIONS = tuple(
    one
    for resource in (
        documents,
        events,
        posts,
        consignments,
        arrivals,
        attachments,
        messages,
        parts,
        enquiries,
        cases,
        partners,
        packages,
        control,
        refusals,
        reference,
        quality,
        figures,
        turnover,
        instruments,
        users,
        administration,
        health,
    )
    for one in resource.OPERATIONS
)
"""Everything that the API offers."""


@cache
def _described() -> bytes:
    """The description; it is made when somebody asks for it first, not at each start."""
    return msgspec.json.encode(document(OPERATIONS))


@cache
def _shown() -> str:
    return page(msgspec.json.decode(_described()))


def create_app(gate: Gate) -> ASGIApp:
    """The API over one node."""

    @get("/openapi.json", sync_to_thread=True)
    def openapi() -> Response[bytes]:
        return Response(_described(), media_type="application/json")

    @get("/docs", sync_to_thread=True)
    def docs() -> Response[str]:
        return Response(_shown(), media_type="text/html")

    @get("/docs.css", sync_to_thread=False)
    def style() -> Response[str]:
        return Response(CSS, media_type="text/css")

    methods: dict[str, list[str]] = {}
    for one in OPERATIONS:
        methods.setdefault(one.path, []).append(one.method)
    routes = [
        openapi,
        docs,
        style,
        # First: the framework's own would name the methods of the first route of a path only.
        *(options(path, several) for path, several in methods.items()),
        *(route(one, gate) for one in OPERATIONS),
    ]
    return Litestar(
        route_handlers=[Router(path=PATH, route_handlers=routes)],
        exception_handlers={HTTPException: problem_of, Exception: problem_of},
        openapi_config=None,
        logging_config=None,
    )


def mounted(gate: Gate) -> ASGIRouteHandler:
    """The same beside the pages on their server: neither log-in nor cookies of theirs apply to it."""
    app = create_app(gate)

    @asgi(PATH, is_mount=True, copy_scope=True)
    async def api(scope: Scope, receive: Receive, send: Send) -> None:
        """Everything below the path of the API."""
        path = PATH + scope["path"].rstrip("/")
        scope |= {"path": path, "raw_path": path.encode()}
        await app(scope, receive, send)

    return api
