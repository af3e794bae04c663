"""The page of one consignment."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from keruen.access import Act
from keruen.border.dossier import dossier
from keruen.console.dossier import view
from keruen.console.rendering import Asked, Desk

Page = Response[str]
TheDesk = NamedDependency[Desk]


@get(
    "/consignments/{consignment_id:str}", act=Act.SEE_CONSIGNMENT, audited=True, sync_to_thread=True
)
def consignment(request: Asked, desk: TheDesk, consignment_id: FromPath[str]) -> Page:
    """One consignment: history, both sides' figures, discrepancies, messages."""
    found = desk.store.read(lambda reader: dossier(reader, desk.context, consignment_id))
    if found is None:
        raise NotFoundException
    return desk.page(request, "dossier/consignment.html", view.shown(found, desk.context))


ROUTES = (consignment,)
