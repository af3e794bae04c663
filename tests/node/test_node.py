"""The composition root: node directories become nodes that exchange over sockets."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.exchange.papers import declaration, number, paper
from tests.net.sockets import post, speak

from keruen.config import directory
from keruen.errors import UsageError
from keruen.exchange import Result, State, Submitted
from keruen.node import Node, waiting
from keruen.service import serving

Nodes = dict[str, Node]
Roots = dict[str, Path]


@contextlib.asynccontextmanager
async def running(nodes: Nodes) -> AsyncIterator[None]:
    async with contextlib.AsyncExitStack() as stack:
        for node in nodes.values():
            await stack.enter_async_context(serving(node))
        yield


async def until(happened: Callable[[], Any], seconds: float = 15) -> float:
    """How long it takes until something has happened."""
    began = time.monotonic()
    while not happened():
        assert time.monotonic() - began < seconds, "it never happened"
        await asyncio.sleep(0.02)
    return time.monotonic() - began


def accepted(node: Node) -> int:
    states: dict[str, int] = node.store.read(lambda r: r.counts())["consignments"]
    return states.get(State.ACCEPTED, 0) + states.get(State.UNDER_WAY, 0)


async def test_two_nodes_exchange_over_sockets(nodes: Nodes) -> None:
    async with running(nodes):
        (result,) = nodes["KZ"].submit([("a.json", paper(declaration()))])
        assert waiting([result]) == [result]
        await until(lambda: nodes["KZ"].answer("KZ-TJ", result.message_id or ""))
        await until(lambda: accepted(nodes["KZ"]) == accepted(nodes["TJ"]) == 1)
    answer = nodes["KZ"].answer("KZ-TJ", result.message_id or "")
    assert answer is not None
    assert answer.outcome == "accepted"


async def test_what_departed_is_under_way_by_the_clock(nodes: Nodes) -> None:
    async with running(nodes):
        (result,) = nodes["KZ"].submit([("a.json", paper(declaration()))])
        for node in nodes.values():
            await until(partial(is_under_way, node, result))


def is_under_way(node: Node, result: Submitted) -> bool:
    row = node.store.read(lambda r: r.consignment("KZ-TJ", result.consignment_id or ""))
    return row is not None and row.state == State.UNDER_WAY


async def test_what_waits_when_a_node_stops_is_sent_when_it_starts_again(nodes: Nodes) -> None:
    nodes["KZ"].submit([(f"{n}", paper(number(n))) for n in range(1, 6)])
    async with serving(nodes["KZ"]):
        await until(lambda: nodes["KZ"].store.read(lambda r: r.outbox_failures()))
    async with running(nodes):
        await until(lambda: accepted(nodes["KZ"]) == 5)
    counts = nodes["TJ"].store.read(lambda r: r.counts())
    assert counts["messages"]["in PreliminaryInformation"] == 5


async def test_partners_and_people_have_two_doors(nodes: Nodes) -> None:
    settings = nodes["KZ"].files.settings
    get = b" HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
    async with serving(nodes["KZ"]):
        as4, people = settings.as4.port, settings.console.port
        for path in (b"/", b"/consignments", b"/static/console.css", b"/refusals"):
            assert (await speak(as4, b"GET " + path + get % as4)).status == 404
        assert (await speak(people, b"GET /" + get % people)).status in (200, 302, 303, 307)
        told = post(b"x", "text/plain").replace(b"Host: x", b"Host: localhost")
        assert (await speak(people, told)).status in (403, 404, 405)


async def test_a_second_start_of_the_same_node_is_refused_clearly(nodes: Nodes) -> None:
    async with serving(nodes["KZ"]):
        with pytest.raises(UsageError) as caught:
            async with serving(nodes["KZ"]):
                pass
    assert caught.value.code == "port-in-use"
    assert "node.toml, [as4]" in caught.value.text


async def test_after_a_stop_the_ports_are_free(nodes: Nodes) -> None:
    for _ in range(2):
        async with serving(nodes["KZ"]):
            pass
    assert len(asyncio.all_tasks()) == 1


@pytest.mark.parametrize("section", ["as4", "console"])
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "customs.example"])
def test_without_tls_and_log_in_a_node_listens_on_loopback_only(
    roots: Roots, section: str, host: str
) -> None:
    path = roots["KZ"] / "node.toml"
    head, mark, tail = path.read_text().partition(f"[{section}]")
    path.write_text(head + mark + tail.replace("127.0.0.1", host, 1))
    with pytest.raises(UsageError) as caught:
        Node.open(roots["KZ"])
    assert caught.value.code == "settings-invalid"
    assert f"{section}.host: {host} is not loopback" in caught.value.text
    assert caught.value.line


def test_a_card_without_agreement_is_refused_at_the_start(roots: Roots) -> None:
    (agreement,) = (roots["KZ"] / "agreements").glob("*.toml")
    agreement.unlink()
    (roots["KZ"] / "agreements" / "kz-uz.toml").write_text(directory.agreement_text("KZ", "UZ"))
    with pytest.raises(UsageError) as caught:
        Node.open(roots["KZ"])
    assert caught.value.code == "agreement-missing"


def test_a_batch_is_answered_in_order_whatever_is_in_it(nodes: Nodes) -> None:
    good, bad = paper(declaration()), b"\x00"
    results = nodes["KZ"].submit([("a", bad), ("b", good), ("c", bad), ("d", good)])
    assert [(one.name, one.result) for one in results] == [
        ("a", Result.REFUSED), ("b", Result.QUEUED), ("c", Result.REFUSED), ("d", Result.KNOWN)
    ]  # fmt: skip
    assert [one.result for one in nodes["KZ"].submit([("e", bad)])] == [Result.REFUSED]


def test_an_unknown_post_is_named_with_those_that_there_are(nodes: Nodes) -> None:
    nodes["TJ"].require_post("TJ-GUL")
    with pytest.raises(UsageError) as caught:
        nodes["TJ"].require_post("KZ-KON")
    assert caught.value.code == "post-unknown"
    assert "TJ-GUL" in caught.value.text
