"""Stands before every page: the Host check, and headers that keep a browser from doing more than it must."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from keruen.config import people

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""On every answer."""
INERT = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""The policy of what is to be saved: were it shown after all, it could load, run and send nothing."""

NOT_HERE = b"This console does not go by that name: see hosts in [console] of node.toml.\n"
ONLY_TLS = "max-age=31536000"
"""With TLS a browser keeps to it for a year (RFC 6797)."""


def name_of(host: str) -> str:
    """A Host header without its port."""
    return host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host


def is_loopback(host: str) -> bool:
    """Whether a Host header names this machine by a loopback name, with or without a port.

    Any other name is somebody else's that was made to resolve to this machine (DNS rebinding).
    """
    return people.is_loopback(name_of(host).lower())


class Guard:
    """Wraps the pages: refuses foreign host names, adds `HEADERS`, keeps pages out of caches.

    Args:
        hosts: names that it answers to beside those of this machine.
        secure: it speaks TLS.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] = (), *, secure: bool = False) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._headers = HEADERS | ({"Strict-Transport-Security": ONLY_TLS} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI connection."""
        kind = str(scope["type"])
        if kind == ScopeType.WEBSOCKET:
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
            return
        if kind != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        answer = _Answer(send, self._headers)
        host = Headers.from_scope(scope).get("host", "")
        if not is_loopback(host) and name_of(host).lower() not in self._hosts:
            await _refuse(answer.send)
            return
        try:
            await self._app(scope, receive, answer.send)
        except asyncio.CancelledError:  # the server stops while an open page listens
            if not await answer.ended():
                raise


class _Answer:
    """One answer on its way out."""

    def __init__(self, send: Send, headers: Mapping[str, str]) -> None:
        self._send, self._headers = send, headers
        self._begun = False

    async def send(self, message: Message) -> None:
        """Pass a part of the answer on, the first one with `HEADERS`."""
        if message["type"] == "http.response.start":
            self._begun = True
            headers = MutableScopeHeaders.from_message(message)
            for name, value in self._headers.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
            if headers.get("Content-Disposition", "").startswith("attachment"):
                headers["Content-Security-Policy"] = INERT
        await self._send(message)

    async def ended(self) -> bool:
        """End an answer that has begun, so that the server need not call it broken off."""
        if self._begun:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
        return self._begun


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": NOT_HERE, "more_body": False})
