"""multipart/related (RFC 2387) as an iterator of chunks, with its exact length known beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


_LINE_END = "\r\n"


@dataclass(frozen=True, slots=True)
class OutgoingPart:
    """One part to write."""

    headers: tuple[tuple[str, str], ...]
    """Header fields in the order written; values without line ends."""
    chunks: Callable[[], Iterator[bytes]]
    """Gives the content, the same each time."""
    size: int
    """Length of the content in octets."""


def _head(headers: tuple[tuple[str, str], ...], boundary: str, *, first: bool) -> bytes:
    fields = "".join([f"{name}: {value}\r\n" for name, value in headers])
    return f"{'' if first else _LINE_END}--{boundary}\r\n{fields}\r\n".encode()


def _tail(boundary: str) -> bytes:
    return f"\r\n--{boundary}--\r\n".encode()


def write_multipart(parts: Sequence[OutgoingPart], boundary: str) -> Iterator[bytes]:
    """Chunks of the body: each part between boundaries, then the closing boundary.

    The caller chooses a boundary that occurs in no part (at least 128 unpredictable bits).
    """
    for index, part in enumerate(parts):
        yield _head(part.headers, boundary, first=index == 0)
        yield from part.chunks()
    yield _tail(boundary)


def multipart_size(parts: Sequence[OutgoingPart], boundary: str) -> int:
    """Octets that `write_multipart` gives."""
    heads = [_head(part.headers, boundary, first=i == 0) for i, part in enumerate(parts)]
    return sum(map(len, heads)) + sum(part.size for part in parts) + len(_tail(boundary))


def related_content_type(boundary: str, root_type: str, root_id: str) -> str:
    """Content-Type value for the body; `root_id` without brackets."""
    return f'multipart/related; boundary="{boundary}"; type="{root_type}"; start="<{root_id}>"'
