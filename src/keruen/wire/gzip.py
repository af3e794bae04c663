"""gzip (RFC 1952) over chunks: the same input gives the same octets, and bombs are refused.

The header is fixed (no name, time 0, operating system "unknown"), so that a retry has the digests
of the first attempt. The deflate stream itself depends on the zlib that Python was built with; a
node that changes it between two attempts of one message sends other octets.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from keruen.wire.errors import LimitError, gzip_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COMPRESSION_LEVEL = 3
"""deflate level."""
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_GZIP_WINDOW = 31
_PIECE = 65_536
RATIO_FLOOR = 1 << 20
"""The ratio is judged only beyond this many octets: less can do no harm."""


def compress(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """One gzip member that holds `chunks`: the same for the same octets, however they are cut."""
    deflater = zlib.compressobj(COMPRESSION_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    checksum = size = 0
    yield _HEADER
    for chunk in chunks:
        checksum = zlib.crc32(chunk, checksum)
        size += len(chunk)
        packed = deflater.compress(chunk)
        if packed:
            yield packed
    yield (
        deflater.flush()
        + checksum.to_bytes(4, "little")
        + (size & 0xFFFF_FFFF).to_bytes(4, "little")
    )


class Inflater:
    """Undoes gzip over chunks.

    Args:
        max_size: octets that may come out.
        max_ratio: octets out per octet in, judged beyond 1 MiB.
    """

    def __init__(self, *, max_size: int, max_ratio: int) -> None:
        self._zlib = zlib.decompressobj(_GZIP_WINDOW)
        self._max_size = max_size
        self._max_ratio = max_ratio
        self._in = 0
        self.size = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Plain octets in pieces of at most 64 KiB; the iterator must be exhausted.

        Raises:
            WireError: no gzip, a wrong checksum, or octets after the end of the member.
            LimitError: too much comes out, in all or per octet in.
        """
        self._in += len(data)
        pending = data
        while pending:
            if self._zlib.eof:
                raise gzip_error("octets after the end of the gzip member")
            if piece := self._inflate(pending):
                yield piece
            pending = self._left()
        # What zlib still has to give after it took all input.
        while not self._zlib.eof and (piece := self._inflate(b"")):
            yield piece

    def finish(self) -> None:
        """Raise WireError unless the member is complete and its checksum held."""
        if not self._zlib.eof:
            raise gzip_error("gzip member is cut short")

    def _inflate(self, data: bytes) -> bytes:
        """The next piece, if there is one."""
        try:
            piece = self._zlib.decompress(data, _PIECE)
        except zlib.error as error:
            raise gzip_error(f"not gzip: {error}") from error
        self._count(len(piece))
        return piece

    def _left(self) -> bytes:
        """Input that zlib did not take."""
        return self._zlib.unused_data if self._zlib.eof else self._zlib.unconsumed_tail

    def _count(self, more: int) -> None:
        self.size += more
        if self.size > self._max_size:
            raise LimitError("unpacked size", self._max_size)
        taken = self._in - len(self._zlib.unconsumed_tail)
        if self.size > RATIO_FLOOR and self.size > taken * self._max_ratio:
            raise LimitError("compression ratio", self._max_ratio)


def inflate(chunks: Iterable[bytes], *, max_size: int, max_ratio: int) -> Iterator[bytes]:
    """Plain octets of one gzip member; errors as `Inflater.feed` and `Inflater.finish`."""
    inflater = Inflater(max_size=max_size, max_ratio=max_ratio)
    for chunk in chunks:
        yield from inflater.feed(chunk)
    inflater.finish()
