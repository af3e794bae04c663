"""Agreements as a lawyer reads them, code lists with a look-up, and the quality of data."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from keruen.access import Act
from keruen.agreement import Agreement
from keruen.console.control.scope import agreements_of
from keruen.console.naming import Names
from keruen.console.rendering import Asked, Desk, language_of
from keruen.console.texts import texts_in
from keruen.console.treaty import articles
from keruen.customs import Struct
from keruen.customs.codelists import CodeList, Entry
from keruen.exchange.reporting import digest_here
from keruen.exchange.scores import lately
from keruen.exchange.standing import Standing, standing

Page = Response[str]
TheDesk = NamedDependency[Desk]
MANY = 100
"""Codes that a look-up shows."""


@get("/agreements", act=Act.SEE_REFERENCE, sync_to_thread=True)
def agreements(request: Asked, desk: TheDesk) -> Page:
    """What was agreed with whom, and whether the other side holds the same."""
    seen = agreements_of(request, desk)
    view = {"agreements": [(one, digest_here(one), _stands(desk, one)) for one in seen]}
    return desk.page(request, "control/agreements.html", view)


@get("/agreements/{corridor:str}", act=Act.SEE_REFERENCE, sync_to_thread=True)
def agreement(request: Asked, desk: TheDesk, corridor: FromPath[str]) -> Page:
    """One agreement article by article, in the reader's language."""
    found = next((one for one in agreements_of(request, desk) if one.corridor == corridor), None)
    if found is None:
        raise NotFoundException
    texts = texts_in(language_of(request))
    view = {
        "agreement": found,
        "name": found.title.get(texts.language) or next(iter(found.title.values())),
        "digest": digest_here(found),
        "stands": _stands(desk, found),
        "articles": articles(found, texts),
        "today": desk.context.clock.now().astimezone(desk.zone).date(),
    }
    return desk.page(request, "control/agreement.html", view)


def _stands(desk: Desk, one: Agreement) -> Standing:
    return desk.store.read(lambda reader: standing(reader, desk.context, one))


@get("/codelists", act=Act.SEE_REFERENCE, sync_to_thread=True)
def codelists(request: Asked, desk: TheDesk, q: FromQuery[str] = "") -> Page:
    """The code lists that this node knows, with the versions that were imported; and a look-up in all of them.

    Args:
        q: a code, or a word of a name.
    """
    lists = desk.context.lists
    several = [lists[one] for one in lists.ids]
    found = _found(request, desk, several, q) if q.strip() else None
    view = {"lists": several, "q": q, "found": found}
    return desk.page(request, "control/codelists.html", view)


@get("/codelists/{list_id:str}", act=Act.SEE_REFERENCE, sync_to_thread=True)
def codelist(request: Asked, desk: TheDesk, list_id: FromPath[str], q: FromQuery[str] = "") -> Page:
    """One code list as it holds today, as far as it is looked for."""
    lists = desk.context.lists
    if not lists.known(list_id):
        raise NotFoundException
    one = lists[list_id]
    view = {"list": one, "q": q, "found": _found(request, desk, [one], q)}
    return desk.page(request, "control/codelist.html", view)


class Found(Struct, frozen=True):
    """A code that was looked for, with its name in the reader's language where it has one."""

    rank: int
    list_id: str
    title: str
    entry: Entry
    name: str | None


def _found(request: Asked, desk: Desk, lists: list[CodeList], q: str) -> list[Found]:
    """Codes that are, begin with or are named by what is looked for; the nearest first, at most `MANY`."""
    names = Names(desk.context.lists, texts_in(language_of(request)))
    day = desk.context.clock.now().astimezone(desk.zone).date()
    text = q.strip().casefold()
    ranked = [
        Found(rank=rank, list_id=one.id, title=one.title, entry=entry, name=name)
        for one in lists
        for entry in one.on(day)
        for name in (names.name(one.id, entry.code),)
        if (rank := _rank(entry, name, text)) is not None
    ]
    ranked.sort(key=lambda each: each.rank)
    return ranked[:MANY]


def _rank(entry: Entry, name: str | None, text: str) -> int | None:
    code = entry.code.casefold()
    if code == text:
        return 0
    if code.startswith(text):
        return 1
    return 2 if any(text in one.casefold() for one in (name or "", *entry.names.values())) else None


@get("/quality", act=Act.SEE_QUALITY, sync_to_thread=True)
def quality(request: Asked, desk: TheDesk) -> Page:
    """Scores of the data that each side supplies, by month and office."""
    found: dict[Any, Any] = desk.store.read(lambda reader: lately(reader, desk.context))
    mine = [
        (title, rows)
        for title, rows in found.items()
        if all(one == desk.context.country or request.user.sees(partner=one) for one in title)
    ]
    return desk.page(request, "control/quality.html", {"tables": mine})


ROUTES = (agreements, agreement, codelists, codelist, quality)
