"""`keruen purge` is killed at random moments, without warning, and begun again until it is through."""

from __future__ import annotations

import contextlib
import hashlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.as4.world import NOW
from tests.exchange.papers import number, paper
from tests.exchange.test_projections import projections
from tests.exchange.test_retention import everything, position
from tests.exchange.world import Node, Pair, pair_of

from keruen.clock import Clock
from keruen.config import directory
from keruen.config.settings import DemoClock
from keruen.evidence import inclusion_proof, leaf_hash, verify_inclusion
from keruen.exchange import State, rebuild
from keruen.store import Store, evidence_entry

OLD, YOUNG = range(1, 81), range(81, 85)
KEPT = timedelta(days=1826)
KILLS = 6


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, new_database: Callable[[], str]) -> str:
    """Either database, for KZ."""
    new = request.getfixturevalue("postgres_dsn") if request.param == "postgresql" else new_database
    return str(new())


@pytest.fixture
def killed(url: str, new_database: Callable[[], str]) -> Iterator[Pair]:
    made = pair_of(url, new_database())
    yield made
    made.close()


async def annulled(pair: Pair) -> list[str]:
    """Consignments that have ended, and are old; gives their ids."""
    ids = [one.consignment_id or "" for one in pair.kz.submit(*(paper(number(n)) for n in OLD))]
    await pair.settle()
    said = [{"kind": "annulment", "number": one, "reason": "Жол"} for one in ids]
    pair.kz.submit(*(json.dumps(one).encode() for one in said))
    await pair.settle()
    assert {pair.kz.state(one) for one in ids} == {State.ANNULLED}
    return ids


def directory_of(root: Path, url: str, shown: datetime) -> Path:
    """A node directory over a database, at a domain time."""
    directory.init(
        root, "KZ", partner="TJ", clock=DemoClock(real=Clock.wall(), shown=shown, rate=1)
    )
    settings = root / "node.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("sqlite:///keruen.db", url), encoding="utf-8")
    return root


def purge(root: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "keruen", "purge", str(root), "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def removed(store: Store, ids: list[str]) -> int:
    with contextlib.suppress(Exception):  # SQLite may be busy for a moment
        found = store.read(lambda r: [r.consignment("KZ-TJ", one) for one in ids])
        return sum(one is not None and one.removed is not None for one in found)
    return 0


def kill(root: Path, store: Store, ids: list[str], chance: random.Random) -> int:
    """Kill it somewhere within the next few consignments; gives how many it had removed."""
    aim = removed(store, ids) + chance.randint(1, len(ids) // KILLS)
    process = purge(root)
    while process.poll() is None and removed(store, ids) < aim:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.01))
    process.kill()
    process.communicate()
    return removed(store, ids)


@pytest.mark.slow
async def test_a_purge_that_is_killed_at_random_moments_is_finished_and_loses_nothing_else(
    killed: Pair, url: str, tmp_path: Path
) -> None:
    node = killed.kz
    ids = await annulled(killed)
    killed.clock.advance(days=3)
    young = [one.consignment_id or "" for one in node.submit(*(paper(number(n)) for n in YOUNG))]
    await killed.settle()
    bodies = {one.message_id: one.body for one in node.messages(limit=10_000)}
    head = node.store.read(lambda r: r.evidence_head())
    root = directory_of(tmp_path / "kz", url, NOW + KEPT + timedelta(days=1))

    chance = random.Random(7)
    done = [kill(root, node.store, ids, chance) for _ in range(KILLS)]
    assert done == sorted(done)
    assert sum(0 < one < len(ids) for one in done) >= KILLS // 2, "killed in the middle"
    last = purge(root)
    assert json.loads(last.communicate()[0])["consignments"] == len(ids) - done[-1]
    again = json.loads(purge(root).communicate()[0])
    assert not any(count for name, count in again.items() if name != "dry_run")

    left = everything(node)
    assert [n for n in OLD if f"KZ77{n:05}" in left or f"{n:03}ABC02" in left] == []
    assert removed(node.store, ids) == len(ids)
    for one in node.messages(limit=10_000):
        old = one.consignment_id in ids
        body = bodies.pop(one.message_id)
        assert one.body == (b"" if old else body)
        assert one.content_digest == hashlib.sha256(body).digest()
    assert bodies == {}
    assert {node.consignment(one).title is not None for one in young} == {True}
    assert node.store.read(lambda r: r.evidence_head()) == head
    assert_proven(node)
    before = projections(node)
    rebuild(node.store, node.context)
    assert projections(node) == before


def assert_proven(node: Node) -> None:
    """Every transmission is in the evidence log as it was."""
    size, top = node.store.read(lambda r: r.evidence_head())
    leaves = node.store.read(lambda r: r.evidence_leaves())
    for one in node.messages(limit=10_000):
        kept = node.envelope(one.ebms_id, one.direction)
        assert kept is not None
        place = position(node, one)
        proof = inclusion_proof(place, leaves)
        assert verify_inclusion(place, size, leaf_hash(evidence_entry(kept)), proof, top)
