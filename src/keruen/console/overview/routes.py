"""Addresses of the overview, of its files, and of the consignments behind its figures."""

from __future__ import annotations

from typing import Any

from litestar import get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Stream

from keruen.access import Act
from keruen.console.downloads import OCTETS, saved_as
from keruen.console.entry.trail import note
from keruen.console.figures import Figures
from keruen.console.naming import Names
from keruen.console.overview import tables
from keruen.console.overview.asked import Choice, choice
from keruen.console.overview.behind import behind
from keruen.console.overview.files import as_csv, as_xlsx
from keruen.console.overview.tables import PUNCTUAL, Reading, Table
from keruen.console.overview.view import KEYED, Look, missing, page
from keruen.console.pages import Page
from keruen.console.rendering import Asked, Desk, language_of
from keruen.console.texts import texts_in
from keruen.console.views import posts_of
from keruen.exchange.figures import By, Scale
from keruen.store import Reader

TheDesk = NamedDependency[Desk]
EVERY = 1_000_000
"""Missing consignments that a file lists at most: as many as a sheet has rows."""
KINDS = ("csv", "xlsx")


@get("/overview", act=Act.SEE_OVERVIEW, sync_to_thread=True)
def overview(request: Asked, desk: TheDesk) -> Page:
    """Figures of a stretch of days."""
    view = desk.store.read(lambda reader: page(_look(request, desk, reader)))
    return desk.page(request, "overview/overview.html", view | _filter(request, desk))


@get("/overview/consignments", act=Act.SEE_OVERVIEW, sync_to_thread=True)
def consignments(request: Asked, desk: TheDesk) -> Page:
    """The consignments behind a figure: no plate, no goods, no trader."""
    view = desk.store.read(
        lambda reader: behind(_look(request, desk, reader), request.query_params)
    )
    return desk.page(request, "overview/behind.html", view | _filter(request, desk))


@get("/overview/files/{name:str}", act=Act.DOWNLOAD, audited=True, sync_to_thread=True)
def file(request: Asked, desk: TheDesk, name: FromPath[str]) -> Stream:
    """A table as a file: all its rows."""
    stem, _, kind = name.rpartition(".")
    if kind not in KINDS:
        raise NotFoundException
    table = desk.store.read(lambda reader: whole(_look(request, desk, reader), stem))
    if table is None:
        raise NotFoundException
    chosen = _choice(request, desk)
    note(request, subject=name, detail=f"{chosen.wanted.since} to {chosen.wanted.until}")
    saved = f"{stem}-{chosen.wanted.since}-{chosen.wanted.until}.{kind}"
    reading = _reading(request, desk)
    octets = as_csv(table, reading) if kind == "csv" else as_xlsx((table,), reading)
    return Stream(octets, media_type=OCTETS, headers=dict(saved_as(saved)))


def whole(look: Look, name: str) -> Table | None:
    """A table with all its rows; None where there is none of that name."""
    if name in KEYED:
        found = look.figures(By(name))
        return tables.keyed(found, By(name), look.choice, look.reading, whole=True)
    if name == "trend":
        scale = look.choice.scale
        return tables.periodic(name, look.figures(By(scale.value)), scale, look.choice)
    if name == "on-time":
        months = look.figures(By.MONTH)
        return tables.periodic(name, months, Scale.MONTH, look.choice, PUNCTUAL)
    return missing(look, EVERY) if name == "missing" else None


def _choice(request: Asked, desk: Desk) -> Choice:
    return choice(desk.context, request.user, request.query_params)


def _reading(request: Asked, desk: Desk) -> Reading:
    texts = texts_in(language_of(request))
    return Reading(texts, Figures(texts, desk.zone), Names(desk.context.lists, texts))


def _look(request: Asked, desk: Desk, reader: Reader) -> Look:
    now = desk.context.clock.now()
    return Look(reader, request.user, _choice(request, desk), _reading(request, desk), now)


def _filter(request: Asked, desk: Desk) -> dict[str, Any]:
    """The form: what can be chosen, of what the person sees."""
    country, person = desk.context.country, request.user
    others = {one.other(country) for one in desk.context.agreements}
    every = [
        one
        for side in (country, *sorted(others))
        for one in posts_of(desk.context.agreements, side)
        if person.sees(post=one.code)
    ]
    return {
        "choice": _choice(request, desk),
        "reading": _reading(request, desk),
        "partners": sorted(one for one in others if person.sees(partner=one)),
        "posts": every,
    }


ROUTES = (overview, consignments, file)
