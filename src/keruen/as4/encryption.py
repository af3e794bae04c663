"""Encryption of the parts: one content key a message, AES-GCM for each part (SwA profile, 5.5).

The MIME body of an encrypted part is nonce (12 octets), ciphertext, tag (16 octets).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM
from lxml import etree

from keruen.as4.certificates import Certificate
from keruen.as4.elements import each_once, named, one
from keruen.as4.entropy import Draw
from keruen.as4.errors import EbmsError, ErrorCode, refuse
from keruen.as4.namespaces import (
    CIPHERTEXT_TRANSFORM,
    CONTENT_ONLY,
    DS,
    ENCRYPTED_KEY_TOKEN,
    WSSE,
    WSSE11,
    XENC,
)
from keruen.as4.pmode import DecryptionIdentity, TokenReference
from keruen.as4.policy import require_algorithm
from keruen.as4.soap import Envelope
from keruen.as4.suites import Suite
from keruen.as4.tokens import write_token
from keruen.as4.xml import XmlError, escape_attribute

NONCE_SIZE = 12
TAG_SIZE = 16


@dataclass(frozen=True, slots=True)
class EncryptedPart:
    """What the header says of one encrypted part."""

    key: bytes = field(repr=False)
    mime_type: str | None
    """Media type before encryption, which decides how the part was digested."""


def encrypt(chunks: Iterable[bytes], key: bytes, nonce: bytes) -> Iterator[bytes]:
    """Body of an encrypted part; `nonce` must never be used twice with `key`."""
    encryptor = Cipher(AES(key), GCM(nonce)).encryptor()
    yield nonce
    for chunk in chunks:
        yield encryptor.update(chunk)
    yield encryptor.finalize() + encryptor.tag


class Decryptor:
    """Decrypts the body of one part; nothing it gives holds before `finish` has returned."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._head = bytearray()
        self._tail = b""
        self._gcm: _Gcm | None = None

    def update(self, data: bytes) -> bytes:
        """Unverified plaintext."""
        if self._gcm is None:
            self._head += data
            if len(self._head) < NONCE_SIZE:
                return b""
            self._gcm = _Gcm(self._key, bytes(self._head[:NONCE_SIZE]))
            data = bytes(self._head[NONCE_SIZE:])
        held = self._tail + data
        self._tail = held[-TAG_SIZE:]
        return self._gcm.update(held[:-TAG_SIZE])

    def finish(self) -> bytes:
        """Verify the tag; EbmsError FailedDecryption if it is wrong or the body too short."""
        if self._gcm is None or len(self._tail) < TAG_SIZE:
            refuse(ErrorCode.FAILED_DECRYPTION, "an encrypted part is too short")
        try:
            return self._gcm.finish(self._tail)
        except InvalidTag:
            refuse(ErrorCode.FAILED_DECRYPTION, "the tag of an encrypted part is wrong")


class _Gcm:
    def __init__(self, key: bytes, nonce: bytes) -> None:
        self._context = Cipher(AES(key), GCM(nonce)).decryptor()
        self.update = self._context.update
        self.finish = self._context.finalize_with_tag


def write_encryption(
    suite: Suite,
    content_key: bytes,
    recipient: Certificate,
    draw: Draw,
    parts: Sequence[tuple[str, str]],
    recipient_reference: TokenReference = TokenReference.SKI,
) -> str:
    """EncryptedKey and one EncryptedData a part for wsse:Security, with the recipient's token.

    Args:
        suite: the suite agreed.
        content_key: key of the parts.
        recipient: certificate that the key is encrypted to.
        draw: entropy of the key transport.
        parts: (``cid:`` URI, media type before encryption) of each.
        recipient_reference: how to refer to the recipient's certificate.
    """
    token, reference = write_token(recipient, recipient_reference, "encryption-token")
    ids = [f"ED-{index}" for index in range(len(parts))]
    listed = "".join(f'<xenc:DataReference URI="#{i}"></xenc:DataReference>' for i in ids)
    return (
        f'{token}<xenc:EncryptedKey xmlns:xenc="{XENC}" Id="EK">'
        f"{suite.key_transport.write(content_key, recipient, draw, reference)}"
        f"<xenc:ReferenceList>{listed}</xenc:ReferenceList></xenc:EncryptedKey>"
    ) + "".join(_write_data(i, suite, *part) for i, part in zip(ids, parts, strict=True))


