"""How much is kept, how much room is left, and what retention would remove now."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from keruen.access import Act
from keruen.console.control.front import TIGHT
from keruen.console.rendering import Asked, Desk
from keruen.exchange.purging import purge
from keruen.exchange.retention import Purged

Page = Response[str]
TheDesk = NamedDependency[Desk]


@get("/control/storage", act=Act.SEE_CONTROL, sync_to_thread=True)
def storage(request: Asked, desk: TheDesk, count: FromQuery[str] = "") -> Page:
    """The database and its disk.

    Args:
        count: anything, to count what a look for what was kept long enough would remove; it removes nothing.
    """
    view: dict[str, Any] = desk.store.read(
        lambda reader: {"size": reader.size(), "purged": reader.last_purge()}
    )
    run = view["purged"]
    view |= {
        "removed": msgspec.json.decode(run.removed) if run else {},
        "free": desk.works.free(),
        "tight": TIGHT,
        "due": msgspec.structs.asdict(_due(desk)) if count else None,
        "agreements": desk.context.agreements,
    }
    return desk.page(request, "control/storage.html", view)


def _due(desk: Desk) -> Purged:
    return sum(purge(desk.store, desk.context, dry_run=True), start=Purged())


ROUTES = (storage,)
