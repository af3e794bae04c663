"""Addresses of turnover: the page, and its tables, charts and report as files."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from keruen.access import Act
from keruen.console.downloads import OCTETS, saved_as
from keruen.console.entry.trail import note
from keruen.console.figures import Figures
from keruen.console.naming import Names
from keruen.console.overview.files import as_csv, as_xlsx
from keruen.console.overview.tables import Reading
from keruen.console.pages import Page
from keruen.console.rendering import Asked, Desk, language_of
from keruen.console.texts import texts_in
from keruen.console.turnover.drawing import png, svg
from keruen.console.turnover.parts import chosen
from keruen.console.turnover.report import html, pdf
from keruen.console.turnover.tables import tables
from keruen.console.turnover.view import Look, choice_of, page
from keruen.mirror.turnover import Turnover

TheDesk = NamedDependency[Desk]


@get("/turnover", act=Act.SEE_TURNOVER, sync_to_thread=True)
def turnover(request: Asked, desk: TheDesk) -> Page:
    """Both reporters side by side."""
    look = _look(request, desk)
    found = desk.store.read(look.found)
    return desk.page(request, "turnover/turnover.html", page(look, found))


@get("/turnover/files/{name:str}", act=Act.DOWNLOAD, audited=True, sync_to_thread=True)
def file(request: Asked, desk: TheDesk, name: FromPath[str]) -> Response[bytes]:
    """What is shown, as a file."""
    look = _look(request, desk)
    octets = written(look, desk.store.read(look.found), name)
    if octets is None:
        raise NotFoundException
    note(request, subject=name)
    return Response(octets, media_type=OCTETS, headers=dict(saved_as(name)))


def written(look: Look, found: Turnover, name: str) -> bytes | None:
    """A file by its name; None where there is none of that name."""
    stem, _, kind = name.rpartition(".")
    if stem == "turnover" and kind in ("html", "pdf"):
        report = look.report(found)
        now = look.context.clock.now()
        return html(report).encode() if kind == "html" else pdf(report, now)
    both = tables(chosen(found, look.choice), look.reading)
    if name == "turnover.xlsx":
        return b"".join(as_xlsx(both, look.reading))
    if kind == "csv":
        table = next((one for one in both if one.name == stem), None)
        return b"".join(as_csv(table, look.reading)) if table else None
    return _chart(look, found, stem, kind)


def _chart(look: Look, found: Turnover, stem: str, kind: str) -> bytes | None:
    sections = (one for part in look.report(found).parts for one in part.sections)
    section = next((one for one in sections if one.name == stem and one.drawn), None)
    if section is None or kind not in ("svg", "png"):
        return None
    drawing = svg(section, look.reading.texts.language)
    return drawing.encode() if kind == "svg" else png(drawing)


def _look(request: Asked, desk: Desk) -> Look:
    texts = texts_in(language_of(request))
    reading = Reading(texts, Figures(texts, desk.zone), Names(desk.context.lists, texts))
    return Look(desk.context, request.user, choice_of(request.query_params), reading)


ROUTES = (turnover, file)
