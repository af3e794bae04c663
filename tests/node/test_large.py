"""A message of a gigabyte from node to node: real processes, HTTP, durable databases, bounded memory."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.large import arrive, eventually, made, measure, running

from keruen.config.directory import load
from keruen.store import Direction, Store

MOST_MIB = 215
"""What a process may ever have in memory."""
MOST_WAL_MIB = 64
"""What SQLite's log may grow to."""


@pytest.mark.slow
@pytest.mark.parametrize(("mib", "kind"), [(1024, "random"), (96, "grey"), (96, "blank")])
def test_a_large_file_arrives_as_it_was_within_the_bound(
    tmp_path: Path, mib: int, kind: str
) -> None:
    """`measure` compares the octets; a larger file takes no more memory than a smaller one."""
    measured = measure(tmp_path, mib, kind)
    assert all(peak < MOST_MIB for peak in measured["peak_mib"].values()), measured
    assert all(wal < MOST_WAL_MIB for wal in measured["wal_mib"].values()), measured


@pytest.mark.slow
def test_a_node_that_is_killed_while_it_stores_a_large_message_has_it_once_in_the_end(
    tmp_path: Path,
) -> None:
    kz, tj = made(tmp_path)
    store = Store.open(load(kz).database_url)
    try:
        with running(tj):
            with running(kz) as (receiver,):
                arrive(tj, 192, "random")
                eventually(lambda: store.read(lambda r: r.drafts()))
                receiver.kill()
                receiver.wait()
            (draft,) = store.read(lambda r: r.drafts())
            assert store.read(lambda r: r.messages(direction=Direction.IN)) == []
            with running(kz):
                (message,) = eventually(
                    lambda: store.read(lambda r: r.messages(direction=Direction.IN))
                )
        (one,) = store.read(lambda r: r.attachments("KZ-TJ", message.ebms_id, Direction.IN))
        assert store.read(lambda r: r.payload_size(one.payload_id)) == one.size == 192 << 20
        assert store.read(lambda r: r.payload_size(draft.payload_id)) == 0
        assert store.read(lambda r: r.drafts()) == []
    finally:
        store.close()
