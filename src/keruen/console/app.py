"""The ASGI app: routes, static files, and pages for what goes wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from litestar import Litestar, Response, Router
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.types import ASGIApp, ControllerRouterHandler

from keruen.config.cards import Partner
from keruen.console import downloads, live, pages, reading, static_files
from keruen.console.dossier import routes as dossier
from keruen.console.guard import Guard
from keruen.console.partners import shown
from keruen.console.rendering import Asked, Desk
from keruen.exchange.context import Context
from keruen.store import Store

NOT_FOUND = 404
SERVER_ERROR = 500

log = structlog.get_logger()


def create_app(
    *,
    store: Store,
    context: Context,
    title: str | None = None,
    partners: Sequence[Partner] = (),
    beside: Sequence[ControllerRouterHandler] = (),
    openapi: OpenAPIConfig | None = None,
) -> ASGIApp:
    """The pages over one node's store; reading only, for browsers on this machine.

    Args:
        title: what the pages call this node, if not by its country.
        partners: whose cards the node has.
        beside: routes of the API, which the same server answers.
        openapi: how those are described.
    """
    desk = Desk(store, context, title, partners=tuple(map(shown, partners)))
    feed = live.Feed(lambda: store.read(reading.stamp))
    app = Litestar(
        route_handlers=[
            Router(
                path="/",
                route_handlers=[
                    *pages.ROUTES,
                    *dossier.ROUTES,
                    *downloads.ROUTES,
                    live.events,
                    static_files.static,
                ],
                include_in_schema=False,
            ),
            *beside,
        ],
        dependencies={
            "desk": Provide(lambda: desk, sync_to_thread=False),
            "feed": Provide(lambda: feed, sync_to_thread=False),
        },
        exception_handlers={HTTPException: _problems(desk), Exception: _problems(desk)},
        compression_config=CompressionConfig(
            backend="gzip", gzip_compress_level=6, exclude=downloads.NOT_PACKED
        ),
        lifespan=[feed.running],
        openapi_config=openapi,
        logging_config=None,
    )
    return Guard(app)


def _problems(desk: Desk) -> Any:
    def problem(request: Asked, error: Exception) -> Response[str]:
        status = getattr(error, "status_code", SERVER_ERROR)
        number = None
        if status >= SERVER_ERROR:
            number = desk.context.clock.new_id()
            log.error("page failed", number=number, path=request.url.path, exc_info=error)
        view = {"status": status, "number": number}
        return desk.page(request, "problem.html", view, status=status)

    return problem
