"""Group commit against one transaction a message: durable messages a second, and their ratio.

    .venv/bin/python benchmarks/store.py [--messages N] [--url URL]

Each operation stores a message of 4 kB and queues it. Absolute figures depend on the disk; the ratio says
whether the group commit does its work.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from keruen.store import Direction, Message, OutboxEntry, OutboxState, Store, Transaction

BODY = b"x" * 4096
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NUMBERS = itertools.count()


def operation() -> Callable[[Transaction], None]:
    number = f"{next(NUMBERS):032}"
    message = Message(
        corridor="KZ-TJ",
        message_id=number,
        direction=Direction.OUT,
        partner="TJ",
        kind="PreliminaryInformation",
        created=NOON,
        stored=NOON,
        body=BODY,
        ebms_id=number,
        consignment_id=number,
    )
    entry = OutboxEntry(
        corridor="KZ-TJ",
        message_id=number,
        partner="TJ",
        state=OutboxState.WAITING,
        queued=NOON,
        next_attempt=NOON,
        expires=NOON + timedelta(days=1),
        seed=b"s" * 32,
    )

    def write(tx: Transaction) -> None:
        tx.add_message(message)
        tx.enqueue(entry)

    return write


async def together(store: Store, operations: list[Callable[[Transaction], None]]) -> None:
    await asyncio.gather(*map(store.write, operations))


def one_by_one(store: Store, operations: list[Callable[[Transaction], None]]) -> None:
    for one in operations:
        store.write_now(one)


def rate(work: Callable[[list[Callable[[Transaction], None]]], None], messages: int) -> float:
    operations = [operation() for _ in range(messages)]
    begun = time.perf_counter()
    work(operations)
    return messages / (time.perf_counter() - begun)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--url", help="default: SQLite in a temporary folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(asked.url or f"sqlite:///{Path(folder) / 'keruen.db'}")
        rate(lambda operations: one_by_one(store, operations), 50)
        alone = rate(lambda operations: one_by_one(store, operations), asked.messages // 10)
        before = store.commits
        grouped = rate(lambda operations: asyncio.run(together(store, operations)), asked.messages)
        commits = store.commits - before
        store.close()
    print(f"one by one   {alone:8.0f} messages/s")
    print(f"group commit {grouped:8.0f} messages/s in {commits} transactions")
    print(f"ratio        {grouped / alone:8.1f}")
    sys.exit(0 if grouped > alone else 1)


if __name__ == "__main__":
    main()
