"""Transport security of a node as its files make it (CP39 to CP43, E2-15)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import ssl
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.conformance.world import Exchange, sealed
from tests.net.sockets import free_port

from keruen.as4 import Certificate, Receipt
from keruen.clock import Clock
from keruen.config import directory
from keruen.net import Binding, Endpoint, HttpTransport, Terms, client_context, serve
from keruen.tlscontexts import listener_context

ALLOWED, OTHER = "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-GCM-SHA256"
SSL_3, TLS_1_0, TLS_1_1, TLS_1_2 = 0x0300, 0x0301, 0x0302, 0x0303
HANDSHAKE, ALERT = 0x16, 0x15


def context_of(root: Path, **settings: str) -> ssl.SSLContext:
    """How the listener of a new node speaks TLS when ``[as4.tls]`` has these settings."""
    directory.init(root, "TJ", tls_host="127.0.0.1")
    file = root / "node.toml"
    said = "".join(f'{key} = "{value}"\n' for key, value in settings.items())
    text = file.read_text("utf-8").replace('min_version = "1.2" ', "# ")
    file.write_text(text.replace("[as4.tls]\n", f"[as4.tls]\n{said}"), "utf-8")
    context = listener_context(directory.load(root))
    assert context is not None
    return context


@contextlib.asynccontextmanager
async def secure(exchange: Exchange, context: ssl.SSLContext) -> AsyncIterator[int]:
    """TJ listening by TLS; its port."""
    port = free_port()
    binding = Binding("as4", Endpoint(exchange.tj.receiver), "127.0.0.1", port, context)
    async with serve([binding]):
        yield port


def client(root: Path, ciphers: str | None = None) -> ssl.SSLContext:
    """A partner's client, which trusts the node's TLS authority."""
    anchor = Certificate.from_pem((root / "keys" / "tls-authority.cert.pem").read_bytes())
    return client_context(Terms(now=Clock.wall, anchors=(anchor,), ciphers=ciphers))


def hello(version: int) -> bytes:
    """A ClientHello of that version, by hand: OpenSSL would no longer make the old ones."""
    suites = b"".join(struct.pack(">H", one) for one in (0xC02B, 0xC02C, 0xC009, 0xC00A, 0x002F))
    extensions = b"".join(
        struct.pack(">HH", kind, len(content)) + content
        for kind, content in (
            (10, bytes.fromhex("0004 0017 0018")),  # groups: secp256r1, secp384r1
            (11, bytes.fromhex("01 00")),  # points uncompressed
            (13, bytes.fromhex("0006 0403 0503 0401")),  # signatures: ECDSA, RSA
        )
    )
    body = struct.pack(">H", version) + os.urandom(32) + b"\0"
    body += struct.pack(">H", len(suites)) + suites + b"\1\0"
    body += struct.pack(">H", len(extensions)) + extensions if version > SSL_3 else b""
    shake = b"\1" + len(body).to_bytes(3) + body
    return struct.pack(">BHH", HANDSHAKE, min(version, TLS_1_0), len(shake)) + shake


SSL_2_HELLO = bytes.fromhex("802b 01 0002 0012 0000 0010 0700c0 030080 010080 060040 040080 020080") + bytes(16)  # fmt: skip # noqa: E501


async def first_octet(port: int, octets: bytes) -> int | None:
    """What a server answers first: type of a TLS record; None if it hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(octets)
    try:
        answer = await asyncio.wait_for(reader.read(1), 5)
    except ConnectionError:
        answer = b""
    finally:
        writer.close()
    return answer[0] if answer else None


@pytest.mark.assertion("CP39")
def test_cp39_versions_and_cipher_suites_can_be_set(tmp_path: Path) -> None:
    one = context_of(tmp_path / "one", min_version="1.3")
    two = context_of(tmp_path / "two", min_version="1.2", ciphers=ALLOWED)
    assert one.minimum_version is ssl.TLSVersion.TLSv1_3
    assert two.minimum_version is ssl.TLSVersion.TLSv1_2
    suites = [suite["name"] for suite in two.get_ciphers() if suite["protocol"] == "TLSv1.2"]
    assert suites == [ALLOWED]


@pytest.mark.assertion("CP40")
@pytest.mark.parametrize("version", [TLS_1_0, TLS_1_1])
async def test_cp40_tls_1_0_and_1_1_are_not_spoken(
    exchange: Exchange, tmp_path: Path, version: int
) -> None:
    async with secure(exchange, context_of(tmp_path / "tj", min_version="1.2")) as port:
        assert await first_octet(port, hello(TLS_1_2)) == HANDSHAKE
        assert await first_octet(port, hello(version)) in {ALERT, None}


@pytest.mark.assertion("CP41")
@pytest.mark.parametrize("octets", [SSL_2_HELLO, hello(SSL_3)], ids=["ssl-2", "ssl-3"])
async def test_cp41_ssl_is_not_spoken(exchange: Exchange, tmp_path: Path, octets: bytes) -> None:
    async with secure(exchange, context_of(tmp_path / "tj", min_version="1.2")) as port:
        assert await first_octet(port, hello(TLS_1_2)) == HANDSHAKE
        assert await first_octet(port, octets) in {ALERT, None}


async def receipt_by(
    exchange: Exchange, tmp_path: Path, ciphers: str, latest: ssl.TLSVersion
) -> bool:
    """Whether a message is receipted in HTTP 2xx by a server that allows one suite of TLS 1.2."""
    context = context_of(tmp_path / "tj", min_version="1.2", ciphers=ALLOWED)
    async with secure(exchange, context) as port:
        url = f"https://127.0.0.1:{port}/as4"
        partner = client(tmp_path / "tj", ciphers)
        partner.maximum_version = latest
        sent = sealed(exchange.kz)
        async with HttpTransport(5, {url: partner}) as post:
            reply = await post(url, sent.content_type, sent.chunks, sent.size)
    return 200 <= reply.status < 300 and isinstance(exchange.signal(reply), Receipt)


@pytest.mark.assertion("CP42")
async def test_cp42_no_connection_with_a_suite_that_is_not_allowed(
    exchange: Exchange, tmp_path: Path
) -> None:
    with pytest.raises(OSError, match=r"TLS|connect"):
        await receipt_by(exchange, tmp_path, OTHER, ssl.TLSVersion.TLSv1_2)
    assert exchange.waiting() == []


@pytest.mark.assertion("CP43")
async def test_cp43_a_receipt_with_a_suite_that_is_allowed(
    exchange: Exchange, tmp_path: Path
) -> None:
    assert await receipt_by(exchange, tmp_path, ALLOWED, ssl.TLSVersion.TLSv1_2)
    assert len(exchange.waiting()) == 1


@pytest.mark.assertion("E2-15")
@pytest.mark.parametrize("setting", ["1.2", "1.3"])
async def test_e2_15_tls_1_3_is_spoken_and_1_2_unless_it_is_switched_off(
    exchange: Exchange, tmp_path: Path, setting: str
) -> None:
    async with secure(exchange, context_of(tmp_path / "tj", min_version=setting)) as port:
        _, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=client(tmp_path / "tj"), server_hostname="127.0.0.1"
        )
        assert writer.get_extra_info("ssl_object").version() == "TLSv1.3"
        writer.close()
        old = await first_octet(port, hello(TLS_1_2))
        assert old == HANDSHAKE if setting == "1.2" else old in {ALERT, None}
