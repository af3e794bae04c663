"""What reception gives once everything was verified."""

from __future__ import annotations

from dataclasses import dataclass, field

from keruen.as4.certificates import Certificate
from keruen.as4.model import Property, Reference, Sink, UserMessage
from keruen.as4.pmode import PMode
from keruen.as4.pull import PullRequest
from keruen.as4.signal_read import ErrorSignal, Receipt
from keruen.as4.soap import Envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedUserMessage:
    """A user message of which everything was verified."""

    message: UserMessage
    pmode: PMode
    certificate: Certificate
    """The pinned certificate that signed it."""
    envelope: bytes = field(repr=False)
    """The SOAP part as received: evidence, and what a receipt is made from."""
    opened: Envelope = field(repr=False, compare=False)
    """The same, opened: its receipt need not read it again."""
    references: tuple[Reference, ...]
    """What was signed, in the order of SignedInfo; all digests hold."""
    parts: tuple[ReceivedPart, ...]
    """In the order of the header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedSignal:
    """A signal that came as a request of its own."""

    signal: Receipt | ErrorSignal | PullRequest
    pmode: PMode


@dataclass(frozen=True, slots=True)
class ReceivedPart:
    """A part whose tag and digest hold."""

    content_id: str
    mime_type: str
    """Media type of what lies in the sink, as the sender named it."""
    size: int
    """Octets in the sink."""
    sink: Sink
    properties: tuple[Property, ...] = ()
