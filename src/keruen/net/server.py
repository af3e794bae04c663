"""Runs the endpoint and ASGI applications on sockets that are bound before anything else starts."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import uvicorn

from keruen.errors import LocalError, UsageError
from keruen.net.accepting import CONNECTIONS, IDLE_SECONDS, Accepted
from keruen.net.endpoint import Endpoint
from keruen.net.heads import BoundedHttp
from keruen.net.tls import verified_chain

BACKLOG = 2048
STOPPING_SECONDS = 2
"""How long requests that are under way at the end may take."""


@dataclass(frozen=True, slots=True)
class Binding:
    """The AS4 endpoint, or an ASGI application of whichever framework, and where it listens."""

    name: str
    app: Endpoint | Callable[[Any, Any, Any], Awaitable[None]]
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
    """Serve all bindings while the context is open; stops them in good order.

    Raises:
        UsageError: ``port-in-use`` or ``address-unusable`` when an address cannot be had.
        LocalError: ``not-started`` when an application does not start.
    """
    async with contextlib.AsyncExitStack() as stack:
        sockets = [stack.enter_context(_bound(binding)) for binding in bindings]
        for binding, bound in zip(bindings, sockets, strict=True):
            runs = _endpoint if isinstance(binding.app, Endpoint) else _application
            await stack.enter_async_context(runs(binding, bound))
        yield


@contextlib.asynccontextmanager
async def _endpoint(binding: Binding, bound: socket.socket) -> AsyncIterator[None]:
    """The AS4 endpoint, on a server of its own."""
    assert isinstance(binding.app, Endpoint)  # noqa: S101 - the caller has looked
    answer, accepted = binding.app.answer, set[Accepted]()
    server = await asyncio.get_running_loop().create_server(
        lambda: Accepted(answer, accepted), sock=bound, ssl=binding.tls, backlog=BACKLOG
    )
    try:
        yield
    finally:
        server.close()
        for one in tuple(accepted):
            one.stop()
        if answers := [one.task for one in accepted if one.task is not None]:
            await asyncio.wait(answers, timeout=STOPPING_SECONDS)
        for one in tuple(accepted):
            one.abort()


@contextlib.asynccontextmanager
async def _application(binding: Binding, bound: socket.socket) -> AsyncIterator[None]:
    """An ASGI application, on uvicorn."""
    server = _Server(_config(binding))
    task = asyncio.create_task(server.serve(sockets=[bound]))
    try:
        await _started(binding, server, task)
        yield
    finally:
        server.should_exit = True
        await asyncio.gather(task, return_exceptions=True)


async def _started(binding: Binding, server: uvicorn.Server, task: asyncio.Task[None]) -> None:
    while not server.started:  # no event is offered
        if task.done():
            cause = None if task.cancelled() else task.exception()
            raise LocalError("not-started", f"{binding.name} did not start: {cause}") from cause
        await asyncio.sleep(0.01)


def _config(binding: Binding) -> uvicorn.Config:
    tls = binding.tls
    return uvicorn.Config(
        cast("Callable[..., Any]", binding.app),
        http=_Protocol,
        ssl_context_factory=(lambda *_: tls) if tls else None,
        ws="none",
        lifespan="auto" if binding.name == "console" else "off",
        log_config=None,
        proxy_headers=False,
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=STOPPING_SECONDS,
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
