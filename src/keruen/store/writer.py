"""Group commit: many callers, one thread, few transactions.

Callers queue operations; the thread takes all that wait, runs them in one transaction and commits it. While
it commits, the next ones queue, so the groups grow with the load and a lone caller waits for nobody. Under
load the thread waits a moment for more.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from sqlalchemy import Engine

from keruen.errors import LocalError
from keruen.store.engine import assert_whole, one_writer
from keruen.store.transaction import Transaction

GROUP = 500
"""Operations that one transaction takes at most."""
BUSY = 4
"""After a group of so many operations the next one waits for company."""
WINDOW = 0.002
"""Seconds that it waits: a commit costs as much as some thirty operations. A lone caller never waits."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job(Generic[T]):
    operation: Callable[[Transaction], T]
    future: Future[T]
    loop: asyncio.AbstractEventLoop | None = None
    waiting: asyncio.Future[T] | None = None
    """What is done together with `future`, in its loop."""


class Writer:
    """The only thread of this process that writes.

    An operation may be run more than once: if one of a group fails, the transaction is rolled back and each
    is run again in its own, so that only the guilty one fails. It must do nothing but use its transaction.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self.commits = 0
        self._thread = threading.Thread(target=self._run, name="keruen-writer", daemon=True)
        self._thread.start()

    def submit(self, operation: Callable[[Transaction], T]) -> Future[T]:
        """Queue an operation; the future is done after its commit.

        A future that is cancelled before the operation begins has no effect; later it cannot be cancelled.

        Raises:
            LocalError: ``store-closed``.
            RuntimeError: called inside an operation, which would wait for itself.
        """
        job = _Job(operation, Future[T]())
        self._put(job)
        return job.future

    async def perform(self, operation: Callable[[Transaction], T]) -> T:
        """The same for a caller in an event loop: a group wakes each loop once, not once a caller."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[T] = loop.create_future()
        job = _Job(operation, Future[T](), loop, waiting)
        self._put(job)
        try:
            return await waiting
        except asyncio.CancelledError:
            job.future.cancel()
            raise

    def _put(self, job: _Job[Any]) -> None:
        if threading.current_thread() is self._thread:
            raise RuntimeError("inside an operation, use its transaction")
        with self._gate:
            if self._closed:
                raise LocalError("store-closed", "the database has been closed")
            self._queue.put(job)

    def close(self) -> None:
        """Finish what is queued and end the thread."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        last, size = False, 0
        while not last:
            group, last = self._take(WINDOW if size >= BUSY else 0)
            size = len(group)
            # From here on a caller that gives up can no longer take its operation back.
            wanted = [job for job in group if job.future.set_running_or_notify_cancel()]
            if wanted:
                self._commit(wanted)

    def _take(self, seconds: float) -> tuple[list[_Job[Any]], bool]:
        """What waits, at least one, or comes within some seconds, and whether nothing will follow."""
        group: list[_Job[Any]] = []
        if seconds:
            time.sleep(seconds)
        while not group or (len(group) < GROUP and not self._queue.empty()):
            job = self._queue.get()
            if job is None:
                return group, True
            group.append(job)
        return group, False

    def _commit(self, group: list[_Job[Any]]) -> None:
        try:
            results = self._transaction(group)
        except BaseException as error:  # noqa: BLE001 - handed to the caller
            if len(group) == 1:
                group[0].future.set_exception(error)
                _wake(group)
                return
            for job in group:
                self._commit([job])
            return
        for job, result in zip(group, results, strict=True):
            job.future.set_result(result)
        _wake(group)

    def _transaction(self, group: list[_Job[Any]]) -> list[Any]:
        with self._engine.begin() as connection:
            one_writer(connection)
            transaction = Transaction(connection)
            results = [job.operation(transaction) for job in group]
            transaction.finish()
            assert_whole(connection)
        self.commits += 1
        return results


def _wake(group: Iterable[_Job[Any]]) -> None:
    """Let every loop that waits for some of these operations know, all of its callers at once."""
    waiting: dict[asyncio.AbstractEventLoop, list[_Job[Any]]] = {}
    for job in group:
        if job.loop is not None:
            waiting.setdefault(job.loop, []).append(job)
    for loop, jobs in waiting.items():
        with contextlib.suppress(RuntimeError):  # a closed loop has no callers
            loop.call_soon_threadsafe(_answer, jobs)


def _answer(jobs: Iterable[_Job[Any]]) -> None:
    for job in jobs:
        if job.waiting is None or job.waiting.done():
            continue
        if (error := job.future.exception()) is not None:
            job.waiting.set_exception(error)
        else:
            job.waiting.set_result(job.future.result())
