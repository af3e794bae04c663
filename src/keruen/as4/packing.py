"""Packing: a payload after the first pass over its source, and the MIME body for the second."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from keruen.as4.attachment import content_digest, is_plain
from keruen.as4.encryption import NONCE_SIZE, TAG_SIZE, encrypt
from keruen.as4.entropy import Draw
from keruen.as4.model import Payload
from keruen.as4.namespaces import GZIP_TYPE, OCTETS_TYPE, SOAP_CONTENT_TYPE, SOAP_TYPE
from keruen.as4.xml import XmlError
from keruen.errors import InputError, LocalError
from keruen.wire import (
    OutgoingPart,
    compress,
    multipart_size,
    related_content_type,
    write_multipart,
)

_KEEP = 256 * 1024
_NONCE_PREFIX = 8


@dataclass(frozen=True, slots=True)
class PackedPayload:
    """A payload after the first pass."""

    payload: Payload
    signed_as: str
    """Media type that decides the transform of the signature."""
    digest: bytes
    """As signed."""
    octets_digest: bytes
    """Over the octets to encrypt."""
    size: int
    kept: bytes | None
    """The octets to encrypt, if they are few."""

    @property
    def uri(self) -> str:
        """How references name it."""
        return f"cid:{self.payload.content_id}"

    def octets(self) -> Iterator[bytes]:
        """Second pass; LocalError if the source gave something else than the first time."""
        if self.kept is not None:
            yield self.kept
            return
        check = hashlib.sha256()
        for chunk in _octets(self.payload):
            check.update(chunk)
            yield chunk
        if check.digest() != self.octets_digest:
            text = f"payload {self.payload.content_id} changed while it was sent"
            raise LocalError("as4-payload-changed", text)


def _octets(payload: Payload) -> Iterator[bytes]:
    """What is signed and encrypted: the payload, packed if it is to be."""
    return compress(payload.source()) if payload.compress else payload.source()


def pack(payload: Payload, xml_limit: int) -> PackedPayload:
    """First pass over a payload."""
    signed_as = GZIP_TYPE if payload.compress else payload.mime_type
    octets, size = hashlib.sha256(), 0
    signed = octets if is_plain(signed_as) else content_digest(signed_as, xml_limit)
    kept: list[bytes] | None = []
    for chunk in _octets(payload):
        octets.update(chunk)
        if signed is not octets:
            signed.update(chunk)
        size += len(chunk)
        if kept is not None:
            kept.append(chunk)
            kept = kept if size <= _KEEP else None
    try:
        digest = signed.digest()
    except XmlError as error:
        raise InputError("as4-payload", f"{error}", path=payload.content_id) from error
    whole = None if kept is None else b"".join(kept)
    return PackedPayload(payload, signed_as, digest, octets.digest(), size, whole)


def package(
    envelope: bytes, packed: Sequence[PackedPayload], key: bytes, draw: Draw
) -> tuple[str, int, Callable[[], Iterator[bytes]]]:
    """Content-Type, length and chunks of the body."""
    if not packed:
        return SOAP_CONTENT_TYPE, len(envelope), lambda: iter((envelope,))
    boundary = "keruen-" + draw.octets("boundary", 16).hex()
    root_id = f"envelope-{boundary}"
    prefix = draw.octets("nonce", _NONCE_PREFIX)
    root = OutgoingPart(
        (
            ("Content-Type", SOAP_CONTENT_TYPE),
            ("Content-Transfer-Encoding", "binary"),
            ("Content-ID", f"<{root_id}>"),
        ),
        lambda: iter((envelope,)),
        len(envelope),
    )
    parts = [root, *(_encrypted_part(p, key, prefix, i) for i, p in enumerate(packed))]
    return (
        related_content_type(boundary, SOAP_TYPE, root_id),
        multipart_size(parts, boundary),
        lambda: write_multipart(parts, boundary),
    )


def _encrypted_part(packed: PackedPayload, key: bytes, prefix: bytes, index: int) -> OutgoingPart:
    nonce = prefix + index.to_bytes(NONCE_SIZE - _NONCE_PREFIX, "big")
    headers = (
        ("Content-Type", OCTETS_TYPE),
        ("Content-Transfer-Encoding", "binary"),
        ("Content-ID", f"<{packed.payload.content_id}>"),
    )
    size = NONCE_SIZE + packed.size + TAG_SIZE
    return OutgoingPart(headers, lambda: encrypt(packed.octets(), key, nonce), size)
