"""Servers and clients with TLS on loopback, each with what it shows and whom it believes."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.as4.authority import DAY, Ca, Issued
from tests.net.sockets import Answer, free_port, post, read_answer

from keruen.as4 import Certificate, RevocationLists, Trust, read_revocation_list
from keruen.exchange import Reply
from keruen.net import Binding, HttpTransport, Terms, client_context, serve, server_context

NOW = datetime.now(UTC).replace(microsecond=0)
HOST = "127.0.0.1"
ROOT = Ca.root("Root", NOW)
STRANGER = Ca.root("Stranger", NOW)
SERVER = ROOT.server(HOST, "localhost", "::1")
PARTNER = ROOT.server("partner")
EXPIRED = ROOT.server(HOST, end=-DAY)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Files:
    """Certificates and keys as files."""

    folder: Path
    written: dict[int, tuple[Path, Path]] = field(default_factory=dict)

    def of(self, one: Issued) -> tuple[Path, Path]:
        if id(one) not in self.written:
            stem = self.folder / str(len(self.written))
            chain, key = stem.with_suffix(".pem"), stem.with_suffix(".key")
            chain.write_text(one.chain)
            key.write_text(one.key_pem)
            self.written[id(one)] = chain, key
        return self.written[id(one)]

    def terms(
        self,
        shows: Issued | None = None,
        believes: tuple[Issued, ...] = (),
        trust: Trust | None = None,
        **more: Any,
    ) -> Terms:
        chain, key = self.of(shows) if shows else (None, None)
        anchors = tuple(one.certificate for one in believes)
        trusts = (trust,) if trust else ()
        return Terms(now=now, chain=chain, key=key, anchors=anchors, trusts=trusts, **more)

    def server(self, shows: Issued = SERVER, clients: str = "none", **more: Any) -> ssl.SSLContext:
        return server_context(self.terms(shows, **more), clients)

    def client(self, *believes: Issued, shows: Issued | None = None, **more: Any) -> ssl.SSLContext:
        return client_context(self.terms(shows, believes or (ROOT,), **more))


def revoking(*revoked: Certificate, authority: Ca = ROOT, needed: bool = True) -> Trust:
    """Trust in an authority and its list."""
    certificates = (authority.certificate,)
    known = RevocationLists([read_revocation_list(authority.crl(*revoked), certificates)])
    return Trust(authorities=certificates, lists=known, lists_needed=needed)


async def told(scope: Any, receive: Any, send: Any) -> None:
    """Answers with what the application is told about TLS."""
    chain = scope.get("extensions", {}).get("tls", {}).get("client_cert_chain", [])
    names = [Certificate.from_pem(pem.encode()).subject for pem in chain]
    version = scope.get("extensions", {}).get("tls", {}).get("tls_version")
    body = f"{scope['scheme']} {version} {' < '.join(names)}".strip().encode()
    head = {"type": "http.response.start", "status": 200}
    await send({**head, "headers": [(b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})


@contextlib.asynccontextmanager
async def secured(
    context: ssl.SSLContext | None, app: Any = told, host: str = HOST
) -> AsyncIterator[str]:
    """The address of an application behind TLS."""
    port = free_port()
    async with serve([Binding("as4", app, host, port, context)]):
        yield f"https://{f'[{host}]' if ':' in host else host}:{port}/as4"


async def sent(url: str, context: ssl.SSLContext | None) -> Reply:
    """What our own client gets."""

    def chunks() -> Iterator[bytes]:
        yield b"hello"

    tls = {url: context} if context else {}
    async with HttpTransport(5, tls) as transport:
        return await transport(url, "text/plain", chunks, 5)


async def said(url: str, context: ssl.SSLContext) -> Answer:
    """What a client of another make gets."""
    host, port = url.removeprefix("https://").removesuffix("/as4").rsplit(":", 1)
    reader, writer = await asyncio.open_connection(host, int(port), ssl=context)
    try:
        writer.write(post(b"hello", "text/plain"))
        await writer.drain()
        return await asyncio.wait_for(read_answer(reader), 5)
    finally:
        writer.close()
