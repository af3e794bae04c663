"""Addresses of the register: all instruments on one line of time, and each by itself."""

from __future__ import annotations

from datetime import date

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from keruen.access import Act
from keruen.agreement.instruments import Instrument
from keruen.console.control.scope import narrowed
from keruen.console.figures import Figures
from keruen.console.instruments.document import named
from keruen.console.instruments.timeline import timeline
from keruen.console.instruments.view import measure, milestones
from keruen.console.naming import Names
from keruen.console.overview.tables import Reading
from keruen.console.rendering import Asked, Desk, language_of
from keruen.console.texts import texts_in
from keruen.exchange.indicators import measured, resting_on

Page = Response[str]
TheDesk = NamedDependency[Desk]


@get("/instruments", act=Act.SEE_INSTRUMENTS, sync_to_thread=True)
def instruments(request: Asked, desk: TheDesk) -> Page:
    """What was signed, how it stands today, and what waits for a person."""
    reading, day = _reading(request, desk), _today(desk)
    texts = reading.texts

    def label(one: Instrument) -> str:
        field = texts.label(one.field, "instrument-field") if one.field else ""
        kind = texts.label(one.kind, "instrument-kind")
        return f"{kind}: {field}" if field else kind

    def said(one: Instrument) -> str:
        return f"{named(one.title, texts.language)}: {texts.label(one.status(day), 'instrument-status')}"

    register = desk.context.register
    view = {
        "instruments": register.instruments,
        "drawn": timeline(register.instruments, day, label, said),
        "proposed": desk.context.proposed,
        "today": day,
        "named": named,
    }
    return desk.page(request, "instruments/instruments.html", view)


@get("/instruments/{key:str}", act=Act.SEE_INSTRUMENTS, sync_to_thread=True)
def instrument(request: Asked, desk: TheDesk, key: FromPath[str]) -> Page:
    """One instrument: parties, days, milestones, and what the exchange measures of it."""
    found = desk.context.register.get(key)
    if found is None:
        raise NotFoundException
    reading, day, now = _reading(request, desk), _today(desk), desk.context.clock.now()
    seen = narrowed(request.user)
    months = desk.store.read(lambda reader: measured(reader, found, now, seen))
    view = {
        "one": found,
        "status": found.status(day),
        "measure": measure(found, months, reading),
        "milestones": milestones(desk.context.register, key, day, reading.texts.language),
        "agreements": resting_on(desk.context.agreements, key),
        "reading": reading,
        "today": day,
        "named": named,
    }
    return desk.page(request, "instruments/instrument.html", view)


def _today(desk: Desk) -> date:
    return desk.context.clock.now().astimezone(desk.zone).date()


def _reading(request: Asked, desk: Desk) -> Reading:
    texts = texts_in(language_of(request))
    return Reading(texts, Figures(texts, desk.zone), Names(desk.context.lists, texts))


ROUTES = (instruments, instrument)
