"""Runs ASGI applications on sockets that are bound before anything else starts."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import uvicorn

from keruen.errors import UsageError


@dataclass(frozen=True, slots=True)
class Binding:
    """An ASGI application, of whichever framework, and where it listens."""

    name: str
    app: Callable[[Any, Any, Any], Awaitable[None]]
    host: str
    port: int


class _Server(uvicorn.Server):
    """Leaves signals to the program: it runs several servers."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Do nothing: the program decides when to stop."""
        yield


@contextlib.asynccontextmanager
async def serve(bindings: Sequence[Binding]) -> AsyncIterator[None]:
    """Serve all applications while the context is open; stops them in good order.

    Raises:
        UsageError: ``port-in-use`` when an address cannot be had.
    """
    sockets = [_bound(binding) for binding in bindings]
    servers = [_Server(_config(binding)) for binding in bindings]
    tasks = [
        asyncio.create_task(server.serve(sockets=[bound]))
        for server, bound in zip(servers, sockets, strict=True)
    ]
    try:
        while not all(server.started for server in servers):  # noqa: ASYNC110 - no event is offered
            await asyncio.sleep(0.01)
        yield
    finally:
        for server in servers:
            server.should_exit = True
        await asyncio.gather(*tasks, return_exceptions=True)
        for bound in sockets:
            bound.close()


def _config(binding: Binding) -> uvicorn.Config:
    return uvicorn.Config(
        binding.app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="auto" if binding.name == "console" else "off",
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=65_536,
    )


def _bound(binding: Binding) -> socket.socket:
    family = socket.AF_INET6 if ":" in binding.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((binding.host, binding.port))
    except OSError as error:
        bound.close()
        raise UsageError(
            "port-in-use",
            f"{binding.name} cannot listen on {binding.host}:{binding.port}: {error.strerror}; "
            f"set another port in node.toml, [{binding.name}]",
        ) from error
    bound.setblocking(False)
    return bound
