"""Exchange without a line: what waits for a partner as a file to be saved, and a partner's file taken."""

from __future__ import annotations

import asyncio
from typing import IO
from urllib.parse import quote

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Stream

from keruen.access import Act
from keruen.console.control.front import WRONG
from keruen.console.control.scope import agreement_with
from keruen.console.control.works import octets
from keruen.console.downloads import OCTETS, saved_as
from keruen.console.entry.admission import require
from keruen.console.entry.forms import fields
from keruen.console.entry.trail import note
from keruen.console.rendering import Asked, Desk
from keruen.errors import InputError, KeruenError
from keruen.exchange import Receiver
from keruen.exchange.packages import (
    GIVEN_UP,
    WAITING,
    Fate,
    Manifest,
    Packer,
    Taken,
    check_addressed,
    opened,
    take_all,
)

Page = Response[str]
TheDesk = NamedDependency[Desk]
LARGEST = 1 << 30
"""Octets of a package that is taken by a page; a larger one is taken by the command."""


@post("/control/partners/{country:str}/package", act=Act.EXPORT_PACKAGE, status_code=200)
async def export(request: Asked, desk: TheDesk, country: FromPath[str]) -> Stream:
    """Pack what waits for a partner; it waits on until its receipt is there."""
    require(request, Act.EXPORT_PACKAGE, partner=country)
    agreement = agreement_with(request, desk, country)
    receiver = _receiver(desk, country)
    given_up = "given-up" in await fields(request)
    file, manifest = await asyncio.to_thread(_packed, receiver, country, given_up)
    note(request, corridor=agreement.corridor, detail=f"{len(manifest.members)} messages")
    name = f"{manifest.sender}-{manifest.receiver}-{manifest.created:%Y%m%d-%H%M}.keruen"
    return Stream(octets(file), media_type=OCTETS, headers=saved_as(name))


def _packed(receiver: Receiver, country: str, given_up: bool) -> tuple[IO[bytes], Manifest]:  # noqa: FBT001 - called by position
    file = receiver.space.open()
    packer = Packer(receiver.store, receiver.context, receiver.line, country, file)
    for _ in packer.waiting(GIVEN_UP if given_up else WAITING):
        pass
    return file, packer.close()


@get("/control/package", act=Act.EXPORT_PACKAGE, sync_to_thread=False)
def ask(request: Asked, desk: TheDesk) -> Page:
    """The form that takes a partner's package."""
    return _page(request, desk)


@post("/control/package", act=Act.EXPORT_PACKAGE, status_code=200)
async def take(request: Asked, desk: TheDesk) -> Page:
    """Take a partner's package as if its messages came by the line."""
    upload = (await request.form()).get("package")
    if not isinstance(upload, UploadFile) or not upload.filename:
        missing = InputError("package-missing", "choose the file of the package")
        return _page(request, desk, wrong=missing)
    try:
        manifest, taken, answered = await _taken(request, desk, upload.file)
    except KeruenError as error:
        return _page(request, desk, wrong=error)
    view = {
        "manifest": manifest,
        "taken": taken,
        "counts": {fate: sum(one.fate is fate for one in taken) for fate in Fate},
        "answers": len(answered.members),
    }
    return desk.page(request, "control/taken.html", view)


async def _taken(
    request: Asked, desk: Desk, file: IO[bytes]
) -> tuple[Manifest, list[Taken], Manifest]:
    receiver = _receiver(desk)
    with opened(file) as package:
        manifest = package.manifest
        check_addressed(manifest, receiver.context, receiver.line)
        require(request, Act.EXPORT_PACKAGE, partner=manifest.sender)
        note(request, subject=manifest.package_id, detail=f"from {manifest.sender}")
        answer = receiver.space.open()
        taken, answered = await take_all(receiver, package, answer)
    if answered.members:
        name = f"{answered.sender}-{answered.receiver}-{manifest.package_id}.answer.keruen"
        desk.works.carried.put(request.user.user_id, manifest.package_id, name, answer)
    else:
        answer.close()
    return manifest, taken, answered


@post("/control/package/{package_id:str}/answer", act=Act.EXPORT_PACKAGE, status_code=200)
async def answer(request: Asked, desk: TheDesk, package_id: FromPath[str]) -> Stream:
    """The receipts for a package that was taken, to be carried back; they are given once."""
    found = desk.works.carried.pop(request.user.user_id, package_id)
    if found is None:
        raise NotFoundException
    name, file = found
    return Stream(octets(file), media_type=OCTETS, headers=saved_as(quote(name, safe="-.")))


def _receiver(desk: Desk, country: str | None = None) -> Receiver:
    receiver = desk.works.receiver
    if receiver is None or (country is not None and country not in receiver.line.peers):
        raise NotFoundException
    return receiver


def _page(request: Asked, desk: Desk, wrong: KeruenError | None = None) -> Page:
    view = {"wrong": wrong, "largest": LARGEST}
    return desk.page(request, "control/package.html", view, status=WRONG if wrong else 200)


ROUTES = (export, ask, answer)
UPLOADS = (take,)
"""Those that take large forms."""
