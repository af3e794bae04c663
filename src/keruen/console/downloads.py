"""What leaves the console as a file: proofs, attachments, refused messages. Always a download, never a page.

Whatever a partner calls a file and its type, a browser gets octets to be saved under a harmless name; with the
headers of `guard` it can neither show nor run them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from urllib.parse import quote

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Stream

from keruen.access import Act
from keruen.console import reading
from keruen.console.control.refused import refusal_for
from keruen.console.control.scope import message_for
from keruen.console.rendering import Asked, Desk
from keruen.store import Attachment, Reader

OCTETS = "application/octet-stream"
NOT_PACKED = ["/events", "/attachments/", "/files/"]
"""Addresses of which answers are not compressed: they come bit by bit."""
TheDesk = NamedDependency[Desk]
_RISKY = re.compile(r"[^\w.,()\[\]+=@ -]")


def saved_as(name: str) -> Mapping[str, str]:
    """Headers that have a browser save an answer under a name (RFC 6266): no path, nothing that acts."""
    plain = _RISKY.sub("_", PurePath(name.replace("\\", "/")).name).strip(". ") or "file"
    ascii_name = plain.encode("ascii", "replace").decode().replace("?", "_")
    return {
        "Content-Disposition": f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(plain)}"
    }


@get(
    "/messages/{corridor:str}/{message_id:str}/{part:str}",
    act=Act.SEE_RAW,
    audited=True,
    sync_to_thread=True,
)
def proof(
    request: Asked,
    desk: TheDesk,
    corridor: FromPath[str],
    message_id: FromPath[str],
    part: FromPath[str],
) -> Response[bytes]:
    """The signed envelope, the receipt or the content, byte for byte."""

    def look(reader: Reader) -> bytes | None:
        one = message_for(request, reader, (corridor, message_id), Act.SEE_RAW)
        return reading.part(reader, one, part)

    data = desk.store.read(look)
    if data is None:
        raise NotFoundException
    name = re.sub(r"[^A-Za-z0-9-]", "_", f"{message_id}-{part}")
    ending = "json" if part == "content" else "xml"
    return Response(data, media_type=OCTETS, headers=saved_as(f"{name}.{ending}"))


@get(
    "/messages/{corridor:str}/{message_id:str}/attachments/{ordinal:int}",
    act=Act.SEE_RAW,
    audited=True,
    sync_to_thread=True,
)
def attachment(
    request: Asked,
    desk: TheDesk,
    corridor: FromPath[str],
    message_id: FromPath[str],
    ordinal: FromPath[int],
) -> Stream:
    """A file that travels with a message, chunk by chunk from the database, however large."""

    def look(reader: Reader) -> list[Attachment]:
        one = message_for(request, reader, (corridor, message_id), Act.SEE_RAW)
        return reading.attachments(reader, one)

    one = next((one for one in desk.store.read(look) if one.ordinal == ordinal), None)
    if one is None:
        raise NotFoundException
    headers = {**saved_as(one.name), "Content-Length": str(one.size)}
    return Stream(desk.store.payload(one.payload_id), media_type=OCTETS, headers=headers)


@get("/refusals/{refusal_id:str}/raw", act=Act.SEE_RAW, audited=True, sync_to_thread=True)
def refused(request: Asked, desk: TheDesk, refusal_id: FromPath[str]) -> Response[bytes]:
    """The beginning of what was refused, as it came."""
    one = refusal_for(request, desk, refusal_id, Act.SEE_RAW)
    return Response(one.raw, media_type=OCTETS, headers=saved_as(f"refused-{one.refusal_id}.txt"))


ROUTES = (proof, attachment, refused)
