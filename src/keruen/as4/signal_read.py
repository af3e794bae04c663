"""Signal messages read: receipts of non-repudiation and errors (ebMS 3.0 Core, 5.2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from keruen.as4.certificates import Certificate
from keruen.as4.elements import children, named, text_of
from keruen.as4.errors import EbmsError, ErrorCode, refuse
from keruen.as4.header_read import read_messaging
from keruen.as4.model import Reference, SignalHeader
from keruen.as4.namespaces import DS, EB, S12
from keruen.as4.pmode import PMode
from keruen.as4.signature import (
    is_signed,
    read_reference,
    verify,
)
from keruen.as4.soap import Envelope, body_is_empty, open_envelope
from keruen.as4.suites import suite_named
from keruen.as4.xml import XmlError
from keruen.wire import PartBegin, PartData, PartEnd, Splitter, SplitterLimits, WireError

_MAX_TEXT = 2000
_MAX_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """eb:Receipt."""

    message_id: str
    timestamp: datetime
    ref_to_message_id: str | None
    references: tuple[Reference, ...]
    """The ds:Reference elements it repeats."""
    certificate: Certificate | None
    """Pinned certificate that signed it; None when it is not signed."""
    envelope: bytes = field(repr=False)
    """As received: the evidence."""

    @property
    def signed(self) -> bool:
        """Whether a pinned certificate signed it."""
        return self.certificate is not None


@dataclass(frozen=True, slots=True)
class ReportedError:
    """One eb:Error of a signal."""

    code: str
    """``EBMS:0004``; other writers may use codes that the table does not know."""
    severity: str
    short_description: str
    ref_to_message_id: str | None
    text: str
    """ErrorDetail and Description, as the partner wrote them: not to be trusted, cut at 2 000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorSignal:
    """A signal with one or more errors. Unsigned ones prove nothing and must change no state."""

    message_id: str
    timestamp: datetime
    ref_to_message_id: str | None
    errors: tuple[ReportedError, ...]
    certificate: Certificate | None
    envelope: bytes = field(repr=False)

    @property
    def signed(self) -> bool:
        """Whether a pinned certificate signed it."""
        return self.certificate is not None


def open_signal(
    content_type: str, body: bytes, *, pmode: PMode, now: datetime
) -> Receipt | ErrorSignal:
    """The signal in an HTTP response.

    Args:
        content_type: value of the HTTP field; a multipart with one part is taken, too.
        body: the whole body.
        pmode: certificates and limits agreed with the partner.
        now: for the validity of the certificates.

    Raises:
        EbmsError: MissingReceipt for an empty body; MimeInconsistency or InvalidHeader for what is
            no signal; FailedAuthentication or PolicyNoncompliance for a signature that is wrong.
            An unsigned signal is returned, with `signed` False.
    """
    if not body.strip():
        refuse(ErrorCode.MISSING_RECEIPT, "the answer is empty")
    envelope = open_envelope(_root_part(content_type, body, pmode))
    header = read_messaging(envelope.messaging)
    if not isinstance(header, SignalHeader) or header.kind == "pull":
        refuse(ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY, "the answer is no receipt or error")
    return read_signal(envelope, header, pmode=pmode, now=now)


def _root_part(content_type: str, body: bytes, pmode: PMode) -> bytes:
    limits = SplitterLimits(total_size=pmode.limits.envelope_size + 65_536, parts=2)
    root, ended = bytearray(), False
    try:
        splitter = Splitter(content_type, limits)
        for event in [*splitter.feed(body), *splitter.close()]:
            if isinstance(event, PartBegin) and ended:
                refuse(ErrorCode.MIME_INCONSISTENCY, "a signal with a second part")
            if isinstance(event, PartData):
                root += event.data
            ended = ended or isinstance(event, PartEnd)
    except WireError as error:
        raise EbmsError(ErrorCode.MIME_INCONSISTENCY, detail=str(error)) from error
    return bytes(root)


