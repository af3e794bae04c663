"""Plain sockets: what a client of any make could send, and what a server of any make could answer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from keruen.demo.ports import free_ports
from keruen.net import Binding, Endpoint, serve

App = Endpoint | Callable[..., Awaitable[None]]
Handle = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def free_port() -> int:
    (port,) = free_ports(1)
    return port


@contextlib.asynccontextmanager
async def listening(app: App, name: str = "as4", port: int | None = None) -> AsyncIterator[int]:
    """The port of an application while it runs."""
    port = port or free_port()
    async with serve([Binding(name, app, "127.0.0.1", port)]):
        yield port


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


async def speak(port: int, *octets: bytes) -> Answer:
    """Send octets, read the answer to its end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in octets:
            writer.write(part)
            await writer.drain()
        return await asyncio.wait_for(read_answer(reader), 10)
    finally:
        writer.close()


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Answer(int(first.split()[1]), headers, body)


def post(body: bytes, content_type: str, path: str = "/as4", size: int | None = None) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(body) if size is None else size}\r\n\r\n"
    ).encode("latin-1") + body


@contextlib.asynccontextmanager
async def handling(handle: Handle) -> AsyncIterator[int]:
    """A server on a free port of loopback; whatever its handlers do, no connection outlives it."""
    writers, tasks = set[asyncio.StreamWriter](), set[asyncio.Task[None]]()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.add(writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await handle(reader, writer)
        writer.close()

    def start(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.create_task(one(reader, writer)))

    async with await asyncio.start_server(start, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for writer in writers:
        writer.transport.abort()
    await asyncio.sleep(0)


@contextlib.asynccontextmanager
async def answering(*answers: bytes) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that reads a request and gives one of these octets, in turn; its URL and what it read."""
    waiting, requests = list(answers), list[bytes]()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        size = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        requests.append(head + await reader.readexactly(size))
        writer.write(waiting.pop(0))
        await writer.drain()

    async with handling(answer) as port:
        yield f"http://127.0.0.1:{port}/as4", requests
