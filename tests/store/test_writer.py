"""Group commit: few transactions, no lost write, only the guilty one fails."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from sqlalchemy.exc import DatabaseError
from tests.store import samples
from tests.store.samples import CORRIDOR

from keruen.errors import LocalError
from keruen.store import Reader, Store, Transaction


def number_of(reader: Reader) -> int:
    return len(reader.messages(limit=100_000))


async def test_a_thousand_writers_share_few_transactions(store: Store) -> None:
    before = store.commits
    await asyncio.gather(*(store.write(samples.adding(n)) for n in range(1000)))
    assert store.read(number_of) == 1000
    assert store.commits - before <= 20


async def test_results_come_back_to_their_callers(store: Store) -> None:
    results = await asyncio.gather(*(store.write(partial(lambda n, tx: n, n)) for n in range(100)))
    assert results == list(range(100))


async def test_a_failing_operation_fails_alone(store: Store) -> None:
    await store.write(samples.adding(50))
    results = await asyncio.gather(
        *(store.write(samples.adding(n)) for n in range(100)),
        return_exceptions=True,
    )
    assert [n for n, result in enumerate(results) if result is not None] == [50]
    assert isinstance(results[50], LocalError)
    assert store.read(number_of) == 100


async def test_nothing_of_a_failed_operation_stays(store: Store) -> None:
    def operation(tx: Transaction) -> None:
        tx.add_message(samples.message(1))
        tx.add_envelope(samples.envelope(1))
        raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        await store.write(operation)
    await store.write(lambda tx: tx.add_envelope(samples.envelope(2)))
    assert store.read(number_of) == 0
    assert store.read(lambda reader: reader.evidence_head())[0] == 1


async def test_an_acknowledged_write_is_seen_by_another_connection(
    store: Store, database_url: str
) -> None:
    other = Store.open(database_url)
    for n in range(20):
        await store.write(samples.adding(n))
        assert other.read(number_of) == n + 1
    other.close()


def test_writers_of_several_event_loops_and_threads(store: Store) -> None:
    async def several(start: int) -> None:
        await asyncio.gather(*(store.write(samples.adding(n)) for n in range(start, start + 50)))

    def run(start: int) -> None:
        asyncio.run(several(start))

    threads = [threading.Thread(target=partial(run, start)) for start in (0, 50)]
    threads.append(threading.Thread(target=lambda: store.write_now(samples.adding(100))))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.read(number_of) == 101


async def test_a_caller_that_gives_up_harms_nobody(store: Store) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> str:
        started.set()
        go_on.wait(10)
        tx.add_message(samples.message(1))
        return "done"

    running = asyncio.create_task(store.write(slow))
    await asyncio.to_thread(started.wait, 10)
    queued = asyncio.create_task(store.write(samples.adding(2)))
    await asyncio.sleep(0)
    running.cancel()
    queued.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    with pytest.raises(asyncio.CancelledError):
        await queued
    go_on.set()
    await asyncio.wait_for(store.write(samples.adding(3)), 10)
    found = {row.message_id for row in store.read(lambda reader: reader.messages())}
    # The first had begun and is committed; the second had not, and never is.
    assert found == {"message-00001", "message-00003"}


async def test_one_write_alone_does_not_wait_for_others(store: Store) -> None:
    before = store.commits
    for n in range(20):
        await store.write(samples.adding(n))
    assert store.commits == before + 20


def test_what_is_queued_at_closing_is_written(database_url: str) -> None:
    store = Store.open(database_url)
    futures = [store._writer.submit(samples.adding(n)) for n in range(50)]
    store.close()
    assert all(future.done() and future.exception() is None for future in futures)


def test_a_closed_store_takes_nothing(database_url: str) -> None:
    store = Store.open(database_url)
    store.close()
    store.close()
    with pytest.raises(LocalError, match="store-closed"):
        store.write_now(lambda tx: None)


def test_an_operation_that_writes_through_the_store_is_refused(store: Store) -> None:
    with pytest.raises(RuntimeError, match="inside an operation"):
        store.write_now(lambda tx: store.write_now(lambda inner: None))


def test_an_error_that_an_operation_hides_is_no_silent_loss(store: Store) -> None:
    def operation(tx: Transaction) -> None:
        tx.add_message(samples.message(1))
        with suppress(DatabaseError):
            tx._connection.exec_driver_sql("SELECT * FROM missing")

    try:
        store.write_now(operation)
    except DatabaseError:
        assert store.read(number_of) == 0
    else:
        assert store.read(number_of) == 1


def test_a_lost_connection_is_made_again(postgres_dsn: Callable[[], str]) -> None:
    store = Store.open(postgres_dsn())
    other = store._reading.execution_options(isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    store.write_now(samples.adding(1))
    assert store.read(number_of) == 1
    store.close()


def test_a_read_sees_one_moment(store: Store) -> None:
    store.write_now(samples.adding(1))

    def look_twice(reader: Reader) -> tuple[int, int]:
        before = number_of(reader)
        store.write_now(samples.adding(2))
        return before, number_of(reader)

    assert store.read(look_twice) == (1, 1)
    assert store.read(number_of) == 2


def test_a_transaction_reads_what_it_wrote(store: Store) -> None:
    def operation(tx: Transaction) -> bool:
        tx.add_message(samples.message(1))
        return tx.message(CORRIDOR, "message-00001") == samples.message(1)

    assert store.write_now(operation)


def test_many_threads_read_at_once(store: Store) -> None:
    store.write_now(samples.adding(1))
    seen: list[int] = []
    threads = [
        threading.Thread(target=lambda: seen.append(store.read(number_of))) for _ in range(40)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 40
