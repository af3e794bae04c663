"""The partner's door over a real socket."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import pytest
from tests.exchange.papers import information, sealed_by
from tests.exchange.world import Pair
from tests.net.sockets import listening, post, read_answer, speak

from keruen.as4 import ErrorCode
from keruen.exchange import LIMITS, Reply
from keruen.net import Endpoint
from keruen.net.heads import HEADER_OCTETS


def request_of(pair: Pair) -> tuple[str, bytes]:
    sent = sealed_by(pair.kz, information(pair.kz))
    return sent.content_type, b"".join(sent.chunks())


async def test_a_message_is_answered_with_its_receipt(pair: Pair) -> None:
    content_type, body = request_of(pair)
    async with listening(Endpoint(pair.tj.receiver)) as port:
        answer = await speak(port, post(body, content_type))
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("application/soap+xml")
    assert b"NonRepudiationInformation" in answer.body
    assert "server" not in answer.headers
    assert pair.tj.counts()["inbox"]["waiting"] == 1


async def test_a_body_in_chunks_without_a_length_is_taken(pair: Pair) -> None:
    content_type, body = request_of(pair)
    head = post(b"", content_type).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    chunks = [body[i : i + 1000] for i in range(0, len(body), 1000)]
    framed = [b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks]
    async with listening(Endpoint(pair.tj.receiver)) as port:
        answer = await speak(port, head, *framed, b"0\r\n\r\n")
    assert answer.status == 200
    assert b"NonRepudiationInformation" in answer.body


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET /as4", 405),
        (b"PUT /as4", 405),
        (b"DELETE /as4", 405),
        (b"GET /", 404),
        (b"POST /as4/", 404),
        (b"POST /as4/../as4x", 404),
        (b"GET /console", 404),
    ],
)
async def test_nothing_else_is_there(pair: Pair, request_line: bytes, status: int) -> None:
    async with listening(Endpoint(pair.tj.receiver)) as port:
        octets = request_line + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
        answer = await speak(port, octets)
    assert answer.status == status
    assert (answer.headers.get("allow") == "POST") is (status == 405)
    assert pair.tj.refusals() == []


@pytest.mark.parametrize("content_type", ["text/html", "application/json", "multipart/related", ""])
async def test_a_wrong_content_type_gets_an_error_with_a_code(
    pair: Pair, content_type: str
) -> None:
    async with listening(Endpoint(pair.tj.receiver)) as port:
        answer = await speak(port, post(b"hello", content_type))
    assert answer.status == 400
    assert b'errorCode="EBMS:0007"' in answer.body
    (refusal,) = pair.tj.refusals()
    assert refusal.raw.startswith(f"Content-Type: {content_type}\r\n\r\n".encode())
    assert refusal.detail


async def test_a_truncated_multipart_gets_an_error_with_a_code(pair: Pair) -> None:
    content_type, body = request_of(pair)
    async with listening(Endpoint(pair.tj.receiver)) as port:
        answer = await speak(port, post(body[:-60], content_type))
    assert b'errorCode="EBMS:0007"' in answer.body
    assert pair.tj.counts()["inbox"]["waiting"] == 0


async def test_an_announced_giant_is_refused_before_it_is_sent(pair: Pair) -> None:
    async with listening(Endpoint(pair.tj.receiver)) as port:
        head = post(b"", "multipart/related; boundary=x", size=LIMITS.message_size + 1)
        answer = await speak(port, head)
    assert answer.status == 400
    assert f'errorCode="{ErrorCode.OTHER.code}"'.encode() in answer.body
    (refusal,) = pair.tj.refusals()
    assert "octets announced" in (refusal.detail or "")


@pytest.mark.parametrize("fields", [b"X: " + b"x" * 4 * HEADER_OCTETS, b"X: y\r\n" * HEADER_OCTETS])
async def test_a_header_without_end_is_cut_off(pair: Pair, fields: bytes) -> None:
    async with listening(Endpoint(pair.tj.receiver)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /as4 HTTP/1.1\r\n" + fields)
        answer = b" 400 "  # or a reset connection, which is as good
        with contextlib.suppress(ConnectionResetError):
            answer = await asyncio.wait_for(reader.read(), 5)
        writer.close()
    assert b" 400 " in answer


async def test_a_header_just_within_the_limit_is_taken(pair: Pair) -> None:
    content_type, body = request_of(pair)
    head, _, rest = post(body, content_type).partition(b"\r\n\r\n")
    filling = b"\r\nX: " + b"x" * (HEADER_OCTETS - len(head) - 10)
    async with listening(Endpoint(pair.tj.receiver)) as port:
        answer = await speak(port, head + filling + b"\r\n\r\n" + rest)
    assert answer.status == 200


async def test_the_headers_of_many_requests_are_counted_each_for_itself(pair: Pair) -> None:
    head = b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * (HEADER_OCTETS // 2) + b"\r\n\r\n"
    async with listening(Endpoint(pair.tj.receiver)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(5):
            writer.write(head)
            assert (await read_answer(reader)).status == 404
        writer.close()


async def test_a_client_that_goes_away_leaves_nothing(pair: Pair) -> None:
    content_type, body = request_of(pair)
    async with listening(Endpoint(pair.tj.receiver)) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(post(body[:-50], content_type, size=len(body)))
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.transport.abort()
        await asyncio.sleep(0.1)
        assert pair.tj.counts()["inbox"] == {"waiting": 0, "handled": 0}
        assert pair.tj.refusals() == []
        answer = await speak(port, post(body, content_type))
    assert answer.status == 200
    assert pair.tj.counts()["inbox"]["waiting"] == 1


async def test_a_client_that_dawdles_is_sent_away(pair: Pair) -> None:
    async with listening(Endpoint(pair.tj.receiver, seconds=0.2)) as port:
        answer = await speak(port, post(b"x", "multipart/related; boundary=b", size=2))
    assert answer.status == 408


async def test_a_slow_client_does_not_hold_up_the_others(pair: Pair) -> None:
    content_type, body = request_of(pair)
    async with listening(Endpoint(pair.tj.receiver)) as port:
        slow = asyncio.create_task(speak(port, post(b"x", content_type, size=2)))
        await asyncio.sleep(0.05)
        answer = await speak(port, post(body, content_type))
        assert answer.status == 200
        slow.cancel()


async def test_only_so_many_are_taken_at_once_and_the_rest_may_come_again(pair: Pair) -> None:
    content_type, body = request_of(pair)
    async with listening(Endpoint(pair.tj.receiver, at_once=2)) as port:
        slow = [
            asyncio.create_task(speak(port, post(b"x", content_type, size=2))) for _ in range(2)
        ]
        await asyncio.sleep(0.1)
        answer = await speak(port, post(body, content_type))
        assert (answer.status, answer.headers["retry-after"]) == (503, "1")
        for task in slow:
            task.cancel()
        await asyncio.sleep(0.1)
        assert (await speak(port, post(body, content_type))).status == 200


async def test_without_its_database_the_node_says_try_again(pair: Pair) -> None:
    content_type, body = request_of(pair)
    write = pair.tj.store.write

    async def broken(operation: Any) -> Any:
        raise OSError("the disk is full: /secret/path")

    async with listening(Endpoint(pair.tj.receiver)) as port:
        pair.tj.store.write = broken  # type: ignore[method-assign]
        answer = await speak(port, post(body, content_type))
        assert (answer.status, answer.body) == (503, b"try again later\n")
        pair.tj.store.write = write  # type: ignore[method-assign]
        assert (await speak(port, post(body, content_type))).status == 200


async def test_a_connection_that_the_defect_met_is_free_for_the_next(pair: Pair) -> None:
    class Defect:
        async def receive(self, *_: object) -> Reply:
            raise ZeroDivisionError

    async with listening(Endpoint(Defect(), at_once=1)) as port:  # type: ignore[arg-type]
        for _ in range(3):
            assert (await speak(port, post(b"x", "text/plain"))).status == 503


async def test_a_websocket_is_not_spoken(pair: Pair) -> None:
    handshake = (
        b"GET /as4 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    async with listening(Endpoint(pair.tj.receiver)) as port:
        assert (await speak(port, handshake)).status == 405
