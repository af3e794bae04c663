"""Addresses of the officer's pages about one arrival: form, draft, preview, registering.

    form ─► draft kept ─► preview ─► registered, once ─► what was told

Each step is a redirection, so that a page that is loaded again or sent twice does nothing again.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from keruen.access import Act
from keruen.border import keep_draft, register_entry, withdraw_entry
from keruen.console.board import arriving, form, looking, uploads
from keruen.console.board.arriving import Content, Subject
from keruen.console.board.figures import Mistake, MistakeError
from keruen.console.entry.admission import require
from keruen.console.entry.trail import note
from keruen.console.rendering import Asked, Desk
from keruen.customs import Finding
from keruen.errors import LocalError
from keruen.exchange import drop
from keruen.store import ArrivalEntry, Transaction

Page = Response[str]
TheDesk = NamedDependency[Desk]
WRONG, CREATED_NOTHING = 422, 204
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OURS = ("csrf", "entry", "consignment", "lang")
"""Fields of the form that are not about the arrival."""


@get("/posts/{code:str}/arrival", act=Act.REGISTER_ARRIVAL, audited=True, sync_to_thread=True)
def arrival(
    request: Asked,
    desk: TheDesk,
    code: FromPath[str],
    consignment: FromQuery[str] = "",
    entry: FromQuery[str] = "",
    vehicle: FromQuery[str] = "",
) -> Page:
    """The form of an arrival; with what was typed before, where that was not registered."""
    about = _about(request, desk, code, consignment)
    draft = _draft(request, desk, about, entry)
    content = Content.of(draft)
    if draft is None and vehicle:
        content = Content(fields={"vehicle": vehicle})
    entry_id = draft.entry_id if draft else desk.context.clock.new_id()
    view = arriving.sheet(desk, about, entry_id, content, restored=draft)
    return desk.page(request, "board/arrival.html", view)


@post("/posts/{code:str}/arrival", act=Act.REGISTER_ARRIVAL, status_code=303)
async def enter(request: Asked, desk: TheDesk, code: FromPath[str]) -> Page:
    """Keep what was typed and attached, then show what would come of it."""
    fields, files = await _sent(request)
    return await asyncio.to_thread(_enter, request, desk, code, fields, files)


@post("/posts/{code:str}/arrival/draft", act=Act.REGISTER_ARRIVAL, status_code=CREATED_NOTHING)
async def keep(request: Asked, desk: TheDesk, code: FromPath[str]) -> None:
    """Keep what was typed so far: a page does so by itself."""
    note(request, skip=True)
    fields, _ = await _sent(request)
    about = await asyncio.to_thread(_about, request, desk, code, fields.get("consignment", ""))
    await asyncio.to_thread(_keep, request, desk, about, fields)


@get("/arrivals/{entry_id:str}", act=Act.REGISTER_ARRIVAL, audited=True, sync_to_thread=True)
def entered(request: Asked, desk: TheDesk, entry_id: FromPath[str]) -> Page:
    """What would come of an arrival, or what came of it."""
    entry, about = _entry(request, desk, entry_id)
    if entry.registered is not None:
        view = desk.store.read(lambda reader: arriving.done(reader, desk, about, entry))
        return desk.page(request, "board/registered.html", view)
    return _preview(request, desk, entry, about)


@post("/arrivals/{entry_id:str}", act=Act.REGISTER_ARRIVAL, status_code=303, sync_to_thread=True)
def register(request: Asked, desk: TheDesk, entry_id: FromPath[str]) -> Page:
    """Register an arrival, once."""
    entry, about = _entry(request, desk, entry_id)
    note(request, subject=about.consignment_id or entry_id)
    if entry.registered is None:
        content = Content.of(entry)
        try:
            seen = form.seen(content.fields, arriving.asked(desk, about))
            answers = desk.store.write_now(
                lambda tx: register_entry(tx, desk.context, entry_id, seen, content.files)
            )
        except MistakeError:
            return _form_of(entry)
        except LocalError as error:
            refused = Finding(code=error.code, path=error.path or "", text=error.text)
            return _preview(request, desk, entry, about, refused)
        if not any(one.arrival_id for one in answers):
            return _preview(request, desk, entry, about)
    return _onward(f"/arrivals/{entry_id}")


@post(
    "/arrivals/{entry_id:str}/discard",
    act=Act.REGISTER_ARRIVAL,
    status_code=303,
    sync_to_thread=True,
)
def discard(request: Asked, desk: TheDesk, entry_id: FromPath[str]) -> Page:
    """Forget a draft."""
    entry, about = _entry(request, desk, entry_id)
    if entry.registered is None:
        for one in Content.of(entry).files:
            drop(desk.store, one.payload_id)
        desk.store.write_now(lambda tx: tx.drop_arrival_entry(entry_id))
    return _onward(f"/posts/{quote(about.post.code)}")


@post(
    "/arrivals/{entry_id:str}/undo", act=Act.REGISTER_ARRIVAL, status_code=303, sync_to_thread=True
)
def undo(request: Asked, desk: TheDesk, entry_id: FromPath[str]) -> Page:
    """Take back what was registered by mistake; what was typed is a draft again, to be put right."""
    entry, about = _entry(request, desk, entry_id)
    note(request, subject=about.consignment_id or entry_id, detail="undo")
    if entry.registered is None or entry.withdrawn is not None:
        return _onward(f"/arrivals/{entry_id}")
    name = request.user.name
    refused = desk.store.write_now(lambda tx: withdraw_entry(tx, desk.context, entry_id, name))
    if refused:
        view = desk.store.read(lambda reader: arriving.done(reader, desk, about, entry))
        return desk.page(
            request, "board/registered.html", view | {"refused": refused}, status=WRONG
        )
    draft = msgspec.structs.replace(
        entry,
        entry_id=desk.context.clock.new_id(),
        person=request.user.user_id,
        typed=msgspec.json.encode(Content(fields=Content.of(entry).fields)),
        saved=desk.context.clock.wall(),
        registered=None,
        answer=b"",
    )
    desk.store.write_now(lambda tx: keep_draft(tx, draft))
    return _onward(f"/arrivals/{entry_id}")


def _about(request: Asked, desk: Desk, code: str, consignment_id: str) -> Subject:
    """What an arrival is entered for, if the person may."""
    found = desk.store.read(lambda reader: arriving.subject(reader, desk, code, consignment_id))
    if found is None:
        raise NotFoundException
    partner = found.consignment.partner if found.consignment else None
    require(request, Act.REGISTER_ARRIVAL, post=code, partner=partner)
    return found


def _entry(request: Asked, desk: Desk, entry_id: str) -> tuple[ArrivalEntry, Subject]:
    """An entry of the person, or a registered one of a post that they see."""
    entry = desk.store.read(lambda reader: reader.arrival_entry(entry_id))
    own = entry is not None and entry.person == request.user.user_id
    if entry is None or not (own or entry.registered):
        raise NotFoundException
    return entry, _about(request, desk, entry.post, entry.consignment_id)


def _draft(request: Asked, desk: Desk, about: Subject, entry_id: str) -> ArrivalEntry | None:
    """What this person has begun to enter of this consignment; without one only what is asked for."""
    person, post_code = request.user.user_id, about.post.code
    if entry_id:
        entry, _ = _entry(request, desk, entry_id)
        return entry if entry.registered is None else None
    if not about.consignment_id:
        return None
    drafts = desk.store.read(
        lambda reader: reader.arrival_drafts(person, post_code, about.consignment_id)
    )
    return drafts[0] if drafts else None


async def _sent(request: Asked) -> tuple[dict[str, str], list[UploadFile]]:
    items = list((await request.form()).multi_items())
    fields = form.kept((name, value) for name, value in items if isinstance(value, str))
    return fields, [value for _, value in items if isinstance(value, UploadFile)]


def _enter(
    request: Asked, desk: Desk, code: str, fields: dict[str, str], files: list[UploadFile]
) -> Page:
    about = _about(request, desk, code, fields.get("consignment", ""))
    entry = _keep(request, desk, about, fields)
    if entry.registered is not None:
        return _onward(f"/arrivals/{entry.entry_id}")
    mistakes = arriving.checked(desk, about, fields)
    try:
        entry = _with_files(desk, about, entry, files)
    except MistakeError as error:
        mistakes += error.mistakes
    if not mistakes:
        return _onward(f"/arrivals/{entry.entry_id}")
    return _form(request, desk, about, entry, mistakes)


def _form(
    request: Asked, desk: Desk, about: Subject, entry: ArrivalEntry, mistakes: tuple[Mistake, ...]
) -> Page:
    view = arriving.sheet(desk, about, entry.entry_id, Content.of(entry), mistakes=mistakes)
    return desk.page(request, "board/arrival.html", view, status=WRONG)


def _keep(request: Asked, desk: Desk, about: Subject, fields: dict[str, str]) -> ArrivalEntry:
    """The draft with what was typed now, and with the files that it had and that were not taken out."""
    entry_id = fields.get("entry", "")
    if not _ID.fullmatch(entry_id):
        raise NotFoundException
    before = desk.store.read(lambda reader: reader.arrival_entry(entry_id))
    files = Content.of(before).files
    kept = tuple(one for one in files if f"without-{one.payload_id}" not in fields)
    typed = {name: value for name, value in fields.items() if name not in _OURS}
    row = ArrivalEntry(
        entry_id=entry_id,
        person=request.user.user_id,
        post=about.post.code,
        consignment_id=about.consignment_id,
        typed=msgspec.json.encode(Content(fields=typed, files=kept)),
        saved=desk.context.clock.wall(),
    )
    if not desk.store.write_now(lambda tx: keep_draft(tx, row)):
        return _entry(request, desk, entry_id)[0]
    for one in files:
        if one not in kept:
            drop(desk.store, one.payload_id)
    return row


def _with_files(
    desk: Desk, about: Subject, entry: ArrivalEntry, files: list[UploadFile]
) -> ArrivalEntry:
    content = Content.of(entry)
    agreements = arriving.agreements_of(desk, about)
    added = uploads.stored(desk, agreements, content.files, files)
    if not added:
        return entry
    whole = msgspec.structs.replace(content, files=(*content.files, *added))
    row = msgspec.structs.replace(entry, typed=msgspec.json.encode(whole))

    def write(tx: Transaction) -> bool:
        return keep_draft(tx, row)

    desk.store.write_now(write)
    return row


def _preview(
    request: Asked,
    desk: Desk,
    entry: ArrivalEntry,
    about: Subject,
    refused: Finding | None = None,
) -> Page:
    try:
        view: dict[str, Any] = desk.store.read(
            lambda reader: arriving.preview(reader, desk, about, entry)
        )
    except MistakeError:
        return _form_of(entry)
    may = refused is None and not view["judged"].refused
    view |= {"refused": refused, "may_register": may}
    return desk.page(request, "board/preview.html", view, status=200 if may else WRONG)


def _form_of(entry: ArrivalEntry) -> Page:
    asked = urlencode({"entry": entry.entry_id, "consignment": entry.consignment_id})
    return _onward(f"/posts/{quote(entry.post)}/arrival?{asked}")


def _onward(address: str) -> Page:
    return Response("", status_code=303, headers={"Location": address})


ROUTES = (*looking.ROUTES, arrival, keep, entered, register, discard, undo)
UPLOADS = (enter,)
"""What may be as large as an agreement lets files be."""
