"""Addresses of the boards and of the one field that finds."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from keruen.access import Act
from keruen.console.board import posts
from keruen.console.board.posts import Watch
from keruen.console.entry.trail import note
from keruen.console.rendering import Asked, Desk
from keruen.store import Reader

Page = Response[str]
TheDesk = NamedDependency[Desk]


@get("/", act=Act.SEE_BOARD, sync_to_thread=True)
def start(request: Asked, desk: TheDesk) -> Page:
    """Posts of this country, the line, discrepancies."""
    view = desk.store.read(lambda reader: posts.start(_watch(request, desk, reader)))
    return desk.page(request, "board/start.html", view)


@get("/posts/{code:str}", act=Act.SEE_BOARD, sync_to_thread=True)
def post(request: Asked, desk: TheDesk, code: FromPath[str], q: FromQuery[str] = "") -> Page:
    """What is expected at one post."""
    view = desk.store.read(
        lambda reader: posts.post(_watch(request, desk, reader), code, q.strip())
    )
    if view is None:
        raise NotFoundException
    return desk.page(request, "board/post.html", view)


@get("/search", act=Act.FIND, audited=True, sync_to_thread=True)
def search(request: Asked, desk: TheDesk, q: FromQuery[str] = "") -> Page:
    """Consignments by a plate, container, seal, document or reference."""
    note(request, subject=q.strip(), skip=not q.strip())
    view = desk.store.read(lambda reader: posts.search(_watch(request, desk, reader), q.strip()))
    return desk.page(request, "board/search.html", view)


def _watch(request: Asked, desk: Desk, reader: Reader) -> Watch:
    return Watch(reader, desk.context, desk.zone, request.user)


ROUTES = (start, post, search)
