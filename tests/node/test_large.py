"""A message of a gigabyte from node to node: real processes, HTTP, durable databases, bounded memory."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.large import measure

MOST_MIB = 250
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
