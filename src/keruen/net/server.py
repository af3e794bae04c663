"""Runs ASGI applications on sockets that are bound before anything else starts."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import uvicorn

from keruen.errors import LocalError, UsageError
from keruen.net.heads import BoundedHttp
from keruen.net.tls import verified_chain

BACKLOG = 2048
CONNECTIONS = 512
"""Connections to one application at once; more are answered 503."""
IDLE_SECONDS = 30
"""How long a connection is kept open between two requests."""


@dataclass(frozen=True, slots=True)
class Binding:
    """An ASGI application, of whichever framework, and where it listens."""

    name: str
    app: Callable[[Any, Any, Any], Awaitable[None]]
    host: str
    port: int
    tls: ssl.SSLContext | None = None


class _Protocol(BoundedHttp):
    """Tells the application about TLS, by the extension that ASGI has for it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, after the handshake where there is one."""
        super().connection_made(transport)
        connection = transport.get_extra_info("ssl_object")
        if connection is not None:
            self.app = _with_tls(self.app, connection)


def _with_tls(app: Any, connection: ssl.SSLObject) -> Any:
    """The application with the extension ``tls`` in every scope."""
    told = {
        "client_cert_chain": [one.pem.decode() for one in verified_chain(connection)],
        "tls_version": connection.version(),
    }

    async def told_app(scope: Any, receive: Any, send: Any) -> None:
        scope.setdefault("extensions", {})["tls"] = told
        await app(scope, receive, send)

    return told_app


class _Server(uvicorn.Server):
    """Leaves signals to the program: it runs several servers."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Do nothing: the program decides when to stop."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, or say that it could not be done: uvicorn would end the whole program."""
        try:
            await super().startup(sockets)
        except SystemExit as error:
            raise RuntimeError("see the log") from error


@contextlib.asynccontextmanager
async def serve(bindings: Sequence[Binding]) -> AsyncIterator[None]:
    """Serve all applications while the context is open; stops them in good order.

    Raises:
        UsageError: ``port-in-use`` or ``address-unusable`` when an address cannot be had.
        LocalError: ``not-started`` when an application does not start.
    """
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(_bound(binding)) for binding in bindings]
        servers = [_Server(_config(binding)) for binding in bindings]
        tasks = [
            asyncio.create_task(server.serve(sockets=[bound]))
            for server, bound in zip(servers, sockets, strict=True)
        ]
        try:
            for binding, server, task in zip(bindings, servers, tasks, strict=True):
                await _started(binding, server, task)
            yield
        finally:
            for server in servers:
                server.should_exit = True
            await asyncio.gather(*tasks, return_exceptions=True)


async def _started(binding: Binding, server: uvicorn.Server, task: asyncio.Task[None]) -> None:
    while not server.started:  # no event is offered
        if task.done():
            cause = None if task.cancelled() else task.exception()
            raise LocalError("not-started", f"{binding.name} did not start: {cause}") from cause
        await asyncio.sleep(0.01)


def _config(binding: Binding) -> uvicorn.Config:
    tls = binding.tls
    return uvicorn.Config(
        binding.app,
        http=_Protocol,
        ssl_context_factory=(lambda *_: tls) if tls else None,
        ws="none",
        lifespan="auto" if binding.name == "console" else "off",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=2,
        backlog=BACKLOG,
    )


def _bound(binding: Binding) -> socket.socket:
    """A listening socket: two that are only bound could still have one address between them."""
    family = socket.AF_INET6 if ":" in binding.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((binding.host, binding.port))
        bound.listen(BACKLOG)
    except OSError as error:
        bound.close()
        in_use = error.errno == errno.EADDRINUSE
        raise UsageError(
            "port-in-use" if in_use else "address-unusable",
            f"{binding.name} cannot listen on {binding.host}:{binding.port}: {error.strerror}; "
            f"set another {'port' if in_use else 'host or port'} in node.toml, [{binding.name}]",
        ) from error
    bound.setblocking(False)
    return bound
