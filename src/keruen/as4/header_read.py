"""eb:Messaging read into values (ebMS 3.0 Core, 5.2). Nothing read here is trusted yet."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from lxml import etree

from keruen.as4.errors import EbmsError, ErrorCode, refuse
from keruen.as4.model import (
    DEFAULT_MPC,
    AgreementRef,
    PartInfo,
    PartyId,
    Property,
    Service,
    SignalHeader,
    UserMessage,
)
from keruen.as4.namespaces import EB
from keruen.as4.xml import XmlError, children, local_name, named, one, text_of

# Octets of UTF-8: PostgreSQL indexes no id of more than 2 704 octets.
_MAX_VALUE = 1024
_EB = f"{{{EB}}}"
# .NET writes seven digits of a second; Python reads six.
_FRACTION = re.compile(r"(\.\d{6})\d+")


def read_messaging(messaging: etree._Element) -> UserMessage | SignalHeader:
    """The one message unit in the header.

    Raises:
        EbmsError: FeatureNotSupported for bundled units, InvalidHeader for what
            is missing or malformed, ValueInconsistent for more than one PartyId.
    """
    units = children(messaging)
    if len(units) != 1:
        refuse(
            ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY, f"{len(units)} message units in a header"
        )
    read = _READERS.get(str(units[0].tag))
    if read is None:
        refuse(ErrorCode.INVALID_HEADER, f"{units[0].tag!r} is no message unit")
    try:
        return read(units[0])
    except XmlError as error:
        raise EbmsError(ErrorCode.INVALID_HEADER, detail=str(error)) from error


def _user_message(unit: etree._Element) -> UserMessage:
    info = one(unit, EB, "MessageInfo")
    sender, sender_role = _party(unit, "From")
    receiver, receiver_role = _party(unit, "To")
    collaboration = one(unit, EB, "CollaborationInfo")
    service = one(collaboration, EB, "Service")
    return UserMessage(
        message_id=_value(info, "MessageId"),
        timestamp=_timestamp(info),
        ref_to_message_id=_optional(info, "RefToMessageId"),
        mpc=unit.get("mpc"),
        sender=sender,
        sender_role=sender_role,
        receiver=receiver,
        receiver_role=receiver_role,
        agreement_ref=_agreement(collaboration),
        service=Service(_bounded(text_of(service), "Service"), service.get("type")),
        action=_value(collaboration, "Action"),
        conversation_id=_optional(collaboration, "ConversationId") or "",
        properties=_properties(unit, "MessageProperties"),
        parts=tuple(
            PartInfo(part.get("href"), _properties(part, "PartProperties"))
            for part in named(unit, EB, "PayloadInfo", "PartInfo")
        ),
    )


def _signal_header(unit: etree._Element) -> SignalHeader:
    info = one(unit, EB, "MessageInfo")
    kinds = {local_name(child) for child in children(unit) if str(child.tag).startswith(_EB)}
    kind: Literal["receipt", "error", "pull"]
    mpc = None
    if kinds == {"MessageInfo", "PullRequest"}:
        kind = "pull"
        mpc = (one(unit, EB, "PullRequest").get("mpc") or DEFAULT_MPC)[:_MAX_VALUE]
    elif kinds == {"MessageInfo", "Receipt"}:
        kind = "receipt"
        one(unit, EB, "Receipt")
    elif kinds == {"MessageInfo", "Error"}:
        kind = "error"
    else:
        raise XmlError(f"signal with {sorted(kinds)}")
    return SignalHeader(
        _value(info, "MessageId"), _timestamp(info), _optional(info, "RefToMessageId"), kind, mpc
    )


def _value(parent: etree._Element, name: str) -> str:
    return _bounded(text_of(one(parent, EB, name)), name)


def _optional(parent: etree._Element, name: str) -> str | None:
    return text_of(one(parent, EB, name))[:_MAX_VALUE] or None if named(parent, EB, name) else None


def _bounded(text: str, name: str) -> str:
    if not text or len(text.encode()) > _MAX_VALUE:
        raise XmlError(f"{name} is empty or longer than {_MAX_VALUE} octets")
    return text


def _timestamp(info: etree._Element) -> datetime:
    """eb:Timestamp in UTC; without a zone it is taken as UTC."""
    text = _value(info, "Timestamp")
    try:
        moment = datetime.fromisoformat(_FRACTION.sub(r"\1", text))
        return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone(UTC)
    except (ValueError, OverflowError):
        raise XmlError(f"Timestamp {text[:60]!r} is no date and time") from None


def _party(unit: etree._Element, name: str) -> tuple[PartyId, str]:
    party = one(one(unit, EB, "PartyInfo"), EB, name)
    ids = named(party, EB, "PartyId")
    if len(ids) != 1:
        refuse(ErrorCode.VALUE_INCONSISTENT, f"{len(ids)} PartyId in {name}")
    return PartyId(_bounded(text_of(ids[0]), "PartyId"), ids[0].get("type")), _value(party, "Role")


def _agreement(collaboration: etree._Element) -> AgreementRef | None:
    if not named(collaboration, EB, "AgreementRef"):
        return None
    element = one(collaboration, EB, "AgreementRef")
    return AgreementRef(text_of(element), element.get("type"), element.get("pmode"))


def _properties(parent: etree._Element, name: str) -> tuple[Property, ...]:
    found = named(parent, EB, name, "Property")
    return tuple(Property(p.get("name") or "", text_of(p), p.get("type")) for p in found)


_READERS: dict[str, Callable[[etree._Element], UserMessage | SignalHeader]] = {
    f"{_EB}UserMessage": _user_message,
    f"{_EB}SignalMessage": _signal_header,
}
