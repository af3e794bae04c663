"""Files that travel with a message: photographs and X-ray images of an inspection, of whatever size.

file ─► draft, chunk by chunk ─► the message's commit keeps it ─► sealed and sent from its chunk rows
"""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from keruen.agreement import Agreement
from keruen.as4 import Payload, Property
from keruen.errors import LocalError
from keruen.exchange.context import Context
from keruen.exchange.drafts import draft
from keruen.exchange.holding import FILE_NAME, printable
from keruen.exchange.transmissions import first_sent
from keruen.store import Attachment, Direction, Message, Store, Transaction, rechunked
from keruen.wire import COMPRESSION_LEVEL

OCTETS = "application/octet-stream"
MEDIA_TYPES = {
    ".bmp": "image/bmp",
    ".csv": "text/csv",
    ".dcm": "application/dicom",
    ".gif": "image/gif",
    ".heic": "image/heic",
    ".jp2": "image/jp2",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""By the end of a file's name; the system's own table differs from machine to machine."""
WORTH = 0.9
"""A file is sent as gzip when its beginning becomes smaller than this part of itself."""
RATIO = 100
"""A file that becomes smaller than this part of itself is sent as it is: receivers take it for a bomb."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that is stored as a draft, ready to travel with messages."""

    payload_id: str
    name: str
    mime_type: str
    size: int
    digest: bytes
    packed: bool


def attach(
    store: Store,
    context: Context,
    owner: str,
    name: str,
    chunks: Iterable[bytes],
    mime_type: str | None = None,
) -> Attached:
    """Store a file as a draft; blocks while it is read.

    Args:
        owner: names this process, as in leases.
        name: of the file; a path before it is left out.
        chunks: the file, read once.
        mime_type: as its content shows; None to go by the name's end.
    """
    mime_type = mime_type or MEDIA_TYPES.get(PurePath(name).suffix.lower(), OCTETS)
    measured = _Measured(rechunked(chunks))
    payload_id = draft(store, context, owner, measured)
    packed = measured.is_worth_packing
    return Attached(
        payload_id=payload_id,
        name=printable(PurePath(name).name),
        mime_type=mime_type if packed or not _is_text(mime_type) else OCTETS,
        size=measured.size,
        digest=measured.digest.digest(),
        packed=packed,
    )


def _is_text(mime_type: str) -> bool:
    """Whether it would be signed in another form than its octets, were it not packed."""
    return mime_type.startswith("text/") or mime_type.endswith("xml")


class _Measured:
    """Chunks on their way into the store: their size and digest, and whether gzip does them good."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.size, self.digest = 0, hashlib.sha256()
        self._packer: Any = zlib.compressobj(COMPRESSION_LEVEL)
        self._packed = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.size += len(chunk)
            self.digest.update(chunk)
            if self._packer is not None:
                self._pack(chunk)
            yield chunk

    def _pack(self, chunk: bytes) -> None:
        self._packed += len(self._packer.compress(chunk) + self._packer.flush(zlib.Z_SYNC_FLUSH))
        if not self.size / RATIO < self._packed < self.size * WORTH:
            self._packer = None

    @property
    def is_worth_packing(self) -> bool:
        return self._packer is not None and self.size > 0


def check_attached(agreement: Agreement, kind: str, sizes: Sequence[int]) -> None:
    """Check that files of these sizes may travel with a message of this kind.

    Raises:
        LocalError: ``attachments-not-agreed``, ``attachments-too-many``, ``attachment-too-large``.
    """
    rule = agreement.attachments.get(kind)
    if not sizes:
        return
    if rule is None:
        text = f"the agreement {agreement.id} has no files travel with {kind}"
        raise LocalError("attachments-not-agreed", text, path="attachments")
    if len(sizes) > rule.files:
        text = f"{len(sizes)} files; the agreement {agreement.id} allows {rule.files} a message"
        raise LocalError("attachments-too-many", text, path="attachments")
    if max(sizes) > rule.size:
        text = f"{max(sizes)} octets; the agreement {agreement.id} allows {rule.size} a file"
        raise LocalError("attachment-too-large", text, path="attachments")


def add_attached(tx: Transaction, message: Message, attached: Sequence[Attached]) -> None:
    """Let files travel with a message; the caller keeps their drafts in the same transaction."""
    for ordinal, one in enumerate(attached, start=1):
        tx.add_attachment(
            Attachment(
                corridor=message.corridor,
                ebms_id=message.ebms_id,
                direction=Direction.OUT,
                ordinal=ordinal,
                content_id=f"attachment-{ordinal}-{message.message_id}",
                name=one.name,
                mime_type=one.mime_type,
                size=one.size,
                digest=one.digest,
                payload_id=one.payload_id,
                packed=one.packed,
            )
        )


class Outgoing:
    """The attachments of an outgoing message as payloads, read from their chunk rows as often as needed."""

    def __init__(self, store: Store, message: Message) -> None:
        self._store = store
        self._stopped = threading.Event()
        self._rows = store.read(
            lambda reader: reader.attachments(
                message.corridor, first_sent(message.ebms_id), Direction.OUT
            )
        )

    @property
    def payloads(self) -> list[Payload]:
        """In their order."""
        return [
            Payload(
                content_id=row.content_id,
                mime_type=row.mime_type,
                source=lambda row=row: self._chunks(row.payload_id),  # type: ignore[misc]
                compress=row.packed,
                properties=(Property(FILE_NAME, row.name),),
            )
            for row in self._rows
        ]

    def stop(self) -> None:
        """Read no further."""
        self._stopped.set()

    def _chunks(self, payload_id: str) -> Iterator[bytes]:
        for chunk in self._store.payload(payload_id):
            if self._stopped.is_set():
                raise InterruptedError("the node stops")
            yield chunk
