"""The partners as the exchange sees them: processing mode, address and retry schedule of each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from keruen.as4 import (
    DecryptionIdentity,
    Limits,
    PMode,
    Property,
    Service,
    SignalHeader,
    SigningIdentity,
    UserMessage,
)
from keruen.messages import KINDS

SERVICE = Service("urn:keruen:exchange:1")
"""AS4 service of all messages; the action is the message's kind."""

SERVICES = frozenset((SERVICE, kind) for kind in KINDS)
"""All pairs of service and action."""

DOCUMENT_SIZE = 32 << 20
"""Octets of the JSON document, the first payload: it is read whole."""

LIMITS = Limits(
    message_size=(1 << 30) + (64 << 20),
    part_size=1 << 30,
    parts=28,
    envelope_size=256 << 10,
    xml_part_size=1 << 20,
)
"""What is taken of a partner whose card says nothing else: one JSON document, then attachments."""


@dataclass(frozen=True, slots=True)
class Peer:
    """One partner: what was agreed on the wire, and where it listens."""

    country: str
    pmode: PMode
    endpoint: str
    properties: tuple[Property, ...] = ()
    """Message properties of all that is sent to it: the outer corners, where there are any."""


@dataclass(frozen=True, slots=True)
class Line:
    """This node on the wire: its keys and its partners by country."""

    signing: SigningIdentity
    """For partners whose suite is not in `signing_by_suite`."""
    decryption: tuple[DecryptionIdentity, ...]
    """Keys of all suites: a message names the one it is encrypted to."""
    peers: Mapping[str, Peer]
    signing_by_suite: Mapping[str, SigningIdentity] = field(default_factory=dict)

    def signer(self, pmode: PMode) -> SigningIdentity:
        """What this node signs with for a partner."""
        return self.signing_by_suite.get(pmode.suite, self.signing)

    @property
    def limits(self) -> Limits:
        """What is taken of anybody, before it is known of whom: the loosest limits of all partners."""
        return loosest(peer.pmode.limits for peer in self.peers.values())

    def find(self, header: UserMessage | SignalHeader) -> PMode | None:
        """The processing mode for a header that nobody verified yet; None for a stranger."""
        if not isinstance(header, UserMessage):
            return None
        for peer in self.peers.values():
            if peer.pmode.partner == header.sender:
                return peer.pmode
        return None

    def country_of(self, pmode: PMode) -> str:
        """The partner country of a processing mode of this line."""
        return next(c for c, peer in self.peers.items() if peer.pmode is pmode)


def loosest(limits: Iterable[Limits]) -> Limits:
    """The largest of each limit; the default ones where there are none."""
    known = tuple(limits) or (LIMITS,)
    names = Limits.__slots__
    return Limits(**{name: max(getattr(one, name) for one in known) for name in names})


@dataclass(frozen=True, slots=True)
class Reply:
    """The HTTP answer to a message that was sent."""

    status: int
    content_type: str
    body: bytes


class Transport(Protocol):
    """Posts one body and gives the answer; raises OSError when no answer came."""

    def __call__(
        self, url: str, content_type: str, chunks: Callable[[], Iterator[bytes]], size: int
    ) -> Awaitable[Reply]:
        """Post `chunks` (`size` octets in all) to `url`."""
