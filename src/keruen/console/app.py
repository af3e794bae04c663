"""The ASGI app: routes, static files, and pages for what goes wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from litestar import Litestar, Response, Router
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, ControllerRouterHandler

from keruen.console import downloads, live, pages, reading, static_files
from keruen.console.administration import audit, tokens, users
from keruen.console.board import form, uploads
from keruen.console.board import routes as board
from keruen.console.control import routes as control
from keruen.console.control.works import Works
from keruen.console.dossier import routes as dossier
from keruen.console.entry import account, openid
from keruen.console.entry import routes as entry
from keruen.console.entry.admission import (
    Admission,
    ElsewhereError,
    NotEnteredError,
    admit,
    require_acts,
)
from keruen.console.entry.entrance import Entrance, log_in_address
from keruen.console.entry.forms import ForeignFormError
from keruen.console.guard import Guard
from keruen.console.instruments import routes as instruments
from keruen.console.overview import routes as overview
from keruen.console.reconciliation import routes as reconciliation
from keruen.console.rendering import Asked, Desk
from keruen.console.turnover import routes as turnover
from keruen.exchange.context import Context
from keruen.store import Store

ROUTES = (
    *entry.ROUTES,
    *openid.ROUTES,
    *account.ROUTES,
    *users.ROUTES,
    *tokens.ROUTES,
    *audit.ROUTES,
    *pages.ROUTES,
    *control.ROUTES,
    *board.ROUTES,
    *dossier.ROUTES,
    *reconciliation.ROUTES,
    *overview.ROUTES,
    *turnover.ROUTES,
    *instruments.ROUTES,
    *downloads.ROUTES,
    live.events,
    static_files.static,
)
"""All pages; each states its act."""
UNAUTHORIZED, SERVER_ERROR = 401, 500

log = structlog.get_logger()


def create_app(
    *,
    store: Store,
    context: Context,
    title: str | None = None,
    works: Works | None = None,
    entrance: Entrance | None = None,
    beside: Sequence[ControllerRouterHandler] = (),
) -> ASGIApp:
    """The pages over one node's store.

    Args:
        title: what the pages call this node, if not by its country.
        works: the running node, as the control room sees it.
        entrance: how people come in.
        beside: routes of the API, which the same server answers.
    """
    entrance = entrance or Entrance(mark=context.country.lower())
    desk = Desk(store, context, entrance, title, works or Works())
    require_acts((*ROUTES, *board.UPLOADS, *control.UPLOADS))
    large = Router(
        path="/", route_handlers=board.UPLOADS, request_max_body_size=uploads.largest(context)
    )
    packages = Router(
        path="/", route_handlers=control.UPLOADS, request_max_body_size=control.LARGEST
    )
    feed = live.Feed(lambda: store.read(reading.stamp))
    app = Litestar(
        route_handlers=[
            Router(
                path="/",
                route_handlers=[*ROUTES, large, packages],
                middleware=[lambda app: Admission(app, desk)],
                guards=[admit],
            ),
            *beside,
        ],
        dependencies={
            "desk": Provide(lambda: desk, sync_to_thread=False),
            "feed": Provide(lambda: feed, sync_to_thread=False),
        },
        exception_handlers={
            HTTPException: _problems(desk),
            Exception: _problems(desk),
            NotEnteredError: _to_log_in,
            ElsewhereError: _to_start,
        },
        compression_config=CompressionConfig(
            backend="gzip", gzip_compress_level=6, exclude=downloads.NOT_PACKED
        ),
        multipart_form_part_limit=form.FIELDS,
        lifespan=[feed.running],
        openapi_config=None,
        logging_config=None,
    )
    return Guard(app, entrance.hosts, secure=entrance.secure)


def _to_log_in(request: Asked, _: Exception) -> Response[str]:
    """Whoever opens a page goes by the log-in to it; what fetches is told to come in first."""
    url, reads = request.url, request.method == "GET"
    by_hand = reads or "text/html" in request.headers.get("Accept", "")
    if not by_hand or "X-Fragment" in request.headers or url.path == "/events":
        return Response("", status_code=UNAUTHORIZED)
    wanted = (f"{url.path}?{url.query}" if url.query else url.path) if reads else None
    return entry.onward(log_in_address(wanted))


def _to_start(_: Asked, error: ElsewhereError) -> Response[str]:
    return entry.onward(error.address)


def _problems(desk: Desk) -> Any:
    def problem(request: Asked, error: Exception) -> Response[str]:
        status = getattr(error, "status_code", SERVER_ERROR)
        number = None
        if status >= SERVER_ERROR:
            number = desk.context.clock.new_id()
            log.error("page failed", number=number, path=request.url.path, exc_info=error)
        foreign = isinstance(error, ForeignFormError)
        view = {"status": status, "number": number, "foreign": foreign}
        return desk.page(request, "problem.html", view, status=status)

    return problem
