"""The benchmark measures what it says: whole exchanges of a known size, of which nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from keruen.bench import peer_phase4
from keruen.bench.material import DECLARATION_SIZE, content
from keruen.bench.pair import pair
from keruen.bench.primitives import TIMES, limit
from keruen.bench.protocol import Exchange, Keys, profiles
from keruen.bench.report import shortfalls


@pytest.mark.parametrize("count", [1, 10, 100])
def test_a_message_has_four_kilobytes_a_declaration(count: int) -> None:
    octets = content(3, count)
    assert abs(len(octets) - count * DECLARATION_SIZE) <= 1
    assert len(json.loads(octets)) == count


def test_no_two_messages_are_alike() -> None:
    assert len({content(number, 1) for number in range(300)}) == 300


@pytest.mark.parametrize("name", profiles())
def test_every_profile_is_measured_on_a_whole_exchange(name: str) -> None:
    suite, keys = profiles()[name]
    exchange = Exchange(suite, Keys.of("a", *keys()), Keys.of("b", *keys()), content(1, 1))
    sealed, body = exchange.build()
    received = exchange.open(sealed, body)
    exchange.check(sealed, exchange.receipt(received))
    assert received.parts[0].size == len(content(1, 1))


def test_the_limit_is_the_sum_of_the_primitives_that_it_names() -> None:
    per_second, spent = limit(2)
    assert spent.keys() == TIMES.keys()
    assert per_second == pytest.approx(2e6 / sum(spent.values()), rel=0.01)


def report(**changes: Any) -> dict[str, Any]:
    return {
        "share": 0.3,
        "cpu_share": 0.3,
        "p99_ms": 20.0,
        "declarations": {"10": {"declarations_per_second": 9000.0}},
        "peers": {"as4": {"ratio": 6.0}, "phase4": {"ratio": 5.0}},
        "growth": {"ratio": 1.05},
    } | changes


def test_what_is_not_reached_is_said() -> None:
    assert shortfalls(report()) == []
    assert len(shortfalls(report(share=0.1, p99_ms=200.0, growth={"ratio": 1.3}))) == 3
    unmeasured = {"not_measured": "no venv"}
    (one,) = shortfalls(report(peers={"as4": unmeasured, "phase4": {"ratio": 5.0}}))
    assert "PyPI as4" in one
    (one,) = shortfalls(report(peers={"as4": {"ratio": 6.0}, "phase4": unmeasured}))
    assert "phase4" in one


def test_phase4_is_not_measured_where_it_was_not_built(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(peer_phase4, "BUILT", tmp_path / "none")
    assert peer_phase4.phase4(tmp_path, runs=1, messages=1).keys() == {"not_measured"}


@pytest.mark.slow
def test_two_nodes_deliver_everything_with_few_and_with_many_stored(tmp_path: Path) -> None:
    with pair(tmp_path) as nodes:
        nodes.fill(2000)
        found = nodes.measure(messages=130, count=2)
        assert nodes.sending.ask("tell")["stored"] == 2130
    assert found["bytes"] > 2 * 1000
    assert 0 < found["p50_ms"] <= found["p99_ms"]
