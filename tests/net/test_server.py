"""Servers: two listeners side by side, and clear words when one cannot be had."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.net.sockets import Answer, free_port, post, speak

from keruen.errors import LocalError, UsageError
from keruen.net import Binding, serve
from keruen.net.server import _bound


def saying(text: bytes) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        start = {"type": "http.response.start", "status": 200}
        length = (b"content-length", str(len(text)).encode())
        await send({**start, "headers": [length]})
        await send({"type": "http.response.body", "body": text})

    return app


def binding(name: str, port: int, text: bytes = b"hello", host: str = "127.0.0.1") -> Binding:
    return Binding(name, saying(text), host, port)


async def ask(port: int) -> Answer:
    return await speak(port, post(b"", "text/plain"))


async def test_two_applications_listen_side_by_side() -> None:
    first, second = free_port(), free_port()
    async with serve([binding("as4", first, b"partner"), binding("other", second, b"people")]):
        assert (await ask(first)).body == b"partner"
        assert (await ask(second)).body == b"people"
    for port in (first, second):
        with pytest.raises(ConnectionRefusedError):
            await ask(port)


async def test_a_port_in_use_is_named_with_the_setting_to_change() -> None:
    port = free_port()
    async with serve([binding("as4", port)]):
        with pytest.raises(UsageError) as caught:
            async with serve([binding("as4", free_port()), binding("console", port)]):
                pass
    assert caught.value.code == "port-in-use"
    assert caught.value.text == (
        f"console cannot listen on 127.0.0.1:{port}: Address already in use; "
        "set another port in node.toml, [console]"
    )


def test_of_two_that_start_at_the_same_moment_one_has_the_port() -> None:
    """Two sockets that are bound and do not listen yet could share it."""
    both = binding("as4", free_port())
    with _bound(both), pytest.raises(UsageError, match="port-in-use"):
        _bound(both)


async def test_an_address_of_another_machine_is_unusable() -> None:
    with pytest.raises(UsageError) as caught:
        async with serve([binding("as4", free_port(), host="192.0.2.1")]):
            pass
    assert caught.value.code == "address-unusable"


async def test_an_application_that_does_not_start_ends_the_attempt() -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "lifespan"
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no templates"})

    first, second = free_port(), free_port()

    async def attempt() -> None:
        async with serve([binding("as4", first), Binding("console", broken, "127.0.0.1", second)]):
            raise AssertionError("it started")

    with pytest.raises(LocalError) as caught:
        await asyncio.wait_for(attempt(), 5)
    assert caught.value.code == "not-started"
    with pytest.raises(ConnectionRefusedError):
        await ask(first)


async def test_both_families_of_addresses_are_served() -> None:
    port = free_port()
    try:
        async with serve([binding("as4", port, host="::1")]):
            reader, writer = await asyncio.open_connection("::1", port)
            writer.write(post(b"", "text/plain"))
            assert (await reader.readline()).startswith(b"HTTP/1.1 200")
            writer.close()
    except UsageError:
        pytest.skip("this machine has no IPv6")
