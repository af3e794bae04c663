"""What was acknowledged survives; processes that write at once lose nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from keruen.evidence import tree_root
from keruen.store import Store

ROOT = Path(__file__).parents[2]
WRITER = """
import asyncio, itertools, sys
sys.path.insert(0, sys.argv[1])
from keruen.store import Store
from tests.store import samples

async def write(store, n):
    row = samples.message(n)
    def operation(tx):
        tx.add_message(row)
        return tx.add_envelope(samples.envelope(n))
    await store.write(operation)
    sys.stdout.write(f"{row.message_id}\\n")
    sys.stdout.flush()

async def main():
    store = Store.open(sys.argv[2])
    first, last = int(sys.argv[3]), int(sys.argv[4])
    for start in range(first, last, 20):
        await asyncio.gather(*(write(store, n) for n in range(start, min(start + 20, last))))
    store.close()

asyncio.run(main())
"""


def writer(url: str, first: int, last: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(ROOT), url, str(first), str(last)],
        stdout=subprocess.PIPE,
        text=True,
    )


def stored(url: str) -> set[str]:
    store = Store.open(url)
    found = {row.message_id for row in store.read(lambda r: r.messages(limit=1_000_000))}
    size, root = store.read(lambda r: r.evidence_head())
    leaves = store.read(lambda r: r.evidence_leaves())
    store.close()
    assert len(found) == size == len(leaves)
    assert tree_root(leaves) == root
    return found


def test_what_was_acknowledged_before_a_kill_is_there_afterwards(database_url: str) -> None:
    process = writer(database_url, 0, 1_000_000)
    assert process.stdout is not None
    acknowledged = {process.stdout.readline().strip() for _ in range(200)}
    time.sleep(0.05)
    process.kill()
    acknowledged |= {line.strip() for line in process.stdout if line.endswith("\n")}
    process.wait()
    process.stdout.close()
    assert len(acknowledged) >= 200
    assert acknowledged <= stored(database_url)


def test_two_processes_that_write_at_once_lose_nothing(database_url: str) -> None:
    processes = [writer(database_url, start, start + 200) for start in (0, 200)]
    outputs = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sum(len(output.split()) for output in outputs) == 400
    assert stored(database_url) == {f"message-{n:05}" for n in range(400)}
