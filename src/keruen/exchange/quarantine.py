"""Where parts of a message lie until all of it is verified: in memory while they are small, then in a file.

The file has no name: it is gone with the process, however that ends, and nobody else can open it.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from keruen.as4 import EbmsError, ErrorCode
from keruen.errors import LocalError
from keruen.store import CHUNK

IN_MEMORY = 64 << 10
"""Octets of one part that are held in memory; more of it goes to disk."""
TOGETHER = 4 << 30
"""Octets that all messages under way may have on disk together."""


class Space:
    """The disk space that all messages under way share.

    Args:
        folder: where files are made, mode 0600; None for the system's place for such files.
        size: octets, all files together.
    """

    def __init__(self, folder: Path | None = None, size: int = TOGETHER) -> None:
        self._folder = folder
        self._free = size
        self._gate = threading.Lock()

    def open(self) -> IO[bytes]:
        """A new file without a name."""
        if self._folder is not None:
            self._folder.mkdir(mode=0o700, exist_ok=True)
        return tempfile.TemporaryFile(dir=self._folder, buffering=0)

    def take(self, octets: int) -> None:
        """Take space, or give it back where negative.

        Raises:
            LocalError: ``quarantine-full``: others hold all of it; there will be space again.
        """
        with self._gate:
            if octets > self._free:
                raise LocalError("quarantine-full", "too many large messages at once; try again")
            self._free -= octets


class Quarantine:
    """Holds the octets of one part; they may be read once the whole message is verified.

    Args:
        space: where they go when they are many.
        limit: octets at most.
    """

    def __init__(self, space: Space | None = None, *, limit: int | None = None) -> None:
        self._space = space or Space()
        self._limit = limit
        self._held: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._digest = hashlib.sha256()
        self.size = 0
        """Octets so far."""

    def write(self, data: bytes) -> None:
        """Keep octets that nobody may see yet.

        Raises:
            EbmsError: Other, when they are more than the limit.
            LocalError: ``quarantine-full``.
        """
        self.size += len(data)
        if self._limit is not None and self.size > self._limit:
            raise EbmsError(
                ErrorCode.OTHER, detail=f"a payload of more than {self._limit} octets, unpacked"
            )
        self._digest.update(data)
        if self._file is None and self.size <= IN_MEMORY:
            self._held.append(data)
            return
        self._spill(data)

    def _spill(self, data: bytes) -> None:
        if self._file is None:
            data = b"".join((*self._held, data))
            self._held.clear()
            self._file = self._space.open()
        self._space.take(len(data))
        self._file.write(data)

    @property
    def is_on_disk(self) -> bool:
        """Whether there is too much of it to be held in memory."""
        return self._file is not None

    @property
    def digest(self) -> bytes:
        """SHA-256 of the octets."""
        return self._digest.digest()

    @property
    def chunks(self) -> Iterator[bytes]:
        """The octets, from the first on."""
        if self._file is None:
            yield from self._held
            return
        self._file.seek(0)
        while chunk := self._file.read(CHUNK):
            yield chunk

    def discard(self) -> None:
        """Forget everything."""
        self._held.clear()
        if self._file is not None:
            self._space.take(-self._file.seek(0, 2))
            self._file.close()
            self._file = None
