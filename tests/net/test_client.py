"""The HTTP client: what it takes for an answer, and what it never does."""

from __future__ import annotations

import asyncio
import dataclasses
import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from tests.exchange.papers import declaration, paper
from tests.exchange.world import Pair
from tests.net.sockets import answering, free_port, listening

from keruen.exchange import Reply, State
from keruen.net import Endpoint, HttpTransport
from keruen.net.posting import ANSWER_CAP, HEADER_OCTETS


def chunks() -> Iterator[bytes]:
    yield b"first "
    yield b"second"


def response(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def post(url: str, seconds: float = 5) -> Reply:
    async with HttpTransport(seconds) as transport:
        return await transport(url, 'multipart/related; boundary="b"', chunks, 12)


async def test_the_body_goes_out_whole_with_its_length_and_type() -> None:
    async with answering(response("200 OK")) as (url, requests):
        await post(url)
    (request,) = requests
    head, _, body = request.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /as4 HTTP/1.1\r\n")
    assert b"\r\nContent-Length: 12" in head
    assert b'\r\nContent-Type: multipart/related; boundary="b"' in head
    assert b"chunked" not in head
    assert b"gzip" not in head
    assert body == b"first second"


@pytest.mark.parametrize("status", ["200 OK", "400 Bad", "500 Bad", "202 Accepted"])
async def test_an_answer_is_an_answer_whatever_its_status(status: str) -> None:
    octets = response(status, b"<signal/>", "Content-Type: application/soap+xml")
    async with answering(octets) as (url, _):
        reply = await post(url)
    assert reply == Reply(int(status[:3]), "application/soap+xml", b"<signal/>")


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
async def test_redirects_are_not_followed(status: str) -> None:
    async with answering(response("200 OK", b"stolen")) as (elsewhere, stolen):
        moved = response(status, b"", f"Location: {elsewhere}")
        async with answering(moved) as (url, _):
            reply = await post(url)
    assert (reply.status, reply.body) == (int(status[:3]), b"")
    assert stolen == []


async def test_a_huge_answer_is_cut() -> None:
    async with answering(response("200 OK", bytes(3 * ANSWER_CAP))) as (url, _):
        reply = await post(url)
    assert len(reply.body) == ANSWER_CAP


async def test_a_packed_answer_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(10 << 20))
    async with answering(response("200 OK", bomb, "Content-Encoding: gzip")) as (url, _):
        reply = await post(url)
    assert reply.body == bomb


async def test_cookies_are_not_kept() -> None:
    first = response("200 OK", b"", "Set-Cookie: a=b; Path=/")
    async with answering(first, response("200 OK")) as (url, requests), HttpTransport(5) as post_:
        for _ in range(2):
            await post_(url, "text/plain", chunks, 12)
    assert b"ookie" not in requests[1]


@pytest.mark.parametrize(
    "octets", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", b"SSH-2.0-x\r\n\r\n"]
)
async def test_no_whole_answer_is_an_os_error(octets: bytes) -> None:
    async with answering(octets) as (url, _):
        with pytest.raises(OSError, match=r".+"):
            await post(url)


async def test_a_refused_connection_is_an_os_error() -> None:
    with pytest.raises(OSError, match="connect"):
        await post(f"http://127.0.0.1:{free_port()}/as4")


async def test_a_name_that_nobody_knows_is_an_os_error() -> None:
    with pytest.raises(OSError, match=r".+"):
        await post("http://keruen.invalid/as4")


async def test_a_silent_server_is_an_os_error_in_time() -> None:
    async def silent(scope: object, receive: object, send: object) -> None:
        await asyncio.sleep(1)

    async with listening(silent) as port:
        with pytest.raises(OSError):  # noqa: PT011 - TimeoutError has no text
            await post(f"http://127.0.0.1:{port}/as4", seconds=0.2)


async def test_a_transport_is_entered_before_it_is_used() -> None:
    with pytest.raises(RuntimeError, match="entered"):
        await HttpTransport(1)("http://127.0.0.1/", "text/plain", chunks, 12)


async def test_two_nodes_over_sockets_come_to_an_agreement(pair: Pair) -> None:
    async with (
        listening(Endpoint(pair.tj.receiver)) as tj_port,
        listening(Endpoint(pair.kz.receiver)) as kz_port,
        HttpTransport(5) as transport,
    ):
        for node, port in ((pair.kz, tj_port), (pair.tj, kz_port)):
            ((country, peer),) = node.line.peers.items()
            there = dataclasses.replace(peer, endpoint=f"http://127.0.0.1:{port}/as4")
            node.sender.line = dataclasses.replace(node.line, peers={country: there})
            node.sender.transport = transport
        (result,) = pair.kz.submit(paper(declaration()))
        await pair.settle()
    assert pair.kz.state(result.consignment_id or "") is State.ACCEPTED


async def test_a_connection_is_used_again_for_the_next_message(pair: Pair) -> None:
    ports = set[int]()

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        ports.add(scope["client"][1])
        while (await receive()).get("more_body"):
            pass
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]}
        )
        await send({"type": "http.response.body"})

    async with listening(app) as port, HttpTransport(5) as post_:
        for _ in range(3):
            await post_(f"http://127.0.0.1:{port}/as4", "text/plain", chunks, 12)
    assert len(ports) == 1


async def test_an_answer_that_says_to_wait_is_not_the_answer() -> None:
    octets = b"HTTP/1.1 100 Continue\r\n\r\n" + response("200 OK", b"<signal/>")
    async with answering(octets) as (url, _):
        assert (await post(url)).body == b"<signal/>"


async def test_an_answer_without_a_length_ends_with_the_connection() -> None:
    async with answering(b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n\r\n<signal/>") as (url, _):
        assert await post(url) == Reply(200, "a/b", b"<signal/>")


async def test_an_answer_in_chunks_is_put_together() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    async with answering(head + b"4\r\n<sig\r\n5\r\nnal/>\r\n0\r\n\r\n") as (url, _):
        assert (await post(url)).body == b"<signal/>"


@pytest.mark.parametrize("field", [b"X: " + b"x" * 3 * HEADER_OCTETS, b"X: y\r\n" * HEADER_OCTETS])
async def test_the_header_of_an_answer_is_bounded(field: bytes) -> None:
    async with answering(b"HTTP/1.1 200 OK\r\n" + field) as (url, _):
        with pytest.raises(OSError, match="header"):
            await post(url)


async def test_what_was_not_asked_for_ends_the_connection() -> None:
    """An answer behind the answer would be taken for that of the next message."""
    octets = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    async with (
        answering(octets + octets, response("200 OK", b"second")) as (url, requests),
        HttpTransport(5) as post_,
    ):
        first = await post_(url, "text/plain", chunks, 12)
        second = await post_(url, "text/plain", chunks, 12)
    assert (first.body, second.body, len(requests)) == (b"ok", b"second", 2)


async def test_a_large_body_goes_out_as_fast_as_it_is_taken() -> None:
    piece, taken = bytes(1 << 16), 0

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        nonlocal taken
        more = True
        while more:
            event = await receive()
            taken += len(event.get("body", b""))
            more = event.get("more_body", False)
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]}
        )
        await send({"type": "http.response.body"})

    async with listening(app) as port, HttpTransport(20) as post_:
        many = 256
        reply = await post_(
            f"http://127.0.0.1:{port}/as4",
            "text/plain",
            lambda: iter([piece] * many),
            many * len(piece),
        )
    assert (reply.status, taken) == (200, many * len(piece))
