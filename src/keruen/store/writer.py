"""Group commit: many callers, one thread, few transactions.

Callers queue operations; the thread takes all that wait, runs them in one transaction and commits it. While
it commits, the next ones queue, so the groups grow with the load and a lone caller waits for nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
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

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job(Generic[T]):
    operation: Callable[[Transaction], T]
    future: Future[T]


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
        if threading.current_thread() is self._thread:
            raise RuntimeError("inside an operation, use its transaction")
        future: Future[T] = Future()
        with self._gate:
            if self._closed:
                raise LocalError("store-closed", "the database has been closed")
            self._queue.put(_Job(operation, future))
        return future

    def close(self) -> None:
        """Finish what is queued and end the thread."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        last = False
        while not last:
            group, last = self._take()
            # From here on a caller that gives up can no longer take its operation back.
            wanted = [job for job in group if job.future.set_running_or_notify_cancel()]
            if wanted:
                self._commit(wanted)

    def _take(self) -> tuple[list[_Job[Any]], bool]:
        """What waits, at least one, and whether nothing will follow."""
        group: list[_Job[Any]] = []
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
                return
            for job in group:
                self._commit([job])
            return
        for job, result in zip(group, results, strict=True):
            job.future.set_result(result)

    def _transaction(self, group: list[_Job[Any]]) -> list[Any]:
        with self._engine.begin() as connection:
            one_writer(connection)
            transaction = Transaction(connection)
            results = [job.operation(transaction) for job in group]
            transaction.finish()
            assert_whole(connection)
        self.commits += 1
        return results
