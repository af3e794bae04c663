"""eb:Messaging read into values (ebMS 3.0 Core, 5.2). Nothing read here is trusted yet."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from lxml import etree

from keruen.as4.elements import (
    at_most_once,
    children,
    each_once,
    named,
    needed_and_perhaps,
    one,
    text_of,
)
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
from keruen.as4.xml import XmlError, local_name

# Octets of UTF-8: PostgreSQL indexes no id of more than 2 704 octets.
_MAX_VALUE = 1024
_EB = f"{{{EB}}}"
_PARTY_ID = f"{_EB}PartyId"
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
    (info, parties, collaboration), (properties, payloads) = needed_and_perhaps(
        unit,
        EB,
        ("MessageInfo", "PartyInfo", "CollaborationInfo"),
        ("MessageProperties", "PayloadInfo"),
    )
    message_id, timestamp, ref_to = _message_info(info)
    (sender, sender_role), (receiver, receiver_role) = map(
        _party, each_once(parties, EB, "From", "To")
    )
    (service, action), (agreement, conversation) = needed_and_perhaps(
        collaboration, EB, ("Service", "Action"), ("AgreementRef", "ConversationId")
    )
    return UserMessage(
        message_id=message_id,
        timestamp=timestamp,
        ref_to_message_id=ref_to,
        mpc=unit.get("mpc"),
        sender=sender,
        sender_role=sender_role,
        receiver=receiver,
        receiver_role=receiver_role,
        agreement_ref=_agreement(agreement),
        service=Service(_value(service), service.get("type")),
        action=_value(action),
        conversation_id=_optional(conversation) or "",
        properties=_properties(properties),
        parts=() if payloads is None else tuple(map(_part, named(payloads, EB, "PartInfo"))),
    )


def _part(part: etree._Element) -> PartInfo:
    return PartInfo(part.get("href"), _properties(*at_most_once(part, EB, "PartProperties")))


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
    return SignalHeader(*_message_info(info), kind, mpc)


def _message_info(info: etree._Element) -> tuple[str, datetime, str | None]:
    """Id, time, and the id of the message that it refers to."""
    (message_id, timestamp), (ref_to,) = needed_and_perhaps(
        info, EB, ("MessageId", "Timestamp"), ("RefToMessageId",)
    )
    return _value(message_id), _moment(timestamp), _optional(ref_to)


def _value(element: etree._Element) -> str:
    text = text_of(element)
    if not text or len(text) > _MAX_VALUE or len(text.encode()) > _MAX_VALUE:
        raise XmlError(f"{local_name(element)} is empty or longer than {_MAX_VALUE} octets")
    return text


def _optional(element: etree._Element | None) -> str | None:
    return None if element is None else text_of(element)[:_MAX_VALUE] or None


def _moment(element: etree._Element) -> datetime:
    """eb:Timestamp in UTC; without a zone it is taken as UTC."""
    text = _value(element)
    try:
        moment = datetime.fromisoformat(_FRACTION.sub(r"\1", text))
        return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone(UTC)
    except (ValueError, OverflowError):
        raise XmlError(f"Timestamp {text[:60]!r} is no date and time") from None


def _party(party: etree._Element) -> tuple[PartyId, str]:
    ids = [child.tag for child in party].count(_PARTY_ID)
    if ids != 1:
        refuse(ErrorCode.VALUE_INCONSISTENT, f"{ids} PartyId in {local_name(party)}")
    party_id, role = each_once(party, EB, "PartyId", "Role")
    return PartyId(_value(party_id), party_id.get("type")), _value(role)


def _agreement(element: etree._Element | None) -> AgreementRef | None:
    if element is None:
        return None
    return AgreementRef(text_of(element), element.get("type"), element.get("pmode"))


def _properties(parent: etree._Element | None) -> tuple[Property, ...]:
    found = () if parent is None else named(parent, EB, "Property")
    return tuple(Property(p.get("name") or "", text_of(p), p.get("type")) for p in found)


_READERS: dict[str, Callable[[etree._Element], UserMessage | SignalHeader]] = {
    f"{_EB}UserMessage": _user_message,
    f"{_EB}SignalMessage": _signal_header,
}
