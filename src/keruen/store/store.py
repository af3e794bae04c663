"""The node's database behind three doors: `write`, `write_now` and `read`."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import TypeVar

from sqlalchemy import Engine

from keruen.store.engine import engines
from keruen.store.follower import Follower
from keruen.store.migrate import migrate
from keruen.store.reader import Reader
from keruen.store.transaction import Transaction
from keruen.store.writer import Writer

T = TypeVar("T")


class Store:
    """One database, SQLite or PostgreSQL; open it with `Store.open`."""

    def __init__(self, writing: Engine, reading: Engine) -> None:
        self._writing, self._reading = writing, reading
        self._writer = Writer(writing)

    @classmethod
    def open(cls, url: str) -> Store:
        """Open a database and bring its schema up to date; safe when two processes do so at once.

        Args:
            url: ``sqlite:////path/keruen.db`` or ``postgresql+psycopg://…``.

        Raises:
            UsageError: ``database-unknown``: the address is neither; ``database-unavailable``: nothing can be
                opened there; ``database-newer``: a newer release has made it.
        """
        writing, reading = engines(url)
        try:
            migrate(writing)
        except BaseException:
            writing.dispose()
            raise
        return cls(writing, reading)

    def close(self) -> None:
        """Finish what is queued and close all connections."""
        self._writer.close()
        self._writing.dispose()
        self._reading.dispose()

    async def write(self, operation: Callable[[Transaction], T]) -> T:
        """Run an operation in a transaction; returns after its commit. From any event loop.

        The operation may be run again (see `Writer`). What it raises is raised here, and nothing of it stays.
        A caller that is cancelled while it waits may or may not have written.

        Raises:
            LocalError: ``store-closed``.
        """
        return await self._writer.perform(operation)

    def write_now(self, operation: Callable[[Transaction], T]) -> T:
        """The same for callers without an event loop."""
        return self._writer.submit(operation).result()

    def read(self, operation: Callable[[Reader], T]) -> T:
        """Run queries on one snapshot; from any thread.

        An iterator over a payload must be used up inside the operation.
        """
        with self._reading.connect() as connection, connection.begin():
            return operation(Reader(connection))

    @contextlib.contextmanager
    def followed(self, follower: Follower) -> Iterator[None]:
        """While the context is open, `follower` takes what this process queues, in the same transaction."""
        self._writer.follower = follower
        try:
            yield
        finally:
            if self._writer.follower is follower:
                self._writer.follower = None

    def payload(self, payload_id: str) -> Iterator[bytes]:
        """The octets of a payload, chunk by chunk; from any thread, and for as long as it takes.

        Each chunk is read in a transaction of its own: a long one would keep SQLite's log from being
        emptied, and payloads never change.
        """
        for ordinal in count():
            octets = self.read(
                partial(Reader.payload_chunk, payload_id=payload_id, ordinal=ordinal)
            )
            if octets is None:
                return
            yield octets

    @property
    def commits(self) -> int:
        """Transactions that this process has committed."""
        return self._writer.commits
