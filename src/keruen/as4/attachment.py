"""The Attachment-Content-Signature-Transform: which octets of a part are digested.

SwA profile 1.1, 5.4.2. By media type:

    text/xml, application/xml, application|image/…+xml   exclusive C14N without comments
    other text/…                                         line ends as CRLF
    anything else, gzip included                         the octets themselves
"""

from __future__ import annotations

import hashlib
import re
from typing import Protocol

from keruen.as4.xml import XmlError, canonical_payload

# As WSS4J's AttachmentContentSignatureTransform tells them apart.
_XML = re.compile(r"(text/xml|application/xml|(application|image)/.*\+xml)", re.IGNORECASE)
_TEXT = re.compile(r"text/", re.IGNORECASE)
_LINE_END = re.compile(rb"\r\n|\r|\n")


class ContentDigest(Protocol):
    """SHA-256 over a part as signed."""

    def update(self, data: bytes, /) -> object:
        """Take in octets of the part."""

    def digest(self) -> bytes:
        """32 octets, once all were taken in; XmlError if the part is no XML but says so."""


class _TextDigest:
    """Line ends normalised; a CR at the end of a chunk waits for its LF."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._cr = b""

    def update(self, data: bytes, /) -> None:
        if not data:
            return
        octets = self._cr + data
        self._cr = b"\r" if octets.endswith(b"\r") else b""
        whole = octets[:-1] if self._cr else octets
        self._hash.update(_LINE_END.sub(b"\r\n", whole))

    def digest(self) -> bytes:
        if self._cr:
            self._hash.update(b"\r\n")
            self._cr = b""
        return self._hash.digest()


class _XmlDigest:
    """Canonical form; holds the whole part, up to `limit` octets."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._octets = bytearray()
        self._over = False

    def update(self, data: bytes, /) -> None:
        self._over = self._over or len(self._octets) + len(data) > self._limit
        if not self._over:
            self._octets += data

    def digest(self) -> bytes:
        if self._over:
            raise XmlError(f"an uncompressed XML part exceeds the limit of {self._limit}")
        return hashlib.sha256(canonical_payload(bytes(self._octets))).digest()


def content_digest(mime_type: str, xml_limit: int) -> ContentDigest:
    """Digest for a part signed as `mime_type`; XML of more than `xml_limit` octets fails."""
    if _XML.match(mime_type):
        return _XmlDigest(xml_limit)
    return _TextDigest() if _TEXT.match(mime_type) else hashlib.sha256()


def is_plain(mime_type: str) -> bool:
    """Whether the digest of such a part is over its very octets."""
    return not (_XML.match(mime_type) or _TEXT.match(mime_type))
