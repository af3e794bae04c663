"""keruen purge, and what keruen show says of what was removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.cli.conftest import keruen
from tests.cli.test_consignment import NUMBER, node  # noqa: F401 - a fixture

from keruen.node import Node


def test_what_is_open_stays(node: Path) -> None:  # noqa: F811 - the fixture
    for options in (("--dry-run",), ()):
        done = keruen("purge", node, *options, "--json")
        assert done.code == 0
        counts = done.json
        assert counts.pop("dry_run") is bool(options)
        assert set(counts.values()) == {0}
    assert "consignments: 0" in keruen("purge", node).out


@pytest.mark.parametrize(
    ("language", "word"), [("en", "removed"), ("ru", "удалено"), ("kk", "жойылды"), ("tg", "нест")]
)
def test_what_was_removed_is_said_to_be(node: Path, language: str, word: str) -> None:  # noqa: F811
    shown = keruen("show", node, NUMBER, "--language", language).out
    assert word not in shown
    opened = Node.open(node)
    (one,) = opened.store.read(lambda reader: reader.consignments())
    gone = replace(one, removed=opened.context.clock.now())
    opened.store.write_now(lambda tx: tx.put_consignment(gone))
    opened.close()
    told = keruen("show", node, NUMBER, "--language", language)
    assert told.code == 0
    assert word in told.out
    assert keruen("record", node, NUMBER).code == 3
