"""The header of an AS4 message as values (ebMS 3.0 Core, 5.2), and payloads as sources of chunks.

    UserMessage   what an application sends: parties, service and action, properties, parts
    SignalHeader  what a handler sends: an id and the id it refers to
    Payload       octets to send, read twice: once to digest, once to encrypt and emit
    Reference     one signed piece: its URI and its SHA-256 digest

`None` means that the element is absent. Times are aware; they are written in UTC with milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

TEST_SERVICE = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/service"
"""Service of the test service ("ping"; ebMS 3.0 Core, 5.2.2.8): receipted, never delivered."""
TEST_ACTION = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/test"
"""Action of the test service."""
INITIATOR_ROLE = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/initiator"
"""Default role of the sender."""
RESPONDER_ROLE = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/responder"
"""Default role of the receiver."""
DEFAULT_MPC = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/defaultMPC"
"""The message partition channel of messages that name none: pushed, never pulled."""


@dataclass(frozen=True, slots=True)
class PartyId:
    """eb:PartyId: a party's identifier and the scheme it is taken from."""

    value: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """eb:Service: a business service; without `type` the value should be a URI."""

    value: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class AgreementRef:
    """eb:AgreementRef: the agreement that governs the exchange."""

    value: str
    type: str | None = None
    pmode: str | None = None


@dataclass(frozen=True, slots=True)
class Property:
    """eb:Property of a message or of a part."""

    name: str
    value: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class PartInfo:
    """eb:PartInfo: a part of the message and what is said of it."""

    href: str | None
    """``cid:`` URI; None would mean the SOAP body, which this profile leaves empty."""
    properties: tuple[Property, ...] = ()

    def property(self, name: str) -> str | None:
        """Value of the first property of that name, compared without regard to case, or None."""
        wanted = name.lower()
        for one in self.properties:
            if one.name.lower() == wanted:
                return one.value
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserMessage:
    """eb:UserMessage."""

    message_id: str
    """eb:MessageId, globally unique; a retry keeps it."""
    timestamp: datetime
    """eb:Timestamp, when the message was made; a retry keeps it."""
    sender: PartyId
    sender_role: str
    receiver: PartyId
    receiver_role: str
    service: Service
    action: str
    conversation_id: str
    agreement_ref: AgreementRef | None = None
    ref_to_message_id: str | None = None
    mpc: str | None = None
    """Message partition channel that it is pulled from; None: the default one."""
    properties: tuple[Property, ...] = ()
    parts: tuple[PartInfo, ...] = ()
    """In the order of the header. `seal` fills it from the payloads."""

    @property
    def is_test(self) -> bool:
        """Whether this is a ping: to be receipted and not delivered."""
        return self.service.value == TEST_SERVICE and self.action == TEST_ACTION


@dataclass(frozen=True, slots=True)
class SignalHeader:
    """eb:MessageInfo of an eb:SignalMessage, before anything of it was verified."""

    message_id: str
    timestamp: datetime
    ref_to_message_id: str | None
    kind: Literal["receipt", "error", "pull"]
    mpc: str | None = None
    """Channel that a pull request names."""


@dataclass(frozen=True, slots=True)
class Payload:
    """Octets to send as one part."""

    content_id: str
    """Content-ID without brackets, unique in the message: letters, digits and ``._@-``."""
    mime_type: str
    """Media type of the octets that `source` gives."""
    source: Callable[[], Iterator[bytes]]
    """Gives the octets in chunks; called twice and must give the same each time."""
    compress: bool = True
    """gzip the part (AS4 profile, 3.1)."""
    properties: tuple[Property, ...] = ()
    """Further part properties, for example CharacterSet."""


Target = Literal["messaging", "body", "part"]


@dataclass(frozen=True, slots=True)
class Reference:
    """One ds:Reference: what was signed and its SHA-256 digest."""

    uri: str
    """``#id`` or ``cid:…``, as in SignedInfo."""
    digest: bytes
    """32 octets."""
    target: Target | None = None
    """What `uri` leads to; None where that cannot be known, as in a receipt."""


class Sink(Protocol):
    """Quarantine of one part: the caller's, opened when the part begins."""

    def write(self, data: bytes, /) -> object:
        """Keep octets that nobody may see yet."""

    def discard(self) -> object:
        """Forget everything: the message was refused."""
