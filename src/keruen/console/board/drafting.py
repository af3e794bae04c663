"""Entries of arrivals between the pages of a form: whose they are, what was typed, which files they have."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException

from keruen.access import Act
from keruen.border import keep_draft
from keruen.console.board import arriving, uploads
from keruen.console.board.arriving import Content, Subject
from keruen.console.entry.admission import require
from keruen.console.rendering import Asked, Desk
from keruen.exchange import drop
from keruen.store import ArrivalEntry

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OURS = ("csrf", "entry", "consignment", "lang")
"""Fields of the form that are not about the arrival."""


def subject_for(request: Asked, desk: Desk, code: str, consignment_id: str) -> Subject:
    """What an arrival is entered for, if the person may.

    Raises:
        NotFoundException: there is no such post or consignment, or it is outside what they see.
    """
    found = desk.store.read(lambda reader: arriving.subject(reader, desk, code, consignment_id))
    if found is None:
        raise NotFoundException
    partner = found.consignment.partner if found.consignment else None
    require(request, Act.REGISTER_ARRIVAL, post=code, partner=partner)
    return found


def entry_for(request: Asked, desk: Desk, entry_id: str) -> tuple[ArrivalEntry, Subject]:
    """An entry of the person, or a registered one of a post that they see.

    Raises:
        NotFoundException: there is none.
    """
    entry = desk.store.read(lambda reader: reader.arrival_entry(entry_id))
    own = entry is not None and entry.person == request.user.user_id
    if entry is None or not (own or entry.registered):
        raise NotFoundException
    return entry, subject_for(request, desk, entry.post, entry.consignment_id)


def draft_for(request: Asked, desk: Desk, about: Subject, entry_id: str) -> ArrivalEntry | None:
    """What this person has begun to enter of this consignment; without one only what is asked for."""
    person, post_code = request.user.user_id, about.post.code
    if entry_id:
        entry, _ = entry_for(request, desk, entry_id)
        return entry if entry.registered is None else None
    if not about.consignment_id:
        return None
    drafts = desk.store.read(
        lambda reader: reader.arrival_drafts(person, post_code, about.consignment_id)
    )
    return drafts[0] if drafts else None


def drafted(request: Asked, desk: Desk, about: Subject, fields: dict[str, str]) -> ArrivalEntry:
    """The draft with what was typed now, and with the files that it had and that were not taken out.

    Raises:
        NotFoundException: the form names no entry, or one of somebody else.
    """
    entry_id = fields.get("entry", "")
    if not _ID.fullmatch(entry_id):
        raise NotFoundException
    before = desk.store.read(lambda reader: reader.arrival_entry(entry_id))
    files = Content.of(before).files
    left = tuple(one for one in files if f"without-{one.payload_id}" not in fields)
    typed = {name: value for name, value in fields.items() if name not in _OURS}
    row = ArrivalEntry(
        entry_id=entry_id,
        person=request.user.user_id,
        post=about.post.code,
        consignment_id=about.consignment_id,
        typed=msgspec.json.encode(Content(fields=typed, files=left)),
        saved=desk.context.clock.wall(),
    )
    if not desk.store.write_now(lambda tx: keep_draft(tx, row)):
        return entry_for(request, desk, entry_id)[0]
    for one in files:
        if one not in left:
            drop(desk.store, one.payload_id)
    return row


def with_files(
    desk: Desk, about: Subject, entry: ArrivalEntry, files: Sequence[UploadFile]
) -> ArrivalEntry:
    """The draft with these files beside those that it has.

    Raises:
        MistakeError: one of them cannot be taken: none is.
    """
    content = Content.of(entry)
    agreements = arriving.agreements_of(desk, about)
    added = uploads.stored(desk, agreements, content.files, files)
    if not added:
        return entry
    whole = msgspec.structs.replace(content, files=(*content.files, *added))
    row = msgspec.structs.replace(entry, typed=msgspec.json.encode(whole))
    desk.store.write_now(lambda tx: keep_draft(tx, row))
    return row


def begin_anew(request: Asked, desk: Desk, entry: ArrivalEntry) -> None:
    """Keep what was typed into an entry that was taken back as a draft of whoever asks, to be put right."""
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
