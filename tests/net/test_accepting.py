"""The endpoint's own server: HTTP as clients of any make speak it, and as none should."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from tests.net.sockets import listening, post, read_answer, speak

from keruen.exchange import Reply
from keruen.net import Endpoint, accepting

Receive = Callable[..., Awaitable[Reply]]


class Receiver:
    """Answers each message with what a function makes of its body."""

    def __init__(self, receive: Callable[[AsyncIterator[bytes]], Awaitable[bytes]]) -> None:
        self._receive = receive

    async def receive(self, _: str, body: AsyncIterator[bytes], *__: object) -> Reply:
        return Reply(200, "text/plain", await self._receive(body))


def endpoint(receive: Callable[[AsyncIterator[bytes]], Awaitable[bytes]]) -> Endpoint:
    return Endpoint(Receiver(receive))  # type: ignore[arg-type]


async def whole(body: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in body])


async def unread(body: AsyncIterator[bytes]) -> bytes:
    return b"enough"


async def test_one_connection_serves_one_request_after_the_other() -> None:
    async with listening(endpoint(whole)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in range(3):
            writer.write(post(b"%d" % number, "text/plain"))
            assert (await read_answer(reader)).body == b"%d" % number
        writer.close()


async def test_a_client_that_has_the_whole_answer_may_ask_again_before_the_server_has_ended_it() -> (
    None
):
    """An answer in chunks is whole for its client before the server knows that it was the last chunk."""
    asked_again = asyncio.Event()

    class InChunks:
        async def receive(self, _: str, body: AsyncIterator[bytes], *__: object) -> Reply:
            question = await whole(body)
            loop = asyncio.get_running_loop()

            def chunks() -> Iterator[bytes]:
                yield question
                if question == b"first":
                    asyncio.run_coroutine_threadsafe(asked_again.wait(), loop).result(5)

            return Reply(200, "text/plain", b"", chunks, len(question))

    async with listening(Endpoint(InChunks())) as port:  # type: ignore[arg-type]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(post(b"first", "text/plain"))
        assert (await read_answer(reader)).body == b"first"
        writer.write(post(b"second", "text/plain"))
        await asyncio.sleep(0.05)  # it is there while the first is not ended
        asked_again.set()
        assert (await asyncio.wait_for(read_answer(reader), 5)).body == b"second"
        writer.close()


async def test_a_request_in_many_pieces_is_one() -> None:
    octets = post(b"hello", "text/plain")
    async with listening(endpoint(whole)) as port:
        answer = await speak(port, *(octets[i : i + 7] for i in range(0, len(octets), 7)))
    assert answer.body == b"hello"


async def test_a_second_request_in_one_piece_with_the_first_is_not_looked_at() -> None:
    async with listening(endpoint(whole)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(post(b"first", "text/plain") + post(b"second", "text/plain"))
        assert (await read_answer(reader)).body == b"first"
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()


async def test_who_asks_whether_to_go_on_is_told_so() -> None:
    head, _, body = post(b"hello", "text/plain").partition(b"\r\n\r\n")
    async with listening(endpoint(whole)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head + b"\r\nExpect: 100-continue\r\n\r\n")
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(body)
        assert (await read_answer(reader)).body == b"hello"
        writer.close()


async def test_what_comes_behind_an_early_answer_is_forgotten_and_the_next_request_is_good() -> (
    None
):
    rest = bytes(1 << 20)
    async with listening(endpoint(unread)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(post(b"", "text/plain", size=len(rest)))
        assert (await read_answer(reader)).body == b"enough"
        writer.write(rest + post(b"", "text/plain"))
        assert (await read_answer(reader)).body == b"enough"
        writer.close()


async def test_a_body_that_nobody_takes_makes_its_client_wait() -> None:
    taking = asyncio.Event()

    async def slow(body: AsyncIterator[bytes]) -> bytes:
        await taking.wait()
        return b"%d" % len(await whole(body))

    size = 64 << 20
    async with listening(endpoint(slow)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(post(b"", "text/plain", size=size))
        writer.write(bytes(size))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(writer.drain(), 0.2)
        taking.set()
        await writer.drain()
        assert (await read_answer(reader)).body == b"%d" % size
        writer.close()


@pytest.mark.parametrize("fields", [b"HTTP/1.0\r\n", b"HTTP/1.1\r\nConnection: close\r\n"])
async def test_a_client_that_wants_one_answer_only_gets_one(fields: bytes) -> None:
    octets = b"POST /as4 " + fields + b"Host: x\r\nContent-Length: 2\r\n\r\nhi"
    async with listening(endpoint(whole)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(octets)
        assert (await read_answer(reader)).body == b"hi"
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()


async def test_an_answer_to_head_has_no_body() -> None:
    async with listening(endpoint(whole)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HEAD /as4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = await asyncio.wait_for(reader.read(), 5)
        writer.close()
    assert answer.startswith(b"HTTP/1.1 405 ")
    assert answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize(
    "octets",
    [
        b"hello\r\n\r\n",
        b"POST /as4 HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!",
        b"POST /as4 HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nhi",
        b"POST http://[ HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi",
    ],
)
async def test_what_is_no_http_is_refused_and_the_connection_closed(octets: bytes) -> None:
    async with listening(endpoint(whole)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(octets)
        answer = await asyncio.wait_for(reader.read(), 5)
        writer.close()
    assert answer.startswith(b"HTTP/1.1 400 ")


async def test_a_header_that_does_not_end_in_time_ends_the_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(accepting, "IDLE_SECONDS", 0.2)
    async with listening(endpoint(whole)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /as4 HTTP/1.1\r\nHost: ")
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()


async def test_one_connection_too_many_may_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting, "CONNECTIONS", 1)
    async with listening(endpoint(whole)) as port:
        first, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(post(b"hello", "text/plain"))
        assert (await read_answer(first)).status == 200
        second, other = await asyncio.open_connection("127.0.0.1", port)
        assert (await asyncio.wait_for(second.read(), 5)).startswith(b"HTTP/1.1 503 ")
        other.close()
        writer.close()


async def test_a_request_that_is_under_way_at_the_end_is_answered() -> None:
    begun = asyncio.Event()

    async def takes_a_moment(body: AsyncIterator[bytes]) -> bytes:
        begun.set()
        await asyncio.sleep(0.1)
        return await whole(body)

    waiting: asyncio.Task[Any]
    async with listening(endpoint(takes_a_moment)) as port:
        waiting = asyncio.create_task(speak(port, post(b"hello", "text/plain")))
        await begun.wait()
    assert (await waiting).body == b"hello"
