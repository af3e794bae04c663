"""A push parser of multipart bodies (RFC 2046, 5.1): chunks in, events out.

    feed(chunk) → PartBegin(headers) PartData(octets)* PartEnd … End

    preamble ──delimiter──► headers ──empty line──► content ──delimiter──► headers …
                                                       └──closing delimiter──► epilogue

A body that is not multipart is one part whose headers are the Content-Type given. However the body
is cut into chunks, the events carry the same octets; only the cuts between PartData may differ.
Tolerated, because peers send it: a preamble, an epilogue, bare LF line ends, padding after the
boundary, a boundary with or without quotes, parts without headers.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from keruen.wire.errors import LimitError, mime_error
from keruen.wire.events import End, Event, PartBegin, PartData, PartEnd, SplitterLimits
from keruen.wire.headers import Headers, parse_headers, parse_media_type
from keruen.wire.transfer import Identity, TransferDecoder, transfer_decoder

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_BOUNDARY = 200  # RFC 2046 says 70; peers exceed it
_MAX_PADDING = 128
# delimiter := "--" boundary; close-delimiter := delimiter "--"; both with transport-padding
_LINE = re.compile(rb"(?:--)?[ \t]*\r?\n")
_LINE_SO_FAR = re.compile(rb"-|(?:--)?[ \t]*\r?")


class _State(Enum):
    PREAMBLE = auto()
    HEADERS = auto()
    CONTENT = auto()
    EPILOGUE = auto()


class Splitter:
    """Splits one body.

    Args:
        content_type: Content-Type value of the whole body.
        limits: what may be exceeded by nobody.

    Raises:
        WireError: `content_type` cannot be read, or is multipart without a usable boundary.
    """

    def __init__(self, content_type: str, limits: SplitterLimits | None = None) -> None:
        self.media_type = parse_media_type(content_type)
        self._limits = limits or SplitterLimits()
        self.total = 0
        """Octets so far."""
        self._parts = self._part_size = self._largest_header = 0
        self._decoder: TransferDecoder = Identity()
        self._multipart = self.media_type.essence.startswith("multipart/")
        self._content_type = content_type
        self._closed = False
        # The line end before a delimiter belongs to the delimiter, so a body that starts with its
        # delimiter is read as if an empty line came first; `_skip` says that it is no content.
        self._buffer = bytearray(b"\n")
        self._skip = True
        self._state = _State.PREAMBLE
        if self._multipart:
            self._delimiter = b"\n--" + _boundary(self.media_type.parameters.get("boundary"))

    def tighten(self, limits: SplitterLimits) -> None:
        """Take less from here on: now it is known whose body this is.

        Raises:
            LimitError: what came so far is too much already.
        """
        self._limits = limits
        for what, size, limit in (
            ("message size", self.total, limits.total_size),
            ("header size of a part", self._largest_header, limits.header_size),
            ("number of parts", self._parts, limits.parts),
        ):
            if size > limit:
                raise LimitError(what, limit)

    def feed(self, chunk: bytes) -> list[Event]:
        """Events that `chunk` completes.

        Raises:
            WireError: the body violates MIME.
            LimitError: the body exceeds a limit.
        """
        self.total += len(chunk)
        if self.total > self._limits.total_size:
            raise LimitError("message size", self._limits.total_size)
        if not self._multipart:
            return list(self._feed_single(chunk))
        self._buffer += chunk
        events: list[Event] = []
        while self._step(events):
            pass
        return events

    def close(self) -> list[Event]:
        """Last events; call once when the body has ended.

        Raises:
            WireError: the body ended before its closing boundary.
        """
        if not self._multipart:
            return [*self._feed_single(b""), self._end_part(), End()]
        # A closing boundary may be the very last octets, without a line end.
        events = [] if self._closed else self.feed(b"\n")
        if not any(isinstance(event, End) for event in events) and not self._closed:
            raise mime_error("body ends before its closing boundary")
        return events

    def _feed_single(self, chunk: bytes) -> Iterator[Event]:
        if not self._parts:
            self._parts = 1
            yield PartBegin(Headers((("Content-Type", self._content_type),)))
        yield from self._content(chunk)

    def _step(self, events: list[Event]) -> bool:
        """Take one step over the buffer; False when more input is needed."""
        if self._state is _State.HEADERS:
            return self._step_headers(events)
        if self._state is _State.EPILOGUE:
            self._buffer.clear()
            return False
        return self._step_content(events)

    def _step_headers(self, events: list[Event]) -> bool:
        end, length = _empty_line(self._buffer)
        limit, size = self._limits.header_size, end if end >= 0 else len(self._buffer)
        if size > limit:
            raise LimitError("header size of a part", limit)
        if end < 0:
            return False
        self._largest_header = max(self._largest_header, size)
        headers = parse_headers(bytes(self._buffer[:end]).strip(b"\r\n"))
        # The last LF stays: the delimiter of a part without content may begin with it.
        del self._buffer[: end + length - 1]
        self._skip = True
        self._state = _State.CONTENT
        self._decoder = transfer_decoder(headers.get("content-transfer-encoding"))
        self._part_size = 0
        events.append(PartBegin(headers))
        return True

    def _step_content(self, events: list[Event]) -> bool:
        start = self._buffer.find(self._delimiter)
        if start < 0:
            self._emit(len(self._buffer) - len(self._delimiter), events)
            return False
        after = start + len(self._delimiter)
        line = _rest_of_line(bytes(self._buffer[after : after + _MAX_PADDING]))
        if line is None:
            self._emit(start - 1, events)
            return False
        if not line:
            self._emit(start + 1, events)
            return True
        cr = self._buffer.startswith(b"\r\n", start - 1) if start else False
        self._emit(start - cr, events)
        del self._buffer[: cr + len(self._delimiter) + len(line)]
        if self._state is _State.CONTENT:
            events.append(self._end_part())
        self._begin_next(events, closing=line.startswith(b"--"))
        return True

    def _begin_next(self, events: list[Event], *, closing: bool) -> None:
        if closing:
            self._state = _State.EPILOGUE
            self._closed = True
            events.append(End())
            return
        self._parts += 1
        if self._parts > self._limits.parts:
            raise LimitError("number of parts", self._limits.parts)
        self._state = _State.HEADERS

    def _emit(self, count: int, events: list[Event]) -> None:
        """Give `count` octets of the buffer as content (as nothing in the preamble)."""
        if count <= 0:
            return
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        if self._skip:
            self._skip = False
            taken = taken[1:]
        if self._state is _State.CONTENT:
            events += self._content(taken)

    def _content(self, octets: bytes) -> tuple[Event, ...]:
        data = self._decoder.decode(octets)
        self._part_size += len(data)
        if self._part_size > self._limits.part_size:
            raise LimitError("size of a part", self._limits.part_size)
        return (PartData(data),) if data else ()

    def _end_part(self) -> PartEnd:
        self._decoder.finish()
        return PartEnd()


def _boundary(value: str | None) -> bytes:
    if not value or len(value) > _MAX_BOUNDARY or not value.isascii() or not value.isprintable():
        raise mime_error("multipart without a usable boundary")
    return value.encode()


def _empty_line(buffer: bytearray) -> tuple[int, int]:
    """Position and length of the line ends that close a header block, or (-1, 0).

    The block starts right after the line end of the delimiter, so it may itself be empty.
    """
    if buffer.startswith(b"\n"):
        return 0, 1
    if buffer.startswith(b"\r\n"):
        return 0, 2
    crlf = buffer.find(b"\n\r\n")
    # Only what comes before it could end the block earlier: the rest of the body need not be searched.
    lf = buffer.find(b"\n\n", 0, crlf + 1 if crlf >= 0 else len(buffer))
    if lf >= 0:
        return lf, 2
    return (crlf, 3) if crlf >= 0 else (-1, 0)


def _rest_of_line(tail: bytes) -> bytes | None:
    """The rest of a delimiter's line, its line end included.

    Empty when the line is no delimiter after all (the boundary is only its beginning), None when
    more octets must come before that can be said.
    """
    complete = _LINE.match(tail)
    if complete is not None:
        return complete[0]
    return None if len(tail) < _MAX_PADDING and _LINE_SO_FAR.fullmatch(tail) else b""
