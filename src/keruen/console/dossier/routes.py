"""Addresses of one consignment: its page, the same for paper, its files, and what is asked about it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from keruen.access import Act
from keruen.border.dossier import Dossier, dossier
from keruen.console.dossier import paper, view
from keruen.console.dossier.asking import Said, reply_of, reply_to
from keruen.console.downloads import OCTETS, saved_as
from keruen.console.entry.admission import require
from keruen.console.entry.forms import fields
from keruen.console.entry.trail import note
from keruen.console.naming import Names
from keruen.console.rendering import Asked, Desk, language_of
from keruen.console.texts import texts_in
from keruen.errors import LocalError
from keruen.exchange.enquiries import ask_for
from keruen.store import Transaction

Page = Response[str]
TheDesk = NamedDependency[Desk]
SEE_OTHER, WRONG = 303, 422
ONE = "/consignments/{consignment_id:str}"


@get(ONE, act=Act.SEE_CONSIGNMENT, audited=True, sync_to_thread=True)
def consignment(
    request: Asked,
    desk: TheDesk,
    consignment_id: FromPath[str],
    one: FromQuery[str] = "",
    other: FromQuery[str] = "",
) -> Page:
    """One consignment: what to do next, its journey, both sides' figures, history, messages.

    Args:
        one, other: message ids of two versions to compare.
    """
    found = _found(request, desk, consignment_id)
    return _page(request, desk, found, picked=(one, other))


@get(f"{ONE}/paper", act=Act.SEE_CONSIGNMENT, audited=True, sync_to_thread=True)
def on_paper(request: Asked, desk: TheDesk, consignment_id: FromPath[str]) -> Page:
    """The same for a file of paper: who printed it and when, and the digest of the joint record."""
    found = _found(request, desk, consignment_id)
    note(request, detail="paper")
    sealed = desk.store.read(lambda reader: paper.sealed(reader, found.consignment))
    names = Names(desk.context.lists, texts_in(language_of(request)))
    shown = view.shown(found, desk.context, request.user, names) | {"sealed": sealed}
    return desk.page(request, "dossier/paper.html", shown)


@get(
    f"{ONE}/files/{{message_id:str}}/{{ordinal:int}}",
    act=Act.SEE_CONSIGNMENT,
    audited=True,
    sync_to_thread=True,
)
def file(
    request: Asked,
    desk: TheDesk,
    consignment_id: FromPath[str],
    message_id: FromPath[str],
    ordinal: FromPath[int],
) -> Stream:
    """A file that came with a message about the consignment: octets to be saved, whatever it is."""
    found = _found(request, desk, consignment_id)
    wanted = message_id, ordinal
    files = (one for one in found.files if one.by.message.removed is None)
    one = next(
        (f for f in files if (f.by.message.message_id, f.attachment.ordinal) == wanted), None
    )
    if one is None:
        raise NotFoundException
    headers = {**saved_as(one.attachment.name), "Content-Length": str(one.attachment.size)}
    octets = desk.store.payload(one.attachment.payload_id)
    return Stream(octets, media_type=OCTETS, headers=headers)


@post(f"{ONE}/enquire", act=Act.ENQUIRE, status_code=SEE_OTHER, sync_to_thread=True)
def enquire(request: Asked, desk: TheDesk, consignment_id: FromPath[str]) -> Page:
    """Ask the other side where it is."""
    found = _found(request, desk, consignment_id)
    return _done(request, desk, found, lambda tx: ask_for(tx, desk.context, found.consignment))


@post(f"{ONE}/answer", act=Act.ENQUIRE, status_code=SEE_OTHER)
async def answer(request: Asked, desk: TheDesk, consignment_id: FromPath[str]) -> Page:
    """Answer what the other side asks about it."""
    said = reply_of(await fields(request))
    return await asyncio.to_thread(_answer, request, desk, consignment_id, said)


def _answer(request: Asked, desk: Desk, consignment_id: str, said: Said) -> Page:
    found = _found(request, desk, consignment_id)
    asked = view.open_question(found)
    if asked is None:
        raise NotFoundException
    return _done(
        request, desk, found, lambda tx: reply_to(tx, desk.context, asked.enquiry_id, said)
    )


def _done(request: Asked, desk: Desk, found: Dossier, act: Callable[[Transaction], object]) -> Page:
    """Do it and show the page; where it is refused, the page with the reason."""
    one = found.consignment
    require(request, Act.ENQUIRE, partner=one.partner)
    note(request, corridor=one.corridor)
    try:
        desk.store.write_now(act)
    except LocalError as error:
        return _page(request, desk, found, refused=error, status=WRONG)
    return Response(
        "",
        status_code=SEE_OTHER,
        headers={"Location": f"/consignments/{quote(one.consignment_id)}#enquiries"},
    )


def _found(request: Asked, desk: Desk, consignment_id: str) -> Dossier:
    """The consignment, if there is one and the reader's scope has it."""
    found = desk.store.read(lambda reader: dossier(reader, desk.context, consignment_id))
    if found is None:
        raise NotFoundException
    one = found.consignment
    require(request, Act.SEE_CONSIGNMENT, post=one.post, partner=one.partner)
    note(request, corridor=one.corridor)
    return found


def _page(
    request: Asked,
    desk: Desk,
    found: Dossier,
    *,
    picked: Collection[str] = (),
    refused: LocalError | None = None,
    status: int = 200,
) -> Page:
    names = Names(desk.context.lists, texts_in(language_of(request)))
    shown = view.shown(found, desk.context, request.user, names, picked) | {"refused": refused}
    return desk.page(request, "dossier/consignment.html", shown, status=status)


ROUTES = (consignment, on_paper, file, enquire, answer)
