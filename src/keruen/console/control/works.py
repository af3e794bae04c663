"""What the control room works with beside the database: the running node's partners, line and workers."""

from __future__ import annotations

import shutil
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime
from threading import Lock
from types import MappingProxyType
from typing import IO

from keruen.config.cards import Partner
from keruen.config.directory import NodeFiles
from keruen.config.endings import Ending, endings, endings_of
from keruen.exchange import Pong, Receiver
from keruen.exchange.working import Pulse
from keruen.store import CHUNK

Ping = Callable[[str], Awaitable[Pong]]
CARRIED = 20
"""Packages of answers that are kept until they are fetched."""


class Carried:
    """Packages of answers between a page and the next, each for whoever took the package that it answers."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[str, str], tuple[str, IO[bytes]]] = OrderedDict()
        self._lock = Lock()

    def put(self, user_id: str, package_id: str, name: str, file: IO[bytes]) -> None:
        """Keep one; the oldest makes room."""
        with self._lock:
            if before := self._files.pop((user_id, package_id), None):
                before[1].close()
            self._files[user_id, package_id] = name, file
            while len(self._files) > CARRIED:
                self._files.popitem(last=False)[1][1].close()

    def pop(self, user_id: str, package_id: str) -> tuple[str, IO[bytes]] | None:
        """Take one out; a package that is taken again is answered again."""
        with self._lock:
            return self._files.pop((user_id, package_id), None)


class Works:
    """The running node. A class of its own, and no dataclass: Litestar would look into it.

    Args:
        partners: whose cards it has.
        files: its directory; None where pages are shown without one.
        receiver: takes packages; None where nothing is received.
        ping: tries the way to a partner.
        pulses: how its workers do.
    """

    def __init__(
        self,
        *,
        partners: Sequence[Partner] = (),
        files: NodeFiles | None = None,
        receiver: Receiver | None = None,
        ping: Ping | None = None,
        pulses: Mapping[str, Pulse] = MappingProxyType({}),
    ) -> None:
        self.partners, self.files = tuple(partners), files
        self.receiver, self.ping, self.pulses = receiver, ping, pulses
        self.carried = Carried()

    def partner(self, country: str) -> Partner | None:
        """The card of a country's node."""
        return next((one for one in self.partners if one.country == country), None)

    def endings(self, now: datetime) -> tuple[Ending, ...]:
        """Certificates, those that end first before the others."""
        if self.files is not None:
            return endings(self.files, now)
        found = (ending for one in self.partners for ending in endings_of(one, now))
        return tuple(sorted(found, key=lambda one: one.ends))

    def free(self) -> int | None:
        """Octets that are free on the disk of the node directory; None where it cannot be asked."""
        if self.files is None:
            return None
        try:
            return shutil.disk_usage(self.files.root).free
        except OSError:
            return None


def octets(file: IO[bytes]) -> Iterator[bytes]:
    """A file from its beginning, chunk by chunk; it is closed then."""
    with file:
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk
