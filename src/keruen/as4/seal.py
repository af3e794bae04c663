"""Sealing: a user message and its payloads become one signed and encrypted MIME body.

Two passes over each payload: the first digests (and packs), the second packs again, encrypts and
emits, so that no payload is ever whole in memory. The result depends on the arguments alone: the
same arguments give the same octets.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from keruen.as4.certificates import Certificate
from keruen.as4.encryption import write_encryption
from keruen.as4.entropy import Draw, Seeded
from keruen.as4.header_write import (
    write_body,
    write_envelope,
    write_messaging,
    write_security,
    write_user_message,
)
from keruen.as4.model import PartInfo, Payload, Property, Reference, UserMessage
from keruen.as4.namespaces import GZIP_TYPE
from keruen.as4.packing import PackedPayload, pack, package
from keruen.as4.pmode import PMode, SigningIdentity
from keruen.as4.policy import missing_corners
from keruen.as4.signature import digest_as_written, write_signature
from keruen.as4.suites import suite_named
from keruen.as4.xml import XmlError
from keruen.errors import InputError, LocalError

_CONTENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,199}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedMessage:
    """What goes over the wire, and what must be remembered of it."""

    content_type: str
    """Value of the HTTP field."""
    chunks: Callable[[], Iterator[bytes]]
    """The body, the same each time; reads the payloads again."""
    size: int
    """Length of the body in octets."""
    envelope: bytes = field(repr=False)
    """The SOAP part: evidence, and what a receipt refers to."""
    references: tuple[Reference, ...]
    """What was signed, in the order of SignedInfo; a receipt must repeat the digests."""
    message: UserMessage
    """The message with the parts that the header names."""


def seal(
    message: UserMessage,
    payloads: Sequence[Payload],
    *,
    pmode: PMode,
    signer: SigningIdentity,
    now: datetime,
    entropy: Seeded,
) -> SealedMessage:
    """Sign and encrypt a message for one partner, by the suite agreed with it.

    Args:
        message: the header; its `parts` are filled from `payloads`.
        payloads: in the order of the header; none only for the test service.
        pmode: suite, certificates and limits agreed with the receiver.
        signer: this node's signing key.
        now: chooses the partner's certificate; nothing else depends on it.
        entropy: seed of this message. Keep it to send the very same octets again.

    Raises:
        InputError: a value that XML cannot carry, a bad or repeated content id, a missing property
            of the four-corner enhancement, no payload, too many of them, or an uncompressed XML
            payload that is not well-formed or too large.
        LocalError: no valid certificate of the partner, the signer's is not valid at `now`, or a
            key is not of the suite's kind.
    """
    suite = suite_named(pmode.suite)
    _check(message, payloads, pmode, signer, now)
    recipient = _recipient(pmode, now) if payloads else None
    packed = [pack(payload, pmode.limits.xml_part_size) for payload in payloads]
    message = replace(message, parts=tuple(_part_info(p.payload) for p in packed))
    messaging = write_messaging(write_user_message(message), "eb-messaging")
    body = write_body("soap-body")
    references = _references(messaging, body, packed)
    draw = entropy.bound_to(_binding(message, recipient, references, packed))
    key = draw.octets("content key", suite.content_key_size)
    security = _security(pmode, references, signer, (key, recipient, draw, packed))
    envelope = write_envelope(security, messaging, body)
    content_type, size, chunks = package(envelope, packed, key, draw)
    return SealedMessage(
        content_type=content_type,
        chunks=chunks,
        size=size,
        envelope=envelope,
        references=references,
        message=message,
    )


def _check(
    message: UserMessage,
    payloads: Sequence[Payload],
    pmode: PMode,
    signer: SigningIdentity,
    now: datetime,
) -> None:
    ids = [payload.content_id for payload in payloads]
    if not all(_CONTENT_ID.fullmatch(i) for i in ids) or len(set(ids)) != len(ids):
        raise InputError("as4-content-id", f"content ids must be plain and distinct: {ids}")
    if not payloads and not message.is_test:
        raise InputError("as4-no-payload", "only the test service goes without a payload")
    if len(payloads) > pmode.limits.parts:
        raise InputError("as4-payloads", f"{len(payloads)} payloads exceed {pmode.limits.parts}")
    if missing := missing_corners(message, pmode):
        raise InputError("as4-four-corner", f"message properties are missing: {missing}")
    if not signer.certificate.valid_at(now):
        raise LocalError(
            "as4-certificate", f"the signing certificate {signer.certificate.subject} is not valid"
        )


def _recipient(pmode: PMode, now: datetime) -> Certificate:
    objections = [(pmode.trust.objection(c, now), c) for c in pmode.partner_key_agreement]
    for objection, certificate in objections:
        if objection is None:
            return certificate
    why = "; ".join(objection for objection, _ in objections if objection) or "there is none"
    raise LocalError(
        "as4-certificate", f"no valid certificate to encrypt to {pmode.partner.value}: {why}"
    )


def _part_info(payload: Payload) -> PartInfo:
    compression = (Property("CompressionType", GZIP_TYPE),) if payload.compress else ()
    properties = (Property("MimeType", payload.mime_type), *compression, *payload.properties)
    return PartInfo(f"cid:{payload.content_id}", properties)


def _references(
    messaging: str, body: str, packed: Sequence[PackedPayload]
) -> tuple[Reference, ...]:
    try:
        header = Reference("#eb-messaging", digest_as_written(messaging), "messaging")
    except XmlError as error:
        raise InputError("as4-value", f"the header cannot be written as XML: {error}") from error
    return (
        header,
        Reference("#soap-body", digest_as_written(body), "body"),
        *(Reference(p.uri, p.digest, "part") for p in packed),
    )


def _binding(
    message: UserMessage,
    recipient: Certificate | None,
    references: Sequence[Reference],
    packed: Sequence[PackedPayload],
) -> bytes:
    """Digest of all that the encrypted octets depend on, so that keys and nonces are unique."""
    content = hashlib.sha256()
    for item in (
        message.message_id.encode(),
        recipient.der if recipient else b"",
        *(reference.digest for reference in references),
        *(p.octets_digest for p in packed),
    ):
        content.update(len(item).to_bytes(8, "big") + item)
    return content.digest()


def _security(
    pmode: PMode,
    references: Sequence[Reference],
    signer: SigningIdentity,
    encryption: tuple[bytes, Certificate | None, Draw, Sequence[PackedPayload]],
) -> str:
    """Content of wsse:Security; LocalError if a key is of another kind than the suite's."""
    suite = suite_named(pmode.suite)
    key, recipient, draw, packed = encryption
    parts = [(p.uri, p.signed_as) for p in packed]
    by, to = pmode.token_reference, pmode.recipient_reference
    try:
        encrypted = write_encryption(suite, key, recipient, draw, parts, to) if recipient else ""
        signature = write_signature(references, signer, suite.signature, "signing-token", by)
    except (TypeError, ValueError) as error:
        raise LocalError("as4-key", f"{suite.name} with {pmode.partner.value}: {error}") from error
    return write_security(encrypted + signature)
