"""The pages: each reads rows in one go, makes a view of them and renders it."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from keruen.access import Act
from keruen.console import reading
from keruen.console.control.scope import narrowed
from keruen.console.rendering import Asked, Desk

Page = Response[str]
TheDesk = NamedDependency[Desk]


@get("/consignments", act=Act.SEE_CONSIGNMENT, sync_to_thread=True)
def consignments(
    request: Asked, desk: TheDesk, role: FromQuery[str] = "", before: FromQuery[str] = ""
) -> Page:
    """All consignments that whoever asks sees, the newest first."""
    mine = narrowed(request.user)
    view = desk.store.read(lambda reader: reading.consignments(reader, mine, role, before))
    return desk.page(request, "consignments.html", view)


ROUTES = (consignments,)
