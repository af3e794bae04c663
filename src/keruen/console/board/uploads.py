"""Photographs and scans that are sent with a form: known by content, stored chunk by chunk.

They are counted against the agreement before anything of them is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import SEEK_END
from typing import IO

from litestar.datastructures import UploadFile

from keruen.agreement import Agreement
from keruen.console.board.figures import Mistake, MistakeError
from keruen.console.rendering import Desk
from keruen.errors import LocalError
from keruen.exchange import Attached, attach, check_attached, drop
from keruen.exchange.context import Context
from keruen.exchange.sniffing import ENOUGH, media_type_of
from keruen.messages import ArrivalInformation
from keruen.store import CHUNK

OWNER = "console:arrival"
"""Whose drafts the files are until the arrival is registered."""
AROUND = 1024 * 1024
"""Octets of a form beside its files."""


def largest(context: Context) -> int:
    """Octets that a form may have: as many and as large files as an agreement lets travel with an arrival."""
    rules = [one.attachments.get(ArrivalInformation.__name__) for one in context.agreements]
    return max((one.files * one.size for one in rules if one), default=0) + AROUND


def stored(
    desk: Desk,
    agreements: Sequence[Agreement],
    before: Sequence[Attached],
    uploads: Sequence[UploadFile],
) -> tuple[Attached, ...]:
    """Files as drafts of the database; none of them where one cannot be taken.

    Raises:
        MistakeError: ``file-kind``; ``attachments-not-agreed``, ``attachments-too-many`` or
            ``attachment-too-large``.
    """
    files = [(one.filename, one.file) for one in uploads if one.filename]
    sizes = [file.seek(0, SEEK_END) for _, file in files]
    _check(agreements, [*(one.size for one in before), *sizes])
    done: list[Attached] = []
    try:
        for name, file in files:
            done.append(_stored(desk, name, file))
    except BaseException:
        for one in done:
            drop(desk.store, one.payload_id)
        raise
    return tuple(done)


def _check(agreements: Sequence[Agreement], sizes: Sequence[int]) -> None:
    """Some agreement lets such files travel."""
    refusals = []
    for agreement in agreements:
        try:
            return check_attached(agreement, ArrivalInformation.__name__, sizes)
        except LocalError as error:
            refusals.append(error.code)
    if refusals:
        raise MistakeError(Mistake("files", refusals[0]))
    return None


def _stored(desk: Desk, name: str, file: IO[bytes]) -> Attached:
    file.seek(0)
    media_type = media_type_of(file.read(ENOUGH))
    if media_type is None:
        raise MistakeError(Mistake("files", "file-kind"))
    file.seek(0)
    return attach(desk.store, desk.context, OWNER, name, _chunks(file), media_type)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
