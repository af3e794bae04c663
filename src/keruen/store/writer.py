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
from keruen.store.follower import Follower, FollowerFailedError, following
from keruen.store.transaction import Transaction

GROUP = 500
"""Operations that one transaction takes at most."""
BUSY = 2
"""After a group of so many operations the next one waits for company."""
WINDOW = 0.003
"""Seconds that it waits: a commit costs as much as some thirty operations. A lone caller never waits."""

T = TypeVar("T")


@dataclass(slots=True)
class _Job(Generic[T]):
    """An operation and who waits for it: a thread, or a task in an event loop."""

    operation: Callable[[Transaction], T]
    future: Future[T] | asyncio.Future[T]
    loop: asyncio.AbstractEventLoop | None = None
    error: BaseException | None = None
    result: Any = None

    def begin(self) -> bool:
        """Whether it is still wanted; from here on its caller can no longer take it back."""
        if isinstance(self.future, Future):
            return self.future.set_running_or_notify_cancel()
        return not self.future.cancelled()

    def answer(self) -> None:
        """Tell the caller, in the caller's loop if it has one."""
        if self.loop is not None and self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


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
        self.follower: Follower | None = None
        """Who takes, in the same transaction, what this process queues."""
        self._thread = threading.Thread(target=self._run, name="keruen-writer", daemon=True)
        self._thread.start()

    def submit(self, operation: Callable[[Transaction], T]) -> Future[T]:
        """Queue an operation; the future is done after its commit.

        A future that is cancelled before the operation begins has no effect; later it cannot be cancelled.

        Raises:
            LocalError: ``store-closed``.
            RuntimeError: called inside an operation, which would wait for itself.
        """
        future = Future[T]()
        self._put(_Job(operation, future))
        return future

    async def perform(self, operation: Callable[[Transaction], T]) -> T:
        """The same for a caller in an event loop: a group wakes each loop once, not once a caller."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._put(_Job(operation, future, loop))
        return await future

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
            wanted = [job for job in group if job.begin()]
            if wanted:
                self._commit(wanted, self.follower)

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

    def _commit(self, group: list[_Job[Any]], follower: Follower | None) -> None:
        try:
            results = self._transaction(group, follower)
        except FollowerFailedError:
            self._commit(group, None)
            return
        except BaseException as error:  # noqa: BLE001 - handed to the caller
            if len(group) > 1:
                for job in group:
                    self._commit([job], follower)
                return
            group[0].error = error
        else:
            for job, result in zip(group, results, strict=True):
                job.result = result
        _wake(group)

    def _transaction(self, group: list[_Job[Any]], follower: Follower | None) -> list[Any]:
        with self._engine.begin() as connection:
            one_writer(connection)
            transaction = Transaction(connection)
            results = [job.operation(transaction) for job in group]
            done = following(transaction, follower)
            transaction.finish()
            assert_whole(connection)
        self.commits += 1
        done()
        return results


def _wake(group: Iterable[_Job[Any]]) -> None:
    """Let every caller know: those of one event loop all at once."""
    waiting: dict[asyncio.AbstractEventLoop, list[_Job[Any]]] = {}
    for job in group:
        if job.loop is None:
            job.answer()
        else:
            waiting.setdefault(job.loop, []).append(job)
    for loop, jobs in waiting.items():
        with contextlib.suppress(RuntimeError):  # a closed loop has no callers
            loop.call_soon_threadsafe(_answer, jobs)


def _answer(jobs: Iterable[_Job[Any]]) -> None:
    for job in jobs:
        job.answer()
