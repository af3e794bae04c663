"""Files that are to travel with an arrival: uploaded chunk by chunk, before the arrival is registered."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from itertools import chain
from typing import Annotated

from msgspec import Meta

from keruen.access import Act
from keruen.api.gate import Call
from keruen.api.operation import Upload, answered, operation
from keruen.api.problems import REFUSED, problem
from keruen.customs import Struct
from keruen.errors import LocalError
from keruen.exchange import Attached, attach, drop
from keruen.exchange.once import once
from keruen.exchange.sniffing import ENOUGH, media_type_of
from keruen.messages import ArrivalInformation

TOO_LARGE = 413


class FileName(Struct, frozen=True, forbid_unknown_fields=True):
    """How the file is called.

    Attributes:
        name: as others see it; never a path.
    """

    name: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f/\\]+$")]


class Uploaded(Struct, frozen=True):
    """A file that was uploaded and belongs to nothing yet. It is kept for a day, while the node runs.

    Attributes:
        attachment_id: by which an arrival names it.
        mime_type: by its content, else by the end of its name.
        size: octets.
        sha256: base64.
    """

    attachment_id: str
    name: str
    mime_type: str
    size: int
    sha256: str


@operation(
    "POST",
    "/attachments",
    id="uploadAttachment",
    tag="Arrivals",
    act=Act.REGISTER_ARRIVAL,
    size=1 << 40,
    codes={TOO_LARGE: ("attachment-too-large",), REFUSED: ("attachments-not-agreed",)},
)
def upload(call: Call, query: FileName, body: Upload, key: str) -> Uploaded:
    """Upload a photograph or scan that an arrival will name.

    The body is the file, of whatever size the agreement allows; it is stored as it comes.
    """
    gate, token_id = call.gate, call.caller.token.token_id
    most = _most(call)
    beginning, chunks = _peeked(_limited(body.chunks, most))
    kind = media_type_of(beginning)
    found = attach(gate.store, gate.context, gate.owner, query.name, chunks, kind)
    shown = _shown(found)
    asked = f"{query.name}\n{shown.sha256}".encode()
    wall = gate.context.clock.wall()
    try:
        answer, repeated = gate.store.write_now(
            lambda tx: once(tx, token_id, key, asked, wall, lambda: shown, Uploaded)
        )
    except LocalError:
        drop(gate.store, found.payload_id)
        raise
    if repeated:
        drop(gate.store, found.payload_id)
    else:
        gate.uploads.remember(token_id, found)
    return answered(answer, repeated=repeated)  # type: ignore[return-value]


def _most(call: Call) -> int:
    """Octets of the largest file that an agreement has travel with an arrival."""
    kind = ArrivalInformation.__name__
    rules = [
        one.attachments[kind].size
        for one in call.gate.context.agreements
        if kind in one.attachments
    ]
    if not rules:
        text = "no agreement of this node has files travel with an arrival"
        raise LocalError("attachments-not-agreed", text)
    return max(rules)


def _limited(chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise problem(TOO_LARGE, "attachment-too-large", f"A file has at most {most} octets.")
        yield chunk


def _peeked(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The beginning, and all of it."""
    seen: list[bytes] = []
    while sum(map(len, seen)) < ENOUGH and (chunk := next(chunks, None)) is not None:
        seen.append(chunk)
    return b"".join(seen), chain(seen, chunks)


def _shown(one: Attached) -> Uploaded:
    return Uploaded(
        attachment_id=one.payload_id,
        name=one.name,
        mime_type=one.mime_type,
        size=one.size,
        sha256=base64.b64encode(one.digest).decode(),
    )


OPERATIONS = (upload,)