def _write_data(data_id: str, suite: Suite, uri: str, mime_type: str) -> str:
    return (
        f'<xenc:EncryptedData xmlns:xenc="{XENC}" Id="{data_id}"'
        f' MimeType="{escape_attribute(mime_type)}" Type="{CONTENT_ONLY}">'
        f'<xenc:EncryptionMethod Algorithm="{suite.content_cipher}"></xenc:EncryptionMethod>'
        f'<ds:KeyInfo xmlns:ds="{DS}"><wsse:SecurityTokenReference xmlns:wsse11="{WSSE11}"'
        f' wsse11:TokenType="{ENCRYPTED_KEY_TOKEN}"><wsse:Reference URI="#EK"></wsse:Reference>'
        "</wsse:SecurityTokenReference></ds:KeyInfo><xenc:CipherData>"
        f'<xenc:CipherReference URI="{escape_attribute(uri)}"><xenc:Transforms>'
        f'<ds:Transform xmlns:ds="{DS}" Algorithm="{CIPHERTEXT_TRANSFORM}"></ds:Transform>'
        "</xenc:Transforms></xenc:CipherReference></xenc:CipherData></xenc:EncryptedData>"
    )


def content_id_of(uri: str) -> str:
    """Content-ID that a ``cid:`` URI means (RFC 2392)."""
    return unquote(uri.removeprefix("cid:"))


def read_encryption(
    envelope: Envelope,
    suite: Suite,
    identities: Sequence[DecryptionIdentity],
    accept: Collection[str] = (),
) -> dict[str, EncryptedPart]:
    """Encrypted parts by Content-ID.

    Args:
        envelope: the opened envelope, whose signature was verified.
        suite: the suite agreed; no other algorithm is taken.
        identities: this node's decryption keys.
        accept: variants of the suite that may be read, too.

    Raises:
        EbmsError: PolicyNoncompliance for another algorithm or form than agreed, FailedDecryption
            for all that fails on the way to the content key.
    """
    try:
        return _read(envelope, suite, identities, accept)
    except XmlError as error:
        raise EbmsError(ErrorCode.FAILED_DECRYPTION, detail=f"encryption: {error}") from error


def _read(
    envelope: Envelope,
    suite: Suite,
    identities: Sequence[DecryptionIdentity],
    accept: Collection[str],
) -> dict[str, EncryptedPart]:
    if envelope.security is None:
        return {}
    data = named(envelope.security, XENC, "EncryptedData")
    keys = named(envelope.security, XENC, "EncryptedKey")
    if not data and not keys:
        return {}
    if len(keys) != 1:
        refuse(ErrorCode.POLICY_NONCOMPLIANCE, f"{len(keys)} EncryptedKey")
    listed = [e.get("URI") for e in named(keys[0], XENC, "ReferenceList", "DataReference")]
    if {id(envelope.ids.get((uri or "")[1:])) for uri in listed} != {id(e) for e in data}:
        raise XmlError("ReferenceList does not list the EncryptedData of the header")
    content_key = suite.key_transport.read(keys[0], envelope.ids, identities, accept)
    if len(content_key) != suite.content_key_size:
        raise XmlError(f"content key of {len(content_key)} octets")
    parts = [_read_data(element, keys[0], envelope, suite) for element in data]
    found = {content_id: EncryptedPart(content_key, mime) for content_id, mime in parts}
    if len(found) != len(data):
        raise XmlError("a part is encrypted twice")
    return found


def _read_data(
    element: etree._Element, key: etree._Element, envelope: Envelope, suite: Suite
) -> tuple[str, str | None]:
    """Content-ID and media type of one EncryptedData."""
    method, cipher_data = each_once(element, XENC, "EncryptionMethod", "CipherData")
    require_algorithm(method, suite.content_cipher)
    if element.get("Type") != CONTENT_ONLY:
        refuse(ErrorCode.POLICY_NONCOMPLIANCE, f"EncryptedData of type {element.get('Type')!r}")
    token = one(one(element, DS, "KeyInfo"), WSSE, "SecurityTokenReference")
    target = one(token, WSSE, "Reference").get("URI") or ""
    if not target.startswith("#") or envelope.ids.get(target[1:]) is not key:
        raise XmlError("EncryptedData does not refer to the EncryptedKey")
    cipher = one(cipher_data, XENC, "CipherReference")
    transforms = one(cipher, XENC, "Transforms")
    require_algorithm(one(transforms, DS, "Transform"), CIPHERTEXT_TRANSFORM)
    uri = cipher.get("URI") or ""
    if not uri.startswith("cid:"):
        raise XmlError(f"cipher reference {uri[:120]!r}")
    return content_id_of(uri), element.get("MimeType")
