"""A line on loopback that can be cut: what goes over it is kept, and an answer can get lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import cast
from urllib.parse import urlsplit

from tests.interop.counterpart import PATIENCE
from tests.interop.door import body_of


@dataclass
class Line:
    """Hands requests on to `target`."""

    target: str = ""
    lose: bytes = b""
    """The next answer to a request that holds this gets lost."""
    passed: list[tuple[bytes, bytes]] = field(default_factory=list)
    """Bodies of requests and of their answers."""

    def hand_on(self, content_type: str, body: bytes) -> tuple[int, str, bytes]:
        """Status, content type and body of the answer."""
        where = urlsplit(self.target)
        connection = HTTPConnection(where.netloc, timeout=PATIENCE)
        try:
            connection.request("POST", where.path, body, {"Content-Type": content_type})
            answer = connection.getresponse()
            said = answer.read()
            self.passed.append((body, said))
            return answer.status, answer.headers["Content-Type"], said
        finally:
            connection.close()

    @contextmanager
    def open(self) -> Iterator[str]:
        """Listen on loopback; gives the URL."""
        with Listener(self) as server:
            Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/as4"
            server.shutdown()


class Listener(ThreadingHTTPServer):
    def __init__(self, line: Line) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.line = line


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        line = cast("Listener", self.server).line
        body = body_of(self)
        status, content_type, said = line.hand_on(self.headers["Content-Type"], body)
        if line.lose and line.lose in body:
            line.lose = b""
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:
        """Quietly."""
