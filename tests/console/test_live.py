from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from litestar import Litestar
from tests.console.people import session_cookie

from keruen.console import create_app, live
from keruen.console.guard import Guard
from keruen.console.live import Feed

if TYPE_CHECKING:
    from tests.console.conftest import Node


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "EVERY", 0.01)
    monkeypatch.setattr(live, "HEARTBEAT", 0.2)


class Stamps:
    """A store whose stamp the test moves on, and which counts how often it is asked."""

    def __init__(self) -> None:
        self.now, self.asked = "one", 0

    def __call__(self) -> str:
        self.asked += 1
        return self.now


@asynccontextmanager
async def running(stamps: Stamps) -> AsyncIterator[Feed]:
    feed = Feed(stamps)
    async with feed.running(Litestar()):
        yield feed


async def following(events: Any) -> tuple[str, str]:
    event = await asyncio.wait_for(anext(events), 2)
    return event.event, event.id


async def test_a_change_reaches_every_listener() -> None:
    stamps = Stamps()
    async with running(stamps) as feed:
        listeners = [feed.listen(None) for _ in range(3)]
        assert {await following(one) for one in listeners} == {("tick", "one")}
        stamps.now = "two"
        assert {await following(one) for one in listeners} == {("change", "two")}


async def test_who_comes_back_learns_what_was_missed() -> None:
    async with running(Stamps()) as feed:
        back = feed.listen("an older one")
        assert await following(back) == ("tick", "an older one")
        assert await following(back) == ("change", "one")


async def test_silence_is_broken_by_a_heartbeat() -> None:
    async with running(Stamps()) as feed:
        listener = feed.listen(None)
        assert [await following(listener) for _ in range(3)] == [("tick", "one")] * 3


async def test_the_store_is_left_alone_while_nobody_listens() -> None:
    stamps = Stamps()
    async with running(stamps) as feed:
        listener = feed.listen(None)
        await following(listener)
        await listener.aclose()
        await asyncio.sleep(0.05)
        asked = stamps.asked
        await asyncio.sleep(0.1)
        assert stamps.asked == asked


async def test_a_store_that_fails_once_does_not_end_the_feed() -> None:
    def failing() -> Iterator[str]:
        yield "one"
        yield "one"
        raise OSError

    stamps, first = Stamps(), failing()

    def sometimes() -> str:
        return next(first, None) or stamps()

    feed = Feed(sometimes)
    async with feed.running(Litestar()):
        listener = feed.listen(None)
        await following(listener)
        await asyncio.sleep(0.05)
        stamps.now = "two"
        assert await following(listener) == ("change", "two")


async def test_a_page_that_is_closed_leaves_nothing_behind(node: Node) -> None:
    feeds: list[Feed] = []

    class Known(Feed):
        def __init__(self, stamp: Callable[[], str]) -> None:
            super().__init__(stamp)
            feeds.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "Feed", Known)
        app = create_app(store=node.store, context=node.context)
    config = uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await _until(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    cookie = "=".join(session_cookie(node.store, node.context)).encode()
    tasks = len(asyncio.all_tasks())
    for _ in range(5):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /events HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + b"\r\n\r\n")
        await asyncio.wait_for(reader.readuntil(b"event: tick"), 5)
        assert len(feeds[0]._listeners) == 1
        writer.close()
        await _until(lambda: not feeds[0]._listeners)
    await _until(lambda: len(asyncio.all_tasks()) <= tasks)
    server.should_exit = True
    await serving


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - whoever changes it tells nobody
            await asyncio.sleep(0.01)


async def test_a_listening_page_ends_cleanly_when_the_server_stops() -> None:
    sent: list[Any] = []

    async def endless(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(60)

    async def send(message: Any) -> None:
        sent.append(message)

    scope: Any = {"type": "http", "headers": [(b"host", b"localhost")]}
    task = asyncio.create_task(Guard(endless)(scope, None, send))  # type: ignore[arg-type]
    await asyncio.sleep(0.01)
    task.cancel()
    await task
    assert sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
