"""What a message must be for this partner: parties, roles, agreement, service, age, algorithms."""

from __future__ import annotations

import re
from datetime import datetime

from lxml import etree

from keruen.as4.errors import ErrorCode, refuse
from keruen.as4.model import DEFAULT_MPC, PartInfo, UserMessage
from keruen.as4.namespaces import GZIP_TYPE
from keruen.as4.pmode import PMode

CORNERS = ("originalSender", "finalRecipient")
"""Message properties that name the outer corners (eDelivery AS4, Four Corner enhancement)."""
# IANA's registered names of character sets.
_CHARSET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+()-]{0,59}")


def require_algorithm(element: etree._Element, algorithm: str) -> None:
    """EbmsError PolicyNoncompliance unless the element's Algorithm is the agreed one."""
    given = element.get("Algorithm")
    if given != algorithm:
        refuse(ErrorCode.POLICY_NONCOMPLIANCE, f"algorithm {given!r} where {algorithm!r} is agreed")


def check_message(message: UserMessage, pmode: PMode, now: datetime) -> None:
    """Check a verified header against the processing mode.

    Raises:
        EbmsError: ValueInconsistent for another party, role, agreement or channel, a message without
            payload, or one too old or ahead of time; ValueNotRecognized for another service;
            ExternalPayloadError for a payload by hyperlink.
    """
    for name, given, agreed in (
        ("From", message.sender, pmode.partner),
        ("From/Role", message.sender_role, pmode.partner_role_sending),
        ("To", message.receiver, pmode.own),
        ("To/Role", message.receiver_role, pmode.own_role_receiving),
    ):
        if given != agreed:
            refuse(ErrorCode.VALUE_INCONSISTENT, f"{name} is {given!r}, agreed is {agreed!r}")
    _check_agreement(message, pmode)
    if message.mpc not in {None, DEFAULT_MPC, pmode.mpc}:
        refuse(ErrorCode.VALUE_INCONSISTENT, f"channel {message.mpc!r}, agreed is {pmode.mpc!r}")
    if not message.is_test and (message.service, message.action) not in pmode.services:
        refuse(
            ErrorCode.VALUE_NOT_RECOGNIZED,
            f"service {message.service!r} with action {message.action!r} is not agreed",
        )
    if message.timestamp > now + pmode.max_ahead:
        refuse(ErrorCode.VALUE_INCONSISTENT, f"timestamp {message.timestamp} lies ahead of {now}")
    if message.timestamp < now - pmode.max_age:
        refuse(ErrorCode.VALUE_INCONSISTENT, f"timestamp {message.timestamp} is stale at {now}")
    if not message.parts and not message.is_test:
        refuse(ErrorCode.VALUE_INCONSISTENT, "no payload, and not the test service")
    if missing := missing_corners(message, pmode):
        refuse(ErrorCode.VALUE_INCONSISTENT, f"message properties are missing: {missing}")
    for part in message.parts:
        _check_part(part)


def missing_corners(message: UserMessage, pmode: PMode) -> list[str]:
    """Message properties that the four-corner enhancement asks for and the message does not have."""
    if not pmode.four_corner or message.is_test:
        return []
    given = {p.name for p in message.properties if p.value}
    return [name for name in CORNERS if name not in given]


def _check_agreement(message: UserMessage, pmode: PMode) -> None:
    agreed, given = pmode.agreement_ref, message.agreement_ref
    if agreed is None:
        return
    if given is None or (given.value, given.type) != (agreed.value, agreed.type):
        refuse(ErrorCode.VALUE_INCONSISTENT, f"agreement {given!r}, agreed is {agreed!r}")


def _check_part(part: PartInfo) -> None:
    """Packaging rules of one part (AS4 profile 1.0, 3.1)."""
    if part.href is None:
        refuse(ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY, "a payload in the SOAP body")
    if not part.href.startswith("cid:"):
        refuse(ErrorCode.EXTERNAL_PAYLOAD_ERROR, f"payload at {part.href[:200]!r}")
    compression = part.property("CompressionType")
    if compression not in {None, GZIP_TYPE}:
        refuse(ErrorCode.VALUE_INCONSISTENT, f"CompressionType {compression!r}")
    if compression is not None and not part.property("MimeType"):
        refuse(ErrorCode.VALUE_INCONSISTENT, f"{part.href}: compressed without MimeType")
    charset = part.property("CharacterSet")
    if charset:
        _check_charset(charset)


def _check_charset(name: str) -> None:
    """Python forgives odd characters in names of encodings, so they are looked at first."""
    try:
        known = _CHARSET.fullmatch(name) is not None and "".encode(name) is not None
    except (LookupError, UnicodeError):  # the codec "undefined" encodes nothing at all
        known = False
    if not known:
        refuse(ErrorCode.VALUE_INCONSISTENT, f"CharacterSet {name[:60]!r}")
