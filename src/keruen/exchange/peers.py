"""The partners as the exchange sees them: processing mode, address and retry schedule of each."""

from __future__ import annotations

from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
)
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from keruen.as4 import (
    Certificate,
    DecryptionIdentity,
    Limits,
    PMode,
    Property,
    Service,
    SignalHeader,
    SigningIdentity,
    UserMessage,
)
from keruen.config.limits import PartnerLimits
from keruen.errors import UsageError
from keruen.messages import KINDS

SERVICE = Service("urn:keruen:exchange:1")
"""AS4 service of all messages; the action is the message's kind."""

SERVICES = frozenset((SERVICE, kind) for kind in KINDS)
"""All pairs of service and action."""

DOCUMENT_SIZE = 32 << 20
"""Octets of the JSON document, the first payload: it is read whole."""

LIMITS = PartnerLimits().limits()
"""What is taken of a partner whose card says nothing else: one JSON document, then attachments."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A message partition channel that one of the two pulls from, because it takes no connections.

    The channel's name is in the processing mode.
    """

    serve: bool
    """Whether the partner pulls from this node; else this node pulls from the partner."""
    interval: timedelta
    """Serving: after how long a pulled message without a receipt may be pulled again.
    Fetching: how long to wait after a pull that found nothing."""
    parallel: int = 1
    """Fetching: pulls under way at once while messages come."""


@dataclass(frozen=True, slots=True)
class ErrorPolicy:
    """What errors are worth between the two."""

    sign: bool = True
    """Whether this node signs errors to a partner that proved who it is."""
    heed_unsigned: bool = False
    """Whether the partner's unsigned errors count; even then they close no message."""


@dataclass(frozen=True, slots=True)
class Peer:
    """One partner: what was agreed on the wire, and where it listens."""

    country: str
    pmode: PMode
    endpoint: str
    channel: Channel | None = None
    """None: both push."""
    errors: ErrorPolicy = ErrorPolicy()
    delay: Callable[[int], timedelta] | None = None
    """How long to wait after so many attempts; None: as for all partners."""
    service: Service = SERVICE
    actions: Mapping[str, str] = field(default_factory=dict)
    """Message kind → AS4 action, where it is another word; each kind has its own."""
    two_way: bool = True
    """Whether answers name the message that they answer (eb:RefToMessageId)."""
    properties: tuple[Property, ...] = ()
    """Properties of every message to this partner, such as the outer corners."""
    clients: tuple[Certificate, ...] = ()
    """Certificates, own or of authorities, of which its connections must show one; none: they need not."""

    @property
    def pulls_from_us(self) -> bool:
        """Whether messages to this partner wait to be pulled."""
        return self.channel is not None and self.channel.serve

    @property
    def is_pulled(self) -> bool:
        """Whether messages of this partner are pulled by this node."""
        return self.channel is not None and not self.channel.serve

    def action_of(self, kind: str) -> str:
        """The AS4 action of a message kind."""
        return self.actions.get(kind, kind)

    def kind_of(self, action: str) -> str:
        """The message kind of an AS4 action."""
        return next((kind for kind, word in self.actions.items() if word == action), action)


@dataclass(frozen=True, slots=True)
class Line:
    """This node on the wire: its keys and its partners by country."""

    signing: SigningIdentity
    """For partners whose suite is not in `signing_by_suite`."""
    decryption: tuple[DecryptionIdentity, ...]
    """Keys of all suites: a message names the one it is encrypted to."""
    peers: Mapping[str, Peer]
    signing_by_suite: Mapping[str, SigningIdentity] = field(default_factory=dict)
    limits: Limits = field(init=False, repr=False)
    """What is taken of anybody, before it is known of whom: the loosest limits of all partners."""

    def __post_init__(self) -> None:
        limits = loosest(peer.pmode.limits for peer in self.peers.values())
        object.__setattr__(self, "limits", limits)

    def signer(self, pmode: PMode) -> SigningIdentity:
        """What this node signs with for a partner."""
        return self.signing_by_suite.get(pmode.suite, self.signing)

    def find(self, header: UserMessage | SignalHeader) -> PMode | tuple[PMode, ...] | None:
        """The processing mode for a header that nobody verified yet; None for a stranger.

        A pull request is known by its channel. Other signals do not say whose they are: all partners come
        into question, and the certificate that signed it tells.
        """
        if isinstance(header, UserMessage):
            return self._first(lambda peer: peer.pmode.partner == header.sender)
        if header.kind == "pull":
            return self._first(lambda peer: peer.pulls_from_us and peer.pmode.mpc == header.mpc)
        return tuple(peer.pmode for peer in self.peers.values())

    def _first(self, fits: Callable[[Peer], bool]) -> PMode | None:
        return next((peer.pmode for peer in self.peers.values() if fits(peer)), None)

    def partner(self, country: str) -> Peer:
        """The partner of a country that a person names.

        Raises:
            UsageError: ``card-missing``.
        """
        peer = self.peers.get(country)
        if peer is None:
            known = ", ".join(sorted(self.peers)) or "none"
            raise UsageError("card-missing", f"there is no card of {country}; there are {known}")
        return peer

    def peer_of(self, pmode: PMode) -> Peer:
        """The partner of a processing mode of this line."""
        return next(peer for peer in self.peers.values() if peer.pmode is pmode)

    def country_of(self, pmode: PMode) -> str:
        """The partner country of a processing mode of this line."""
        return self.peer_of(pmode).country


def loosest(limits: Iterable[Limits]) -> Limits:
    """The largest of each limit; the default ones where there are none."""
    known = tuple(limits) or (LIMITS,)
    names = Limits.__slots__
    return Limits(**{name: max(getattr(one, name) for one in known) for name in names})


@dataclass(frozen=True, slots=True)
class Reply:
    """The HTTP answer to a message that was sent, or to one that came."""

    status: int
    content_type: str
    """Empty where there is no body."""
    body: bytes
    chunks: Callable[[], Iterator[bytes]] | None = None
    """Gives the body where it is a message that was pulled: `size` octets."""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The HTTP answer to a pull request while it comes in."""

    status: int
    content_type: str
    chunks: AsyncIterator[bytes]


class Transport(Protocol):
    """Posts one body and gives the answer; raises OSError when no answer came."""

    def __call__(
        self, url: str, content_type: str, chunks: Callable[[], Iterator[bytes]], size: int
    ) -> Awaitable[Reply]:
        """Post `chunks` (`size` octets in all) to `url`."""


class Fetch(Protocol):
    """Posts a small body and gives the answer while it comes in; raises OSError when none came."""

    def __call__(
        self, url: str, content_type: str, body: bytes
    ) -> AbstractAsyncContextManager[Answer]:
        """Post `body` to `url`."""
