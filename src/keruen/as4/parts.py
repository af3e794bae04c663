"""One incoming part: decrypt, digest and unpack while it streams into quarantine.

    octets ─► Decryptor ─► digest as signed
                      └──► Inflater ─► Sink

Trouble while unpacking is only remembered: until the tag and the digest hold, it is unknown whether
the partner packed badly or somebody damaged the ciphertext, and the latter must be answered alike.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from keruen.as4.attachment import content_digest
from keruen.as4.encryption import Decryptor, EncryptedPart, content_id_of
from keruen.as4.errors import EbmsError, ErrorCode, refuse
from keruen.as4.model import PartInfo, Reference, Sink
from keruen.as4.namespaces import GZIP_TYPE, OCTETS_TYPE
from keruen.as4.pmode import Limits
from keruen.as4.received import ReceivedPart
from keruen.as4.xml import XmlError
from keruen.wire import Inflater, WireError


@dataclass(frozen=True, slots=True)
class ExpectedPart:
    """What the verified header promises of a part."""

    content_id: str
    info: PartInfo
    digest: bytes
    """From the signature."""
    key: bytes = field(repr=False)
    encrypted_as: str | None
    """MimeType of the EncryptedData."""

    @property
    def packed(self) -> bool:
        """Whether the part is gzip by the signed header."""
        return self.info.property("CompressionType") is not None

    @property
    def mime_type(self) -> str:
        """Media type of the payload."""
        return self.info.property("MimeType") or self.encrypted_as or OCTETS_TYPE

    @property
    def signed_as(self) -> str:
        """Media type that decides the transform of the signature (WSS4J: that of EncryptedData)."""
        return GZIP_TYPE if self.packed else self.encrypted_as or self.mime_type


class PartReceiver:
    """Receives the octets of one part.

    Args:
        expected: what the header says of it.
        sink: where plain octets go, before anything about them is known.
        limits: sizes and ratio.
    """

    def __init__(self, expected: ExpectedPart, sink: Sink, limits: Limits) -> None:
        self.sink = sink
        self._expected = expected
        self._limits = limits
        self._decryptor = Decryptor(expected.key)
        self._digest = content_digest(expected.signed_as, limits.xml_part_size)
        self._size = 0
        self._trouble: WireError | None = None
        self._inflater = (
            Inflater(max_size=limits.part_size, max_ratio=limits.ratio) if expected.packed else None
        )

    def write(self, data: bytes) -> None:
        """Take in octets of the MIME body; EbmsError Other when the payload is too large."""
        self._take(self._decryptor.update(data))

    def finish(self) -> ReceivedPart:
        """The part, complete.

        Raises:
            EbmsError: FailedDecryption when the tag is wrong, FailedAuthentication when the digest
                is, DecompressionFailure when gzip is. In this order, whichever came first.
        """
        self._take(self._decryptor.finish())
        expected = self._expected
        try:
            digest = self._digest.digest()
        except XmlError as error:
            raise EbmsError(
                ErrorCode.FAILED_AUTHENTICATION, detail=f"{expected.content_id}: {error}"
            ) from error
        if not hmac.compare_digest(digest, expected.digest):
            refuse(ErrorCode.FAILED_AUTHENTICATION, f"digest of {expected.content_id} differs")
        self._finish_inflating()
        return ReceivedPart(
            expected.content_id,
            expected.mime_type,
            self._size,
            self.sink,
            expected.info.properties,
        )

    def _take(self, plain: bytes) -> None:
        if not plain:
            return
        self._digest.update(plain)
        if self._inflater is None:
            self._keep(plain)
        elif self._trouble is None:
            try:
                for piece in self._inflater.feed(plain):
                    self._keep(piece)
            except WireError as error:
                self._trouble = error

    def _keep(self, plain: bytes) -> None:
        self._size += len(plain)
        if self._size > self._limits.part_size:
            detail = f"{self._expected.content_id} exceeds {self._limits.part_size} octets"
            refuse(ErrorCode.OTHER, detail)
        self.sink.write(plain)

    def _finish_inflating(self) -> None:
        try:
            if self._trouble is not None:
                raise self._trouble
            if self._inflater is not None:
                self._inflater.finish()
        except WireError as error:
            raise EbmsError(
                ErrorCode.DECOMPRESSION_FAILURE, detail=f"{self._expected.content_id}: {error}"
            ) from error


def expected_parts(
    infos: Sequence[PartInfo],
    references: Sequence[Reference],
    encrypted: Mapping[str, EncryptedPart],
) -> dict[str, ExpectedPart]:
    """What the header promises, by Content-ID, in the order of the header.

    Args:
        infos: PartInfo elements, each with a ``cid:`` href.
        references: of the verified signature.
        encrypted: parts that the security header encrypts.

    Raises:
        EbmsError: PolicyNoncompliance unless the same parts are listed, signed and encrypted, each
            once, and Messaging and Body are signed, each once.
    """
    targets = [reference.target for reference in references]
    if targets.count("messaging") != 1 or targets.count("body") != 1:
        refuse(ErrorCode.POLICY_NONCOMPLIANCE, "Messaging and Body are not signed once each")
    listed = [content_id_of(info.href or "") for info in infos]
    promised = [(content_id_of(r.uri), r.digest) for r in references if r.target == "part"]
    signed, digests = [content_id for content_id, _ in promised], dict(promised)
    if len(set(listed)) != len(listed):
        refuse(ErrorCode.VALUE_INCONSISTENT, "a part is listed twice")
    if not sorted(listed) == sorted(signed) == sorted(encrypted):
        detail = f"listed {listed}, signed {signed}, encrypted {sorted(encrypted)}"
        refuse(ErrorCode.POLICY_NONCOMPLIANCE, detail)
    return {
        i: ExpectedPart(i, info, digests[i], encrypted[i].key, encrypted[i].mime_type)
        for i, info in zip(listed, infos, strict=True)
    }
