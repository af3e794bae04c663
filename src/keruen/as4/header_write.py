"""eb:Messaging as text, already in exclusive canonical form (ebMS 3.0 Core, 5.2).

Canonical means: namespaces declared where first used and sorted, attributes sorted, no
empty-element tags. The digests are still taken over what lxml canonicalises; a test compares the
two.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from keruen.as4.model import AgreementRef, PartInfo, PartyId, Property, Service, UserMessage
from keruen.as4.namespaces import EB, S12, WSSE, WSU
from keruen.as4.xml import escape, escape_attribute

_PARTIES = 256
"""Partners whose part of the header is kept as written: the same in every message to them."""


def write_timestamp(moment: datetime) -> str:
    """xsd:dateTime in UTC with milliseconds; ValueError if `moment` is not aware."""
    if moment.tzinfo is None:
        raise ValueError("a timestamp needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def write_messaging(content: str, element_id: str) -> str:
    """The Messaging header around a UserMessage or SignalMessage."""
    return (
        f'<eb:Messaging xmlns:S12="{S12}" xmlns:eb="{EB}" xmlns:wsu="{WSU}"'
        f' wsu:Id="{element_id}" S12:mustUnderstand="true">{content}</eb:Messaging>'
    )


def write_body(element_id: str) -> str:
    """The empty Body."""
    return f'<S12:Body xmlns:S12="{S12}" xmlns:wsu="{WSU}" wsu:Id="{element_id}"></S12:Body>'


def write_security(content: str) -> str:
    """wsse:Security around its blocks."""
    return (
        f'<wsse:Security xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}" xmlns:S12="{S12}"'
        f' S12:mustUnderstand="true">{content}</wsse:Security>'
    )


def write_envelope(security: str, messaging: str, body: str) -> bytes:
    """The whole SOAP part."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<S12:Envelope xmlns:S12="{S12}"><S12:Header>{security}{messaging}</S12:Header>{body}'
        "</S12:Envelope>"
    ).encode()


def write_message_info(message_id: str, timestamp: datetime, ref_to: str | None) -> str:
    """eb:MessageInfo."""
    return (
        "<eb:MessageInfo>"
        + _element("Timestamp", write_timestamp(timestamp))
        + _element("MessageId", message_id)
        + (_element("RefToMessageId", ref_to) if ref_to is not None else "")
        + "</eb:MessageInfo>"
    )


def write_user_message(message: UserMessage) -> str:
    """eb:UserMessage."""
    return (
        f"<eb:UserMessage{_attributes({'mpc': message.mpc})}>"
        + write_message_info(message.message_id, message.timestamp, message.ref_to_message_id)
        + "<eb:PartyInfo>"
        + _party("From", message.sender, message.sender_role)
        + _party("To", message.receiver, message.receiver_role)
        + "</eb:PartyInfo><eb:CollaborationInfo>"
        + _agreement(message.agreement_ref)
        + _service(message.service)
        + _element("Action", message.action)
        + _element("ConversationId", message.conversation_id)
        + "</eb:CollaborationInfo>"
        + _properties("MessageProperties", message.properties)
        + _payload_info(message.parts)
        + "</eb:UserMessage>"
    )


def _element(name: str, text: str, /, **attributes: str | None) -> str:
    given = _attributes(attributes) if attributes else ""
    return f"<eb:{name}{given}>{escape(text)}</eb:{name}>"


def _attributes(attributes: dict[str, str | None]) -> str:
    given = sorted((name, value) for name, value in attributes.items() if value is not None)
    return "".join(f' {name}="{escape_attribute(value)}"' for name, value in given)


@lru_cache(maxsize=_PARTIES)
def _party(name: str, party: PartyId, role: str) -> str:
    party_id = _element("PartyId", party.value, type=party.type)
    return f"<eb:{name}>{party_id}{_element('Role', role)}</eb:{name}>"


@lru_cache(maxsize=_PARTIES)
def _agreement(agreement: AgreementRef | None) -> str:
    if agreement is None:
        return ""
    return _element("AgreementRef", agreement.value, type=agreement.type, pmode=agreement.pmode)


@lru_cache(maxsize=_PARTIES)
def _service(service: Service) -> str:
    return _element("Service", service.value, type=service.type)


def _properties(name: str, properties: Iterable[Property]) -> str:
    inner = "".join(_element("Property", p.value, name=p.name, type=p.type) for p in properties)
    return f"<eb:{name}>{inner}</eb:{name}>" if inner else ""


def _payload_info(parts: Iterable[PartInfo]) -> str:
    inner = "".join(
        f"<eb:PartInfo{_attributes({'href': part.href})}>"
        f"{_properties('PartProperties', part.properties)}</eb:PartInfo>"
        for part in parts
    )
    return f"<eb:PayloadInfo>{inner}</eb:PayloadInfo>" if inner else ""
