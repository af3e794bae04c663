"""A file that is there once all of it is written and on the disk, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from keruen.clock import Clock


@contextmanager
def new_file(path: Path, mode: int = 0o666, *, first: bool = False) -> Iterator[IO[bytes]]:
    """A file to be written; it takes the place of the one that is there when the context ends without an error.

    Args:
        mode: who may read it from the start, as far as the umask allows.
        first: a file that is there already stays as it is.

    Raises:
        OSError: it cannot be written. FileExistsError: one was there, and this is not the `first`.
    """
    # Of a name that no process has: what one left behind that was killed is in nobody's way.
    temporary = path.with_name(f".{path.name}.{Clock.entropy(4).hex()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if first:
            path.hardlink_to(temporary)
        else:
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
