"""Keruen's receiving side without its store: a listener that opens messages and answers them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import cast
from uuid import uuid4

from tests.interop.counterpart import Sides
from tests.interop.traffic import Load, pmode

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    EbmsError,
    ReceivedUserMessage,
    Reception,
    build_error,
    build_receipt,
)


@dataclass
class Sink:
    octets: bytearray = field(default_factory=bytearray)

    def write(self, data: bytes, /) -> None:
        self.octets += data

    def discard(self) -> None:
        self.octets.clear()


@dataclass
class Door:
    """Takes messages as the exchange does."""

    sides: Sides
    received: list[ReceivedUserMessage] = field(default_factory=list)
    refused: list[EbmsError] = field(default_factory=list)
    spoil: Callable[[bytes], bytes] = bytes
    """What happens to a receipt on its way."""

    def receive(self, content_type: str, body: bytes) -> bytes:
        """The receipt, or a signed error."""
        agreed, now = pmode(self.sides), datetime.now(UTC)
        signer, signal_id = self.sides.keruen.signing, f"{uuid4()}@kz"
        try:
            received = self._open(content_type, body, now)
        except EbmsError as error:
            self.refused.append(error)
            return build_error(
                error, pmode=agreed, signer=signer, signal_id=signal_id, timestamp=now
            )
        self.received.append(received)
        receipt = build_receipt(
            received.envelope, pmode=agreed, signer=signer, receipt_id=signal_id, timestamp=now
        )
        return self.spoil(receipt)

    def _open(self, content_type: str, body: bytes, now: datetime) -> ReceivedUserMessage:
        reception = Reception(
            content_type,
            keys=(self.sides.keruen.decryption,),
            partners=lambda header: pmode(self.sides),
            now=now,
            quarantine=lambda content_id: Sink(),
        )
        for at in range(0, len(body), 1000):
            reception.receive_data(body[at : at + 1000])
        received = reception.finish()
        assert isinstance(received, ReceivedUserMessage)
        return received

    @contextmanager
    def open(self) -> Iterator[str]:
        """Listen on loopback; gives the URL."""
        with Listener(self) as server:
            Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/as4"
            server.shutdown()


def payloads(received: ReceivedUserMessage) -> list[Load]:
    """What a message brought."""
    return [
        (
            bytes(cast("Sink", part.sink).octets),
            part.mime_type,
            any(p.name == "CompressionType" for p in part.properties),
        )
        for part in received.parts
    ]


class Listener(HTTPServer):
    def __init__(self, door: Door) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.door = door


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        door = cast("Listener", self.server).door
        answer = door.receive(self.headers["Content-Type"], body_of(self))
        self.send_response(200)
        self.send_header("Content-Type", SOAP_CONTENT_TYPE)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Quietly."""


def body_of(request: BaseHTTPRequestHandler) -> bytes:
    """Of a length that is told, or in chunks (phase4)."""
    if (length := request.headers["Content-Length"]) is not None:
        return request.rfile.read(int(length))
    body = bytearray()
    while size := int(request.rfile.readline().partition(b";")[0], 16):
        body += request.rfile.read(size)
        request.rfile.readline()
    request.rfile.readline()
    return bytes(body)
