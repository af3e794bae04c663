"""What `Splitter` tells of a body, and what it takes of one at most."""

from __future__ import annotations

from dataclasses import dataclass

from keruen.wire.headers import Headers


@dataclass(frozen=True, slots=True)
class PartBegin:
    """A part starts."""

    headers: Headers


@dataclass(frozen=True, slots=True)
class PartData:
    """Octets of the part's content, transfer encoding undone; never empty."""

    data: bytes


@dataclass(frozen=True, slots=True)
class PartEnd:
    """The part is complete."""


@dataclass(frozen=True, slots=True)
class End:
    """The closing boundary was read, or, for a body that is not multipart, `close` was called."""


Event = PartBegin | PartData | PartEnd | End


@dataclass(frozen=True, slots=True)
class SplitterLimits:
    """What a stranger may send, in octets unless said otherwise."""

    total_size: int = 1 << 30
    """Whole body."""
    part_size: int = 1 << 30
    """Content of one part, transfer encoding undone."""
    header_size: int = 16_384
    """Header block of one part."""
    parts: int = 64
    """Number of parts, the root included."""
