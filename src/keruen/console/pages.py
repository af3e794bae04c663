"""The pages: each reads rows in one go, makes a view of them and renders it."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from keruen.access import Act
from keruen.console import reading
from keruen.console.rendering import Asked, Desk
from keruen.exchange.scores import lately

Page = Response[str]
TheDesk = NamedDependency[Desk]


@get("/consignments", act=Act.SEE_CONSIGNMENT, sync_to_thread=True)
def consignments(
    request: Asked, desk: TheDesk, role: FromQuery[str] = "", before: FromQuery[str] = ""
) -> Page:
    """All consignments, the newest first."""
    view = desk.store.read(lambda reader: reading.consignments(reader, role, before))
    return desk.page(request, "consignments.html", view)


@get("/messages", act=Act.SEE_MESSAGE, sync_to_thread=True)
def messages(
    request: Asked, desk: TheDesk, direction: FromQuery[str] = "", before: FromQuery[str] = ""
) -> Page:
    """Messages, the newest first."""
    view = desk.store.read(lambda reader: reading.messages(reader, direction, before))
    return desk.page(request, "messages.html", view)


@get(
    "/messages/{corridor:str}/{message_id:str}",
    act=Act.SEE_MESSAGE,
    audited=True,
    sync_to_thread=True,
)
def message(
    request: Asked, desk: TheDesk, corridor: FromPath[str], message_id: FromPath[str]
) -> Page:
    """One message with its proof."""
    view = desk.store.read(lambda reader: reading.message(reader, corridor, message_id))
    return _page_or_404(request, desk, "message.html", view)


@get("/refusals", act=Act.SEE_CONTROL, sync_to_thread=True)
def refusals(request: Asked, desk: TheDesk) -> Page:
    """What this node refused, the newest first."""
    rows = desk.store.read(lambda reader: reader.refusals(reading.PAGE))
    return desk.page(request, "refusals.html", {"refusals": rows})


@get("/codelists", act=Act.SEE_REFERENCE, sync_to_thread=True)
def codelists(request: Asked, desk: TheDesk) -> Page:
    """The code lists that this node knows, with the versions that were imported."""
    lists = desk.context.lists
    return desk.page(request, "codelists.html", {"lists": [lists[one] for one in lists.ids]})


@get("/partners", act=Act.SEE_CONTROL, sync_to_thread=False)
def partners(request: Asked, desk: TheDesk) -> Page:
    """With whom this node exchanges, by which profile, and what each may send beside it."""
    return desk.page(request, "partners.html", {"partners": desk.partners})


@get("/quality", act=Act.SEE_QUALITY, sync_to_thread=True)
def quality(request: Asked, desk: TheDesk) -> Page:
    """Scores of the data that each side supplies, by month and office."""
    found = desk.store.read(lambda reader: lately(reader, desk.context))
    return desk.page(request, "quality.html", {"tables": list(found.items())})


def _page_or_404(request: Asked, desk: Desk, template: str, view: dict[str, Any] | None) -> Page:
    if view is None:
        raise NotFoundException
    return desk.page(request, template, view)


ROUTES = (
    consignments,
    messages,
    message,
    refusals,
    partners,
    codelists,
    quality,
)
