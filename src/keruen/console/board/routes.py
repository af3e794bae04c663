"""Addresses of the officer's pages about one arrival: form, draft, preview, registering.

    form ─► draft kept ─► preview ─► registered, once ─► what was told

Each step is a redirection, so that a page that is loaded again or sent twice does nothing again.
"""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from keruen.access import Act
from keruen.border import register_entry, withdraw_entry
from keruen.console.board import arriving, drafting, form, looking
from keruen.console.board.arriving import Content, Subject
from keruen.console.board.figures import Mistake, MistakeError
from keruen.console.entry.routes import onward
from keruen.console.entry.trail import note
from keruen.console.rendering import Asked, Desk
from keruen.customs import Finding
from keruen.errors import LocalError
from keruen.exchange import drop
from keruen.store import ArrivalEntry

Page = Response[str]
TheDesk = NamedDependency[Desk]
WRONG, CREATED_NOTHING = 422, 204


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
    about = drafting.subject_for(request, desk, code, consignment)
    draft = drafting.draft_for(request, desk, about, entry)
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
    about = await asyncio.to_thread(
        drafting.subject_for, request, desk, code, fields.get("consignment", "")
    )
    await asyncio.to_thread(drafting.drafted, request, desk, about, fields)


@get("/arrivals/{entry_id:str}", act=Act.REGISTER_ARRIVAL, audited=True, sync_to_thread=True)
def entered(request: Asked, desk: TheDesk, entry_id: FromPath[str]) -> Page:
    """What would come of an arrival, or what came of it."""
    entry, about = drafting.entry_for(request, desk, entry_id)
    if entry.registered is not None:
        view = desk.store.read(lambda reader: arriving.done(reader, desk, about, entry))
        return desk.page(request, "board/registered.html", view)
    return _preview(request, desk, entry, about)


@post("/arrivals/{entry_id:str}", act=Act.REGISTER_ARRIVAL, status_code=303, sync_to_thread=True)
def register(request: Asked, desk: TheDesk, entry_id: FromPath[str]) -> Page:
    """Register an arrival, once."""
    entry, about = drafting.entry_for(request, desk, entry_id)
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
    return onward(f"/arrivals/{entry_id}")


@post(
    "/arrivals/{entry_id:str}/discard",
    act=Act.REGISTER_ARRIVAL,
    status_code=303,
    sync_to_thread=True,
)
def discard(request: Asked, desk: TheDesk, entry_id: FromPath[str]) -> Page:
    """Forget a draft."""
    entry, about = drafting.entry_for(request, desk, entry_id)
    if entry.registered is None:
        for one in Content.of(entry).files:
            drop(desk.store, one.payload_id)
        desk.store.write_now(lambda tx: tx.drop_arrival_entry(entry_id))
    return onward(f"/posts/{quote(about.post.code)}")


@post(
    "/arrivals/{entry_id:str}/undo", act=Act.REGISTER_ARRIVAL, status_code=303, sync_to_thread=True
)
def undo(request: Asked, desk: TheDesk, entry_id: FromPath[str]) -> Page:
    """Take back what was registered by mistake; what was typed is a draft again, to be put right."""
    entry, about = drafting.entry_for(request, desk, entry_id)
    note(request, subject=about.consignment_id or entry_id, detail="undo")
    if entry.registered is None or entry.withdrawn is not None:
        return onward(f"/arrivals/{entry_id}")
    name = request.user.name
    refused = desk.store.write_now(lambda tx: withdraw_entry(tx, desk.context, entry_id, name))
    if refused:
        view = desk.store.read(lambda reader: arriving.done(reader, desk, about, entry))
        return desk.page(
            request, "board/registered.html", view | {"refused": refused}, status=WRONG
        )
    drafting.begin_anew(request, desk, entry)
    return onward(f"/arrivals/{entry_id}")


async def _sent(request: Asked) -> tuple[dict[str, str], list[UploadFile]]:
    items = list((await request.form()).multi_items())
    fields = form.kept((name, value) for name, value in items if isinstance(value, str))
    return fields, [value for _, value in items if isinstance(value, UploadFile)]


def _enter(
    request: Asked, desk: Desk, code: str, fields: dict[str, str], files: list[UploadFile]
) -> Page:
    about = drafting.subject_for(request, desk, code, fields.get("consignment", ""))
    entry = drafting.drafted(request, desk, about, fields)
    if entry.registered is not None:
        return onward(f"/arrivals/{entry.entry_id}")
    mistakes = arriving.checked(desk, about, fields)
    try:
        entry = drafting.with_files(desk, about, entry, files)
    except MistakeError as error:
        mistakes += error.mistakes
    if not mistakes:
        return onward(f"/arrivals/{entry.entry_id}")
    return _form(request, desk, about, entry, mistakes)


def _form(
    request: Asked, desk: Desk, about: Subject, entry: ArrivalEntry, mistakes: tuple[Mistake, ...]
) -> Page:
    view = arriving.sheet(desk, about, entry.entry_id, Content.of(entry), mistakes=mistakes)
    return desk.page(request, "board/arrival.html", view, status=WRONG)


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
    return onward(f"/posts/{quote(entry.post)}/arrival?{asked}")


ROUTES = (*looking.ROUTES, arrival, keep, entered, register, discard, undo)
UPLOADS = (enter,)
"""What may be as large as an agreement lets files be."""