def read_signal(
    envelope: Envelope, header: SignalHeader, *, pmode: PMode, now: datetime
) -> Receipt | ErrorSignal:
    """The signal in an opened envelope; errors as `open_signal`."""
    certificate = signed_by(envelope, pmode=pmode, now=now)
    unit = children(envelope.messaging)[0]
    try:
        if header.kind == "error":
            return _error_signal(envelope, header, unit, certificate)
        return _receipt(envelope, header, unit, certificate)
    except XmlError as error:
        raise EbmsError(ErrorCode.INVALID_HEADER, detail=f"signal: {error}") from error


def signed_by(envelope: Envelope, *, pmode: PMode, now: datetime) -> Certificate | None:
    """The pinned certificate that signed a signal; None when it is not signed at all.

    Raises:
        EbmsError: FailedAuthentication or PolicyNoncompliance for a signature that is wrong.
    """
    if not is_signed(envelope):
        return None
    scheme = suite_named(pmode.suite).signature
    verified = verify(envelope, scheme, pmode.partner_signing, now, pmode.trust)
    if sorted(str(r.target) for r in verified.references) != ["body", "messaging"]:
        refuse(ErrorCode.POLICY_NONCOMPLIANCE, "a signal signs Messaging and Body, each once")
    return verified.certificate


def _receipt(
    envelope: Envelope,
    header: SignalHeader,
    unit: etree._Element,
    certificate: Certificate | None,
) -> Receipt:
    if not body_is_empty(envelope):
        raise XmlError("a receipt with content in the Body")
    (receipt,) = named(unit, EB, "Receipt")
    found = receipt.iter(f"{{{DS}}}Reference")
    return Receipt(
        message_id=header.message_id,
        timestamp=header.timestamp,
        ref_to_message_id=header.ref_to_message_id,
        references=tuple(read_reference(e) for e in found),
        certificate=certificate,
        envelope=envelope.raw,
    )


def _error_signal(
    envelope: Envelope,
    header: SignalHeader,
    unit: etree._Element,
    certificate: Certificate | None,
) -> ErrorSignal:
    """Error signals may come with a SOAP fault in the Body, which adds nothing."""
    body = [child.tag for child in children(envelope.body)]
    if body not in ([], [f"{{{S12}}}Fault"]):
        raise XmlError("an error with content in the Body")
    return ErrorSignal(
        message_id=header.message_id,
        timestamp=header.timestamp,
        ref_to_message_id=header.ref_to_message_id,
        errors=tuple(_reported(e) for e in named(unit, EB, "Error")),
        certificate=certificate,
        envelope=envelope.raw,
    )


def _reported(element: etree._Element) -> ReportedError:
    texts = [text_of(e) for e in children(element) if not len(e)]
    return ReportedError(
        code=(element.get("errorCode") or "")[:_MAX_NAME],
        severity=(element.get("severity") or "").lower()[:_MAX_NAME],
        short_description=(element.get("shortDescription") or "")[:_MAX_NAME],
        ref_to_message_id=element.get("refToMessageInError"),
        text=" ".join(text for text in texts if text)[:_MAX_TEXT],
    )


def verify_receipt(receipt: Receipt, message_id: str, references: Sequence[Reference]) -> None:
    """Check that a receipt acknowledges exactly what was sent.

    Args:
        receipt: from `open_signal`, which checked its signature.
        message_id: id of the message that was sent.
        references: those of its `SealedMessage`.

    Raises:
        EbmsError: PolicyNoncompliance when it is not signed; InvalidReceipt when it refers to
            another message or repeats other digests.
    """
    if not receipt.signed:
        refuse(ErrorCode.POLICY_NONCOMPLIANCE, "the receipt is not signed")
    if receipt.ref_to_message_id != message_id:
        refuse(ErrorCode.INVALID_RECEIPT, f"the receipt is for {receipt.ref_to_message_id!r}")
    if sorted(r.digest for r in receipt.references) != sorted(r.digest for r in references):
        refuse(ErrorCode.INVALID_RECEIPT, "the receipt repeats other digests than were sent")
