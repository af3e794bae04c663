"""A story that is told to its end leaves nothing that a node would still do when it starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from keruen.bench.crossing import crossing
from keruen.store import OPEN, OutboxState, Reader, Store


@pytest.mark.slow
def test_a_story_at_its_end_awaits_nothing(tmp_path: Path) -> None:
    end = crossing(tmp_path, consignments=30, seed=7)
    for country in ("kz", "tj"):
        store = Store.open(f"sqlite:///{tmp_path / country / 'keruen.db'}")
        asked = store.read(lambda reader: reader.enquiries())
        counts = store.read(Reader.outbox_counts)
        store.close()
        assert counts.keys() == {OutboxState.DELIVERED}
        assert not [one for one in asked if one.state in OPEN or one.next_step is not None]
        assert all(one.settled is not None and one.settled <= end for one in asked)
        assert asked
