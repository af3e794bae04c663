"""What is taken of a message while it comes in: of anybody at first, then of the partner who signed it."""

from __future__ import annotations

from functools import lru_cache

from keruen.as4.errors import ErrorCode, refuse
from keruen.as4.namespaces import SOAP_TYPE
from keruen.as4.pmode import Limits
from keruen.as4.soap import Envelope
from keruen.as4.xml import is_deeper
from keruen.wire import Headers, MediaType, SplitterLimits, parse_media_type


@lru_cache(maxsize=256)
def splitter_limits(limits: Limits) -> SplitterLimits:
    """The same limits for the octets of the body."""
    return SplitterLimits(
        total_size=limits.message_size,
        part_size=limits.message_size,
        header_size=limits.header_size,
        parts=limits.parts + 1,
    )


def check_announced(size: int, limits: Limits) -> None:
    """EbmsError Other when a body is announced that is too large."""
    if size > limits.message_size:
        refuse(ErrorCode.OTHER, f"{size} octets announced; at most {limits.message_size} are taken")


def check_beginning(octets: int, limits: Limits) -> None:
    """EbmsError Other when so many came without an envelope: who does not say who he is sends no more."""
    most = limits.envelope_size + 2 * limits.header_size
    if octets > most:
        refuse(ErrorCode.OTHER, f"no SOAP part within the first {most} octets")


def check_root(body: MediaType, headers: Headers) -> None:
    """EbmsError MimeInconsistency unless the first part is the root; `start` may say so (RFC 2387, 3.2)."""
    start, content_id = body.parameters.get("start"), headers.content_id
    if start is not None and content_id is not None and start.strip("<>") != content_id:
        refuse(ErrorCode.MIME_INCONSISTENCY, f"the first part is not the start {start!r}")
    content_type = headers.get("content-type")
    if content_type is None or parse_media_type(content_type).essence != SOAP_TYPE:
        refuse(ErrorCode.MIME_INCONSISTENCY, f"the root part is {content_type!r}")


def check_envelope_size(octets: int, limits: Limits) -> None:
    """EbmsError Other when the SOAP part is too large."""
    if octets > limits.envelope_size:
        refuse(ErrorCode.OTHER, f"envelope exceeds {limits.envelope_size} octets")


def check_envelope(envelope: Envelope, parts: int, limits: Limits) -> None:
    """Hold an opened envelope against what is taken of its partner.

    Raises:
        EbmsError: Other for too many payloads or octets, InvalidHeader for elements too deep.
    """
    if parts > limits.parts:
        refuse(ErrorCode.OTHER, f"{parts} payloads; at most {limits.parts} are taken")
    check_envelope_size(len(envelope.raw), limits)
    if is_deeper(envelope.messaging, limits.depth):
        refuse(ErrorCode.INVALID_HEADER, f"elements nest deeper than {limits.depth}")
