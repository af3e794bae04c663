"""Files on this machine's disk become attachments: read into the database chunk by chunk, or not at all."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from keruen.errors import LocalError, UsageError
from keruen.exchange import Attached, Context, attach, check_attached, drop
from keruen.messages import ArrivalInformation
from keruen.store import CHUNK, Store


@contextlib.contextmanager
def attaching(
    store: Store, context: Context, files: Sequence[Path], progress: Callable[[int], None]
) -> Iterator[list[Attached]]:
    """Files as attachments of an arrival, for as long as the context is open; then those not used are gone.

    Args:
        progress: told of octets that were read.

    Raises:
        UsageError: ``file-unreadable``.
        LocalError: ``attachments-not-agreed`` and the like, where no agreement of this node allows as much.
    """
    check_attachable(context, [_size(path) for path in files])
    owner = f"{socket.gethostname()}:attach:{os.getpid()}"
    done: list[Attached] = []
    try:
        for path in files:
            done.append(attach(store, context, owner, path.name, _chunks(path, progress)))  # noqa: PERF401
        yield done
    finally:
        for one in done:
            drop(store, one.payload_id)


def check_attachable(context: Context, sizes: Sequence[int]) -> None:
    """Check, before anything is read, that an agreement lets files of these sizes travel with an arrival.

    Raises:
        LocalError: as `check_attached`, where none does.
    """
    refusals = []
    for agreement in context.agreements:
        try:
            check_attached(agreement, ArrivalInformation.__name__, sizes)
        except LocalError as error:
            refusals.append(error)
    if refusals and len(refusals) == len(context.agreements):
        raise refusals[0]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error


def _chunks(path: Path, progress: Callable[[int], None]) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
                progress(len(chunk))
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> UsageError:
    return UsageError("file-unreadable", f"cannot be read: {error.strerror}", path=str(path))
